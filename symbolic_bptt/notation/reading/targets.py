"""The left side of a definition, or a key: one symbol, whatever its letters."""

from __future__ import annotations

import re

from lark import Token, Tree

from ..functions import SPELLINGS
from ..tree import Layout, Symbol
from .atoms import Atom, scripts_of
from .bases import base_of, content_of, opened
from .names import Scripts, declared_reading, full_name, raise_script, sorted_scripts
from .runs import PREFIXES
from .scope import Branch, Part, Scope, tokens
from .scripts import Item, Raised, is_index

_NUMBER = re.compile(r"-?\s*(?:\\frac)?[\d./ ]+")


def read_target(
    branch: Branch,
    scope: Scope,
    indexed: bool = True,
    key: bool = False,
    arguments: bool = True,
) -> Symbol:
    """`net_t`, `dh_{raw}`, `d\\gamma_o`, `h^{(t)}`: a run of letters with scripts is one symbol.

    `indexed=False` takes every script into the name (`\\beta_1`); `key` takes index letters that
    are neither numbers nor the time index as parts of the name (`b_i`); `arguments` may follow.
    """
    items = _items(branch, scope, arguments)
    atom = _one_atom(items, branch, scope)
    scripts = sorted_scripts(atom, scope, split=not key)
    assert atom.name is not None
    base = atom.name + "'" * scripts.primes + raise_script("^", scripts.mark)
    turned = scope.plain and scripts.primes == 1 and _is_matrix(atom.name, scope)
    scripts.primes = 0
    span = scope.span(branch)
    if any(script.kind == "|" for script in atom.scripts):
        raise scope.error("the left side is held at something, and no symbol", branch)
    if turned or any(sup.role == "transpose" for sup in scripts.sups):
        raise scope.error("the left side is a transpose, not a symbol", branch)
    if not indexed:
        name = full_name(base, 0, tuple(scripts.subs), tuple(scripts.sups))
        return Symbol(name, span=span)
    reading = declared_reading(base, scripts, scope)
    known = reading is not None
    raised = scripts.sups if reading is None else reading.sups
    words = [sup for sup in raised if reading is None or not _is_own_step(sup, reading.name, scope)]
    if not key and any(_is_power(sup, known, scope) for sup in words):
        raise scope.error("the left side is a power, not a symbol", branch)
    if reading is None or words:
        name, subs, sups = _divided(base, scripts, scope, key)
    else:
        name, subs, sups = reading.name, list(reading.subs), list(reading.sups)
    layout: Layout = (sups[0].layout or "bare") if sups else "sub"
    branches = [*(sup.branch for sup in sups), *(sub.branch for sub in subs)]
    indices = tuple(scope.read(branch, scope) for branch in branches)
    return Symbol(name, indices, layout if indices else "sub", span=span)


def _divided(
    base: str, scripts: Scripts, scope: Scope, key: bool
) -> tuple[str, list[Item], list[Raised]]:
    steps = [sup for sup in scripts.sups if _is_step(sup, scripts, scope, key)][-1:]
    words = tuple(sup for sup in scripts.sups if sup not in steps)
    first = next((p for p, item in enumerate(scripts.subs) if item.timed), None)
    indices = [
        item
        for position, item in enumerate(scripts.subs)
        if item.index
        and (first is None or position >= first)
        and (not key or item.timed or _is_number(item))
    ]
    in_name = tuple(item for item in scripts.subs if item not in indices)
    return full_name(base, 0, in_name, words), indices, steps


def _is_step(sup: Raised, scripts: Scripts, scope: Scope, key: bool) -> bool:
    if not is_index(sup.branch, scope):
        return False
    if sup.role == "index":
        return True
    return any(token == scope.vocabulary.time_index for token in tokens(sup.branch))


def _is_own_step(sup: Raised, name: str, scope: Scope) -> bool:
    """Whether a superscript of a declared name is its step: h^{(t)}, z^t, and b^0 beside b^t."""
    record = scope.vocabulary.names[name]
    if sup.role == "index" or not record.timed:
        return sup.role == "index" and is_index(sup.branch, scope)
    return record.layout == "bare" or scope.vocabulary.time_index in tokens(sup.branch)


def _is_matrix(name: str, scope: Scope) -> bool:
    """Whether W' of plain text is the transpose of a matrix."""
    record = scope.vocabulary.names.get(name)
    declared = name + "'" in scope.vocabulary.names
    return record is not None and record.rank == 2 and not declared


def _is_power(sup: Raised, known: bool, scope: Scope) -> bool:
    """A^{-1}, A^{\\circ 2}; A^2 and A^k too where A is a known name, else that may be a label."""
    if sup.role == "bare" and known:
        return is_index(sup.branch, scope) or _NUMBER.fullmatch(sup.text) is not None
    return sup.role == "elementwise" or re.fullmatch(r"-\s*\d+", sup.text) is not None


def _is_number(item: Item) -> bool:
    return all(char in "0123456789+- T" for char in item.text)


def _items(branch: Branch, scope: Scope, arguments: bool) -> list[Branch]:
    chain = branch.children[0] if len(branch.children) == 1 else None
    if not isinstance(chain, Tree):
        raise scope.error("the left side of a definition must be one symbol", branch)
    for child in chain.children:
        if not isinstance(child, Tree) or child.data != "item":
            raise scope.error("the left side of a definition must be one symbol", branch)
    items = [child for child in chain.children if isinstance(child, Tree)]
    last = items[-1].children
    listed = len(items) > 1 and isinstance(last[0], Tree) and last[0].data == "parentheses"
    if listed and len(last) == 1:  # E(y, \hat y): the arguments only remind the reader
        if not arguments or _is_function(items[0], scope):
            raise scope.error("the left side is the value of a function, not a symbol", branch)
        items.pop()
    return items


def _is_function(item: Branch, scope: Scope) -> bool:
    first = item.children[0]
    if not isinstance(first, Token):
        return False
    name = content_of(first) if first.type == "TEXT" else str(first)
    return name in SPELLINGS or name in scope.vocabulary.functions


def _one_atom(items: list[Branch], branch: Branch, scope: Scope) -> Atom:
    parts: list[Part] = []
    name = ""
    for item in items:
        first = item.children[0]
        base, inner = opened(first, scope)
        whole_run = isinstance(first, Token) and first.type == "WORD"
        if base.name is None or (len(items) > 1 and name and not _glues(items, whole_run)):
            raise scope.error("the left side of a definition must be one symbol", branch)
        spaced = name.split("\\")[-1].isalpha() and "\\" in name and base.name[0].isalpha()
        name += (" " if spaced else "") + base.name
        parts += [*inner, *item.children[1:]]
        if item is not items[-1] and len(item.children) > 1:
            raise scope.error("the left side of a definition must be one symbol", branch)
    base = base_of(items[-1].children[0], scope)
    atom_base = type(base)(base.part, name)
    return Atom(atom_base, scripts_of(parts), branch)


def _glues(items: list[Branch], whole_run: bool) -> bool:
    """`d\\gamma`, `dp\\tilde c`, `\\delta h`: what stands before is one name with it."""
    before = str(items[0].children[0])
    return len(items) == 2 and (before in PREFIXES or (not whole_run and before.startswith("d")))
