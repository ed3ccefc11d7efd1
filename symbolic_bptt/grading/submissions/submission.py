"""One student's work: the files as they were handed in, and what could not be taken from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath

from ...notation.displays import Display, Text, read_text
from ...notation.errors import NotationError, Problem
from ...notation.files import KINDS, decoded
from ...notation.source import Source

ENDINGS = tuple(KINDS)
"""Files with these endings are read."""

MAX_FILE = 2_000_000
MAX_FILES = 50


class SubmissionError(ValueError):
    """Submissions that cannot be told apart or opened; the message says what to do."""


@dataclass(frozen=True)
class Part:
    """One file of a submission."""

    name: str
    content: bytes

    @property
    def ending(self) -> str:
        """`.tex` and the like, in lower case."""
        return PurePosixPath(self.name).suffix.lower()


@dataclass(frozen=True)
class Submission:
    """Everything that one student handed in. `refused` says, a sentence each, what was not read."""

    student: str
    parts: tuple[Part, ...]
    refused: tuple[str, ...] = ()
    identifier: str = ""

    @property
    def digest(self) -> str:
        """The same for the same name and content, and no other."""
        content = [(part.name, sha256(part.content).hexdigest()) for part in self.parts]
        text = json.dumps([self.student, content, self.refused])
        return sha256(text.encode()).hexdigest()[:32]

    def text(self) -> Text:
        """The displays of all files, in the order of their names; nothing is raised."""
        found: list[Display] = []
        problems: list[Problem] = []
        notes: list[str] = []
        for part in self.parts:
            try:
                content = decoded(part.content, part.name)
            except NotationError as error:
                problems += error.problems
                continue
            one = read_text(Source(content.text, part.name), KINDS[part.ending])
            found += one.displays
            problems += one.problems
            notes += (*content.notes, *one.notes)
        return Text(tuple(found), tuple(problems), tuple(notes))


def submission(
    student: str, files: list[Part], refused: list[str], identifier: str = ""
) -> Submission:
    """The readable files of a student as one submission; what is not readable is listed."""
    said = list(refused)
    kept: list[Part] = []
    for part in sorted(files, key=lambda one: one.name):
        if part.ending not in ENDINGS:
            said.append(f"{part.name} was not read: hand in {', '.join(ENDINGS)}")
        elif len(part.content) > MAX_FILE:
            said.append(f"{part.name} was not read: it has more than {MAX_FILE} bytes")
        elif len(kept) == MAX_FILES:
            said.append(f"{part.name} was not read: it is one of more than {MAX_FILES} files")
        else:
            kept.append(part)
    if not kept:
        said.append("there is no file to read")
    return Submission(student, tuple(kept), tuple(dict.fromkeys(said)), identifier)
