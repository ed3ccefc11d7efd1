"""The folder of a graded class: one file each for students, systems and teachers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from ..exercise import Exercise
from ..feedback import render
from ..record import Record
from . import report, tables
from .anonymous import anonymised

RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}


def write_results(
    folder: Path, exercise: Exercise, records: Sequence[Record], *, anonymise: bool = False
) -> None:
    """Every report on these records. The same records give the same files, byte for byte."""
    ordered = sorted(records, key=lambda one: one.student)
    names = file_names(one.student for one in ordered)
    for record in ordered:
        _student(folder, names[record.student], exercise, record)
    shown: dict[str, str] = {
        "results.csv": tables.results_csv(ordered, exercise),
        "nbgrader.csv": tables.nbgrader_csv(ordered, exercise.title),
        "moodle.csv": tables.moodle_csv(ordered),
        "class.md": report.markdown(ordered, exercise),
        "class.html": report.html(ordered, exercise),
        "for-a-person.md": report.person_list(ordered, exercise),
    }
    for name, text in shown.items():
        _write(folder / name, text)
    if anonymise:
        _anonymous(folder / "anonymised", exercise, anonymised(ordered, exercise.seed))


def _student(folder: Path, name: str, exercise: Exercise, record: Record) -> None:
    feedback = render.markdown(record, exercise)
    _write(folder / "feedback" / f"{name}.md", feedback)
    _write(folder / "feedback" / f"{name}.html", render.html(record, exercise))
    _write(folder / "feedback" / f"{name}.json", render.json(record))
    gradescope = tables.gradescope_json(record, feedback)
    _write(folder / "gradescope" / name / "results.json", gradescope)


def _anonymous(folder: Path, exercise: Exercise, records: Sequence[Record]) -> None:
    _write(folder / "results.csv", tables.results_csv(records, exercise))
    _write(folder / "class.md", report.markdown(records, exercise))
    lines = [json.dumps(one.model_dump(mode="json"), ensure_ascii=False) for one in records]
    _write(folder / "results.jsonl", "".join(line + "\n" for line in lines))


def file_names(students: Iterable[str]) -> dict[str, str]:
    """A file name for each student that is safe and its own on every system."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for student in students:
        base = re.sub(r"[^\w.-]+", "-", student).strip("-. ")[:80] or "student"
        if base.split(".")[0].casefold() in RESERVED:
            base = f"{base}-"
        name, number = base, 1
        while name.casefold() in taken:
            number += 1
            name = f"{base}-{number}"
        taken.add(name.casefold())
        found[student] = name
    return found


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_text(text, "utf-8", newline="")
    temporary.replace(path)
