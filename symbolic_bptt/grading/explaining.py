"""The named mistake in each wrong step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from ..checking.claims import Judged
from ..checking.comparison import Claim
from ..checking.definitions import Definition, Definitions
from ..checking.diagnosis import diagnose
from ..checking.laboratory import Laboratory
from ..checking.shield import shielded
from ..checking.verdict import Diagnosis
from ..evaluation.budget import LINE_LIMIT, Budget
from ..model.model import InitialState
from ..notation.tree import Expr
from .carrying import reachable
from .steps import MISTAKES, Judgement, Step

Key = tuple[
    Claim,
    tuple[Claim, ...],
    Expr | None,
    tuple[tuple[str, Definition], ...],
    tuple[InitialState, ...],
]

MOST = 2_000
"""Explanations kept; a class makes the same mistakes over and over."""


@dataclass
class Explanations:
    """Diagnoses of one laboratory's claims, each sought once."""

    known: dict[Key, tuple[Diagnosis, ...]] = field(default_factory=dict)

    def of(self, judgement: Judgement) -> dict[int, tuple[Diagnosis, ...]]:
        """The mistakes of every step that is wrong in itself, the likeliest first."""
        bench = judgement.sheet.bench
        written = judgement.sheet.bound.definitions
        return {
            step.number: shielded(
                partial(
                    self._one, step, step.claim, step.judged, bench, step.definitions or written
                ),
                lambda _: (),
            )
            for step in judgement.steps
            if step.relation in MISTAKES and step.claim is not None and step.judged is not None
        }

    def _one(
        self,
        step: Step,
        claim: Claim,
        judged: Judged,
        bench: Laboratory,
        definitions: Definitions,
    ) -> tuple[Diagnosis, ...]:
        head = _head(step)
        names = sorted(reachable(claim.right, definitions) & definitions.by_name.keys())
        used = tuple((name, one) for name in names for one in definitions.by_name[name])
        others = tuple(one.claim for one in judged.others)
        key = (claim, others, head, used, bench.model.initial)
        if key not in self.known:
            if len(self.known) >= MOST:
                self.known.clear()
            # A budget of its own: what is remembered must not hang on the line that came first.
            judged = replace(judged, budget=Budget(LINE_LIMIT))
            found = diagnose(bench, definitions, claim, judged, head)
            self.known[key] = tuple(one for one in found if one.line != 0)
        return self.known[key]


def _head(step: Step) -> Expr | None:
    """The first member of a chain, with which a later member is compared."""
    if not step.part or step.line is None or step.line.statement is None:
        return None
    return step.line.statement.operands[0]
