"""A CSV roster: which file or folder belongs to whom."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...notation.files import decoded
from .submission import SubmissionError

KEYS = ("file", "folder", "submission", "username", "login", "id", "identifier", "sid")
NAMES = ("name", "student", "full name", "fullname")


@dataclass(frozen=True)
class Roster:
    """(student, identifier) by the name of what they handed in, with or without its ending."""

    by_key: dict[str, tuple[str, str]]

    def student(self, label: str) -> tuple[str, str] | None:
        """The student whose file or folder has this name; a Moodle folder begins with the name."""
        for key in (label, PurePosixPath(label).stem, label.split("_")[0]):
            found = self.by_key.get(key.casefold())
            if found is not None:
                return found
        return None

    @property
    def students(self) -> list[tuple[str, str]]:
        """Every student, in order."""
        return list(dict.fromkeys(self.by_key.values()))


def read_roster(path: Path) -> Roster:
    """The roster in a CSV file whose first row names its columns: a name, and a file or id."""
    text = decoded(path.read_bytes(), path.name).text
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    rows = list(csv.DictReader(io.StringIO(text), delimiter=delimiter))
    columns = {(name or "").strip().casefold(): name for name in (rows[0] if rows else {})}
    name_column = next((columns[one] for one in NAMES if one in columns), None)
    keys = [columns[one] for one in KEYS if one in columns]
    if name_column is None:
        raise SubmissionError(
            f"{path}: the first row must name a column `name` and one of {', '.join(KEYS)}"
        )
    by_key: dict[str, tuple[str, str]] = {}
    for number, row in enumerate(rows, 2):
        name = (row.get(name_column) or "").strip()
        values = [(row.get(key) or "").strip() for key in keys]
        person = (name, next((value for value in reversed(values) if value), ""))
        for value in dict.fromkeys([*values, name]):
            if value and by_key.setdefault(value.casefold(), person) != person:
                raise SubmissionError(f"{path}:{number}: {value!r} stands for two students")
    return Roster(by_key)
