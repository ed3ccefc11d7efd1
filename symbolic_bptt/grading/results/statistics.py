"""What a class's results say: how marks are spread, what was hard, which mistakes are common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, pstdev

from ..exercise import Exercise
from ..record import DiagnosisRecord, Record, StepRecord
from ..scoring import Status
from ..steps import MISTAKES

BINS = 10
EXAMPLES = 3
GROUP = 0.27
"""The share of the class that counts as its upper, or lower, group in item analysis."""


@dataclass(frozen=True)
class Bin:
    """So many marks of at least `low` and less than `high` (the last one: up to the full mark)."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Item:
    """One target in the class: its mean share of the points, and how it tells students apart.

    `discrimination` is the difference of the mean shares of the upper and the lower group.
    """

    name: str
    quantity: str
    full: float
    difficulty: float | None
    discrimination: float | None
    statuses: dict[Status, int]


@dataclass(frozen=True)
class Mistake:
    """A named mistake with the number of students who made it, and examples of it."""

    kind: str
    students: int
    examples: tuple[tuple[str, StepRecord, DiagnosisRecord], ...]


@dataclass(frozen=True)
class ClassStatistics:
    """Everything that the class report shows. Marks are those of graded submissions."""

    records: tuple[Record, ...]
    full: float
    mean: float | None
    median: float | None
    deviation: float | None
    bins: tuple[Bin, ...]
    items: tuple[Item, ...]
    mistakes: tuple[Mistake, ...]
    unexplained: int
    for_person: tuple[Record, ...]

    @property
    def graded(self) -> int:
        """How many submissions have a mark."""
        return sum(one.points is not None for one in self.records)


def statistics(records: Sequence[Record], exercise: Exercise) -> ClassStatistics:
    """The statistics of a class."""
    marked = [one for one in records if one.points is not None]
    marks = [one.points for one in marked if one.points is not None]
    return ClassStatistics(
        tuple(records),
        exercise.points,
        fmean(marks) if marks else None,
        median(marks) if marks else None,
        pstdev(marks) if marks else None,
        tuple(_bins(marks, exercise.points)),
        tuple(_item(at, marked, exercise) for at in range(len(exercise.targets))),
        tuple(_mistakes(marked)),
        sum(1 for one in marked if one.first_wrong and not one.first_wrong.diagnoses),
        tuple(one for one in records if one.status == "for a person"),
    )


def _bins(marks: Sequence[float], full: float) -> list[Bin]:
    counts = Counter(min(BINS - 1, int(BINS * mark / full)) for mark in marks)
    return [Bin(full * at / BINS, full * (at + 1) / BINS, counts[at]) for at in range(BINS)]


def _item(at: int, marked: Sequence[Record], exercise: Exercise) -> Item:
    target = exercise.targets[at]
    ranked = sorted(marked, key=lambda one: (-(one.points or 0.0), one.student))
    shares = [one.targets[at].points / target.points for one in ranked if target.points]
    size = max(1, round(GROUP * len(shares))) if len(shares) > 1 else 0
    spread = fmean(shares[:size]) - fmean(shares[-size:]) if size else None
    return Item(
        target.name or f"part {at + 1}",
        target.quantity,
        target.points,
        fmean(shares) if shares else None,
        spread,
        dict(sorted(Counter(one.targets[at].status for one in marked).items())),
    )


def _mistakes(marked: Sequence[Record]) -> list[Mistake]:
    made: dict[str, dict[str, tuple[StepRecord, DiagnosisRecord]]] = {}
    for record in marked:
        for step in record.steps:
            if step.relation in MISTAKES and step.diagnoses:
                first = step.diagnoses[0]
                made.setdefault(first.kind, {}).setdefault(record.student, (step, first))
    found = [
        Mistake(
            kind,
            len(by_student),
            tuple((name, *by_student[name]) for name in sorted(by_student)[:EXAMPLES]),
        )
        for kind, by_student in made.items()
    ]
    return sorted(found, key=lambda one: (-one.students, one.kind))
