r"""What only lays a display out: boxes, braces, environments; and the rows that it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..surface.nodes import (
    Array,
    Decoration,
    Group,
    Ignored,
    Item,
    Name,
    Part,
    Relation,
    Separator,
    Sequence,
    Words,
    leaves,
)
from ..surface.table import listed
from ..tokens.token import Token
from .asides import step_in
from .fields import fields, round_body, words_of
from .glued import with_words
from .letters import Items, bare
from .statement import Harmless, HarmlessKind, written

STRUCK = frozenset((r"\cancel", r"\bcancel", r"\xcancel", r"\sout", r"\st", r"\cancelto"))
"""What its content is withdrawn by."""

_ALIGNED = listed(
    """
    align alignat aligned alignedat flalign xalignat xxalignat split gather gathered multline
    multlined equation dmath dgroup darray empheq displaymath math
    """
)
"""Environments whose odd `&` only sets a relation in line."""

_TABLES = frozenset(("eqnarray", "IEEEeqnarray", "IEEEeqnarraybox"))
"""Environments in which every `&` is a gap."""

_SYSTEMS = frozenset(("cases", "dcases", "rcases", "drcases", "numcases", "subnumcases", "array"))
"""Environments that hold rows if every row is an equation, else a value."""

_PROSE = frozenset((r"\intertext", r"\shortintertext"))
BEGINNING = frozenset(("for", "all", "if"))
_ONE = frozenset(("multline", "multlined"))


@dataclass(frozen=True)
class Opened:
    """Items with everything opened that only groups or decorates."""

    items: Items
    harmless: tuple[Harmless, ...] = ()
    remarks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Row:
    r"""One row of a display, `&` as separators: `&&` where a new column of equations begins.

    joined: it belongs to the row above whatever it looks like (`multline`).
    line: it is a line of plain text, which goes on with the one above only if it looks like it.
    tail: the rows of the block that it stands behind, as a range of places; empty if none.
    doubt: words before it that speak of one step, `At the last step:`; "" if there are none.
    """

    items: Items
    joined: bool = False
    tail: range = range(0)
    line: bool = False
    doubt: str = ""


@dataclass
class Layout:
    """The rows of a display, and what held them together."""

    rows: list[Row] = field(default_factory=list)
    harmless: list[Harmless] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)
    _held: list[Item] = field(default_factory=list)
    _columns: int = 0
    _tail: range = range(0)
    _joined: bool = False
    _line: bool = False
    _doubt: str = ""

    def add_line(self, items: Iterable[Item]) -> None:
        """Lays out a whole line of plain text."""
        self._line = True
        self.add(items)
        self.flush()
        self._line = False

    def add(self, items: Iterable[Item], *, table: bool = False) -> None:
        """Lays out further items of the present row."""
        whole = opened(items)
        self.harmless += whole.harmless
        self.remarks += whole.remarks
        for item in with_words(whole.items):
            if isinstance(item, Decoration) and item.kind in _PROSE:
                self._between(item)
            elif _is_intertext(item):
                self.flush()
                self.harmless.append(Harmless("words", parts=(item,)))
                self._doubt = step_in(words_of(item) or "")
            elif item == Separator("\\\\"):
                self.harmless.append(Harmless("layout", parts=(item,)))
                self.flush()
            elif (array := self._block(item)) is not None:
                self._open(item, array)
            elif item == Separator("&"):
                self._column(item, table)
            else:
                self._held.append(item)

    def _between(self, item: Decoration) -> None:
        """Prose between two rows with formulas in it.

        What begins a clause limits the row behind it; what claims something is a row of its own;
        else it only names something.
        """
        self.flush()
        inside = opened(item.body.items).items
        roles = frozenset(role for part in fields(inside) for role in part.said.roles)
        if not (roles & BEGINNING or any(isinstance(one, Relation) for one in inside)):
            self.harmless.append(Harmless("words", parts=(item,)))
            return
        self.harmless.append(_shell("layout", item, *item.body.items))
        self.harmless += opened(item.body.items).harmless
        self._held += inside
        if roles & BEGINNING:
            self._held.append(Separator(r"\quad"))
        else:
            self.flush()

    def flush(self) -> None:
        """Ends the present row."""
        if self._held:
            doubt, self._doubt = self._doubt, ""
            row = Row(tuple(self._held), self._joined, self._tail, self._line, doubt)
            self.rows.append(row)
        self._held, self._columns, self._tail = [], 0, range(0)

    def _column(self, item: Item, table: bool) -> None:
        gap = table or self._columns % 2 == 1
        self._columns += 1
        self._held.append(Separator("&&" if gap else "&", parts=item.parts))

    def _block(self, item: Item) -> Array | None:
        """The array that an item is, if it holds rows of the display and no value."""
        array = _array(item)
        if array is None:
            return None
        aligned = array.environment in _ALIGNED | _TABLES
        if isinstance(item, Array) and aligned:
            return array
        system = aligned or array.environment in _SYSTEMS
        first = all(map(_is_before, self._held))
        return array if system and first and _is_system(array) else None

    def _open(self, item: Item, array: Array) -> None:
        self.harmless.append(_shell("layout", item, *_cell_items(array)))
        if all(map(_is_before, self._held)):
            self.harmless += (Harmless("label", parts=(held,)) for held in self._held)
            self._held = []
        first, joined = len(self.rows), self._joined
        for place, row in enumerate(array.rows):
            if place:
                self.flush()
            self._joined = joined or (array.environment in _ONE and place > 0)
            for column, cell in enumerate(row):
                if column:
                    self._column(Separator("&"), array.environment not in _ALIGNED)
                self.add(cell.items, table=array.environment not in _ALIGNED)
        self.flush()
        self._joined = joined
        self._tail = range(first, len(self.rows))


def _is_before(item: Item) -> bool:
    r"""What may stand before a system of equations: gaps, and its name in brackets, `(S)`."""
    if isinstance(item, Group) and item.opening == "(":
        return len(bare(item.body.items)) <= 1
    return isinstance(item, Separator)


def _is_intertext(item: Item) -> bool:
    """Prose between two rows."""
    first = item.parts[:1] if isinstance(item, Words) else ()
    return any(isinstance(t, Token) and t.value in _PROSE for t in first)


def _cell_items(array: Array) -> list[Item]:
    return [item for row in array.rows for cell in row for item in cell.items]


def _array(item: Item) -> Array | None:
    r"""An array, or the only one in `\left\{ … \right.`."""
    if isinstance(item, Array):
        return item
    if isinstance(item, Group) and (item.opening, item.closing) in ((r"\{", "."), (".", r"\}")):
        body = bare(item.body.items)
        if len(body) == 1 and isinstance(body[0], Array):
            return body[0]
    return None


def _is_system(array: Array) -> bool:
    """Whether every row holds an equation, in its first two cells."""
    rows = [[bare(opened(cell.items).items) for cell in row] for row in array.rows]
    filled = [row for row in rows if any(row)]
    return bool(filled) and all(map(_is_equation, filled))


def _is_equation(row: list[Items]) -> bool:
    first, second = row[0], row[1] if len(row) > 1 else ()
    if any(isinstance(item, Relation) for item in first):
        return True
    return bool(second) and isinstance(second[0], Relation)


def opened(items: Iterable[Item]) -> Opened:
    r"""Items without what only groups or decorates, `\boxed{a = b}`, `{\color{red} a}`."""
    found: list[Item] = []
    harmless: list[Harmless] = []
    remarks: list[tuple[int, str]] = []
    pending = list(items)[::-1]
    while pending:
        item = pending.pop()
        match item:
            case Decoration(kind=kind) if kind in _PROSE:
                found.append(item)
            case Ignored():
                harmless.append(Harmless("spacing", parts=(item,)))
            case Decoration(kind=kind) if kind in STRUCK:
                harmless.append(Harmless("struck", parts=(item,)))
                remarks.append((item.start, f"‘{spelt(item)}’ is struck out and not read"))
            case Decoration(body=body, label=label) if _is_visible(body):
                harmless.append(_shell("label" if label else "layout", item, *body.items))
                remarks += [(item.start, text) for text in labelled(label)]
                pending.extend(reversed(body.items))
            case Group(opening="{", body=body) if _is_visible(body):
                harmless.append(_shell("layout", item, *body.items))
                pending.extend(reversed(body.items))
            case Sequence(items=inner):
                harmless.append(_shell("layout", item, *inner))
                pending.extend(reversed(inner))
            case _:
                found.append(item)
    return Opened(tuple(found), tuple(harmless), tuple(remarks))


def labelled(label: Sequence | None) -> list[str]:
    """The remark about the mathematics at a brace; words there claim nothing."""
    if label is None or all(map(_is_said, opened(label.items).items)):
        return []
    return [f"what stands at a brace, ‘{spelt(label)}’, is not judged"]


def _is_said(item: Item) -> bool:
    r"""Words, and what looks like a name of several letters, `\text{loss}`."""
    name = isinstance(item, Name) and item.text.startswith(r"\mathrm{")
    return isinstance(item, Words) or name


def spelt(node: Part) -> str:
    """The tokens of a node, as text for a message."""
    text, last = "", ""
    for token in written(node):
        apart = last[:1] == "\\" and last[-1:].isalpha() and token.value[:1].isalpha()
        last = token.value
        text += f" {last}" if apart else last
    return text if len(text) <= 60 else text[:57] + "…"


def _is_visible(body: Sequence) -> bool:
    """Whether braces hold something that parts formulas or claims something."""
    inside = body.items
    while (round_ := round_body(bare(inside))) is not None:
        inside = round_
    pending: list[Item] = list(inside)
    while pending:
        item = pending.pop()
        if isinstance(item, Separator):
            if item.mark not in (",", ";", ":", "."):
                return True
        elif isinstance(item, (Relation, Array)) or words_of(item) is not None:
            return True
        elif isinstance(item, (Decoration, Group)) and getattr(item, "opening", "{") == "{":
            pending.extend(item.body.items)
        elif isinstance(item, Sequence):
            pending.extend(item.items)
    return False


def _shell(kind: HarmlessKind, node: Item, *bodies: Item) -> Harmless:
    """The tokens of a node that belong to none of the bodies in it."""
    inside = {id(token) for body in bodies for token in leaves(body)}
    return Harmless(kind, parts=tuple(t for t in leaves(node) if id(t) not in inside))


def shell(node: Item, *bodies: Item) -> Harmless:
    """The brackets of a node, as layout."""
    return _shell("layout", node, *bodies)
