"""From paths to submissions: a file, a folder or a zip each is one student's, or a class's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from .archive import ARCHIVES, CLUTTER, read_archive
from .roster import Roster
from .submission import MAX_FILE, Part, Submission, SubmissionError, submission

MAX_WALK = 5_000


def collect(paths: Sequence[Path], roster: Roster | None = None) -> list[Submission]:
    """All submissions, by student. A file is one student's; a folder or zip holds one a student.

    Raises `OSError`, and `SubmissionError` for an archive of a class that is refused, for two
    submissions of one student, and where there is none at all.
    """
    found: list[tuple[str, Submission]] = []
    for path in paths:
        if not path.exists():
            raise SubmissionError(f"{path}: there is no such file or folder")
        for label, one in _of_path(path):
            found.append((f"{path}: {label}", _named(one, label, roster)))
    _check_names(found)
    if not found:
        raise SubmissionError(f"no submission in {', '.join(map(str, paths))}")
    return sorted((one for _, one in found), key=lambda one: one.student)


def _named(one: Submission, label: str, roster: Roster | None) -> Submission:
    known = roster.student(label) if roster is not None else None
    if known is None:
        return one
    return replace(one, student=known[0], identifier=known[1])


def _check_names(found: Sequence[tuple[str, Submission]]) -> None:
    seen: dict[str, str] = {}
    for place, one in found:
        key = one.student.casefold()
        if key in seen:
            raise SubmissionError(
                f"{one.student} has handed in twice: {seen[key]} and {place}; "
                "keep one of them, or tell them apart with --roster"
            )
        seen[key] = place


def _of_path(path: Path) -> Iterator[tuple[str, Submission]]:
    if path.is_dir():
        yield from _class_folder(path)
    elif path.suffix.lower() == ".zip":
        yield from _class_archive(read_archive(path.read_bytes(), str(path)))
    else:
        yield path.name, submission(path.stem, [Part(path.name, _content(path))], [])


def _class_folder(folder: Path) -> Iterator[tuple[str, Submission]]:
    for path in sorted(folder.iterdir()):
        if path.name in CLUTTER or path.name.startswith("."):
            continue
        if path.is_symlink():
            yield path.name, submission(path.stem, [], [f"{path.name} is a symbolic link"])
        elif path.is_dir():
            yield path.name, _student_folder(path)
        elif path.suffix.lower() == ".zip":
            yield path.name, _student_archive(path)
        elif path.is_file():
            yield path.name, submission(path.stem, [Part(path.name, _content(path))], [])


def _student_folder(folder: Path) -> Submission:
    parts: list[Part] = []
    refused: list[str] = []
    for path in _files(folder, refused):
        name = path.relative_to(folder).as_posix()
        if path.suffix.lower() == ".zip":
            inner = _student_archive(path)
            parts += inner.parts
            refused += inner.refused
        else:
            parts.append(Part(name, _content(path)))
    return submission(folder.name, parts, refused)


def _files(folder: Path, refused: list[str]) -> Iterator[Path]:
    """The files below a folder; a link might lead anywhere and is not followed."""
    pending, seen = [folder], 0
    while pending:
        for path in sorted(pending.pop(0).iterdir()):
            seen += 1
            if seen > MAX_WALK:
                refused.append(f"more than {MAX_WALK} files; the rest was not read")
                return
            if path.name in CLUTTER or path.name.startswith("."):
                continue
            if path.is_symlink():
                refused.append(f"{path.name} is a symbolic link and was not read")
            elif path.is_dir():
                pending.append(path)
            elif path.is_file():
                yield path


def _student_archive(path: Path) -> Submission:
    try:
        parts = read_archive(path.read_bytes(), path.name)
    except SubmissionError as error:
        return submission(path.stem, [], [str(error)])
    return _flat(path.stem, parts)


def _class_archive(parts: Iterable[Part]) -> Iterator[tuple[str, Submission]]:
    """One a student at the top level, or in the one folder that everything is in."""
    members = list(parts)
    tops = {PurePosixPath(part.name).parts[0] for part in members}
    wrapped = len(tops) == 1 and all(len(PurePosixPath(p.name).parts) > 1 for p in members)
    groups: dict[str, list[Part]] = {}
    for part in members:
        names = PurePosixPath(part.name).parts[1 if wrapped else 0 :]
        inner = str(PurePosixPath(*names[1:])) if len(names) > 1 else names[0]
        label = names[0]
        groups.setdefault(label, []).append(Part(inner, part.content))
    for label, files in sorted(groups.items()):
        single = len(files) == 1 and files[0].name == label
        yield label, _flat(PurePosixPath(label).stem if single else label, files)


def _flat(student: str, parts: Sequence[Part]) -> Submission:
    nested = [part.name for part in parts if part.ending in ARCHIVES]
    refused = [f"{name}: an archive inside an archive is not opened" for name in nested]
    return submission(student, [part for part in parts if part.name not in nested], refused)


def _content(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MAX_FILE + 1)
