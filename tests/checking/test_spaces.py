r"""Notes about shapes, `W \in \mathbb R^{n \times m}`: checked against the model, or listed."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model import Model, load_model


@pytest.fixture(scope="module")
def elman() -> Model:
    return load_model("elman")


def told(model: Model, formula: str) -> list[tuple[str, str]]:
    report = check_text(model, f"${formula}$\n\n$E = \\sum_t E_t$", ".md")
    found = [(one.latex, one.message) for one in report.claims if one.verdict != "holds"]
    assert [one.verdict for one in report.claims if one.verdict == "holds"] == ["holds"]
    assert report.exit_status == (3 if found else 0)
    return found


@pytest.mark.parametrize(
    "formula",
    [
        r"W \in \mathbb R^{n \times n}", r"s_t \in \mathbb{R}^n", r"s_t \in \mathbb R^{n \times 1}",
        r"E \in \mathbb R", r"U \in \mathbb R^{n\times m}, V \in \mathbb R^{K \times n}",
    ],
)  # fmt: skip
def test_what_the_model_says_too_is_taken(elman: Model, formula: str) -> None:
    assert told(elman, formula) == []


def test_what_differs_is_listed_with_the_shape_here(elman: Model) -> None:
    ((latex, message),) = told(elman, r"U \in \mathbb R^{m \times n}")
    assert latex == r"U \in \mathbb R^{m \times n}"
    assert "here it is n x m" in message


@pytest.mark.parametrize(
    "formula",
    [
        r"b \in \mathbb R^n", r"W \in \mathbb R^{d \times d}", r"s_t \in (0, 1)^n",
        r"W \in \mathcal X", r"W, b \in \mathbb R^{n}",
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_listed(elman: Model, formula: str) -> None:
    assert len(told(elman, formula)) == 1


def test_of_several_notes_each_is_taken_by_itself(elman: Model) -> None:
    found = told(elman, r"W \in \mathbb R^{n \times n}, b \in \mathbb R^n, U \in \mathbb R^{n}")
    assert [latex for latex, _ in found] == [r"b \in \mathbb R^n", r"U \in \mathbb R^{n}"]
