"""Whether a claim about the sheet holds, in a reading that the exercise allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..checking.claims import HOLDING, Judged, judge
from ..checking.comparison import Claim
from ..checking.definitions import Definition, Definitions
from ..checking.letters import claimed_ranges
from ..checking.sheet import Sheet
from ..evaluation.budget import Budget
from ..notation.tree import Expr, Range, Statement

KINDS_OF: Mapping[str, frozenset[str]] = {
    "immediate": frozenset(
        ("partial", "partial, left", "partial, right", "state, left", "state, right", "marked")
    ),
    "layout": frozenset(("layout",)),
    "order": frozenset(("product order",)),
    "vectors": frozenset(("vectors", "gradient and vector", "product of vectors")),
    "diagonal": frozenset(("diagonal", "entrywise", "number")),
    "rows": frozenset(("gradient",)),
}
"""The word for a reading in an exercise, and the kinds of choices that it leaves open."""

RULED = frozenset().union(*KINDS_OF.values())
"""The kinds that an exercise may rule out; what a slash or a sum reaches over is no such matter."""


@dataclass
class Prover:
    """Proofs on one sheet, each made once. `allowed` are the words for readings that count.

    `budget` is that of the line for which they are made; without one, each proof has its own.
    """

    sheet: Sheet
    allowed: frozenset[str] = frozenset(KINDS_OF)
    _known: dict[Claim, Judged] = field(default_factory=dict)
    budget: Budget | None = None

    def __post_init__(self) -> None:
        for posed, judged in self.sheet.results:
            self._known.setdefault(posed.claim, judged)

    def claim(self, left: Expr, right: Expr, ranges: tuple[Range, ...] = ()) -> Claim:
        """left = right, for every value of its free letters."""
        bench, bound = self.sheet.bench, self.sheet.bound
        known = {name for name, timed in bench.model.declarations if not timed}
        families = bound.definitions
        known |= {name for name in families.by_name if 0 in families.arities(name)}
        statement = Statement((left, right), ("=",), ranges)
        numbers = frozenset({"T", *bench.model.sizes})
        index = bench.model.time.index
        return Claim(left, "=", right, claimed_ranges(statement, numbers, frozenset(known), index))

    def judged(self, claim: Claim, definitions: Definitions | None = None) -> Judged:
        """What comes out for a claim; `definitions` take the place of those of the sheet."""
        if definitions is not None:
            return judge(self.sheet.bench, definitions, claim, budget=self.budget)
        if claim in self._known:
            return self._known[claim]
        judged = judge(self.sheet.bench, self.sheet.bound.definitions, claim, budget=self.budget)
        if judged.finding.outcome != "limit":  # what one line cannot afford, another may
            self._known[claim] = judged
        return judged

    def holds(self, claim: Claim, definitions: Definitions | None = None) -> bool:
        """Whether it holds under some allowed reading."""
        return self.proves(self.judged(claim, definitions))

    def proves(self, judged: Judged) -> bool:
        """Whether what came out is a proof, or balls that agree, under an allowed reading."""
        return judged.finding.outcome in HOLDING and self.allows(judged)

    def allows(self, judged: Judged) -> bool:
        """Whether the exercise lets formulas be read in this way."""
        opened = frozenset[str]().union(*(KINDS_OF[word] for word in self.allowed))
        return not RULED.intersection(judged.departed) - opened


def with_family(definitions: Definitions, name: str, family: list[Definition]) -> Definitions:
    """The definitions with one name defined otherwise."""
    arities = {len(one.patterns) for one in family}
    kept = [one for one in definitions.by_name.get(name, ()) if len(one.patterns) not in arities]
    return Definitions({**definitions.by_name, name: [*family, *kept]})
