"""Linear index expressions: constant + Σ multiple · letter, and their differences."""

from __future__ import annotations

from fractions import Fraction

from .terms import Add, Bound, Divide, Letter, Negative, Number, Scale, Symbol, Term, scalar
from .types import SCALAR


def linear(term: Term) -> tuple[Fraction, dict[str, Fraction]] | None:
    """Its constant, and the multiple of each letter by name; None if it is not linear."""
    match term:
        case Number(value=value):
            return value, {}
        case Letter(name=name):
            return Fraction(0), {name: Fraction(1)}
        case Bound(depth=depth):
            return Fraction(0), {f"#{depth}": Fraction(1)}
        case Symbol(name=name, indices=()):
            return Fraction(0), {f"={name}": Fraction(1)}
        case Negative(body=body):
            return _times(linear(body), Fraction(-1))
        case Add(terms=terms):
            return _sum([linear(part) for part in terms])
        case Scale(scalar=factor, body=body):
            return _product(linear(factor), linear(body))
        case Divide(top=top, bottom=Number(value=value)) if value:
            return _times(linear(top), 1 / value)
    return None


Parts = tuple[Fraction, dict[str, Fraction]]


def _times(parts: Parts | None, factor: Fraction) -> Parts | None:
    if parts is None:
        return None
    return parts[0] * factor, {name: value * factor for name, value in parts[1].items()}


def _sum(all_parts: list[Parts | None]) -> Parts | None:
    constant, letters = Fraction(0), dict[str, Fraction]()
    for parts in all_parts:
        if parts is None:
            return None
        constant += parts[0]
        for name, value in parts[1].items():
            letters[name] = letters.get(name, Fraction(0)) + value
    return constant, {name: value for name, value in letters.items() if value}


def _product(left: Parts | None, right: Parts | None) -> Parts | None:
    if left is None or right is None:
        return None
    if not left[1]:
        return _times(right, left[0])
    return None if right[1] else _times(left, right[0])


def moved(index: Term, by: Fraction | int) -> Term:
    """index + by, with the numbers in a sum put together: t + 1 - 1 is t."""
    terms = index.terms if isinstance(index, Add) else (index,)
    numbers = [parts[0] for one in terms if (parts := linear(one)) is not None and not parts[1]]
    rest = [one for one in terms if (parts := linear(one)) is None or parts[1]]
    total = sum(numbers, Fraction(by))
    if total or not rest:
        number = scalar(abs(total))
        rest.append(Negative(SCALAR, number) if total < 0 else number)
    return rest[0] if len(rest) == 1 else Add(SCALAR, tuple(rest))


def difference(left: Term, right: Term) -> Fraction | None:
    """left − right, if that is a number whatever the letters are."""
    parts = _sum([linear(left), _times(linear(right), Fraction(-1))])
    return None if parts is None or parts[1] else parts[0]
