"""The judge judged: planted mistakes against the line and the reason that it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from ...checking.check import check_text
from ...checking.laboratory import Laboratory, open_laboratory
from ...checking.sheet import examined
from ...model import load_model
from ...notation.displays import read_text
from ...notation.files import kind_of
from ...notation.source import Source
from ..candidates import Sampler
from ..explaining import Explanations
from ..judgement import judge_steps
from ..proof import Prover
from .student import StudentDerivation, Workshop, student_derivation


@dataclass(frozen=True)
class Outcome:
    """What the judge found in one derivation: the first wrong line, and the reasons given there.

    Where the reason is a mistake in a definition of another line, that line is the one named.
    `unsettled`: some line was left to a person, so that no line was blamed or accepted.
    """

    derivation: StudentDerivation
    line: int | None
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    unsettled: bool = False

    @property
    def planted(self) -> int | None:
        """The line of the mistake; None for a right derivation."""
        return self.derivation.mistake.line if self.derivation.mistake else None

    @property
    def located(self) -> bool:
        """Whether the first wrong line is the one where the mistake was planted (or is none)."""
        return self.line == self.planted and not (self.planted is None and self.unsettled)

    @property
    def explained(self) -> bool:
        """Whether the first reason is of the class of the planted mistake."""
        mistake = self.derivation.mistake
        return mistake is not None and bool(set(self.categories[:1]) & mistake.categories)

    @property
    def accuses_falsely(self) -> bool:
        """A line of a right derivation was called wrong, or a line before the mistake was."""
        if self.line is None:
            return False
        return self.planted is None or self.line < self.planted

    @property
    def accepts_wrongly(self) -> bool:
        """A mistake went through: nothing was blamed, and nothing was left to a person."""
        return self.planted is not None and self.line is None and not self.unsettled


def judged(laboratory: Laboratory, derivation: StudentDerivation) -> Outcome:
    """The judge's finding on one derivation."""
    source = Source(derivation.text, "derivation")
    sheet = examined(laboratory, read_text(source, kind_of(derivation.kind)))
    judgement = judge_steps(Prover(sheet), Sampler(sheet.bench))
    first = judgement.first_wrong
    unsettled = bool(judgement.unsettled)
    if first is None:
        return Outcome(derivation, None, unsettled=unsettled)
    found = Explanations().of(judgement).get(first.number, ())
    elsewhere = found[0].line if found else None
    return Outcome(
        derivation,
        first.row if elsewhere is None else elsewhere,
        tuple(one.kind for one in found),
        tuple(one.category for one in found),
        tuple(one.message for one in found),
        unsettled,
    )


def checked_right(laboratory: Laboratory, derivation: StudentDerivation) -> bool:
    """Whether `bptt check` has nothing against any line of the derivation."""
    report = check_text(laboratory.model, derivation.text, derivation.kind)
    return all(claim.verdict in ("holds", "definition") for claim in report.claims)


def trials(model: str, count: int, seed: int) -> Iterator[Outcome]:
    """`count` derivations of a model, every other one with a mistake, and what the judge finds."""
    laboratory = open_laboratory(load_model(model), seed)
    workshop = Workshop.of(laboratory)
    if not workshop.results:
        return
    random = Random(f"{seed} {model}")
    for number in range(count):
        derivation = student_derivation(workshop, random, mistaken=number % 2 == 1)
        if derivation is not None:
            yield judged(laboratory, derivation)


@dataclass
class Score:
    """Counts over many outcomes."""

    right: int = 0
    right_passed: int = 0
    wrong: int = 0
    wrong_located: int = 0
    explained: int = 0
    given_reasons: int = 0
    false_accusations: int = 0
    wrongly_accepted: int = 0
    unsettled: int = 0
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """Count one more."""
        self.false_accusations += outcome.accuses_falsely
        self.wrongly_accepted += outcome.accepts_wrongly
        self.unsettled += outcome.unsettled
        mistake = outcome.derivation.mistake
        if mistake is None:
            self.right += 1
            self.right_passed += outcome.located
            return
        self.wrong += 1
        self.wrong_located += outcome.located
        self.given_reasons += bool(outcome.kinds)
        self.explained += outcome.explained
        tally = self.by_kind.setdefault(mistake.kind, Counter())
        tally["planted"] += 1
        tally["located"] += outcome.located
        tally["explained"] += outcome.explained

    @property
    def f1(self) -> float:
        """Harmonic mean of the accuracies on wrong and on right derivations, as in ProcessBench."""
        on_wrong = self.wrong_located / self.wrong if self.wrong else 1.0
        on_right = self.right_passed / self.right if self.right else 1.0
        return 2 * on_wrong * on_right / (on_wrong + on_right) if on_wrong + on_right else 0.0

    @property
    def sound(self) -> bool:
        """No false accusation, and nothing wrong accepted."""
        return not self.false_accusations and not self.wrongly_accepted


def score(
    models: tuple[str, ...],
    count: int,
    seed: int,
    watch: Callable[[Outcome], None] = lambda _: None,
) -> dict[str, Score]:
    """The score for each model; `watch` sees every outcome."""
    scores: dict[str, Score] = {}
    for model in models:
        scores[model] = Score()
        for outcome in trials(model, count, seed):
            scores[model].add(outcome)
            watch(outcome)
    return scores
