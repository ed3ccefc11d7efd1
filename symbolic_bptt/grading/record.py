"""What is kept of a graded submission: plain data, one JSON object, all that reports need."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from .scoring import Status
from .steps import Relation


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DiagnosisRecord(_Data):
    """A named mistake: one sentence; the factor that is wrong and the right one, as LaTeX."""

    kind: str
    message: str
    category: str = ""
    wrong: str = ""
    right: str = ""
    path: tuple[str, ...] = ()


class CounterexampleRecord(_Data):
    """Numbers at which the two sides differ. `values` are the given quantities, to recompute it."""

    T: int
    sizes: dict[str, int]
    at: str
    lhs: float
    rhs: float
    values: dict[str, Any] = {}


class StepRecord(_Data):
    """One step: as written, as read (LaTeX), and how it relates to the ones before it."""

    number: int
    file: str
    line: int
    column: int
    written: str
    read: str
    relation: Relation
    verdict: str
    message: str = ""
    because_of: int | None = None
    meaning: str = ""
    reading: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    diagnoses: tuple[DiagnosisRecord, ...] = ()
    counterexample: CounterexampleRecord | None = None


class TargetRecord(_Data):
    """What one target brought. `quantity` is LaTeX; `step` decided it."""

    name: str
    quantity: str
    full: float
    points: float
    status: Status
    step: int | None
    reason: str


class DeductionRecord(_Data):
    """Points taken off once for a named mistake."""

    mistake: str
    points: float


class PersonItem(_Data):
    """Something that a person must look at. `shown` is the line with its caret."""

    reason: str
    file: str = ""
    line: int | None = None
    shown: str = ""


class Record(_Data):
    """One graded submission. `points` is None where it could not be graded at all.

    `provisional`: the mark may rise when a person has looked at `for_person`.
    """

    student: str
    identifier: str = ""
    digest: str
    files: tuple[str, ...]
    points: float | None
    full: float
    provisional: bool
    targets: tuple[TargetRecord, ...] = ()
    deductions: tuple[DeductionRecord, ...] = ()
    steps: tuple[StepRecord, ...] = ()
    notes: tuple[str, ...] = ()
    for_person: tuple[PersonItem, ...] = ()

    @property
    def first_wrong(self) -> StepRecord | None:
        """The step where the derivation goes wrong."""
        return next((one for one in self.steps if one.relation == "first wrong step"), None)

    @property
    def status(self) -> Literal["graded", "for a person"]:
        """Whether everything was settled."""
        return "for a person" if self.for_person or self.provisional else "graded"


def failure(
    student: str, digest: str, files: tuple[str, ...], full: float, reason: str, identifier: str
) -> Record:
    """The record of a submission whose grading came to no end: never 0 points, always a person."""
    return Record(
        student=student,
        identifier=identifier,
        digest=digest,
        files=files,
        points=None,
        full=full,
        provisional=True,
        for_person=(PersonItem(reason=reason),),
    )
