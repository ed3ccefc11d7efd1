"""Results without names: the same pseudonym for the same student and seed, in every run."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from hashlib import sha256
from pathlib import PurePosixPath

from ..record import PersonItem, Record, StepRecord


def pseudonym(student: str, seed: int) -> str:
    """`student-` and ten hexadecimal digits, which nobody turns back without guessing names."""
    digest = hmac.new(f"symbolic_bptt {seed}".encode(), student.encode(), sha256).hexdigest()
    return f"student-{digest[:10]}"


def anonymised(records: Sequence[Record], seed: int) -> list[Record]:
    """The records under pseudonyms, in their order; file names, which may hold names, numbered."""
    made = [_one(record, seed) for record in records]
    return sorted(made, key=lambda one: one.student)


def _one(record: Record, seed: int) -> Record:
    names = {
        name: f"file-{at + 1}{PurePosixPath(name).suffix}" for at, name in enumerate(record.files)
    }

    def hidden(text: str) -> str:
        for word in sorted([*names, record.student, record.identifier], key=len, reverse=True):
            if word:
                text = text.replace(word, names.get(word, "…"))
        return text

    steps = tuple(
        StepRecord.model_validate(
            {
                **one.model_dump(), "file": names.get(one.file, "file"),
                "message": hidden(one.message), "written": hidden(one.written),
            }
        )
        for one in record.steps
    )  # fmt: skip
    items = tuple(
        PersonItem(
            reason=hidden(one.reason),
            file=names.get(one.file, "file" if one.file else ""),
            line=one.line,
            shown=hidden(one.shown),
        )
        for one in record.for_person
    )
    return record.model_copy(
        update={
            "student": pseudonym(record.student, seed),
            "identifier": "",
            "digest": "",
            "files": tuple(names.values()),
            "steps": steps,
            "for_person": items,
            "notes": tuple(hidden(one) for one in record.notes),
        }
    )
