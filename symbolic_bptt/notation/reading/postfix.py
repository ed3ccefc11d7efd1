"""Scripts applied to what they hang on: entries, transposes, powers, evaluation bars."""

from __future__ import annotations

from fractions import Fraction

from lark import Token, Tree

from ..limits import MAX_EXPONENT
from ..scalars import is_scalar
from ..tree import (
    Add,
    Entry,
    Expr,
    Held,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Symbol,
    Transpose,
    walk,
)
from .atoms import Script
from .bases import content_of
from .cursor import Cursor
from .scope import Branch, Part, Scope
from .scripts import Raised, cells, items, only_additive, raised

_CONST = frozenset({"const", "constant", "fixed", "held constant", "held fixed"})


def with_scripts(value: Expr, scripts: tuple[Script, ...], scope: Scope) -> Expr:
    """A bracket, fraction or call with scripts: (…)_{ij}, (…)^\\top, (…)^2, (…)'."""
    powers = 0
    for script in scripts:
        match script.kind:
            case "_":
                indices = tuple(scope.read(item.branch, scope) for item in items(script, scope))
                value = Entry(value, indices, span=value.span)
            case "^" | "**":
                for one in raised(script, scope):
                    powers += one.role != "transpose"
                    value = _raised(value, one, scope, script, powers)
            case "'":
                value = transposed(value, len(str(script.content)), script, scope)
            case "|":
                value = held(value, script, scope)
            case _:
                raise scope.error("only a name can carry this mark", script.part)
    return value


def _raised(
    value: Expr, one: Raised, scope: Scope, script: Script, powers: int, bare: bool = False
) -> Expr:
    """`bare`: the superscript hangs on a name itself, and not on a bracket."""
    if one.role == "transpose" and one.text == "T" and is_scalar(value, scope.vocabulary):
        return power(value, Symbol("T"), scope, script)
    if one.role in ("transpose", "prime"):
        return Transpose(value, span=value.span)
    if powers > 1:
        hint = "write a^{b^c}, or (a^b)^c"
        raise scope.error("two powers on one symbol", script.part, hint)
    exponent = scope.read(one.branch, scope)
    if one.role == "elementwise":
        return _entry_by_entry(value, exponent, scope, script)
    entry = _as_entry(value, exponent, scope) if bare else None
    return entry or power(value, exponent, scope, script)


def _entry_by_entry(base: Expr, exponent: Expr, scope: Scope, script: Script) -> Expr:
    """A^{\\circ 2} as A \\odot A, which also means it of a square matrix."""
    if not isinstance(exponent, Number) or exponent.value not in (2, 3, 4):
        hint = r"write A \odot A"
        raise scope.error("only the powers 2, 3 and 4 are taken entry by entry", script.part, hint)
    value = base
    for _ in range(int(exponent.value) - 1):
        value = Operation("hadamard", value, base, span=base.span)
    return value


def _as_entry(value: Expr, index: Expr, scope: Scope) -> Expr | None:
    """y_t^k and y_k^t of a vector with a step: entry k at step t, where k is an index letter."""
    if not isinstance(value, Symbol) or len(value.indices) != 1:
        return None
    record = scope.vocabulary.names.get(value.name)
    if record is None or record.rank != 1 or not record.timed:
        return None
    below, time = value.indices[0], scope.vocabulary.time_index
    if _is_letter(index, scope) and _names(below, time):
        return Entry(value, (index,), span=value.span)
    if _is_letter(below, scope) and _names(index, time):
        return Entry(Symbol(value.name, (index,), value.layout), (below,), span=value.span)
    return None


def _is_letter(expr: Expr, scope: Scope) -> bool:
    """Whether it is a bare index letter other than the time index."""
    return (
        isinstance(expr, Symbol)
        and not expr.indices
        and expr.name not in (scope.vocabulary.time_index, "T")
        and scope.is_index(expr.name)
    )


def _names(expr: Expr, letter: str) -> bool:
    return any(node in (Symbol(letter), Symbol("T")) for node in walk(expr))


def power(base: Expr, exponent: Expr, scope: Scope, script: Script) -> Expr:
    """base^exponent, with a bound on what literals may ask for."""
    size = magnitude(exponent)
    if size is not None and size > MAX_EXPONENT:
        message = f"an exponent beyond {MAX_EXPONENT} is not computed"
        raise scope.limit(message, script.part)
    return Power(base, exponent, span=base.span)


def magnitude(expr: Expr) -> Fraction | None:
    """An upper bound of a literal's size, None if it is not made of numbers alone."""
    match expr:
        case Number(value):
            return value
        case Neg(operand):
            return magnitude(operand)
        case Add(terms):
            sizes = [magnitude(term) for term in terms]
            return None if None in sizes else sum((s for s in sizes if s is not None), Fraction(0))
        case Product(factors):
            product = Fraction(1)
            for size in map(magnitude, factors):
                if size is None:
                    return None
                product = min(product * size, Fraction(10 * MAX_EXPONENT))
            return product
        case Quotient(numerator, _):
            return magnitude(numerator)
        case Power(base, exponent):
            low, high = magnitude(base), magnitude(exponent)
            if low is None or high is None:
                return None
            return Fraction(10 * MAX_EXPONENT) if high > 10 and low > 1 else low ** int(high)
        case _:
            return None


def transposed(value: Expr, primes: int, script: Script, scope: Scope) -> Expr:
    """A' of a symbol that is not declared with a prime is its transpose; k' is another index."""
    if primes and isinstance(value, Symbol) and not value.indices:
        index = scope.is_index(value.name) and value.name not in scope.vocabulary.names
        if index and value.name not in ("T", scope.vocabulary.time_index):
            return Symbol(value.name + "'" * primes, span=value.span)
    if primes > 1:
        hint = "declare the name with its primes, or write ^\\top for a transpose"
        raise scope.error("two primes are neither a derivative nor a transpose", script.part, hint)
    return Transpose(value, span=value.span) if primes else value


def held(value: Expr, script: Script, scope: Scope) -> Expr:
    """value|_{s_2 \\text{ const}}: what the bar names is held fixed."""
    fixed: list[Expr] = []
    for cell in cells(script.content):
        additive = _without_const(only_additive(cell))
        if additive is None:
            hint = "name what is held fixed: |_{s_2}"
            raise scope.error("an evaluation at a value is not part of the notation", cell, hint)
        fixed.append(scope.read(additive, scope))
    return Held(value, tuple(fixed), span=value.span)


def _without_const(branch: Branch | None) -> Branch | None:
    """s_2 of `s_2\\text{ const}`."""
    if branch is None or len(branch.children) != 1 or not isinstance(branch.children[0], Tree):
        return branch
    chain = branch.children[0]
    kept = [item for item in chain.children if not _says_const(item)]
    return Tree("additive", [Tree("chain", kept)]) if kept else branch


def _says_const(item: Part) -> bool:
    first = item.children[0] if isinstance(item, Tree) and item.children else None
    if not isinstance(first, Token) or first.type not in ("TEXT", "WORD"):
        return False
    word = content_of(first) if first.type == "TEXT" else str(first)
    return word.strip(" .") in _CONST


def finish(
    symbol: Expr, left: tuple[Raised, ...], primes: int, cursor: Cursor, script: Script | None
) -> Expr:
    """A symbol with the scripts that its name has left over."""
    scope, powers = cursor.scope, 0
    if script is None:
        return symbol
    value = transposed(symbol, primes, script, scope)
    for one in left:
        powers += one.role != "transpose"
        value = _raised(value, one, scope, script, powers, bare=True)
    return value


def is_symbol(expr: Expr) -> bool:
    """Whether it is a name with indices or entries, as a derivative needs below its bar."""
    return isinstance(expr, Symbol) or (isinstance(expr, Entry) and is_symbol(expr.of))
