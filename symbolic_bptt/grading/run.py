"""A class graded into a folder: resumed after a kill, in shards, or with another exercise."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..model import load_model
from .exercise import Exercise, model_path
from .exercise_file import load_exercise
from .journal import Journal, digest_of, read_journal
from .pool import Limits, graded
from .record import Record
from .results.folder import write_results
from .submissions import Submission, SubmissionError
from .worker import Work, desk_of, work

EXERCISE = "exercise.toml"
Engine = Callable[[Path, float, Sequence[Submission], Limits, Work], Iterator[Record]]


@dataclass(frozen=True)
class Run:
    """One class, one exercise, one folder. `shard` is (i, n): every n-th, from the i-th."""

    exercise: Path
    folder: Path
    limits: Limits = field(default_factory=Limits)
    resume: bool = False
    shard: tuple[int, int] | None = None
    anonymise: bool = False
    engine: Engine = graded
    task: Work = work


def run(
    one: Run, submissions: Sequence[Submission], progress: Callable[[Record], None] | None = None
) -> list[Record]:
    """Every submission graded, and all reports written. Returns the records, by student.

    Raises what an unusable exercise raises, and `SubmissionError` for a folder that holds results
    already, unless they are to be resumed.
    """
    exercise = load_exercise(one.exercise)
    journal = Journal(one.folder, exercise_digest(one.exercise, exercise))
    if journal.path.exists() and not one.resume:
        raise SubmissionError(
            f"{journal.path} exists: --resume goes on with it; another -o begins anew"
        )
    desk_of.cache_clear()  # the file may have been changed since this process read it
    desk_of(one.exercise)  # an exercise that cannot be used is refused before anything is written
    one.folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(one.exercise, one.folder / EXERCISE)
    chosen = list(_shard(submissions, one.shard))
    records = journal.done(chosen)
    pending = [each for each in chosen if each.student not in records]
    for record in records.values():
        if progress is not None:
            progress(record)
    for record in one.engine(one.exercise, exercise.points, pending, one.limits, one.task):
        journal.append(record)
        records[record.student] = record
        if progress is not None:
            progress(record)
    return _finished(one, exercise, journal, records.values())


def _finished(
    one: Run, exercise: Exercise, journal: Journal, records: Iterable[Record]
) -> list[Record]:
    ordered = sorted(records, key=lambda each: each.student)
    journal.finish(ordered)
    write_results(one.folder, exercise, ordered, anonymise=one.anonymise)
    return ordered


def _shard(
    submissions: Sequence[Submission], shard: tuple[int, int] | None
) -> Sequence[Submission]:
    if shard is None:
        return submissions
    part, parts = shard
    return submissions[part - 1 :: parts]


def exercise_digest(path: Path, exercise: Exercise) -> str:
    """What the results depend on besides the submissions: the exercise and its model."""
    model = load_model(model_path(exercise, path), exercise.let)
    return digest_of(exercise.model_dump_json(), model.text or repr(model.equations))


def merge(
    exercise_path: Path, parts: Sequence[Path], folder: Path, *, anonymise: bool = False
) -> list[Record]:
    """The results of shards as those of one class.

    Raises `SubmissionError` for shards of another exercise, and for a student with two results.
    """
    exercise = load_exercise(exercise_path)
    journal = Journal(folder, exercise_digest(exercise_path, exercise))
    if journal.path.exists():
        raise SubmissionError(f"{journal.path} exists; choose another -o")
    found: dict[str, tuple[Path, Record]] = {}
    for part in parts:
        head, records = read_journal(part / "results.jsonl")
        if head != journal.exercise:
            raise SubmissionError(f"{part}: these are results of another exercise")
        for record in records:
            if record.student in found:
                raise SubmissionError(
                    f"{record.student} is in {found[record.student][0]} and in {part}"
                )
            found[record.student] = part, record
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(exercise_path, folder / EXERCISE)
    one = Run(exercise_path, folder, anonymise=anonymise)
    return _finished(one, exercise, journal, (record for _, record in found.values()))
