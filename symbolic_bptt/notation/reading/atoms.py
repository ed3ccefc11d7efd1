"""The smallest things in a term: runs of letters cut into symbols, each with its own scripts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lark import Token, Tree

from .bases import Base, base_of, opened
from .runs import cut_run, is_declared
from .scope import Branch, Part, Scope


@dataclass(frozen=True)
class Script:
    """One script: `kind` is `_`, `^`, `**`, `'`, `|` (held), or `*` (a mark of the name)."""

    kind: str
    content: Part
    part: Part


@dataclass(frozen=True)
class Atom:
    """One thing with its scripts; `glued` if no space or bracket parts it from the next."""

    base: Base
    scripts: tuple[Script, ...]
    part: Part

    @property
    def name(self) -> str | None:
        """The canonical name without scripts, None for numbers, groups, fractions."""
        return self.base.name


_KINDS = {"SUB": "_", "SUP": "^", "POWER": "**", "HELD": "|"}


def scripts_of(branches: list[Part]) -> tuple[Script, ...]:
    """The scripts that hang on an item."""
    return tuple(_script(branch) for branch in branches if isinstance(branch, Tree))


def _script(branch: Branch) -> Script:
    sign = branch.children[0]
    assert isinstance(sign, Token)
    match sign.type, branch.children[1:]:
        case "PRIME", _:
            return Script("'", sign, branch)
        case "MARK", _:
            return Script("*", sign, branch)
        case kind, [content]:
            return Script(_KINDS[kind], content, branch)
        case kind, [Token() as minus, content]:
            return Script(_KINDS[kind], as_additive(content, minus), branch)
    raise AssertionError(f"the grammar has no script {branch}")


def as_additive(part: Part, *signs: Token) -> Branch:
    """A part as a whole expression."""
    return Tree("additive", [*signs, Tree("chain", [Tree("item", [part])])])


def atoms(branch: Branch, scope: Scope) -> Iterator[Atom]:
    """The atoms of one grammar item: `Ux_t` is U and x_t, `x_tu` in LaTeX x_t and u."""
    first, *rest = branch.children
    scripts = list(scripts_of(rest))
    if not (isinstance(first, Token) and first.type == "WORD"):
        base, inner = opened(first, scope)
        yield from _with_scripts(base, [*scripts_of(list(inner)), *scripts], first, scope)
        return
    *before, last = cut_run(first, scope, scripted=bool(scripts))
    for piece in before:
        yield Atom(base_of(piece, scope), (), piece)
    yield from _with_scripts(base_of(last, scope), scripts, last, scope)


def _with_scripts(base: Base, scripts: list[Script], part: Part, scope: Scope) -> Iterator[Atom]:
    for position, script in enumerate(scripts):
        head, tail = _taken(base, script, scope)
        if tail is not None:
            yield Atom(base, (*scripts[:position], Script(script.kind, head, script.part)), part)
            rest = Tree("item", [tail, *(item.part for item in scripts[position + 1 :])])
            yield from atoms(rest, scope)
            return
    yield Atom(base, tuple(scripts), part)


def _taken(base: Base, script: Script, scope: Scope) -> tuple[Part, Token | None]:
    """What of `_tu` is the subscript: in LaTeX one token, unless a declared name says otherwise."""
    content = script.content
    if not isinstance(content, Token) or len(content) == 1 or script.kind not in "_^":
        return content, None
    if content.type == "NUMBER" and not scope.plain:
        hint = f"write {script.kind}{{{content}}}"
        raise scope.error("more than one digit in a script needs braces", content, hint)
    if content.type != "WORD":
        return content, None
    if base.name is not None and is_declared(f"{base.name}{script.kind}{{{content}}}", scope):
        return content, None
    if scope.plain and not (script.kind == "^" and content.startswith("T")):
        return content, None
    return part_of(content, 0, 1), part_of(content, 1, len(content))


def part_of(token: Token, start: int, end: int) -> Token:
    """token[start:end], with its place."""
    begin = token.start_pos or 0
    return Token(token.type, token[start:end], begin + start, end_pos=begin + end)
