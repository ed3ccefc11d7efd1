r"""Fractions and roots: `\frac{a}{b}`, `\frac12`, `{a \over b}`, `\sqrt[3]{x}`, `\binom{n}{k}`."""

from __future__ import annotations

from ..tokens.token import Token
from .delimiters import skip_blanks
from .making import number_of, sequence_of
from .nodes import Name, Operator, Part, Quotient, Root, Sequence, Unknown
from .reader import Handler, Reader

FRACTIONS = frozenset((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\sfrac", r"\nicefrac"))
DERIVATIVES = {r"\pdv": r"\partial", r"\pderiv": r"\partial", r"\dv": "d", r"\odv": "d"}
"""Commands of packages with what is differentiated, and by what, and the sign that they set."""

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


def derivative(reader: Reader, parts: list[Part]) -> None:
    r"""`\pdv{E}{V}` and `\dv{E}{V}`: the fraction that they stand for; of one argument unknown."""
    own: list[Part] = []
    command = reader.take(own)
    if not _has_two(reader):
        parts.append(Unknown(command.value, parts=tuple(own)))
        return
    sign = DERIVATIVES[command.value]
    what: list[Sequence] = []
    for wanted in ("what is differentiated", "what it is taken by"):
        body = reader.content(own, wanted, command)
        letter = Name(sign, parts=(command,)) if sign == "d" else Operator(sign, parts=(command,))
        what.append(Sequence((letter, *body.items), parts=body.parts))
    parts.append(Quotient(*what, parts=tuple(own)))


def _has_two(reader: Reader) -> bool:
    """Whether exactly two arguments in braces follow."""
    place = reader.pos
    for _ in range(2):
        place = skip_blanks(reader.tokens, place)
        close = reader.partner.get(place) if reader.values[place] == "{" else None
        if close is None or close >= reader.end:
            return False
        place = close + 1
    return reader.values[skip_blanks(reader.tokens, place)] != "{"


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
    **dict.fromkeys(DERIVATIVES, derivative),
    r"\over": over,
    r"\sqrt": root,
}
