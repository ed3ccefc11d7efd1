"""Index ranges: under a sum, in the branches of cases, and in the clause behind a formula."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from lark import Token, Tree

from ..limits import MAX_RANGE_BOUND
from ..order import consecutive, descends
from ..tree import Add, Expr, Neg, Number, Range, RelationOp, Symbol
from .bases import content_of
from .relations import relation_of
from .scope import Branch, Part, Scope
from .scripts import cells

_WORDS = frozenset(
    (
        "if",
        "for",
        "all",
        "every",
        "each",
        "any",
        "when",
        "where",
        "and",
        "with",
        "otherwise",
        "else",
    )
)

_FLIPPED: dict[RelationOp, RelationOp] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def read_limits(scripts: tuple[Part, ...], scope: Scope, whole: Part) -> tuple[Range, ...]:
    """The ranges that `_{…}^{…}` of a sum or product say."""
    below: list[Range] | None = None
    above: Expr | None = None
    for script in scripts:
        assert isinstance(script, Tree)
        sign, content = script.children[0], script.children[-1]
        if not isinstance(sign, Token) or sign.type not in ("SUB", "SUP", "POWER"):
            raise scope.error("a sum takes only limits", script)
        if sign.type == "SUB" and below is None:
            below = read_conditions(cells(content), scope)
        elif sign.type != "SUB" and above is None:
            above = _upper(content, scope)
        else:
            raise scope.error("a sum takes one lower and one upper limit", script)
    if not below:
        hint = r"write \sum_{t=1}^{T}, or \sum_t for its whole range"
        raise scope.error("the sum or product does not say over which index", whole, hint)
    if above is None:
        return tuple(below)
    return tuple(_closed(one, above, scope, whole) for one in below)


def _upper(content: Part, scope: Scope) -> Expr:
    branches = cells(content)
    only = branches[0].children if len(branches) == 1 else []
    if branches and branches[0].data == "additive":
        return bounded(scope.read(branches[0], scope), scope, branches[0])
    if len(only) != 1 or not isinstance(only[0], Tree):
        raise scope.error("the upper limit must be one expression", content)
    return bounded(scope.read(only[0], scope), scope, only[0])


def _closed(one: Range, above: Expr, scope: Scope, whole: Part) -> Range:
    if one.upper is not None and one.upper != one.lower:
        raise scope.error(f"{one.index} has two upper limits", whole)
    return replace(one, upper=above)


def read_clause(branch: Branch, scope: Scope) -> tuple[Range, ...]:
    """The ranges of a clause such as `t = 1, \\dots, T-1` or `\\forall k \\le t`."""
    found = [c for child in branch.children if isinstance(child, Tree) for c in _opened(child)]
    kept = [stripped for cell in found if (stripped := _without_words(cell)) is not None]
    return tuple(read_conditions(kept, scope))


def _opened(cell: Branch) -> list[Branch]:
    return [child for child in cell.children if isinstance(child, Tree)]


def _without_words(cell: Branch) -> Branch | None:
    """The relation without `if`, `for all` or `\\text{otherwise}` around it."""
    if cell.data != "statement":
        return cell
    kept: list[Part] = []
    for part in cell.children:
        if isinstance(part, Token):
            kept.append(part)
            continue
        chain = part.children[0] if len(part.children) == 1 else None
        if not isinstance(chain, Tree) or chain.data != "chain":
            kept.append(part)
            continue
        items = [item for item in chain.children if not _is_word(item)]
        if items:
            kept.append(Tree("additive", [Tree("chain", items)]))
    return Tree("statement", kept) if kept else None


def _is_word(item: Part) -> bool:
    if not isinstance(item, Tree) or item.data != "item" or len(item.children) != 1:
        return False
    first = item.children[0]
    if not isinstance(first, Token) or first.type not in ("WORD", "TEXT"):
        return False
    written = content_of(first) if first.type == "TEXT" else str(first)
    return all(word.lower() in _WORDS for word in written.split())


def read_conditions(branches: list[Branch], scope: Scope) -> list[Range]:
    """Ranges of relations and bare indices: `i,j`, `1 \\le k \\le t`, and lists with dots."""
    ranges: list[Range] = []
    pending: list[Range] = []
    values: list[tuple[Expr | None, Branch]] = []
    for branch in branches:
        if _is_dots(branch) or (values and len(branch.children) == 1):
            values.append((None if _is_dots(branch) else _value(branch, scope), branch))
            continue
        ranges, values = _listed(ranges, values, scope), []
        if (nested := _nested(branch, scope)) is not None:
            ranges += nested
            continue
        new = _condition(branch, scope)
        if new.lower is None and new.upper is None and not new.unequal:
            pending.append(new)
            continue
        ranges += [replace(new, index=one.index) for one in pending]
        pending = []
        ranges = _merged(ranges, new)
        if new.lower is not None and new.lower == new.upper:
            values = [(new.lower, branch)]
    return [*_listed(ranges, values, scope), *pending]


def _is_dots(branch: Branch) -> bool:
    leaves = list(branch.scan_values(lambda value: isinstance(value, Token)))
    return len(leaves) == 1 and leaves[0].type == "DOTS"


def _value(branch: Branch, scope: Scope) -> Expr:
    first = branch if branch.data == "additive" else branch.children[0]
    assert isinstance(first, Tree)
    return bounded(scope.read(first, scope), scope, branch)


def _listed(
    ranges: list[Range], values: list[tuple[Expr | None, Branch]], scope: Scope
) -> list[Range]:
    """t = 1, 2, \\dots, T closed at its far end; t = T, T-1, \\dots, 1 likewise."""
    if len(values) < 2:
        return ranges
    first, last = values[0][0], values[-1][0]
    written = [value for value, _ in values if value is not None]
    complete = len(written) == len(values) and not consecutive(written)
    if first is None or last is None or complete:
        hint = r"write t = 1, \dots, T"
        raise scope.error("a list of steps needs its dots and its last step", values[-1][1], hint)
    lower, upper = (last, first) if descends(first, last) else (first, last)
    return [*ranges[:-1], replace(ranges[-1], lower=lower, upper=upper)]


def _merged(ranges: list[Range], new: Range) -> list[Range]:
    """`k \\ge 1, k \\le t` and `j \\le n, j \\ne i` say one range."""
    for position, old in enumerate(ranges):
        if old.index == new.index:
            both = Range(
                old.index,
                old.lower if new.lower is None else new.lower,
                old.upper if new.upper is None else new.upper,
                old.unequal + new.unequal,
                span=old.span,
            )
            return [*ranges[:position], both, *ranges[position + 1 :]]
    return [*ranges, new]


def _nested(branch: Branch, scope: Scope) -> list[Range] | None:
    """1 \\le k \\le t \\le T: t from 1 to T, then k from 1 to t. None for anything shorter."""
    parts = [part for part in branch.children if isinstance(part, Tree)]
    signs = [part for part in branch.children if isinstance(part, Token)]
    if branch.data != "statement" or len(parts) < 4:
        return None
    ops = [relation_of(sign, scope) for sign in signs]
    operands = [bounded(scope.read(part, scope), scope, part) for part in parts]
    if all(op in (">", ">=") for op in ops):
        operands, ops = operands[::-1], [_FLIPPED[op] for op in reversed(ops)]
    indices = operands[1:-1]
    if not all(op in ("<", "<=") for op in ops) or not all(_is_letter(one) for one in indices):
        raise scope.error("a range has one index between its two bounds", branch)
    ranges = []
    for position in range(len(indices), 0, -1):
        one = Range(_name(indices[position - 1]), span=indices[position - 1].span)
        one = _narrowed(one, _FLIPPED[ops[0]], operands[0], scope, branch)
        ranges.append(_narrowed(one, ops[position], operands[position + 1], scope, branch))
    return ranges


def _condition(branch: Branch, scope: Scope) -> Range:
    parts = branch.children if branch.data == "statement" else [branch]
    operands = [scope.read(part, scope) for part in parts if isinstance(part, Tree)]
    for part, operand in zip(parts[::2], operands, strict=True):
        bounded(operand, scope, part)
    signs = [part for part in parts if isinstance(part, Token)]
    ops = [relation_of(sign, scope) for sign in signs]
    centre = _index_position(operands, scope)
    if centre is None:
        hint = r"write, for example, 1 \le k \le t"
        raise scope.error("a range must name an index letter", branch, hint)
    symbol = operands[centre]
    assert isinstance(symbol, Symbol)
    result = Range(symbol.name, span=symbol.span)
    for position, op in enumerate(ops):
        if position == centre - 1:
            op, bound = _FLIPPED.get(op, op), operands[position]
        elif position == centre:
            bound = operands[position + 1]
        else:
            raise scope.error("a range has one index between its two bounds", branch)
        result = _narrowed(result, op, bound, scope, branch)
    return result


def _index_position(operands: list[Expr], scope: Scope) -> int | None:
    order = [1, 0, 2] if len(operands) == 3 else range(len(operands))
    letters = [p for p in order if isinstance(operands[p], Symbol) and _is_letter(operands[p])]
    proper = [p for p in letters if _name(operands[p]) != "T"]
    return next(iter([*proper, *letters]), None)


def _is_letter(operand: Expr) -> bool:
    return isinstance(operand, Symbol) and not operand.indices and "_" not in operand.name


def _name(operand: Expr) -> str:
    return operand.name if isinstance(operand, Symbol) else ""


def _narrowed(one: Range, op: RelationOp, bound: Expr, scope: Scope, branch: Branch) -> Range:
    match op:
        case "=":
            return replace(one, lower=bound, upper=bound)
        case "<=":
            return replace(one, upper=bound)
        case "<":
            return replace(one, upper=shifted(bound, -1))
        case ">=":
            return replace(one, lower=bound)
        case ">":
            return replace(one, lower=shifted(bound, 1))
        case "!=":
            return replace(one, unequal=(*one.unequal, bound))
    raise scope.error(f"{op} cannot stand in a range", branch)


def shifted(bound: Expr, by: int) -> Expr:
    """bound + by, for by = 1 or -1: how a strict bound enters the tree."""
    one = Number(Fraction(1))
    match bound:
        case Number(value) if value + by >= 0:
            return Number(value + by, span=bound.span)
        case Add((*front, Number(value))) if by > 0 and front:
            return Add((*front, Number(value + 1)), span=bound.span)
        case Add((other, Neg(Number(value)))) if by > 0 and value == 1:
            return other
        case Add((other, Number(value))) if by < 0 and value == 1:
            return other
        case Add(terms):
            return Add((*terms, one if by > 0 else Neg(one)), span=bound.span)
        case _:
            return Add((bound, one if by > 0 else Neg(one)), span=bound.span)


def bounded(bound: Expr, scope: Scope, part: Part) -> Expr:
    """The bound itself; raises for a literal beyond what any sum here may run over."""
    if isinstance(bound, Number) and bound.value > MAX_RANGE_BOUND:
        raise scope.limit(f"a range beyond {MAX_RANGE_BOUND} is not computed", part)
    return bound
