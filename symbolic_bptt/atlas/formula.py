"""A known formula as data: where it stands, what it says, and what is true of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..checking.verdict import Verdict

FileKind = Literal[".tex", ".md", ".txt"]


@dataclass(frozen=True)
class WrongForm:
    """A form that must not be accepted, and the mistake in it."""

    claim: str
    verdict: Verdict = "fails"
    misconception: str = ""
    misconception_class: str = ""


@dataclass(frozen=True)
class KnownFormula:
    """One formula, as near to its source as the notation allows.

    `context` defines what the formula needs, `claim` is the formula: in both, one relation a line
    for `.tex` and `.txt`; for `.md` the text of the file. `verdict` is what the claim deserves,
    `reading` the reading that makes it true where that is not the default, `condition` what else it
    needs. `right` is what a wrong claim should say; `equivalent` are other true forms of a right
    one, `wrong` are near misses. `degenerate`: the model must be announced as degenerate.
    """

    id: str
    model: str
    claim: str
    source: str = ""
    where: str = ""
    context: str = ""
    kind: FileKind = ".tex"
    strict: bool = False
    verdict: Verdict = "holds"
    reading: tuple[str, ...] = ()
    condition: str = ""
    degenerate: bool = False
    misconception: str = ""
    misconception_class: str = ""
    right: str = ""
    equivalent: tuple[str, ...] = ()
    wrong: tuple[WrongForm, ...] = ()

    def cases(self) -> Iterator[Case]:
        """The claim and all other forms, each with the verdict it deserves."""
        yield Case(self, "", self.claim, self.verdict)
        if self.right:
            yield Case(self, "right", self.right, "holds")
        for number, claim in enumerate(self.equivalent, 1):
            yield Case(self, f"equivalent {number}", claim, "holds")
        for number, form in enumerate(self.wrong, 1):
            yield Case(self, f"wrong {number}", form.claim, form.verdict)


@dataclass(frozen=True)
class Case:
    """One form of a known formula and the verdict it deserves. `variant` is empty for the claim."""

    formula: KnownFormula
    variant: str
    claim: str
    expected: Verdict

    @property
    def name(self) -> str:
        """The formula's id, and which of its forms this is."""
        return f"{self.formula.id} {self.variant}".strip()


@dataclass(frozen=True)
class LeftOut:
    """Something published that is no claim in this language, and why."""

    id: str
    where: str
    reason: str


@dataclass(frozen=True)
class Book:
    """One source with its formulas."""

    name: str
    title: str
    source: str
    formulas: tuple[KnownFormula, ...]
    left_out: tuple[LeftOut, ...] = ()
