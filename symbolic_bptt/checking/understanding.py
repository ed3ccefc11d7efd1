"""How files were understood, as data: every statement set again, every name, what was not read.

Nothing here says whether a formula is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Literal

from ..core.types import Type
from ..notation.elaboration.choices import Choice
from ..notation.errors import Kind
from ..notation.tree import Statement, Symbol
from .verdict import Displays

StatementKind = Literal["definition", "restatement", "claim", "assumption", "clause", "unread"]
"""What a statement is. A restatement has a quantity on its left side that the model defines; an
assumption sets an initial state to zero; a clause says for which indices something is meant; of one
that is unread nothing is known."""


@dataclass(frozen=True)
class Link:
    """One relation of a chain, set again from its typed term in its plainest reading.

    number: from 1. said: both sides with the relation and for what it is said.
    left, right: the types of the sides. letters: those that it is said for all values of, with
    what they range over, `step` or a size. choices: what was doubtful, and how it was read;
    without alternatives, what the shapes forced.
    """

    number: int
    said: Statement
    left: Type
    right: Type
    letters: tuple[tuple[str, str], ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Understood:
    """One statement: where it stands, how it is written, what it is, and its links.

    source: the file, with the cell of a notebook. span: its place in that text. links: those that
    have a meaning; why another has none is told among what was not read.
    """

    source: str
    line: int
    column: int
    span: tuple[int, int]
    written: str
    kind: StatementKind
    links: tuple[Link, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotUnderstood:
    """Something without a meaning: its place, the text, why, and what to write instead.

    kind: `shape` and `undefined` were read, but have no meaning. excerpt: the line with a caret.
    """

    source: str
    line: int
    column: int
    text: str
    why: str
    hint: str
    kind: Kind
    excerpt: str


@dataclass(frozen=True)
class Named:
    """One quantity: its key in LaTeX, how many indices it has, how it is written, and what it is.

    symbol: the name with an index of its own in each place. type: None if it is not known. kind:
    its role in the model, `defined` or `unknown`. source, born:
    where it is introduced; None for what the model or nobody has introduced.
    """

    key: str
    slots: int
    symbol: Symbol
    written: tuple[str, ...]
    type: Type | None
    kind: str
    of_the_model: bool
    source: str = ""
    born: int | None = None


@dataclass(frozen=True)
class FileUnderstood:
    """One file: its statements in order, what was not read, its names, and what is to be told."""

    name: str
    statements: tuple[Understood, ...]
    unread: tuple[NotUnderstood, ...]
    names: tuple[Named, ...]
    notes: tuple[str, ...]
    displays: Displays


@dataclass(frozen=True)
class Understanding:
    """Files as they were understood with a model in mind."""

    model: str
    files: tuple[FileUnderstood, ...]

    @property
    def displays(self) -> Displays:
        """Those of all files."""
        return reduce(add, (file.displays for file in self.files), Displays())

    @property
    def exit_status(self) -> int:
        """0 if everything has a meaning, 3 if something has none, or a file says nothing."""
        complete = all(file.statements and not file.unread for file in self.files)
        return 0 if complete else 3
