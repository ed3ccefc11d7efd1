"""Verdicts and their evidence, as data. A verdict is never a bool."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from ..notation.elaboration.choices import Choice

Verdict = Literal[
    "holds", "fails", "ill-shaped", "undefined", "unreadable", "undecided", "definition"
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True)
class Instance:
    """One unrolled model: T steps (the option -T) and a number for each size letter."""

    T: int
    sizes: Mapping[str, int]


@dataclass(frozen=True)
class Evidence:
    """Why a claim holds.

    `exact`: both sides agree at the lengths and sizes named; if they were different at one of them,
    that had a chance of at most 2^error_bound_log2 (none, where nothing was left to chance).
    `every T`: these are all lengths up to the dimension of the claim, so that it holds at every
    length, at the sizes named; with `every_size`, obligations of one step prove it at every length
    and every size. `numeric`: `digits` decimal digits agree, which is no proof and no verdict.
    `reason`: why a claim that is exact is not proved for every T. `size_reason`: why one that is
    proved for every T is not proved at every size.
    """

    kind: Literal["every T", "exact", "numeric"]
    instances: tuple[Instance, ...]
    error_bound_log2: int | None = None
    digits: int | None = None
    reason: str = ""
    every_size: bool = False
    size_reason: str = ""

    @property
    def every_T(self) -> bool:
        """Whether it proves the claim for every number of steps."""
        return self.kind == "every T"


@dataclass(frozen=True)
class Counterexample:
    """Numbers at which the two sides differ, short enough to be recomputed by hand.

    `at` names the entry and the free indices; `values` are the model's given quantities.
    """

    T: int
    sizes: Mapping[str, int]
    at: str
    lhs: float
    rhs: float
    seed: int
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Diagnosis:
    """What went wrong in a claim that fails, in one sentence. It is given only if it is proved.

    `kind` is a name in the catalogue of misconceptions, `category` its class. `path` runs from what
    is differentiated to what it is taken by. `subterm` and `repair` are LaTeX; `span` is where the
    subterm stands in the text of the file, `line` the line of the definition that it is in.
    """

    kind: str
    message: str
    path: tuple[str, ...] = ()
    category: str = ""
    subterm: str = ""
    repair: str = ""
    span: tuple[int, int] | None = None
    line: int | None = None


@dataclass(frozen=True)
class CheckedClaim:
    """One relation of a file with its verdict.

    choices: what was doubtful in it, and how it was read. link: which relation of its chain it is,
    from 1. span: where the whole chain stands in the text, of a notebook in that of its cell.
    """

    file: str
    line: int
    column: int
    latex: str
    lhs: str
    rhs: str
    verdict: Verdict
    reading: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    evidence: Evidence | None = None
    counterexample: Counterexample | None = None
    message: str = ""
    diagnosis: tuple[Diagnosis, ...] = ()
    choices: tuple[Choice, ...] = ()
    link: int = 1
    span: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Displays:
    """How many displays there are, how many of them were read to the end, and in how many of them
    a name of the model occurs. A formula in a line of prose counts as one if it says something.
    """

    found: int = 0
    read: int = 0
    about_the_model: int = 0

    def __add__(self, more: Displays) -> Displays:
        found, read = self.found + more.found, self.read + more.read
        return Displays(found, read, self.about_the_model + more.about_the_model)


@dataclass(frozen=True)
class Unread:
    """Something that was not read: its place, the text, and why."""

    file: str
    line: int
    text: str
    why: str


@dataclass(frozen=True)
class CheckReport:
    """Every relation of the files, in order. `degenerate` is announced before any of them.

    `empty` are the files in which there is none.
    """

    model: str
    lengths: tuple[int, ...]
    seed: int
    degenerate: tuple[str, ...]
    claims: tuple[CheckedClaim, ...]
    empty: tuple[str, ...] = ()
    displays: Displays = Displays()
    unread: tuple[Unread, ...] = ()

    @property
    def summary(self) -> dict[Verdict, int]:
        """How many claims got each verdict, all verdicts listed."""
        counts = Counter(claim.verdict for claim in self.claims)
        return {verdict: counts[verdict] for verdict in VERDICTS}

    @property
    def exit_status(self) -> int:
        """0 all hold, and there is one · 1 something fails or is ill-shaped · 3 anything else."""
        summary = self.summary
        if summary["fails"] or summary["ill-shaped"]:
            return 1
        if summary["undecided"] or summary["undefined"] or summary["unreadable"]:
            return 3
        return 0 if summary["holds"] and not self.empty else 3

    def _repr_html_(self) -> str:
        from ..render.notebook import table_of_claims

        return table_of_claims(self)
