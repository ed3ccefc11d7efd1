"""Marks as tables: our own CSV, and those that nbgrader, Moodle and Gradescope take."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence

from ..exercise import Exercise
from ..feedback import words
from ..record import Record

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def cell(value: object) -> str:
    """What a spreadsheet shows and never computes; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, int | float):
        return words.points(float(value)) if isinstance(value, float) else str(value)
    text = "".join(char if char.isprintable() else " " for char in str(value))
    return f"'{text}" if str(value).startswith(FORMULA_SIGNS) or text[:1] in FORMULA_SIGNS else text


def table(rows: Iterable[Sequence[object]]) -> str:
    """The rows as CSV, every cell quoted."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def results_csv(records: Sequence[Record], exercise: Exercise) -> str:
    """A row a student: the mark, each target, the first wrong step, its mistake, the status."""
    names = [one.name or f"part {at + 1}" for at, one in enumerate(exercise.targets)]
    head = ["student", "id", "points", "full", *names, "first wrong step", "line", "mistake"]
    rows: list[list[object]] = [[*head, "status", "for a person"]]
    for record in records:
        wrong = record.first_wrong
        kind = wrong.diagnoses[0].kind if wrong is not None and wrong.diagnoses else ""
        targets: list[object] = [one.points for one in record.targets] or [None] * len(names)
        rows.append(
            [
                record.student, record.identifier, record.points, record.full, *targets,
                wrong.number if wrong else None, wrong.line if wrong else None, kind,
                record.status, "; ".join(one.reason for one in record.for_person),
            ]
        )  # fmt: skip
    return table(rows)


def final(record: Record) -> float | None:
    """The mark that may be handed out; none while a person may still raise it."""
    return None if record.provisional else record.points


def nbgrader_csv(records: Sequence[Record], assignment: str) -> str:
    """The columns that `nbgrader export` writes, so that both can be merged."""
    head = ["assignment", "student_id", "score", "max_score", "late_submission_penalty"]
    rows = [[assignment, one.identifier or one.student, final(one), one.full, 0] for one in records]
    return table([head, *rows])


def moodle_csv(records: Sequence[Record]) -> str:
    """A grading worksheet: identifier, name, grade, and the feedback in a sentence."""
    head = ["Identifier", "Full name", "Status", "Grade", "Maximum Grade", "Feedback comments"]
    rows: list[list[object]] = [list(head)]
    for one in records:
        state = "Graded" if final(one) is not None else "Not graded"
        said = words.opening(one)
        rows.append([one.identifier, one.student, state, final(one), one.full, said])
    return table(rows)


def gradescope_json(record: Record, markdown: str) -> str:
    """The `results.json` of one submission. One that waits for a person has no score."""
    tests = [
        {
            "name": f"{one.name}: {one.quantity}",
            "score": one.points,
            "max_score": one.full,
            "status": "passed" if one.status == "reached" else "failed",
            "output": words.target(one),
            "output_format": "text",
            "visibility": "visible",
        }
        for one in record.targets
    ]
    result: dict[str, object] = {
        "output": markdown,
        "output_format": "md",
        "visibility": "visible",
        "tests": tests,
        "extra_data": {"student": record.student, "provisional": record.provisional},
    }
    if (score := final(record)) is not None:
        result["score"] = score
    return json.dumps(result, ensure_ascii=False, indent=1) + "\n"
