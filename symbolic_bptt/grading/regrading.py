"""A changed exercise on submissions that were graded before: both results, and the difference."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .feedback.render import environment
from .journal import read_journal
from .record import Record
from .results.tables import table
from .run import Run, run
from .submissions import Submission, SubmissionError


@dataclass(frozen=True)
class Difference:
    """One student before and after. None where there was no mark, or no submission."""

    student: str
    before: Record | None
    after: Record | None

    @property
    def change(self) -> float | None:
        """The points gained or lost; None where one of the marks is missing."""
        if self.before is None or self.after is None:
            return None
        if self.before.points is None or self.after.points is None:
            return None
        return round(self.after.points - self.before.points, 4)

    @property
    def differs(self) -> bool:
        """Whether mark or status changed."""
        if self.before is None or self.after is None:
            return True
        before = (self.before.points, self.before.provisional, self.before.full)
        return before != (self.after.points, self.after.provisional, self.after.full)


def regrade(
    one: Run,
    old: Path,
    submissions: Sequence[Submission],
    progress: Callable[[Record], None] | None = None,
) -> list[Difference]:
    """The submissions graded anew into the run's folder; the results in `old` stay as they are.

    The folder gets `difference.csv` and `difference.md` besides its own results.
    """
    if one.folder.resolve() == old.resolve():
        raise SubmissionError(f"{old} holds the old results; the new ones need another folder")
    _, before = read_journal(old / "results.jsonl")
    after = {record.student: record for record in run(one, submissions, progress)}
    earlier = {record.student: record for record in before}
    found = [
        Difference(student, earlier.get(student), after.get(student))
        for student in sorted(earlier.keys() | after.keys())
    ]
    (one.folder / "difference.csv").write_text(_table(found), "utf-8", newline="")
    template = environment().get_template("difference.md")
    (one.folder / "difference.md").write_text(template.render(found=found), "utf-8")
    return found


def _table(found: Sequence[Difference]) -> str:
    rows: list[list[object]] = [["student", "before", "after", "change", "status before", "status"]]
    for one in found:
        before, after = one.before, one.after
        rows.append(
            [
                one.student,
                before.points if before else None,
                after.points if after else None,
                one.change,
                before.status if before else "no submission",
                after.status if after else "no submission",
            ]
        )
    return table(rows)
