r"""What a display says: statements, the clauses behind them, and what is neither.

Everything keeps the items it was made of, so that nothing can vanish (`account`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from ..surface.nodes import Item, Part, Relation, Sequence, leaves
from ..tokens.token import Token


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Something made of parts of the surface, in the order written."""

    parts: tuple[Part, ...] = field(default=(), compare=False, repr=False)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens that it is made of, blanks left out."""
        return tuple(token for part in self.parts for token in written(part))

    @property
    def items(self) -> tuple[Item, ...]:
        """The parts that are items, not bare tokens."""
        return tuple(part for part in self.parts if not isinstance(part, Token))

    @cached_property
    def start(self) -> int:
        """Where it begins in the source."""
        return min((token.start for token in self.tokens), default=0)

    @cached_property
    def end(self) -> int:
        """Where it ends in the source."""
        return max((token.end for token in self.tokens), default=0)


def written(part: Part) -> tuple[Token, ...]:
    """The tokens of one part that are no blanks."""
    tokens = (part,) if isinstance(part, Token) else leaves(part)
    return tuple(token for token in tokens if not token.is_blank)


@dataclass(frozen=True)
class Bounds:
    r"""lower <= letter <= upper, of the limits of a sum or of a clause.

    letter: as written, a Name or a Name with primes.
    lower, upper: None is the end of its own range. Ranges that run downwards are kept as written.
    dots: they are the first and last of a list, which may run downwards; `falling`: it does.
    unequal: what it differs from, `j \ne i`.
    values: exactly these, `t \in \{1, 3\}`; one of them is `t = 2`.
    """

    letter: Item
    lower: Sequence | None = None
    upper: Sequence | None = None
    lower_strict: bool = False
    upper_strict: bool = False
    unequal: tuple[Sequence, ...] = ()
    values: tuple[Sequence, ...] = ()
    dots: bool = False
    falling: bool = False


@dataclass(frozen=True)
class Condition:
    r"""A relation that isolates no single letter: `t - k > 3`, `t \bmod 2 = 0`."""

    left: Sequence
    relation: str
    right: Sequence


@dataclass(frozen=True)
class Clause(Piece):
    r"""For which indices something is said: `t = 1, \dots, T`, `for all k \le t`.

    universal: a ∀ or its word is written.
    shapes: `x \in \mathbb R^{n \times m}`, what and where.
    words: the words in it, as written.
    """

    bounds: tuple[Bounds, ...] = ()
    conditions: tuple[Condition, ...] = ()
    universal: bool = False
    shapes: tuple[tuple[Sequence, Sequence], ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Otherwise(Piece):
    """The branch for everything else: `otherwise`, `else`, `sonst`, `sinon`."""


@dataclass(frozen=True)
class Statement(Piece):
    """A chain: operands with relations between them, one fewer, and the clauses it is under.

    remarks: what the reader should be told beside it.
    unread: why it must not be judged; "" if nothing is in the way.
    rest: what belongs to an unread statement and found no place in it.
    supports: it stands behind a *where*: the statement before it uses it.
    doubt: words beside it that are not understood and may limit it; it is refuted by nothing.
    """

    operands: tuple[Sequence, ...]
    relations: tuple[Relation, ...]
    clauses: tuple[Clause, ...] = ()
    remarks: tuple[str, ...] = ()
    unread: str = ""
    rest: Sequence = field(default_factory=Sequence)
    supports: bool = False
    doubt: str = ""


@dataclass(frozen=True)
class Leftover(Piece):
    """Mathematics that is neither a relation, nor a clause, nor harmless.

    mention: nothing is wrong with it, it only claims nothing: `the matrix $W$`.
    """

    why: str
    mention: bool = False


@dataclass(frozen=True)
class ClauseAlone(Piece):
    """A clause with no statement before it; `statement` is the same text as a claim."""

    clause: Clause
    statement: Statement | None = None


HarmlessKind = Literal["layout", "spacing", "punctuation", "label", "words", "struck"]


@dataclass(frozen=True)
class Harmless(Piece):
    r"""What may be left out, from a closed list.

    layout: `&`, `\\`, the ends of an environment, braces and boxes that only group.
    spacing: `\,`, `\quad`, `\label{…}`, whatever the surface ignores.
    punctuation: commas between statements and the full stop behind the last.
    label: a number or letter in brackets before or behind a statement, what a brace is called.
    words: words from the table that say nothing about indices, prose between rows.
    struck: what is crossed out.
    """

    kind: HarmlessKind


@dataclass(frozen=True)
class Read:
    """All that one display says."""

    statements: tuple[Statement, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    clauses_alone: tuple[ClauseAlone, ...] = ()
    harmless: tuple[Harmless, ...] = ()
