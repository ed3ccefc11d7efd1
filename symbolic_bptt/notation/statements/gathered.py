"""What has been gathered of one line: drafts, clauses, and what is harmless."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from ..surface.nodes import Item, Separator
from .drafts import Draft, arrows_of, finished
from .ranges import Ranges, merged
from .statement import (
    Clause,
    ClauseAlone,
    Harmless,
    HarmlessKind,
    Leftover,
    Piece,
    Read,
    Statement,
)

_SHARED = "the range at the end of the line is taken to hold here too"


@dataclass
class Gathered:
    """The statements of one line in the making.

    prefix: clauses that stand before the statements they limit.
    nested: what stands in brackets around a whole statement.
    remarks: what the next draft is to be told with.
    """

    drafts: list[Draft] = field(default_factory=list)
    prefix: list[Clause] = field(default_factory=list)
    nested: list[Read] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    harmless: list[Harmless] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    alone: list[ClauseAlone] = field(default_factory=list)
    _closed: int = 0
    """How many drafts a clause has closed."""

    @property
    def last(self) -> Draft | None:
        """The statement that is being gathered."""
        return self.drafts[-1] if self.drafts else None

    @property
    def is_complete(self) -> bool:
        """Whether the last statement needs nothing more."""
        return self.last is not None and self.last.complete

    @property
    def is_open(self) -> bool:
        """Whether the last statement must go on."""
        return self.last is not None and not self.last.complete

    def draft(self) -> Draft:
        """The statement that is being gathered, or a new one."""
        return self.last or self.begin()

    def begin(self, *, supports: bool = False) -> Draft:
        """A new statement, under the clauses that stand before it."""
        self.drafts.append(Draft([], list(self.prefix), self.remarks, supports=supports))
        self.remarks = []
        return self.drafts[-1]

    def put(self, kind: HarmlessKind, *parts: Item) -> None:
        """Something that may be left out."""
        if parts:
            self.harmless.append(Harmless(kind, parts=parts))

    def drop(self, items: Iterable[Item]) -> None:
        """Separators and known words that have done their work."""
        for item in items:
            self.put("punctuation" if isinstance(item, Separator) else "words", item)

    def nest(self, read: Read) -> None:
        """What stands in brackets around a statement, under the clauses before it."""
        for one in self.prefix:
            read = _under(read, one)
        self.nested.append(read)

    def limit(self, found: list[Clause]) -> None:
        """A clause behind its statements: of the last, and of those before with its letters."""
        clause = together(found)
        if isinstance(clause, str):
            self.draft().spoil(clause, (part for one in found for part in one.items))
        elif not self.drafts:
            self.nested[-1] = _under(self.nested[-1], clause)
        else:
            *others, last = self.drafts[self._closed :] or self.drafts[-1:]
            last.clauses.append(clause)
            for draft in (draft for draft in others if draft.mentions(clause)):
                draft.clauses.append(clause)
                draft.remarks.append(_SHARED)
            self._closed = len(self.drafts)

    def precede(self, found: list[Clause], *, alone: bool) -> None:
        """A clause before its statements; or one of its own, which holds until it is revoked."""
        clause = together(found)
        if isinstance(clause, str):
            self.draft().spoil(clause, (part for one in found for part in one.items))
        elif alone:
            self.alone.append(ClauseAlone(clause, None, parts=clause.parts))
        else:
            self.prefix.append(clause)

    def result(self) -> Read:
        """All that was gathered."""
        statements: list[Statement] = []
        for draft in self.drafts:
            whole, rest = finished(draft)
            self.put("words", *(arrows_of(draft) if whole else ()))
            statements += whole
            self.leftovers += rest
        for read in self.nested:
            statements += read.statements
            self.leftovers += read.leftovers
            self.alone += read.clauses_alone
            self.harmless += read.harmless
        if not self.drafts and not self.nested:
            self.alone += (ClauseAlone(one, None, parts=one.parts) for one in self.prefix)
        statements.sort(key=_start)
        leftovers = (replace(one, mention=one.mention and not statements) for one in self.leftovers)
        return Read(tuple(statements), tuple(leftovers), tuple(self.alone), tuple(self.harmless))


def _start(piece: Piece) -> int:
    return piece.start


def together(found: list[Clause]) -> Clause | str:
    """Clauses side by side as one, or why they contradict each other."""
    whole = merged([Ranges(one.bounds, one.conditions, one.shapes) for one in found])
    if isinstance(whole, str):
        return whole
    return Clause(
        bounds=whole.bounds,
        conditions=whole.conditions,
        universal=any(one.universal for one in found),
        shapes=whole.shapes,
        words=tuple(word for one in found for word in one.words),
        parts=tuple(part for one in found for part in one.parts),
    )


def _under(read: Read, clause: Clause) -> Read:
    under = (replace(one, clauses=(*one.clauses, clause)) for one in read.statements)
    return replace(read, statements=tuple(under))
