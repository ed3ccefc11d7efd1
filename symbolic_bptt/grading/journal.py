"""Results as they come in: one JSON line each, flushed, so that a kill loses none that is done."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from .record import Record
from .submissions import Submission, SubmissionError

NAME = "results.jsonl"


@dataclass(frozen=True)
class Journal:
    """The file of records in a folder. Its first line names the exercise that they belong to."""

    folder: Path
    exercise: str

    @property
    def path(self) -> Path:
        """Where the lines are."""
        return self.folder / NAME

    def begin(self) -> None:
        """An empty journal for this exercise."""
        self.path.write_text(self._head(), "utf-8")

    def done(self, submissions: Iterable[Submission]) -> dict[str, Record]:
        """Records, by student, of those submissions that were graded as they are now.

        Raises `SubmissionError` for the journal of another exercise. A last line that was cut off
        is dropped from the file.
        """
        if not self.path.exists():
            self.begin()
            return {}
        head, records = read_journal(self.path)
        if head != self.exercise:
            raise SubmissionError(
                f"{self.path}: these are results of another exercise, or the exercise was "
                "changed; `bptt regrade` shows what the change does"
            )
        wanted = {one.student: one.digest for one in submissions}
        kept = {one.student: one for one in records if wanted.get(one.student) == one.digest}
        self.finish(kept.values())
        return kept

    def append(self, record: Record) -> None:
        """One more record, on the disk when this returns."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(record.model_dump_json() + "\n")
            file.flush()
            os.fsync(file.fileno())

    def finish(self, records: Iterable[Record]) -> None:
        """The records in the order of their students, written whole or not at all."""
        lines = [one.model_dump_json() for one in sorted(records, key=lambda one: one.student)]
        temporary = self.path.with_suffix(".part")
        temporary.write_text(self._head() + "".join(line + "\n" for line in lines), "utf-8")
        temporary.replace(self.path)

    def _head(self) -> str:
        return json.dumps({"schema": 1, "exercise": self.exercise}) + "\n"


def read_journal(path: Path) -> tuple[str, list[Record]]:
    """The digest of the exercise, and the records; a last line that was cut off is ignored."""
    lines = path.read_text("utf-8", errors="replace").split("\n")
    try:
        head = str(json.loads(lines[0])["exercise"])
    except (ValueError, KeyError, TypeError):
        raise SubmissionError(f"{path}: this is no file of results") from None
    records: list[Record] = []
    for number, line in enumerate(lines[1:-1], 2):
        try:
            records.append(Record.model_validate_json(line))
        except ValueError as error:
            raise SubmissionError(f"{path}:{number}: this line is damaged ({error})") from None
    return head, records


def digest_of(*texts: str) -> str:
    """A short name for the content of an exercise and its model."""
    return sha256("\x00".join(texts).encode()).hexdigest()[:32]
