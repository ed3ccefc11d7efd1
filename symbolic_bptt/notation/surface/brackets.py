r"""Groups: `( … )`, `\left[ … \right)`, `{ … }`, and wrappers that only group, `\mathrel{ … }`."""

from __future__ import annotations

from dataclasses import replace

from ..tokens.token import Token
from .delimiters import CLOSING, DELIMITERS, is_delimiter
from .joins import append
from .nodes import Big, Group, Ignored, Item, Part, Separator, Sequence, Unknown, meaningful
from .reader import Handler, Reader
from .table import listed

WRAPPERS = listed(
    r"\mathrel \mathbin \mathord \mathop \mathopen \mathclose \mathpunct \mathinner \ensuremath"
    r" \smash \mathclap \mathllap \mathrlap \vcenter \llap \rlap"
)
"""Commands whose argument stands for itself."""

_SCRIPT_SIGNS = ("_", "^")


def bracket(reader: Reader, parts: list[Part]) -> None:
    """What stands between a written bracket and its partner."""
    index = reader.pos
    close = reader.partner.get(index)
    if close is None or close >= reader.end:
        reader.unknown(parts)
        return
    reader.pos += 1
    body = reader.sequence(close)
    reader.pos = close + 1
    opening, closing = reader.tokens[index], reader.tokens[close]
    group = Group(
        _canonical(opening.value), body, _canonical(closing.value), parts=(opening, body, closing)
    )
    parts.append(group)


def _canonical(value: str) -> str:
    return DELIMITERS.get(value, value)


def left(reader: Reader, parts: list[Part]) -> None:
    r"""`\left( … \right]`: the delimiters are kept as written, a dot for a missing one."""
    close = reader.partner.get(reader.pos)
    if close is None or close >= reader.end:
        delimited(reader, parts)
        return
    own: list[Part] = []
    opening = _delimiter(reader, own)
    body = reader.sequence(close)
    own.append(body)
    closing = _delimiter(reader, own)
    parts.append(Group(opening, body, closing, parts=tuple(own)))


def _delimiter(reader: Reader, own: list[Part]) -> str:
    r"""`\left` or `\right` and the delimiter behind it."""
    command = reader.take(own)
    reader.blanks(own)
    if is_delimiter(reader.tokens, reader.pos):
        return DELIMITERS[reader.take(own).value]
    reader.report(command, f"a bracket is missing behind {command.value}", "write one, or a dot")
    return "."


def delimited(reader: Reader, parts: list[Part]) -> None:
    r"""A `\left` or `\right` without its partner, with the delimiter behind it."""
    own: list[Part] = []
    command = reader.take(own)
    text = command.value
    if reader.pos < reader.end and is_delimiter(reader.tokens, reader.pos):
        text += reader.take(own).value
    parts.append(Unknown(text, parts=tuple(own)))


def middle(reader: Reader, parts: list[Part]) -> None:
    r"""`\middle|` parts what stands in a pair of delimiters."""
    own: list[Part] = []
    reader.take(own)
    reader.blanks(own)
    if is_delimiter(reader.tokens, reader.pos):
        mark = DELIMITERS[reader.take(own).value]
        parts.append(Separator(mark, parts=tuple(own)))
    else:
        parts.append(Unknown(r"\middle", parts=tuple(own)))


def braces(reader: Reader, parts: list[Part]) -> None:
    """Braces: one thing in them is that thing, nothing in them is nothing, several are a group."""
    if reader.partner.get(reader.pos) is None:
        reader.unknown(parts)
        return
    content = reader.braced()
    if not content.items:
        _empty(reader, parts, content)
    else:
        append(parts, only_or_group(content, content.parts))


def _empty(reader: Reader, parts: list[Part], content: Sequence) -> None:
    r"""`{}`: the base of a prescript, or nothing at all, as in `\sum{}_t`."""
    nothing = Ignored("{}", parts=content.parts)
    before = parts[-1] if parts else None
    if reader.values[reader.pos] not in _SCRIPT_SIGNS:
        parts.append(nothing)
    elif isinstance(before, Big):
        parts[-1] = replace(before, parts=(*before.parts, nothing))
    else:
        parts.append(content)


def only_or_group(content: Sequence, parts: tuple[Part, ...]) -> Item:
    """The single item of a sequence, made of all these parts; else a group in braces."""
    items = meaningful(content)
    if len(items) == 1 and type(items[0]) is not Sequence:
        return replace(items[0], parts=parts)
    return Group("{", Sequence(content.items, parts=_inner(content.parts)), "}", parts=parts)


def _inner(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(
        part for part in parts if not (isinstance(part, Token) and part.value in ("{", "}"))
    )


def wrapper(reader: Reader, parts: list[Part]) -> None:
    r"""`\mathrel{=}`, `\mathop{…}`: what stands inside."""
    own: list[Part] = []
    command = reader.take(own)
    content = reader.argument(own, "the argument", command)
    append(parts, only_or_group(content, tuple(own)))


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(CLOSING, bracket),
    "{": braces,
    r"\left": left,
    r"\right": delimited,
    r"\middle": middle,
    **dict.fromkeys(WRAPPERS, wrapper),
}
