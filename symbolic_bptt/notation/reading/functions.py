"""Application versus product: what a name followed by something means."""

from __future__ import annotations

from lark import Tree

from ..functions import FUNCTIONS, SPELLINGS
from ..tree import Call, Expr, Neg, Power, Product
from .atoms import Atom
from .cursor import Cursor, Head, Operator
from .names import full_name, sorted_scripts
from .postfix import with_scripts
from .scope import Scope
from .scripts import canonical, cells, only_additive

_GROUPS = frozenset({"parentheses", "brackets", "set", "braces"})


def function_of(atom: Atom, scope: Scope) -> str | None:
    """The function that an atom names: a key of FUNCTIONS, or an undetermined one."""
    name = atom.name
    if name is None:
        return None
    vocabulary = scope.vocabulary
    subs = [script for script in atom.scripts if script.kind == "_"]
    if subs and vocabulary.functions:
        text = ",".join(canonical(cell, scope) for cell in cells(subs[0].content))
        full = name + (f"_{text}" if len(text) == 1 else f"_{{{text}}}")
        if full in vocabulary.functions:
            return full
    if name in vocabulary.functions and not subs:
        return name
    record = vocabulary.names.get(name)
    declared = record is not None and not (record.only_stepped and not atom.scripts)
    if declared or subs or name not in SPELLINGS:
        return None
    return SPELLINGS[name]


def is_group(atom: object) -> bool:
    """Whether it is something in brackets."""
    if not isinstance(atom, Atom) or atom.name is not None:
        return False
    return isinstance(atom.base.part, Tree) and atom.base.part.data in _GROUPS


def _is_round(group: Atom) -> bool:
    return isinstance(group.base.part, Tree) and group.base.part.data == "parentheses"


def read_call(name: str, atom: Atom, cursor: Cursor) -> Expr | None:
    """f(…), f'(…), \\tanh^2(…), \\tanh x; None for an undetermined function without brackets."""
    scope = cursor.scope
    primes, powers = _marks(name, atom, scope)
    span = scope.span(atom.part)
    following = cursor.next
    own = name in scope.vocabulary.functions
    if isinstance(following, Atom) and is_group(following) and (not own or _is_round(following)):
        cursor.take()
        arguments = arguments_of(following, scope)
        _check_count(name, arguments, following, scope)
        call: Expr = Call(name, arguments, primes, span=span)
        call = _powered(call, powers)
        return with_scripts(call, following.scripts, scope)
    if own:
        if primes:
            hint = f"write {atom.name}'(z)"
            raise scope.error(f"the derivative of {atom.name} needs an argument", atom.part, hint)
        return None
    argument = _bare_argument(cursor, atom)
    return _powered(Call(name, (argument,), primes, span=span), powers)


def _marks(name: str, atom: Atom, scope: Scope) -> tuple[int, list[Expr]]:
    scripts = sorted_scripts(atom, scope)
    powers: list[Expr] = []
    for sup in scripts.sups:
        exponent = scope.read(sup.branch, scope)
        if isinstance(exponent, Neg):
            hint = "write arctan, or 1/f(x)"
            raise scope.error(f"{atom.name}^{{-1}} may mean two things", atom.part, hint)
        powers.append(exponent)
    return scripts.primes, powers


def _powered(call: Expr, powers: list[Expr]) -> Expr:
    for exponent in powers:
        call = Power(call, exponent, span=call.span)
    return call


def arguments_of(group: Atom, scope: Scope) -> tuple[Expr, ...]:
    """The expressions between the commas of a group."""
    part = group.base.part
    assert isinstance(part, Tree)
    arguments: list[Expr] = []
    for cell in cells(part):
        additive = only_additive(cell)
        if additive is None:
            raise scope.error("an argument must be an expression", cell)
        arguments.append(scope.read(additive, scope))
    if not arguments:
        raise scope.error("the brackets are empty", group.part, "write the argument into them")
    return tuple(arguments)


def _check_count(name: str, arguments: tuple[Expr, ...], group: Atom, scope: Scope) -> None:
    own = scope.vocabulary.functions.get(name)
    low, high = (own, own) if own is not None else FUNCTIONS[name].arguments
    if not low <= len(arguments) <= high:
        wanted = str(low) if low == high else f"{low} to {high}"
        plural = "" if wanted == "1" else "s"
        message = f"{name} takes {wanted} argument{plural}, not {len(arguments)}"
        raise scope.error(message, group.part)


def _bare_argument(cursor: Cursor, atom: Atom) -> Expr:
    """\\tanh W x: the factors up to the next function, bracket, operator or sum."""
    scope = cursor.scope
    first = cursor.next
    if isinstance(first, Atom) and function_of(first, scope) is not None:
        return cursor.factor()
    factors: list[Expr] = []
    while (piece := cursor.next) is not None and not isinstance(piece, Operator | Head):
        if factors and (is_group(piece) or function_of(piece, scope) is not None):
            break
        factors.append(cursor.factor())
    if not factors:
        hint = f"write {atom.name}(z); a symbol of this name must be declared in the model"
        raise scope.error(f"{atom.name} needs an argument", atom.part, hint)
    return factors[0] if len(factors) == 1 else Product(tuple(factors), span=factors[0].span)


def exponential(atom: Atom, scope: Scope) -> Expr | None:
    """e^{z} is exp(z) where no e is declared."""
    if atom.name != "e" or "e" in scope.vocabulary.names or not atom.scripts:
        return None
    if any(script.kind not in ("^", "**") for script in atom.scripts):
        return None
    scripts = sorted_scripts(atom, scope)
    if (
        len(scripts.sups) != 1
        or full_name("e", 0, (), (scripts.sups[0],)) in scope.vocabulary.names
    ):
        return None
    (sup,) = scripts.sups
    return Call("exp", (scope.read(sup.branch, scope),), span=scope.span(atom.part))
