r"""Brackets, fractions, roots, matrices and cases."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from ...core.axes import Axis
from ...core.terms import (
    Apply,
    Blocks,
    Cases,
    Condition,
    Term,
    scalar,
)
from ...core.types import SCALAR, matrix, vector
from ..names.written import written
from ..sizes import Size
from ..statements.branches import condition_of
from ..statements.statement import Clause
from ..surface.commands import OPERATORS, RELATIONS
from ..surface.names import ACCENTS
from ..surface.nodes import (
    Array,
    Big,
    Decoration,
    Group,
    Item,
    Name,
    Number,
    Operator,
    Quotient,
    Relation,
    Root,
    Scripted,
    Separator,
    Sequence,
    Unknown,
    meaningful,
)
from .applications import bars, indicator, inner, norm
from .atoms import name
from .clauses import conditions
from .constants import ones_of
from .context import Elaboration, Part
from .derivatives import quotient
from .errors import ill_shaped, unreadable
from .held import held
from .indicators import before_condition, with_condition_below
from .indices import split
from .products import divided
from .scripts import after, is_transpose, scripted
from .slices import slice_of
from .sums import coerced

ALONE: Mapping[str, tuple[str, str]] = {
    r"\partial": ("∂ without a /∂ behind it", r"write \frac{\partial a}{\partial b}, or ∂a/∂b"),
    r"\nabla": ("∇ does not say what it is taken by", r"write \nabla_{W} E"),
    "!": ("factorials are not in the notation", "write the number itself"),
}
"""What is said of signs that need more than stands beside them, and what to write instead."""


def factor(e: Elaboration, item: Item) -> Term:
    """One factor by itself."""
    match item:
        case Number(value=value):
            return scalar(value)
        case Name():
            return name(e, item)
        case Scripted(base=base):
            return _scripted(e, item, base)
        case Group():
            return group(e, item)
        case Sequence():
            return e.expression(item)
        case Decoration(kind=kind, body=body):
            return _accented(e, item) if kind in ACCENTS else e.expression(body)
        case Quotient(top=top, bottom=bottom):
            found = quotient(e, item)
            return found or divided(e, e.expression(top), e.expression(bottom), item)
        case Root(radicand=radicand, degree=None):
            root = e.expression(radicand)
            return Apply(e.type_of(root).plain, "sqrt", (root,))
        case Array():
            return array(e, item)
        case Unknown(text=text):
            raise unreadable(f"{text} is not in the notation", item, _nearest(e, text))
        case Big(sign=sign):
            raise unreadable(f"{sign} without what it is taken of", item)
        case Operator(sign=sign) if sign in ALONE:
            why, hint = ALONE[sign]
            raise unreadable(why, item, hint)
    raise unreadable("this has no meaning here", item)


def _nearest(e: Elaboration, command: str) -> str:
    """The commands that are spelt nearly so."""
    spelt = (*e.context.functions, *OPERATORS, *RELATIONS, *ACCENTS)
    known = [one for one in spelt if one.startswith("\\")]
    near = get_close_matches(command, known, 2, 0.75) if command[:1] == "\\" else []
    return f"did you mean {' or '.join(near)}?" if near else ""


def _scripted(e: Elaboration, item: Scripted, base: Item) -> Term:
    indicated = with_condition_below(e, item)
    if indicated is not None:
        return indicated
    if isinstance(base, Name):
        return name(e, item)
    if isinstance(base, Decoration) and base.kind in ACCENTS:
        return _accented(e, item)
    if isinstance(base, Group) and base.opening == "{" and _is_named(base):
        return name(e, item)
    if isinstance(base, Group) and base.opening in (r"\|", "|"):
        return _normed(e, item, base)
    if isinstance(base, Group) and (base.opening, base.closing) == (".", "|"):
        return _held(e, item, base)
    if isinstance(base, Number) and base.value == 1 and _is_ones(e, item):
        return ones_of(e, item)
    read = e.context.signature.behind(e.line, item)
    if read.why:
        raise unreadable(read.why, item)
    return after(e, factor(e, base), read, item)


def _accented(e: Elaboration, item: Item) -> Term:
    r"""`\hat{y_t}` is `\hat y_t`; an accent over more than a name has no meaning."""
    if written(item) is None:
        raise unreadable("an accent over more than one name", item)
    return name(e, item)


def _is_ones(e: Elaboration, item: Scripted) -> bool:
    """Whether a 1 with scripts is a vector of ones: 1_n, and 1ᵀ unless it is read as a power."""
    if any(script.place == "_" for script in item.scripts):
        return True
    return is_transpose(item.scripts[0]) and e.oracle.choose("raised one", at=item) == "ones"


def _held(e: Elaboration, item: Scripted, base: Group) -> Term:
    r"""`\left. … \right|_{s_2}`."""
    low = [script for script in item.scripts if script.place in ("_", "|")]
    if len(low) != 1 or len(item.scripts) != 1:
        raise unreadable("a bar takes one script: what is held fixed", item)
    return held(e, e.expression(base.body), low[0].body, item)


def _normed(e: Elaboration, item: Scripted, base: Group) -> Term:
    """A norm with what is written below it."""
    below = [script for script in item.scripts if script.place == "_"]
    rest = [script for script in item.scripts if script.place != "_"]
    kinds = [meaningful(script.body) for script in below]
    kind = getattr(kinds[0][0], "text", "?") if len(kinds) == 1 and len(kinds[0]) == 1 else ""
    body = e.expression(base.body)
    if base.opening == "|" and not kind:
        return scripted(e, bars(e, body), item.scripts, item)
    return scripted(e, norm(e, body, kind, item), rest, item)


def _is_named(group: Group) -> bool:
    """Braces around one name, with or without scripts."""
    items = meaningful(group.body)
    one = items[0] if len(items) == 1 else None
    return isinstance(one, Name) or (isinstance(one, Scripted) and isinstance(one.base, Name))


def group(e: Elaboration, item: Group) -> Term:
    """What stands in brackets."""
    match item.opening, item.closing:
        case ("(" | "{" | r"\{" | "[", _):
            return _list(e, item) or e.expression(item.body)
        case (r"\|", _):
            return norm(e, e.expression(item.body), "", item)
        case ("|", _):
            return bars(e, e.expression(item.body))
        case (r"\langle", _):
            parts = split(item.body, ",")
            if len(parts) == 2:
                return inner(e, e.expression(parts[0]), e.expression(parts[1]), item)
    raise unreadable(f"{item.opening} … {item.closing} is not in the notation", item)


def _list(e: Elaboration, item: Group) -> Term | None:
    """`[a; b]` and `[a, b]`; a comparison in brackets is 1 or 0; None for a plain bracket."""
    if any(isinstance(part, Relation) for part in meaningful(item.body)):
        if item.opening != "[":
            raise unreadable("a relation in parentheses", item)
        return indicator(e, item.body, item)
    marks = {part.mark for part in item.body.items if isinstance(part, Separator)} & {",", ";"}
    if not marks:
        return None
    mark = ";" if ";" in marks else ","
    parts = [e.expression(part) for part in split(item.body, mark)]
    return stacked(e, parts, item, beside=mark == ",")


def bracket(e: Elaboration, item: Item, following: Part | None) -> Term | None:
    """𝟙[z > 0], W[a:b, :] and (W s)[a:b], which are together with the bracket behind them."""
    if isinstance(following, Scripted) and isinstance(following.base, Group):
        sliced = bracket(e, item, following.base)
        read = e.context.signature.behind(e.line, following)
        return None if sliced is None or read.why else after(e, sliced, read, following)
    if not isinstance(following, Group):
        return None
    indicated = before_condition(e, item, following)
    if indicated is not None:
        return indicated
    named = isinstance(item, Name | Scripted | Quotient) or (
        isinstance(item, Group) and item.opening == "("
    )
    if following.opening != "[" or not named:
        return None
    if any(isinstance(part, Separator) and part.mark == ":" for part in following.body.items):
        return slice_of(e, factor(e, item), following)
    return None


def stacked(e: Elaboration, parts: list[Term], item: Item, *, beside: bool) -> Term:
    """Vectors one under the other; rows and matrices beside each other where a comma parts them."""
    kinds = [e.type_of(part) for part in parts]
    columns = all(kind.is_scalar or kind.is_vector for kind in kinds)
    if beside and not columns:
        rows = kinds[0].out
        if not all(e.unify(kind.out, rows) for kind in kinds):
            raise ill_shaped("parts of different heights beside each other", item)
        width = _total(e, [kind.into for kind in kinds])
        return Blocks(matrix(rows[0] if rows else Size(1), width), (tuple(parts),))
    if columns:
        height = _total(e, [kind.out for kind in kinds])
        return Blocks(vector(height), tuple((part,) for part in parts))
    into = kinds[0].into
    if not all(e.unify(kind.into, into) for kind in kinds):
        raise ill_shaped("parts of different widths under each other", item)
    height = _total(e, [kind.out for kind in kinds])
    return Blocks(matrix(height, into[0] if into else Size(1)), tuple((part,) for part in parts))


def _total(e: Elaboration, sides: list[tuple[Axis, ...]]) -> Axis:
    total = Size(0)
    for side in sides:
        axis = e.sizes.find(side[0]) if side else Size(1)
        if not isinstance(axis, Size):
            return e.sizes.hole()
        total = total + axis
    return total


def array(e: Elaboration, item: Array) -> Term:
    """A matrix, or a case distinction."""
    if item.environment.endswith("cases"):
        return _cases(e, item)
    if not item.environment.endswith("matrix") and item.environment != "array":
        raise unreadable(f"the environment {item.environment} within a formula", item)
    rows = [[e.expression(cell) for cell in row] for row in item.rows]
    if len({len(row) for row in rows}) != 1:
        raise ill_shaped("rows of different lengths", item)
    kinds = [[e.type_of(cell) for cell in row] for row in rows]
    heights = [_extent([kind.out for kind in row]) for row in kinds]
    widths = [_extent([kind.into for kind in column]) for column in zip(*kinds, strict=True)]
    height, width = _total(e, heights), _total(e, widths)
    made = Blocks(matrix(height, width), tuple(tuple(row) for row in rows))
    return Apply(SCALAR, "det", (made,)) if item.environment == "vmatrix" else made


def _extent(sides: list[tuple[Axis, ...]]) -> tuple[Axis, ...]:
    return next((side for side in sides if side), ())


def _cases(e: Elaboration, item: Array) -> Term:
    bodies: list[Term] = []
    said: list[tuple[Condition, ...]] = []
    for row in item.rows:
        bodies.append(e.expression(_without_comma(row[0])))
        said.append(_conditions(e, row[1], item) if len(row) > 1 else ())
    if not bodies:
        raise unreadable("cases without a case", item)
    widest = max((e.type_of(body) for body in bodies), key=lambda kind: len(kind.axes))
    made = [coerced(e, body, widest) for body in bodies]
    if any(body is None for body in made):
        raise ill_shaped("cases of different shapes", item)
    branches = tuple(zip((body for body in made if body is not None), said, strict=True))
    return Cases(widest, branches)


def _without_comma(cell: Sequence) -> Sequence:
    """A cell without the comma that ends it."""
    items = meaningful(cell)
    last = items[-1] if items else None
    if isinstance(last, Separator) and last.mark in (",", ";"):
        return Sequence(items[:-1], parts=items[:-1])
    return cell


def _conditions(e: Elaboration, cell: Sequence, item: Item) -> tuple[Condition, ...]:
    found = condition_of(cell)
    if isinstance(found, str):
        raise unreadable(found, item)
    if not isinstance(found, Clause):
        return ()
    return conditions(e, found, item)
