r"""Text in formulas: `\text{for all } t`, `\text{if $i \ne j$ then}`; the words of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from ..tokens.token import Token
from .brackets import only_or_group
from .commands import RELATIONS, REMARK_WORDS
from .delimiters import skip_blanks
from .joins import append
from .making import number_of, sequence_of
from .nodes import Decoration, Item, Name, Number, Part, Separator, Style, Words
from .reader import Handler, Reader
from .spelling import PLAIN_CONNECTIVES, is_connective, is_name, spelled

TEXTS: dict[str, Style] = {
    r"\text": "upright", r"\textrm": "upright", r"\textnormal": "upright", r"\mbox": "upright",
    r"\hbox": "upright", r"\textup": "upright", r"\textsf": "upright", r"\texttt": "upright",
    r"\textsc": "upright", r"\textbf": "bold", r"\textit": "", r"\emph": "", r"\textsl": "",
}  # fmt: skip
"""Commands whose argument is text, and the style of a name in it."""

REMARKS = frozenset((r"\intertext", r"\shortintertext"))
"""Commands whose argument is always words."""

_SPACES = frozenset(("~", "\\ ", r"\,", r"\;", r"\:", r"\!", r"\quad", r"\qquad", r"\space"))
_ESCAPED = frozenset((r"\_", r"\&", r"\%", r"\#", r"\$", r"\{", r"\}"))
_PUNCTUATION = frozenset(",;.:")


def text(reader: Reader, parts: list[Part]) -> None:
    r"""`\text{…}`: words, with the mathematics between dollars as items between them, or a name."""
    own: list[Part] = []
    command = reader.take(own)
    reader.blanks(own)
    if not reader.has_argument():
        reader.missing(own, "a text", command)
        parts.append(Words("", parts=tuple(own)))
        return
    close = reader.partner.get(reader.pos) if reader.values[reader.pos] == "{" else None
    if close is None:
        token = reader.take(own)
        _settle(reader, parts, own, token.value)
    elif _is_relation(reader, close):
        reader.take(own)
        _related(reader, parts, own, close)
    elif "$" not in reader.values[reader.pos : close]:
        _take_to(reader, own, close + 1)
        _settle(reader, parts, own, said_by(own[1:]))
    elif _is_formula(reader, close):
        _formula(reader, parts, own, close)
    else:
        reader.take(own)
        _mixed(reader, parts, own, close)


def _take_to(reader: Reader, own: list[Part], place: int) -> None:
    while reader.pos < place:
        reader.take(own)


def _is_formula(reader: Reader, close: int) -> bool:
    """Whether nothing but one formula stands in the braces here, `{$h$}`."""
    first = skip_blanks(reader.tokens, reader.pos + 1)
    last = reader.partner.get(first, close)
    return reader.values[first] == "$" and skip_blanks(reader.tokens, last + 1) == close


def _formula(reader: Reader, parts: list[Part], own: list[Part], close: int) -> None:
    first = skip_blanks(reader.tokens, reader.pos + 1)
    _take_to(reader, own, first + 1)
    body = reader.sequence(reader.partner[first])
    own.append(body)
    _take_to(reader, own, close + 1)
    append(parts, only_or_group(body, tuple(own)))


def _is_relation(reader: Reader, close: int) -> bool:
    r"""Whether single letters and numbers stand there with a relation: `\text{p $\ne$ m}`."""
    inside = [reader.tokens[place] for place in range(reader.pos + 1, close)]
    letters = [token.kind == "letter" for token in inside]
    if any(one and following for one, following in pairwise(letters)):
        return False
    related = [token.value in RELATIONS for token in inside]
    plain = all(
        sign or token.kind in ("letter", "number") or token.is_blank or token.value == "$"
        for sign, token in zip(related, inside, strict=True)
    )
    return plain and any(related) and any(letters)


def _related(reader: Reader, parts: list[Part], own: list[Part], close: int) -> None:
    """Mathematics, in dollars or without."""
    parts.extend(own)
    while reader.pos < close:
        if reader.values[reader.pos] == "$":
            parts.append(reader.take([]))
            continue
        following = (place for place in range(reader.pos, close) if reader.values[place] == "$")
        parts.extend(reader.sequence(next(following, close)).parts)
    parts.append(reader.take([]))


def _mixed(reader: Reader, parts: list[Part], own: list[Part], close: int) -> None:
    """Words, items, words: each stretch between dollars is read as mathematics."""
    first = len(own)
    while reader.pos < close:
        end = reader.partner.get(reader.pos) if reader.values[reader.pos] == "$" else None
        if end is None or end > close:
            reader.take(own)
            continue
        _said(parts, own, first)
        parts.append(reader.take([]))
        inner = reader.sequence(end)
        parts.extend(inner.parts)
        own, first = [], 0
        parts.append(reader.take([]))
    last = reader.take([])
    _said(parts, own, first)
    parts.append(last)


def _said(parts: list[Part], own: list[Part], first: int) -> None:
    said = said_by(own[first:])
    if said.strip():
        _append_words(parts, own, _single_spaced(said))
    else:
        parts.extend(own)


def _append_words(parts: list[Part], own: list[Part], words: str) -> None:
    """Words; punctuation before and behind them are separators."""
    if len(words) > 1 and words[0] in _PUNCTUATION:
        place = next(_places(own, words[0])) + 1
        parts.append(Separator(words[0], parts=tuple(own[:place])))
        own, words = own[place:], words[1:].strip()
    behind: list[Part] = []
    if len(words) > 1 and _ends(words):
        place = list(_places(own, words[-1]))[-1]
        own, behind = own[:place], own[place:]
    if words in _PUNCTUATION:
        parts.append(Separator(words, parts=tuple(own)))
    else:
        said = words[:-1].strip() if behind else words
        parts.append(Words(said, parts=tuple(own)))
    if behind:
        parts.append(Separator(words[-1], parts=tuple(behind)))


def _places(own: list[Part], value: str) -> Iterator[int]:
    return (
        place for place, part in enumerate(own) if isinstance(part, Token) and part.value == value
    )


def _ends(words: str) -> bool:
    """Whether the last sign of a text is punctuation and not part of an abbreviation."""
    return words[-1] in ",;:" or (words[-1] == "." and "." not in words[:-1] and len(words) > 4)


def said_by(parts: Iterable[Part]) -> str:
    """The text that these tokens say."""
    return "".join(_said_by(part) for part in parts if isinstance(part, Token))


def _said_by(token: Token) -> str:
    value = token.value
    if token.kind == "space" or value in _SPACES:
        return " "
    if token.kind == "comment" or value in ("{", "}"):
        return ""
    if value in _ESCAPED:
        return value[1:]
    return "" if value in TEXTS else value


def _single_spaced(said: str) -> str:
    return " ".join(said.split())


def _settle(reader: Reader, parts: list[Part], own: list[Part], said: str) -> None:
    """Append what a text without mathematics in it is: a name, a number, or words."""
    words = _single_spaced(said)
    name = _named(reader, own, words, said)
    if name is None:
        _append_words(parts, own, words)
    else:
        parts.append(name)


def _named(reader: Reader, own: list[Part], words: str, said: str) -> Item | None:
    command, parts = own[0], tuple(own)
    bare = reader.values[reader.pos] if reader.pos < reader.end else ""
    scripted = bare == "'" or reader.after_blanks() in ("_", "^")
    if words.isdecimal() and words.isascii():
        number = number_of(Token("number", words, 0, 0))
        return Number(number.value, words, parts=parts)
    if words and (scripted or _names(words, said, applied=bare in ("(", r"\left"))):
        style = TEXTS[command.value] if isinstance(command, Token) else ""
        return Name(spelled(words), style, parts=parts)
    return None


def _names(words: str, said: str, applied: bool) -> bool:
    """Whether a text without scripts is the name of a quantity."""
    if any(is_connective(word) for word in words.split()):
        return False
    if not is_name(words):
        return applied and words.isalpha()
    return applied or (" " not in words and said == said.strip())


def remark(reader: Reader, parts: list[Part]) -> None:
    r"""`\intertext{…}`: words, never a name; the mathematics between dollars as items."""
    own: list[Part] = []
    command = reader.take(own)
    reader.blanks(own)
    close = reader.partner.get(reader.pos) if reader.values[reader.pos] == "{" else None
    if close is not None and "$" in reader.values[reader.pos : close]:
        reader.take(own)
        inner: list[Part] = []
        _mixed(reader, inner, own, close)
        parts.append(Decoration(command.value, sequence_of(inner), parts=tuple(inner)))
    else:
        reader.raw(own)
        _append_words(parts, own, _single_spaced(said_by(own[1:])))


def sign_for_words(reader: Reader, parts: list[Part]) -> None:
    r"""`\therefore`."""
    own: list[Part] = []
    command = reader.take(own)
    parts.append(Words(REMARK_WORDS[command.value], parts=tuple(own)))


def word(reader: Reader, parts: list[Part]) -> None:
    """A word of plain text: a connective with those behind it, or a name."""
    token = reader.tokens[reader.pos]
    reader.pos += 1
    if not _joins(reader, reader.pos - 1):
        parts.append(Name(spelled(token.value), parts=(token,)))
        return
    own: list[Part] = [token]
    after = skip_blanks(reader.tokens, reader.pos)
    while after < reader.end and _joins(reader, after):
        while reader.pos <= after:
            reader.take(own)
        after = skip_blanks(reader.tokens, reader.pos)
    parts.append(Words(_single_spaced(said_by(own)), parts=tuple(own)))


def _joins(reader: Reader, place: int) -> bool:
    """Whether a connective without scripts stands there."""
    token = reader.tokens[place]
    scripted = reader.values[place + 1] in ("_", "^")
    return token.kind == "word" and token.value.lower() in PLAIN_CONNECTIVES and not scripted


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(TEXTS, text),
    **dict.fromkeys(REMARKS, remark),
    **dict.fromkeys(REMARK_WORDS, sign_for_words),
}
