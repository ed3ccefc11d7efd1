"""What is found out about each step of a derivation, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..checking.binding import Line
from ..checking.claims import Judged
from ..checking.comparison import Claim
from ..checking.definitions import Definitions
from ..checking.sheet import Sheet
from ..checking.verdict import Verdict

Relation = Literal[
    "follows",
    "jumps",
    "restates",
    "irrelevant",
    "defines",
    "first wrong step",
    "wrong",
    "follows from an earlier mistake",
    "repairs an earlier mistake",
    "not settled",
    "not read",
]

MISTAKES: tuple[Relation, ...] = ("first wrong step", "wrong")
"""Steps that are wrong in themselves."""

FALSE: tuple[Relation, ...] = (*MISTAKES, "follows from an earlier mistake")
"""Steps that are not true, whoever is to blame."""

OPEN: tuple[Relation, ...] = ("not read", "not settled")
"""Steps that a person must look at."""


@dataclass(frozen=True)
class Step:
    """One relation of a submission, judged.

    `claim` is what the step says; for a definition, what it says of the quantity that its name
    stands for (`meaning`), where that is known. `judged` is what came out, under `definitions`.
    `because_of` is the number of the step whose mistake it carries on or repairs. `part` counts
    the relations of one line: 0 for the first of a chain.
    """

    number: int
    file: str
    row: int
    column: int
    latex: str
    relation: Relation
    verdict: Verdict
    line: Line | None = None
    part: int = 0
    claim: Claim | None = None
    judged: Judged | None = None
    definitions: Definitions | None = None
    message: str = ""
    because_of: int | None = None
    meaning: str = ""

    @property
    def defines(self) -> str:
        """The name that the step defines; empty for any other step."""
        defined = self.line.defines if self.line is not None and self.part == 0 else None
        return defined.symbol.name if defined is not None else ""


@dataclass(frozen=True)
class Judgement:
    """All steps of one submission."""

    sheet: Sheet
    steps: tuple[Step, ...]

    @property
    def first_wrong(self) -> Step | None:
        """The step where the derivation goes wrong; None if no step is wrong."""
        return next((step for step in self.steps if step.relation == "first wrong step"), None)

    @property
    def unsettled(self) -> tuple[Step, ...]:
        """Steps that a person must look at: not read, undefined, undecided."""
        return tuple(step for step in self.steps if step.relation in OPEN)

    def step(self, number: int) -> Step:
        """The step of that number."""
        return next(step for step in self.steps if step.number == number)
