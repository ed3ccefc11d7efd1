r"""From the rows of a display to its lines: which rows go on with the one above."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from ..surface.nodes import Dots, Item, Operator, Relation, Separator
from .chains import IMPLICATIONS
from .clauses import INTRODUCED, clause
from .fields import Field, fields, is_parting, round_body, without_full_stop
from .layout import Layout, Row
from .letters import Items, ends_open, script_letters
from .statement import Clause, Harmless

How = Literal["new", "joined", "clause", "prose"]

_AMBIGUOUS = frozenset(("-", r"\pm", r"\mp"))
_PREFIXES = frozenset((r"\partial", r"\nabla", "!"))


@dataclass
class Line:
    """The rows of one line in one, and which rows they were."""

    items: list[Item] = field(default_factory=list)
    places: set[int] = field(default_factory=set)
    doubt: str = ""
    letters: frozenset[str] = frozenset()
    """Those that stand in scripts."""

    def append(self, items: Items, mark: str) -> None:
        """Goes on with a further row behind a separator that is not in the text."""
        self.items += (Separator(mark), *items)
        self.letters |= script_letters(items)

    @property
    def is_open(self) -> bool:
        """Whether it ends in something that must go on."""
        last = next((i for i in reversed(self.items) if not is_parting(i)), None)
        return last is not None and ends_open((last,))


def lines(layout: Layout, letters: frozenset[str]) -> tuple[list[Line], list[Harmless]]:
    """The lines of a display, and what is prose between its rows."""
    found: list[Line] = []
    prose: list[Harmless] = []
    for place, row in enumerate(layout.rows):
        below = layout.rows[place + 1] if place + 1 < len(layout.rows) else None
        how = _how(row, found[-1] if found else None, below, letters)
        if how == "prose":
            prose.append(Harmless("words", parts=row.items))
        elif how == "new":
            found.append(Line(list(row.items), {place}, row.doubt, script_letters(row.items)))
        elif how == "clause":
            covered = [line for line in found if line.places & set(row.tail)] or found[-1:]
            for line in covered:
                line.append(row.items, r"\quad")
        else:
            found[-1].append(row.items, "\\\\")
            found[-1].places.add(place)
    return found, prose


def _how(row: Row, above: Line | None, below: Row | None, letters: frozenset[str]) -> How:
    """What a row is to the one above."""
    items, _ = without_full_stop(row.items)
    shown: list[Item] = [item for item in items if not is_parting(item)]
    line = fields(items)
    if not any(part.items for part in line):
        return _silent(line, above is not None)
    if above is None:
        return "new"
    if _is_clause_row(line, letters | above.letters):
        return "clause"
    if row.joined or row.tail or above.is_open:
        return "joined"
    if below is not None and _is_left_side(row, line, below):
        return "new"
    return "joined" if _goes_on(row, shown, line) else "new"


def _is_left_side(row: Row, line: list[Field], below: Row) -> bool:
    r"""A row that begins with no sign and no gap, above one that begins with a relation."""
    first = next(item for item in row.items if item != Separator("&"))
    begins = not isinstance(first, Operator | Relation | Separator | Dots)
    rest = [item for item in below.items if not is_parting(item)]
    alone = not any(part.has_relation or part.words for part in line)
    return begins and alone and bool(rest) and isinstance(rest[0], Relation)


def _silent(line: list[Field], behind: bool) -> How:
    """A row of words or separators alone: prose, unless it limits the line above."""
    limits = INTRODUCED | {"where", "otherwise"}
    if behind and (not line or any(part.said.roles & limits for part in line)):
        return "joined"
    return "prose"


def _goes_on(row: Row, shown: list[Item], line: list[Field]) -> bool:
    """Whether a row begins like the rest of something, or claims nothing."""
    first = shown[0]
    if "where" in line[0].said.roles:
        return True
    if isinstance(first, Relation):
        rest = fields(shown[1:])
        return first.sign not in IMPLICATIONS or not any(part.has_relation for part in rest)
    if all(isinstance(item, Dots) for item in shown):
        return False
    if not any(part.has_relation for part in line):
        begins = isinstance(first, Operator) or not row.line
        return begins and not any(part.said.unknown for part in line[:1])
    if isinstance(first, Operator) and first.sign not in _PREFIXES:
        return first.sign not in _AMBIGUOUS or row.items[0] == Separator("&")
    return False


def _is_clause_row(line: list[Field], letters: frozenset[str]) -> bool:
    r"""A row that only limits: `t = 1, \dots, T`, `\text{for } t < T`; not the bare `T = 2`."""
    found = clause(line, letters)
    if not isinstance(found, Clause):
        return False
    introduced = any(part.said.roles & INTRODUCED for part in line)
    bracketed = len(line) == 1 and round_body(line[0].items) is not None
    several = any(len(one.values) != 1 for one in found.bounds) or bool(found.conditions)
    return introduced or bracketed or several
