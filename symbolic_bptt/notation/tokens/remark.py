"""Remarks: what is to be said about a stretch of a text, before it is known which file it is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["unreadable", "limit"]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong or worth knowing at `start` … `end`, and what to write instead (`hint`)."""

    message: str
    start: int
    end: int
    hint: str = ""
    kind: Kind = "unreadable"


class RefusedError(Exception):
    """Something that cannot be read, and why; `final` if nothing behind it can be either."""

    def __init__(self, message: str, hint: str = "", *, final: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.final = final

    def remark(self, start: int, end: int) -> Remark:
        """The same, with its place."""
        kind: Kind = "limit" if self.final else "unreadable"
        return Remark(self.message, start, end, self.hint, kind)
