"""Every known formula gets the verdict it deserves: right ones hold, wrong ones never do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from symbolic_bptt.atlas import Case, KnownFormula, known_books, read_book
from symbolic_bptt.atlas.judging import judge
from symbolic_bptt.model import Model

DATA = Path(__file__).parent / "data"
BOOKS = [*known_books(), *(read_book(path) for path in sorted(DATA.glob("*.toml")))]
FORMULAS = [formula for book in BOOKS for formula in book.formulas]
CASES = [case for formula in FORMULAS for case in formula.cases()]
DEGENERATE = [formula for formula in FORMULAS if formula.degenerate]
READ_ONE_WAY = [formula for formula in FORMULAS if formula.reading]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_verdict_is_the_one_deserved(case: Case, model_of: Callable[[str], Model]) -> None:
    judgement = judge(case, model_of(case.formula.model))
    shown = [(claim.verdict, claim.latex, claim.message) for claim in judgement.report.claims]
    assert judgement.verdict == case.expected, shown


@pytest.mark.parametrize("formula", READ_ONE_WAY, ids=lambda formula: formula.id)
def test_reading_that_makes_it_true_is_named(
    formula: KnownFormula, model_of: Callable[[str], Model]
) -> None:
    judgement = judge(next(formula.cases()), model_of(formula.model))
    assert {reading for claim in judgement.claims for reading in claim.reading} >= set(
        formula.reading
    )


@pytest.mark.parametrize("formula", DEGENERATE, ids=lambda formula: formula.id)
def test_degenerate_model_is_announced(
    formula: KnownFormula, model_of: Callable[[str], Model]
) -> None:
    assert judge(next(formula.cases()), model_of(formula.model)).report.degenerate


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("zero-start", "s_0 = 0"),
    ],
)
def test_condition_under_which_a_wrong_one_holds_is_said(
    name: str, said: str, model_of: Callable[[str], Model]
) -> None:
    formula = next(formula for formula in FORMULAS if formula.id == name)
    judgement = judge(next(formula.cases()), model_of(formula.model))
    assert said in judgement.claims[0].message
