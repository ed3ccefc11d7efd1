r"""What means nothing and has arguments: `\label{…}`, `\hspace{…}`, `\hskip 2pt`, `\phantom{…}`."""

from __future__ import annotations

from .commands import DIMENSIONS, IGNORED_ARGUMENTS, UNITS
from .nodes import Ignored, Part
from .reader import Handler, Reader


def spacing(reader: Reader, parts: list[Part]) -> None:
    """The command with its arguments."""
    own: list[Part] = []
    command = reader.take(own)
    if reader.values[reader.pos] == "*" and reader.pos < reader.end:
        reader.take(own)
    for _ in range(IGNORED_ARGUMENTS[command.value]):
        reader.raw(own)
    if command.value in DIMENSIONS:
        _dimension(reader, own)
    parts.append(Ignored(command.value, parts=tuple(own)))


def _dimension(reader: Reader, own: list[Part]) -> None:
    """A length without braces: a sign, a number and a unit; in braces, as KaTeX has it too."""
    reader.blanks(own)
    if reader.pos < reader.end and reader.values[reader.pos] == "{":
        reader.raw(own)
        return
    if reader.pos < reader.end and reader.values[reader.pos] in ("-", "+"):
        reader.take(own)
    if reader.pos >= reader.end or reader.tokens[reader.pos].kind != "number":
        return
    reader.take(own)
    reader.blanks(own)
    for count in (1, 2):
        letters = reader.values[reader.pos : min(reader.pos + count, reader.end)]
        if "".join(letters) in UNITS:
            for _ in letters:
                reader.take(own)
            return


HANDLERS: dict[str, Handler] = dict.fromkeys(IGNORED_ARGUMENTS, spacing)
