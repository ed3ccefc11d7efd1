"""Relations that no verdict is about, and bounds on growth: each is a claim, none is dropped."""

from __future__ import annotations

import pytest

from symbolic_bptt.checking.answers import OPS
from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model import load_model
from symbolic_bptt.notation.surface.commands import LABELLED_RELATIONS, RELATIONS
from tests.checking.sheets import verdicts

LABELLED = {command + r"{T \to \infty}": sign for command, sign in LABELLED_RELATIONS.items()}
NOT_JUDGED = {command: sign for command, sign in (RELATIONS | LABELLED).items() if sign not in OPS}


@pytest.mark.parametrize("command", NOT_JUDGED)
def test_a_relation_that_is_not_judged_is_told(command: str) -> None:
    (claim,) = check_text(load_model("elman"), f"${{E_T}} {command} E_1$", ".tex").claims
    assert claim.verdict in ("unreadable", "undefined")


@pytest.mark.parametrize(
    "written", ["E ~ T", "E -> 0", "E => T", "E ≲ T", "E ⟂ T", "E ↓ 0", "E ≁ T", "E ≉ T", "E ∝ T"]
)
def test_so_is_one_in_plain_text(written: str) -> None:
    assert verdicts("elman", written) == ["unreadable"]


@pytest.mark.parametrize(
    "written",
    [
        r"E = O(T)",
        r"E = E + o(1)",
        r"E + \mathcal O(T^2) = E",
        r"E = \tilde{\mathcal O}(T)",
        r"E = \Theta(T)",
        r"E \le O_p(1)",
    ],
)
def test_growth_is_no_value(written: str) -> None:
    (claim,) = check_text(load_model("elman"), f"${written}$", ".tex").claims
    assert claim.verdict == "unreadable"
    assert "how fast something grows" in claim.message


def test_a_quantity_of_that_name_is_one() -> None:
    text = r"$o_t = x_t$ $o(t) = x_t$ $\Omega = E$ $\Omega(E + 1) = E^2 + E$"
    found = [claim.verdict for claim in check_text(load_model("elman"), text, ".tex").claims]
    assert found == ["definition", "holds", "definition", "holds"]


def test_a_sign_of_a_relation_may_be_a_label() -> None:
    text = r"$x_\uparrow = E$ $x_\perp = 2 E$ $x_\perp = 2 x_\uparrow$"
    found = [claim.verdict for claim in check_text(load_model("elman"), text, ".tex").claims]
    assert found == ["definition", "definition", "holds"]
