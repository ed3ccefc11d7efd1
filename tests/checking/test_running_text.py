"""Formulas in running text: equations that it splits, and conditions that it states."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.verdict import CheckReport
from symbolic_bptt.model import Model, load_model

RIGHT = r"\sum_t (\hat y_t - y_t) s_t^\top"
WRONG = r"\sum_t (\hat y_t + y_t) s_t^\top"
LEFT = r"\frac{\partial E}{\partial V}"
OTHER = "\n\n$E = \\sum_t E_t$\n"


@pytest.fixture(scope="module")
def elman() -> Model:
    return load_model("elman")


def verdicts(model: Model, text: str, kind: str = ".md") -> list[str]:
    return [claim.verdict for claim in checked(model, text, kind).claims]


def checked(model: Model, text: str, kind: str = ".md") -> CheckReport:
    return check_text(model, text, kind)


TABLE = "| what | sign | value |\n|---|---|---|\n"


@pytest.mark.parametrize("form", ["${}$ = ${}$", "**${}$** = ${}$", TABLE + "| ${}$ | = | ${}$ |"])
def test_an_equation_split_over_two_formulas_is_judged(elman: Model, form: str) -> None:
    assert verdicts(elman, form.format(LEFT, RIGHT) + OTHER) == ["holds", "holds"]
    assert verdicts(elman, form.format(LEFT, WRONG) + OTHER) == ["fails", "holds"]


@pytest.mark.parametrize("form", ["${}$ equals ${}$", "| a | b |\n|---|---|\n| ${}$ | ${}$ |"])
def test_what_words_or_cells_split_is_told(elman: Model, form: str) -> None:
    report = checked(elman, form.format(LEFT, WRONG) + OTHER)
    assert [claim.verdict for claim in report.claims] == ["unreadable", "holds"]
    assert report.exit_status == 3


def test_a_split_equation_is_shown_without_what_split_it(elman: Model) -> None:
    (claim,) = checked(elman, f"**${LEFT}$** = ${RIGHT}$").claims
    assert claim.latex == f"{LEFT} = {RIGHT}"


BOUNDARY = r"\frac{\partial E}{\partial s_t} = V^\top(\hat y_t - y_t)"
SENTENCES = [
    "${}$ for $t = T$.", "For $t=T$, ${}$.", "Where $t=T$: $${}$$", "Für $t=T$: $${}$$",
    "当 $t=T$ 时, ${}$", "$${}$$\nif $t = T$.",
]  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_condition_in_a_formula_of_its_own_is_applied(elman: Model, sentence: str) -> None:
    assert verdicts(elman, sentence.format(BOUNDARY)) == ["holds"]
    assert verdicts(elman, sentence.format(BOUNDARY.replace("V", "7 V"))) == ["fails"]
    assert verdicts(elman, sentence.replace("t=T", "t<T").format(BOUNDARY)) == (
        ["fails"] if "t=T" in sentence else ["holds"]
    )


def test_a_condition_never_reaches_into_another_sentence(elman: Model) -> None:
    assert verdicts(elman, f"${BOUNDARY}$. For $t = T$ it is the boundary.") == ["fails"]


def test_words_that_are_not_understood_leave_open_what_does_not_hold(elman: Model) -> None:
    right, wrong = r"$$E = \sum_t E_t{}$$", r"$$E = 2 \sum_t E_t{}$$"
    for words, found in ((r"\text{ (total loss)}", "fails"), (r"\text{ foo bar}", "unreadable")):
        assert verdicts(elman, right.replace("{}", words)) == ["holds"]
        assert verdicts(elman, wrong.replace("{}", words)) == [found]
    assert verdicts(elman, right.replace("{}", r"\text{ only in training}")) == ["unreadable"]


def test_a_step_that_words_name_refutes_nothing(elman: Model) -> None:
    assert verdicts(elman, f"For the last time step: $${BOUNDARY}$$") == ["unreadable"]
    assert verdicts(elman, f"At the last step $t=T$: $${BOUNDARY}$$") == ["holds"]
    assert verdicts(elman, f"In the final step of the proof: $${BOUNDARY}$$") == ["fails"]


def test_a_definition_beside_words_that_are_not_understood_defines_nothing(elman: Model) -> None:
    assert verdicts(elman, r"$$q_t = V s_t \text{ foo bar}$$") == ["unreadable"]
    assert verdicts(elman, r"$$q_t = V s_t \text{ (output scores)}$$") == ["definition"]
