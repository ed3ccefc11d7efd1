r"""Boxes, braces, colours, and what stands over and under a sign: their content counts."""

from __future__ import annotations

from dataclasses import replace

from ..tokens.token import Token
from .commands import FUNCTIONS, OPERATOR_NAMES
from .nodes import (
    Big,
    Decoration,
    Item,
    Name,
    Part,
    Relation,
    Script,
    Scripted,
    ScriptPlace,
    Sequence,
    meaningful,
)
from .reader import Handler, Reader
from .spelling import accented

DECORATIONS = {
    r"\boxed": 0, r"\fbox": 0, r"\framebox": 0, r"\bbox": 0, r"\Aboxed": 0, r"\underline": 0,
    r"\cancel": 0, r"\bcancel": 0, r"\xcancel": 0, r"\sout": 0, r"\st": 0, r"\uwave": 0,
    r"\textcolor": 1, r"\colorbox": 1, r"\fcolorbox": 2, r"\class": 1, r"\style": 1,
    r"\cssId": 1, r"\htmlClass": 1, r"\href": 1, r"\enclose": 1, r"\raisebox": 1, r"\highlight": 0,
    r"\hl": 0, r"\underbar": 0, r"\mathhl": 0, r"\overparen": 0, r"\underparen": 0, r"\uline": 0,
    r"\hypertarget": 1, r"\hyperlink": 1,
}  # fmt: skip
"""Commands whose last argument counts, and how many stand before it that do not."""

BRACES: dict[str, str] = {
    r"\underbrace": "_", r"\overbrace": "^", r"\underbracket": "_", r"\overbracket": "^",
}  # fmt: skip
"""Commands whose argument counts, and the sign of the script that is their label."""

ARROWS = {
    r"\to": r"\overrightarrow", r"\leftarrow": r"\overleftarrow",
    r"\leftrightarrow": r"\overleftrightarrow",
}  # fmt: skip
"""Arrows that are an accent where they are set over a name."""

OVER: dict[str, ScriptPlace] = {r"\overset": "^", r"\stackrel": "^", r"\underset": "_"}
"""Commands that set their first argument over or under the second."""


def decoration(reader: Reader, parts: list[Part]) -> None:
    r"""`\boxed{…}`, `\textcolor{red}{…}`, `\bbox[…]{…}`."""
    own: list[Part] = []
    command = reader.take(own)
    _skip_option(reader, own)
    for _ in range(DECORATIONS[command.value]):
        reader.raw(own)
    body = reader.argument(own, "the content", command)
    parts.append(Decoration(command.value, body, parts=tuple(own)))


def _skip_option(reader: Reader, own: list[Part]) -> None:
    close = reader.partner.get(reader.pos) if reader.values[reader.pos] == "[" else None
    while close is not None and reader.pos <= close:
        reader.take(own)


def coloured(reader: Reader, parts: list[Part]) -> None:
    r"""`\color{red}`: to the end of the group."""
    own: list[Part] = []
    command = reader.take(own)
    _skip_option(reader, own)
    reader.raw(own)
    body = reader.rest()
    own.append(body)
    parts.append(Decoration(command.value, body, parts=tuple(own)))


def brace(reader: Reader, parts: list[Part]) -> None:
    r"""`\underbrace{…}_{label}`."""
    own: list[Part] = []
    command = reader.take(own)
    _skip_option(reader, own)
    body = reader.argument(own, "the content", command)
    label = None
    if reader.after_blanks() == BRACES[command.value]:
        reader.blanks(own)
        sign = reader.take(own)
        label = reader.argument(own, "a label", sign)
    parts.append(Decoration(command.value, body, label, parts=tuple(own)))


def cancelled_to(reader: Reader, parts: list[Part]) -> None:
    r"""`\cancelto{0}{x}`."""
    own: list[Part] = []
    command = reader.take(own)
    label = reader.argument(own, "a value", command)
    body = reader.argument(own, "the content", command)
    parts.append(Decoration(command.value, body, label, parts=tuple(own)))


def over(reader: Reader, parts: list[Part]) -> None:
    r"""`\overset{(a)}{=}` is a labelled relation, `\underset{W}{\max}` a name with a script."""
    own: list[Part] = []
    command = reader.take(own)
    label = reader.argument(own, "what stands over or under", command)
    body = reader.argument(own, "the sign", command)
    parts.append(_labelled(command, label, body, tuple(own)))


def _labelled(command: Token, label: Sequence, body: Sequence, parts: tuple[Part, ...]) -> Item:
    items, place = meaningful(body), OVER[command.value]
    if len(items) != 1:
        return Decoration(command.value, body, label, parts=parts)
    item = items[0]
    base = item.base if isinstance(item, Scripted) else item
    if isinstance(item, Relation):
        return replace(item, label=label, parts=parts)
    arrow = label.items[0] if len(label.items) == 1 else None
    if isinstance(item, Name) and isinstance(arrow, Relation) and arrow.sign in ARROWS:
        return Name(accented(ARROWS[arrow.sign], item.text), item.style, parts=parts)
    if not isinstance(base, Big) and not (isinstance(base, Name) and _takes_limits(base)):
        return Decoration(command.value, body, label, parts=parts)
    script = Script(place, label, parts=(label,))
    others = item.scripts if isinstance(item, Scripted) else ()
    return Scripted(base, (*others, script), parts=parts)


def _takes_limits(name: Name) -> bool:
    text = name.text.removeprefix(r"\operatorname{").removesuffix("}").removeprefix("\\")
    return text in FUNCTIONS or text in OPERATOR_NAMES


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(DECORATIONS, decoration),
    **dict.fromkeys(BRACES, brace),
    **dict.fromkeys(OVER, over),
    r"\color": coloured,
    r"\cancelto": cancelled_to,
}
