r"""Signs that several tokens make together: `:=`, `+=`, `==`, `{+}{=}`, `\not=`, `...`."""

from __future__ import annotations

from ..tokens.token import Token
from .commands import LABELLED_RELATIONS, NEGATED, OPERATORS, RELATIONS
from .nodes import Dots, Item, Operator, Part, Relation, Separator, leaves
from .reader import Handler, Reader

JOINED = {
    (":", "="): ":=", ("+", "="): "+=", ("-", "="): "-=", ("=", "="): "=", ("<", "="): r"\le",
    (">", "="): r"\ge", ("!", "="): r"\ne", ("-", ">"): r"\to", ("=", ">"): r"\Rightarrow",
}  # fmt: skip
"""Two signs side by side, and the relation that they are."""

JOINED_OPERATORS = {(".", "*"): r"\odot", (".", "/"): r"\oslash"}
"""The same for operators."""

_SIGNS = (Operator, Relation, Separator)
_WRAPPED = frozenset(("{", r"\mathrel", r"\mathbin", r"\mathop", r"\mathord"))


def append(parts: list[Part], item: Item) -> None:
    """Append an item, joined with the sign before it if both are one."""
    place = _place_before(parts) if isinstance(item, _SIGNS) else -1
    joined = _joined(parts[place], item, tuple(parts[place:])) if place >= 0 else None
    if joined is None:
        parts.append(item)
    else:
        parts[place:] = [joined]


def _place_before(parts: list[Part]) -> int:
    """Where the sign stands that may be joined: just before, or in braces before blanks; or -1."""
    place = len(parts) - 1
    while place >= 0 and isinstance(parts[place], Token):
        place -= 1
    if place == len(parts) - 1 or place < 0:
        return place
    before = parts[place]
    wrapped = not isinstance(before, Token) and next(leaves(before)).value in _WRAPPED
    return place if wrapped else -1


def _joined(before: Part, item: Item, parts: tuple[Part, ...]) -> Item | None:
    first, second = _sign(before), _sign(item)
    if not first or not second or (isinstance(before, Relation) and before.label is not None):
        return None
    if isinstance(before, Dots):
        whole = second == "." and len(before.parts) == 2
        return Dots(r"\dots", parts=(*before.parts, item)) if whole else None
    if isinstance(before, Token) or not isinstance(before.parts[0], Token):
        return None
    if first == second == ".":
        return Dots(r"\dots", parts=(*parts, item))
    if (first, second) in JOINED:
        return Relation(JOINED[first, second], parts=(*parts, item))
    if (first, second) in JOINED_OPERATORS:
        return Operator(JOINED_OPERATORS[first, second], parts=(*parts, item))
    return None


def _sign(part: Part) -> str:
    if isinstance(part, (Operator, Relation, Dots)):
        return part.sign
    return part.mark if isinstance(part, Separator) else ""


def second_sign(reader: Reader, parts: list[Part]) -> None:
    """A sign that may belong to the one before it."""
    token = reader.tokens[reader.pos]
    reader.pos += 1
    if token.value in OPERATORS:
        append(parts, Operator(OPERATORS[token.value], parts=(token,)))
    elif token.value in RELATIONS:
        append(parts, Relation(RELATIONS[token.value], parts=(token,)))
    else:
        append(parts, Separator(token.value, parts=(token,)))


def negation(reader: Reader, parts: list[Part]) -> None:
    r"""`\not` and the relation behind it."""
    own: list[Part] = []
    command = reader.take(own)
    body = reader.argument(own, "a relation", command)
    sign = next((item.sign for item in body.items if isinstance(item, Relation)), None)
    if len(body.items) != 1 or sign is None:
        reader.report(command, r"\not stands before no relation", r"write \ne or \neg")
    negated = NEGATED.get(sign or "", rf"\not{sign or ''}")
    parts.append(Relation(negated, parts=tuple(own)))


def labelled(reader: Reader, parts: list[Part]) -> None:
    r"""`\xrightarrow[under]{over}`."""
    own: list[Part] = []
    command = reader.take(own)
    reader.optional(own)
    label = reader.argument(own, "what stands over it", command)
    parts.append(Relation(LABELLED_RELATIONS[command.value], label, parts=tuple(own)))


SECOND_SIGNS = ("=", ">", "*", "/", ".")

HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(SECOND_SIGNS, second_sign),
    r"\not": negation,
    **dict.fromkeys(LABELLED_RELATIONS, labelled),
}
