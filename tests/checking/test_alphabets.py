r"""The loss in another alphabet, `\mathcal L` for L: read as the model's, and told."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.understand import understand_text
from symbolic_bptt.checking.verdict import CheckedClaim
from symbolic_bptt.model import Model
from tests.checking.sheets import model

PLAIN = r"""
loss = "L"
equations = '''
h_t = \tanh(W h_{t-1} + U x_t)
L_t = v^\top h_t
L = \sum_t L_t
'''
[parameters]
W = "n x n"
U = "n x m"
v = "n"
[inputs]
x_t = "m"
[initial]
h_0 = "n"
"""
STYLED = PLAIN.replace('"L"', r"'\mathcal L'").replace("L_t", r"\mathcal{L}_t")
STYLED = STYLED.replace("\nL =", "\n\\mathcal{L} =")


def claims(of: Model, *formulas: str) -> tuple[CheckedClaim, ...]:
    return check_text(of, "\n".join(f"$${one}$$" for one in formulas), ".tex").claims


def verdicts(of: Model, *formulas: str) -> list[str]:
    return [claim.verdict for claim in claims(of, *formulas)]


@pytest.mark.parametrize(
    ("of", "letter"),
    [(PLAIN, r"\mathcal L"), (PLAIN, r"\mathscr{L}"), (PLAIN, r"{\cal L}"), (STYLED, "L")],
)
def test_the_letter_of_the_loss_in_another_alphabet_is_the_loss(of: str, letter: str) -> None:
    total, right, wrong = claims(
        model(of),
        rf"{letter} = \sum_t {letter}_t",
        rf"\frac{{\partial {letter}_t}}{{\partial h_t}} = v",
        rf"\frac{{\partial {letter}}}{{\partial v}} = h_T",
    )
    assert [one.verdict for one in (total, right, wrong)] == ["holds", "holds", "fails"]
    for one in (total, right, wrong):
        assert "the letter of the loss in another alphabet" in one.reading
        assert ("letter", "the loss") in {(choice.kind, choice.read) for choice in one.choices}


@pytest.mark.parametrize(
    "formulas",
    [
        (r"\mathcal L_t = 2 L_t", r"L = \frac12 \sum_t \mathcal L_t"),
        (r"\mathcal L = 2 v^\top h_T", r"\mathcal L = 2 \mathcal L - 2 v^\top h_T"),
    ],
)
def test_a_document_that_has_both_or_defines_its_own_has_two(formulas: tuple[str, ...]) -> None:
    found = claims(model(PLAIN), *formulas)
    assert [one.verdict for one in found] == ["definition", "holds"]
    assert not found[1].reading


def test_other_letters_of_an_alphabet_stay_letters_of_their_own() -> None:
    assert verdicts(model(PLAIN), r"\mathcal W h_t = W h_t") == ["undefined"]
    assert verdicts(model(PLAIN), r"\mathbb L = \sum_t \mathbb L_t") == ["undefined"]
    assert verdicts(model(PLAIN), r"\mathcal E = \sum_t \mathcal E_t") == ["undefined"]


def test_a_label_is_no_loss() -> None:
    labelled = STYLED.replace("v^", "v_L^").replace('v = "n"', 'v_L = "n"')
    formula = r"\frac{\partial L_t}{\partial h_t} = v_L"
    assert verdicts(model(labelled), formula) == ["holds"]


def test_weight_that_only_the_document_has_is_told() -> None:
    notes = understand_text(model(PLAIN), r"$\mathbf h_t = \mathbf h_t$", "tex").files[0].notes
    assert notes == (r"`\mathbf{h}` and `h` are read as one quantity",)
    written = r"\vec h_t = \tanh(\mathbf W \boldsymbol h_{t-1} + \mathrm U x_t)"
    assert verdicts(model(PLAIN), written) == ["holds"]
