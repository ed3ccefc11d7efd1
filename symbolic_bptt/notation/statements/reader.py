"""From the surface of one display to what it says."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import accumulate

from ..surface.nodes import Sequence
from .layout import Layout, shell
from .letters import USUAL
from .line import LineReader
from .rows import lines
from .statement import Read, Statement


def statements(
    *trees: Sequence,
    index_letters: frozenset[str] = frozenset(),
    continued: Statement | None = None,
) -> Read:
    """The statements of one display or inline formula, and all else that stands in it.

    trees: one for a display; of plain text, one for each line of a paragraph, since a line goes on
        with the one above as a row does.
    index_letters: what the document uses as an index, beside the usual letters and those that
        stand in a script of the same line.
    continued: the statement above, whose last operand a display that begins with a relation
        goes on from.
    Every token that means something belongs to something in the result (`account`).
    """
    layout = Layout()
    for tree in trees:
        layout.harmless.append(shell(tree, *tree.items))
        if len(trees) > 1:
            layout.add_line(tree.items)
        else:
            layout.add(tree.items)
            layout.flush()
    letters = USUAL | index_letters
    written, prose = lines(layout, letters)
    found = [Read(harmless=(*layout.harmless, *prose))]
    above = continued
    for line in written:
        found.append(_doubted(LineReader(letters, above).read(line.items), line.doubt))
        above = found[-1].statements[-1] if found[-1].statements else above
    return _remarked(_joined(found), layout.remarks)


def _doubted(read: Read, doubt: str) -> Read:
    """The statements behind words that may limit them."""
    if not doubt:
        return read
    made = tuple(replace(one, doubt=one.doubt or doubt) for one in read.statements)
    return replace(read, statements=made)


def _joined(found: list[Read]) -> Read:
    return Read(
        statements=tuple(one for read in found for one in read.statements),
        leftovers=tuple(one for read in found for one in read.leftovers),
        clauses_alone=tuple(one for read in found for one in read.clauses_alone),
        harmless=tuple(one for read in found for one in read.harmless if one.parts),
    )


def _remarked(read: Read, remarks: list[tuple[int, str]]) -> Read:
    """The remarks of the layout, each with the statement that ends behind its place."""
    if not remarks or not read.statements:
        return read
    found = list(read.statements)
    ends = list(accumulate((one.end for one in found), max))
    for place, text in remarks:
        at = min(bisect_left(ends, place), len(found) - 1)
        found[at] = replace(found[at], remarks=(*found[at].remarks, text))
    return replace(read, statements=tuple(found))
