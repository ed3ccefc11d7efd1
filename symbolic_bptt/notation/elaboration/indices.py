"""Indices: what stands in the place of a step or an entry, as a term with a sort."""

from __future__ import annotations

from fractions import Fraction

from ...core.axes import STEP, Axis
from ...core.linear import linear
from ...core.terms import (
    Add,
    Apply,
    Divide,
    Letter,
    Negative,
    Scale,
    Symbol,
    Term,
    scalar,
)
from ...core.types import SCALAR
from ..limits import MAX_EXPONENT
from ..sizes import Size
from ..surface.nodes import (
    Group,
    Item,
    Name,
    Operator,
    Quotient,
    Script,
    Scripted,
    Separator,
    Sequence,
    meaningful,
)
from ..surface.nodes import Number as Written
from .context import Elaboration
from .errors import ill_shaped, unreadable


def index(e: Elaboration, sequence: Sequence, sort: Axis | None = None) -> Term:
    """`t`, `t-1`, `2k+1`, `T`, `\\max(1, t-3)` as an index; its letters range over `sort`."""
    term = _worked_out(_sum(e, meaningful(sequence), sequence))
    if sort is not None:
        sorted_as(e, term, sort, sequence)
    return term


def _worked_out(term: Term) -> Term:
    r"""The number that an index without letters is: 8 of `2^3`, 6 of `2 \cdot 3`."""
    parts = linear(term) if isinstance(term, Scale | Divide | Add) else None
    return term if parts is None or parts[1] else scalar(parts[0])


def sorted_as(e: Elaboration, term: Term, sort: Axis, whole: Item) -> None:
    """Say of the one letter of an index what it ranges over; letters of two sorts never meet.

    k of W_{m+k,j} ranges over a part of the rows.
    """
    letters = [node for node in _letters(term) if node.name != "T"]
    if any(letter.name in e.context.sizes for letter in letters):
        return
    for letter in letters:
        if e.sizes.unify(letter.sort, sort):
            continue
        if STEP not in (sort, e.sizes.find(letter.sort)) and not e.oracle.lenient:
            raise ill_shaped(f"the index {letter.name} runs over two different sizes", whole)


def _letters(term: Term) -> list[Letter]:
    match term:
        case Letter():
            return [term]
        case Add(terms=terms):
            return [letter for part in terms for letter in _letters(part)]
        case Negative(body=body) | Scale(body=body):
            return _letters(body)
    return []


def _sum(e: Elaboration, items: tuple[Item, ...], whole: Sequence) -> Term:
    terms: list[Term] = []
    negative, pending = False, list[Item]()
    for item in (*items, Operator("+")):
        if not isinstance(item, Operator) or item.sign not in ("+", "-"):
            pending.append(item)
            continue
        if pending:
            term = _product(e, pending, whole)
            terms.append(Negative(SCALAR, term) if negative else term)
        negative, pending = (item.sign == "-") != (negative and not pending), []
    if not terms:
        raise unreadable("an index is missing here", whole)
    return terms[0] if len(terms) == 1 else Add(SCALAR, tuple(terms))


def _product(e: Elaboration, items: list[Item], whole: Sequence) -> Term:
    result: Term | None = None
    position = 0
    while position < len(items):
        item = items[position]
        if isinstance(item, Operator) and item.sign in ("*", r"\cdot", "/"):
            position += 1
            if result is None or position == len(items):
                raise unreadable("an index with a sign and nothing behind it", whole)
            factor = _factor(e, items[position], whole)
            result = (
                Divide(SCALAR, result, factor)
                if item.sign == "/"
                else Scale(SCALAR, result, factor)
            )
        elif isinstance(item, Name) and item.text in (r"\max", r"\min"):
            position += 1
            factor = _extreme(e, item, items[position] if position < len(items) else None, whole)
            result = factor if result is None else Scale(SCALAR, result, factor)
        else:
            factor = _factor(e, item, whole)
            result = factor if result is None else Scale(SCALAR, result, factor)
        position += 1
    assert result is not None
    return result


def _extreme(e: Elaboration, head: Name, argument: Item | None, whole: Sequence) -> Term:
    if not isinstance(argument, Group):
        raise unreadable(f"{head.text} in an index needs its arguments in parentheses", whole)
    parts = [index(e, part) for part in split(argument.body, ",")]
    return Apply(SCALAR, head.text[1:], tuple(parts))


def _factor(e: Elaboration, item: Item, whole: Sequence) -> Term:
    match item:
        case Written(value=value):
            return scalar(value)
        case Scripted(base=Written(value=value), scripts=(Script(place="^", body=body),)):
            return scalar(_power(value, index(e, body), item))
        case Group(opening="(" | "{" | "[", body=body):
            return _sum(e, meaningful(body), body)
        case Quotient(top=top, bottom=bottom):
            return Divide(SCALAR, index(e, top), index(e, bottom))
        case Name() | Scripted():
            return _named(e, item, whole)
    raise unreadable("this is no index", whole)


def _power(base: Fraction, exponent: Term, item: Item) -> Fraction:
    """A literal power of a literal, 10^9, within the bound on exponents."""
    parts = linear(exponent)
    raised = None if parts is None or parts[1] else parts[0]
    if raised is None or raised.denominator != 1 or abs(raised) > MAX_EXPONENT or not base:
        raise unreadable("a power in an index is one of two numbers", item)
    return base ** int(raised)


def _named(e: Elaboration, item: Item, whole: Sequence) -> Term:
    text = letter_text(item)
    if text is not None and (text in e.scope or text in ("T", e.context.time_index)):
        return e.letter(text)
    read = e.context.signature.read(e.line, item)
    if read.why:
        raise unreadable(read.why, item)
    if text is None and (read.indices or read.entries or read.after):
        raise unreadable("an index with an index below it", item)
    if text is None or (read.key, 0) in e.context.types:
        kind = e.context.types.get((read.key, 0))
        if kind is not None and kind.is_scalar and text not in e.context.sizes:
            return Symbol(SCALAR, read.key)
    return e.letter(text or read.key, item)


NUMBER = Size.letter("number")
"""What a size counts as where it is an index: it ranges over nothing."""


def alike(e: Elaboration, left: Term, right: Term) -> bool:
    """Whether two indices range over the same, as far as they range over anything."""
    letters = [part for part in (left, right) if isinstance(part, Letter)]
    sorts = [STEP if one.name == "T" else one.sort for one in letters]
    return len(sorts) < 2 or NUMBER in sorts or e.sizes.unify(*sorts)


def letter_text(item: Item) -> str | None:
    """The letter that a name is, with its primes: `t`, `\\tau`, `t'`; None for more than that."""
    match item:
        case Name(text=text, style=""):
            return text
        case Scripted(base=Name(text=text), scripts=scripts) if all(
            script.place == "'" for script in scripts
        ):
            return text + "'" * sum(script.primes for script in scripts)
    return None


def split(sequence: Sequence, mark: str) -> list[Sequence]:
    """The parts of a sequence between the separators of that kind."""
    parts: list[list[Item]] = [[]]
    for item in sequence.items:
        if isinstance(item, Separator) and item.mark == mark:
            parts.append([])
        else:
            parts[-1].append(item)
    return [Sequence(tuple(part), parts=tuple(part)) for part in parts]


def limit_of(e: Elaboration, sequence: Sequence | None, by: int) -> Term | None:
    """A limit of a range, `by` further where it is strict; None for an open end."""
    return None if sequence is None else beyond(index(e, sequence), by)


def beyond(term: Term, by: int) -> Term:
    """The index so many further."""
    if not by:
        return term
    number = scalar(abs(by))
    return Add(SCALAR, (term, number if by > 0 else Negative(SCALAR, number)))
