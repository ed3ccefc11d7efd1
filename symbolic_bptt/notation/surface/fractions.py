r"""Fractions and roots: `\frac{a}{b}`, `\frac12`, `{a \over b}`, `\sqrt[3]{x}`, `\binom{n}{k}`."""

from __future__ import annotations

from ..tokens.token import Token
from .making import number_of, sequence_of
from .nodes import Part, Quotient, Root, Sequence, Unknown
from .reader import Handler, Reader

FRACTIONS = frozenset((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\sfrac", r"\nicefrac"))
TWO_STOREYS = frozenset((r"\binom", r"\dbinom", r"\tbinom", r"\genfrac", r"\atop", r"\choose"))
"""What looks like a fraction and is none."""


def fraction(reader: Reader, parts: list[Part]) -> None:
    r"""`\frac` and its two arguments."""
    own: list[Part] = []
    command = reader.take(own)
    reader.blanks(own)
    if _is_digits(reader, 2):
        top, bottom = _two_digits(reader.take(own))
    else:
        top = _storey(reader, own, "the numerator", command)
        bottom = _storey(reader, own, "the denominator", command)
    parts.append(Quotient(top, bottom, parts=tuple(own)))


def _is_digits(reader: Reader, count: int) -> bool:
    if reader.pos >= reader.end or reader.tokens[reader.pos].kind != "number":
        return False
    value = reader.values[reader.pos]
    return len(value) == count and value.isdecimal()


def _two_digits(token: Token) -> tuple[Sequence, Sequence]:
    r"""`12` of `\frac12`: one token, which is two arguments."""
    middle = token.start + 1 if token.end - token.start == 2 else token.end
    top = Token("number", token.value[0], token.start, middle)
    bottom = Token("number", token.value[1], min(middle, token.end - 1), token.end)
    return sequence_of([number_of(top)]), sequence_of([number_of(bottom)])


def _storey(reader: Reader, own: list[Part], wanted: str, command: Token) -> Sequence:
    reader.blanks(own)
    token = reader.tokens[reader.pos] if reader.pos < reader.end else None
    if token is not None and token.kind == "number" and len(token.value) > 1:
        message = f"of {token.value}, only the first digit is {wanted} in LaTeX"
        reader.report(token, message, "write both in braces: \\frac{…}{…}")
    return reader.content(own, wanted, command)


def over(reader: Reader, parts: list[Part]) -> None:
    r"""`{a \over b}`: all that stands before it in its group, by all that stands behind it."""
    top = sequence_of(parts)
    own: list[Part] = [top]
    command = reader.take(own)
    bottom = reader.rest()
    own.append(bottom)
    if not top.items or not bottom.items:
        reader.report(command, r"\over stands at an end of its group", r"write {a \over b}")
    parts[:] = [Quotient(top, bottom, parts=tuple(own))]


def root(reader: Reader, parts: list[Part]) -> None:
    r"""`\sqrt[degree]{radicand}`."""
    own: list[Part] = []
    command = reader.take(own)
    degree = reader.optional(own)
    radicand = reader.content(own, "what stands under the root", command)
    parts.append(Root(radicand, degree, parts=tuple(own)))


def no_fraction(reader: Reader, parts: list[Part]) -> None:
    r"""`\binom{n}{k}`: kept as it stands."""
    own: list[Part] = []
    command = reader.take(own)
    if command.value.endswith("binom"):
        reader.argument(own, "the upper argument", command)
        reader.argument(own, "the lower argument", command)
    parts.append(Unknown(command.value, parts=tuple(own)))


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(FRACTIONS, fraction),
    **dict.fromkeys(TWO_STOREYS, no_fraction),
    r"\over": over,
    r"\sqrt": root,
}
