r"""Environments: rows of cells, `\begin{bmatrix} a & b \\ c & d \end{bmatrix}`, `\substack{…}`."""

from __future__ import annotations

from .nodes import Array, Part, Sequence, Unknown, meaningful
from .pairs import environment_name
from .reader import CELL_STOPS, Handler, Reader
from .table import listed

ENVIRONMENTS = listed(
    "matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix psmallmatrix bsmallmatrix cases"
    " dcases rcases drcases numcases subnumcases array tabular subarray aligned alignedat split"
    " gathered align alignat flalign xalignat gather multline multlined equation eqnarray"
    " displaymath math IEEEeqnarray IEEEeqnarraybox dmath dgroup empheq eqalign"
)

ARGUMENTS = listed(
    "array tabular subarray alignedat alignat xalignat IEEEeqnarray IEEEeqnarraybox empheq numcases"
    " subnumcases"
)
"""Environments with an argument in braces."""

_LONGEST_OPTION = 8


def environment(reader: Reader, parts: list[Part]) -> None:
    r"""`\begin{…} … \end{…}`."""
    index = reader.pos
    close = reader.partner.get(index)
    if close is None or close >= reader.end:
        unpaired(reader, parts)
        return
    own: list[Part] = []
    command = reader.tokens[index]
    name, after = environment_name(reader.tokens, index)
    _take_to(reader, own, after)
    bare = name.removesuffix("*")
    if bare not in ENVIRONMENTS:
        message = f"the environment {name or 'without a name'} is not known here"
        reader.report(command, message, "use aligned, cases, array or a matrix")
    columns = _arguments(reader, own, bare)
    rows = _rows(reader, own, close)
    _take_to(reader, own, environment_name(reader.tokens, close)[1])
    parts.append(Array(bare, rows, columns, parts=tuple(own)))


def _take_to(reader: Reader, own: list[Part], place: int) -> None:
    while reader.pos < place:
        reader.take(own)


def _arguments(reader: Reader, own: list[Part], name: str) -> str:
    """The options of an environment, which are no mathematics; its argument in braces."""
    close = reader.partner.get(reader.pos) if reader.values[reader.pos] == "[" else None
    if close is not None and (close - reader.pos < _LONGEST_OPTION and _is_letters(reader, close)):
        _take_to(reader, own, close + 1)
    if name in ARGUMENTS and reader.after_blanks() == "{":
        return reader.raw(own).strip()
    return ""


def _is_letters(reader: Reader, close: int) -> bool:
    inside = reader.tokens[reader.pos + 1 : close]
    return len(inside) == 1 and inside[0].value in ("t", "c", "b", "r", "l")


def _rows(reader: Reader, own: list[Part], end: int) -> tuple[tuple[Sequence, ...], ...]:
    """The cells up to `end`; a last row with nothing in it is none."""
    rows: list[tuple[Sequence, ...]] = []
    cells: list[Sequence] = []
    while True:
        cell = reader.sequence(end, CELL_STOPS)
        own.append(cell)
        cells.append(cell)
        if reader.pos >= end:
            break
        if reader.take(own).value != "&":
            rows.append(tuple(cells))
            cells = []
    if any(meaningful(cell) for cell in cells):
        rows.append(tuple(cells))
    return tuple(rows)


def unpaired(reader: Reader, parts: list[Part]) -> None:
    r"""A `\begin` or `\end` without its partner, with its name."""
    own: list[Part] = []
    index = reader.pos
    name, after = environment_name(reader.tokens, index)
    command = reader.tokens[index].value
    _take_to(reader, own, min(after, reader.end))
    parts.append(Unknown(rf"{command}{{{name}}}", parts=tuple(own)))


def substack(reader: Reader, parts: list[Part]) -> None:
    r"""`\substack{a \\ b}`: rows under each other."""
    own: list[Part] = []
    command = reader.take(own)
    reader.blanks(own)
    close = reader.partner.get(reader.pos) if reader.values[reader.pos] == "{" else None
    if close is None:
        body = reader.argument(own, "the argument", command)
        parts.append(Array("substack", ((body,),), parts=tuple(own)))
        return
    reader.take(own)
    rows = _rows(reader, own, close)
    reader.take(own)
    parts.append(Array("substack", rows, parts=tuple(own)))


HANDLERS: dict[str, Handler] = {
    r"\begin": environment,
    r"\end": unpaired,
    r"\substack": substack,
}
