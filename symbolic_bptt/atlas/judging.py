"""The verdict that the checker gives to one form of a known formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..checking.verdict import CheckedClaim, CheckReport, Verdict
from .formula import Case, FileKind
from .loader import load_known_model

if TYPE_CHECKING:
    from ..model import Model

# A form of several relations has the verdict that comes first here.
_WORST_FIRST: tuple[Verdict, ...] = (
    "unreadable",
    "undefined",
    "ill-shaped",
    "fails",
    "undecided",
    "holds",
    "definition",
)
_CONTINUATION = ("=", "+", "-")


@dataclass(frozen=True)
class Judgement:
    """A form with the verdict it got; `claims` are its relations, those of the context left out."""

    case: Case
    verdict: Verdict
    claims: tuple[CheckedClaim, ...]
    report: CheckReport

    @property
    def agrees(self) -> bool:
        """Whether the verdict is the one deserved."""
        return self.verdict == self.case.expected

    @property
    def accepted_wrongly(self) -> bool:
        """Whether a form that does not hold was accepted."""
        return self.verdict == "holds" and self.case.expected != "holds"

    @property
    def refused_wrongly(self) -> bool:
        """Whether a form that holds was called wrong or could not be read."""
        return self.case.expected == "holds" and self.verdict != "holds"


def judge(case: Case, model: Model | None = None) -> Judgement:
    """The checker's verdict on one form; `model` saves loading it again."""
    from ..checking.check import check_text

    formula = case.formula
    context = document(formula.context, formula.kind)
    text = context + document(case.claim, formula.kind)
    report = check_text(
        model or load_known_model(formula.model), text, formula.kind, strict=formula.strict
    )
    claims = behind(context, report.claims)
    return Judgement(case, worst(claims), claims, report)


def behind(context: str, claims: Sequence[CheckedClaim]) -> tuple[CheckedClaim, ...]:
    """The claims of a file that stand behind its first lines, the context."""
    first_line = context.count("\n") + 1
    return tuple(claim for claim in claims if claim.line >= first_line)


def worst(claims: Sequence[CheckedClaim]) -> Verdict:
    """The one verdict on several claims; without any, `unreadable`."""
    verdicts = {claim.verdict for claim in claims}
    return next((one for one in _WORST_FIRST if one in verdicts), "unreadable")


def document(relations: str, kind: FileKind) -> str:
    """Relations, one a line, as a file of that kind. Empty for no relations."""
    if kind != ".tex":
        return relations.strip("\n") + "\n" if relations.strip() else ""
    lines: list[str] = []
    for line in filter(None, (line.strip() for line in relations.splitlines())):
        if lines and line.startswith(_CONTINUATION):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return "".join(f"\\[ {line} \\]\n" for line in lines)
