r"""Names in a style or under an accent: `\mathbf x`, `\mathrm{net}`, `{\bf x}`, `\hat{\bar y}`."""

from __future__ import annotations

from dataclasses import replace

from ..limits import MAX_WORD
from ..tokens.token import Token
from .nodes import (
    Decoration,
    Ignored,
    Item,
    Name,
    Number,
    Operator,
    Part,
    Scripted,
    Sequence,
    Style,
    Unknown,
    Words,
    leaves,
    meaningful,
)
from .reader import Handler, Reader
from .spelling import accented, is_connective, spelled
from .words import said_by

STYLES: dict[str, Style] = {
    r"\mathbf": "bold", r"\boldsymbol": "bold", r"\bm": "bold", r"\pmb": "bold",
    r"\symbf": "bold", r"\symbfit": "bold", r"\mathbfit": "bold", r"\vec": "bold",
    r"\mathrm": "upright", r"\mathsf": "upright", r"\mathtt": "upright", r"\symrm": "upright",
    r"\mathup": "upright", r"\operatorname": "upright", r"\operatornamewithlimits": "upright",
    r"\mathit": "", r"\mathnormal": "", r"\symit": "",
}  # fmt: skip
"""Commands of weight and slant."""

SWITCHES: dict[str, str] = {
    r"\bf": r"\mathbf", r"\bfseries": r"\mathbf", r"\boldmath": r"\mathbf", r"\rm": r"\mathrm",
    r"\rmfamily": r"\mathrm", r"\sf": r"\mathrm", r"\tt": r"\mathrm", r"\it": r"\mathit",
    r"\sl": r"\mathit", r"\em": r"\mathit", r"\sc": r"\mathrm", r"\cal": r"\mathcal",
}  # fmt: skip
"""Old commands that hold to the end of their group, and what they are today."""

ALPHABETS = {
    r"\mathcal": r"\mathcal", r"\mathbb": r"\mathbb", r"\mathfrak": r"\mathfrak",
    r"\mathscr": r"\mathscr", r"\mathbbm": r"\mathbb", r"\mathds": r"\mathbb",
    r"\mathbbold": r"\mathbb", r"\Bbb": r"\mathbb", r"\frak": r"\mathfrak",
    r"\symcal": r"\mathcal", r"\symbb": r"\mathbb",
}  # fmt: skip
"""Alphabets: their letters are letters of their own."""

ACCENTS = {
    r"\hat": r"\hat", r"\widehat": r"\hat", r"\tilde": r"\tilde", r"\widetilde": r"\tilde",
    r"\bar": r"\bar", r"\overline": r"\bar", r"\dot": r"\dot", r"\ddot": r"\ddot",
    r"\dddot": r"\dddot", r"\mathring": r"\mathring", r"\check": r"\check",
    r"\widecheck": r"\check", r"\breve": r"\breve", r"\acute": r"\acute", r"\grave": r"\grave",
    r"\overrightarrow": r"\overrightarrow", r"\overleftarrow": r"\overleftarrow",
    r"\overleftrightarrow": r"\overleftrightarrow", r"\underrightarrow": r"\underrightarrow",
    r"\underleftarrow": r"\underleftarrow",
}  # fmt: skip
"""Accents, and how they are spelled in a name."""

_JOINING = (r"\operatorname", r"\operatornamewithlimits")
_WEIGHTS: dict[Style, int] = {"": 0, "upright": 1, "bold": 2}


def style(reader: Reader, parts: list[Part]) -> None:
    r"""`\mathbf x`, `\mathrm{net}`, `\operatorname*{arg\,max}`."""
    own: list[Part] = []
    command = reader.take(own)
    if command.value in _JOINING and reader.values[reader.pos] == "*":
        reader.take(own)
    body = reader.argument(own, "what is to be set so", command)
    parts.append(styled(reader, command, command.value, body, tuple(own)))


def switch(reader: Reader, parts: list[Part]) -> None:
    r"""`{\bf x}`: the rest of the group is set so."""
    own: list[Part] = []
    command = reader.take(own)
    body = reader.rest()
    own.append(body)
    modern = SWITCHES[command.value]
    set_so = alphabetic if modern in ALPHABETS else styled
    parts.append(set_so(reader, command, modern, body, tuple(own)))


def alphabet(reader: Reader, parts: list[Part]) -> None:
    r"""`\mathcal L`, `\mathbb{R}`."""
    own: list[Part] = []
    command = reader.take(own)
    body = reader.content(own, "the letter", command)
    parts.append(alphabetic(reader, command, ALPHABETS[command.value], body, tuple(own)))


def accent(reader: Reader, parts: list[Part]) -> None:
    r"""`\hat y`, `\overline{x}`; over more than one name it is a decoration."""
    own: list[Part] = []
    command = reader.take(own)
    body = reader.content(own, "what stands under the accent", command)
    name = _single(reader, command, body, joining=True)
    if name is None:
        parts.append(Decoration(command.value, body, parts=tuple(own)))
    else:
        text = accented(ACCENTS[command.value], name.text)
        parts.append(Name(text, name.style, parts=tuple(own)))


def styled(
    reader: Reader, command: Token, kind: str, body: Sequence, parts: tuple[Part, ...]
) -> Item:
    """What a style makes of its argument: one name, what it stands for, or a decoration."""
    items, weight = meaningful(body), STYLES[kind]
    if not items:
        return Ignored(command.value, parts=parts)
    if weight == "upright" and kind not in _JOINING and not _is_scripted(reader):
        said = _remark(body, items)
        if said:
            return Words(said, parts=parts)
    if len(items) == 1 and not isinstance(items[0], Name):
        return _styled_one(items[0], kind, body, weight, parts)
    name = _single(reader, command, body, joining=kind in _JOINING)
    if name is None:
        return Decoration(kind, _styled_runs(body, weight), parts=parts)
    return replace(name, style=_heavier(name.style, weight), parts=parts)


def _is_scripted(reader: Reader) -> bool:
    return reader.after_blanks() in ("_", "^", "'")


def _remark(body: Sequence, items: tuple[Item, ...]) -> str:
    r"""What `\mathrm{for\ all}` says, if a word in it is a connective; else nothing."""
    if len(items) < 2 and not _letter(items[0])[1:]:
        return ""
    said = " ".join(said_by(leaves(body)).split())
    if not said.replace(" ", "").isalpha():
        return ""
    connectives = [word for word in said.split() if len(word) > 1 and is_connective(word)]
    return said if connectives else ""


def _styled_one(
    item: Item, kind: str, body: Sequence, weight: Style, parts: tuple[Part, ...]
) -> Item:
    if isinstance(item, Number) and weight != "bold":
        return replace(item, parts=parts)
    if isinstance(item, Number):
        return Name(item.text, weight, parts=parts)
    if isinstance(item, Scripted):
        return replace(item, base=_weighted(item.base, weight), parts=parts)
    if isinstance(item, (Operator, Words, Ignored)):
        return replace(item, parts=parts)
    return Decoration(kind, body, parts=parts)


def _weighted(item: Item, weight: Style) -> Item:
    """The item with its names in that weight, those in its scripts excepted."""
    if isinstance(item, Name):
        return replace(item, style=_heavier(item.style, weight))
    if isinstance(item, Scripted):
        return replace(item, base=_weighted(item.base, weight))
    return item


def _heavier(inner: Style, outer: Style) -> Style:
    return inner if _WEIGHTS[inner] >= _WEIGHTS[outer] else outer


def _single(reader: Reader, command: Token, body: Sequence, joining: bool) -> Name | None:
    """The one name that an argument is: a name, a number, or letters and digits side by side."""
    items = meaningful(body)
    if len(items) == 1 and isinstance(items[0], Name):
        return items[0]
    run = _run(items) if joining or _is_tight(body, items) else ""
    if not run:
        return None
    if len(run) > MAX_WORD:
        reader.report(command, f"a name of more than {MAX_WORD} letters", "shorten it", "limit")
    if len(items) == 1 and isinstance(items[0], Number):
        return Name(run, parts=body.parts)
    return Name(spelled(run), parts=body.parts)


def _is_tight(body: Sequence, items: tuple[Item, ...]) -> bool:
    """Whether nothing stands between the items."""
    return bool(items) and items[-1].end - items[0].start <= sum(i.end - i.start for i in items)


def _run(items: tuple[Item, ...]) -> str:
    """The letters and digits that the items are, side by side; empty if they are anything else."""
    letters: list[str] = []
    for place, item in enumerate(items):
        letter = _letter(item)
        if not letter and isinstance(item, Operator) and item.sign == "-":
            letter = "-" if _in_a_word(items, place) else ""
        if not letter:
            return ""
        letters.append(letter)
    return "".join(letters)


def _letter(item: Item) -> str:
    if isinstance(item, Name) and not item.style:
        text = item.text
        if len(text) == 1:
            return text
        return text[8:-1] if text.startswith(r"\mathrm{") else ""
    if isinstance(item, Number):
        return item.text
    return "_" if isinstance(item, Unknown) and item.text == r"\_" else ""


def _in_a_word(items: tuple[Item, ...], place: int) -> bool:
    """Whether a hyphen has two letters on either side."""
    around = (*items[max(0, place - 2) : place], *items[place + 1 : place + 3])
    return len(around) == 4 and all(_letter(item).isalpha() for item in around)


def _styled_runs(body: Sequence, weight: Style) -> Sequence:
    """The items in that weight; upright letters side by side are one name each run."""
    items: list[Item] = []
    run: list[Item] = []
    for item in body.items:
        runs_on = weight == "upright" and bool(_letter(item))
        if run and not (runs_on and run[-1].end == item.start):
            items.append(_name_of(run))
            run = []
        if runs_on:
            run.append(item)
        else:
            items.append(_weighted(item, weight))
    if run:
        items.append(_name_of(run))
    return Sequence(tuple(items), parts=body.parts)


def _name_of(run: list[Item]) -> Item:
    if len(run) == 1 and isinstance(run[0], Number):
        return run[0]
    return Name(spelled("".join(map(_letter, run))), "upright", parts=tuple(run))


def alphabetic(
    reader: Reader, command: Token, kind: str, body: Sequence, parts: tuple[Part, ...]
) -> Item:
    """Letters of an alphabet; over anything else a decoration."""
    items = meaningful(body)
    if len(items) == 1 and isinstance(items[0], Scripted) and isinstance(items[0].base, Name):
        base = replace(items[0].base, text=f"{kind}{{{items[0].base.text}}}")
        return replace(items[0], base=base, parts=parts)
    name = _single(reader, command, body, joining=True)
    if name is None:
        return Decoration(kind, body, parts=parts)
    text = name.text[8:-1] if name.text.startswith(r"\mathrm{") else name.text
    return Name(f"{kind}{{{text}}}", name.style, parts=parts)


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(STYLES, style),
    **dict.fromkeys(SWITCHES, switch),
    **dict.fromkeys(ALPHABETS, alphabet),
    **dict.fromkeys(ACCENTS, accent),
}
