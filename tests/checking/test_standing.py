"""`T = 2` on a line of its own: the claims behind it are about that T, until the next heading."""

from __future__ import annotations

import json

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model import load_model
from symbolic_bptt.render.check import claim_verdict
from tests.checking.sheets import claims

LAST_IS_SECOND = "E_T = E_2"
"""True at T = 2 alone: neither at another T, nor said of itself, since E_T names every T."""


def seen(text: str, kind: str = ".tex") -> list[tuple[str, str]]:
    """The verdicts, each with what it assumes about T."""
    found = check_text(load_model("elman"), text, kind).claims
    about_T = [[one for one in claim.assumptions if "T" in one.split()] for claim in found]
    return [(claim.verdict, ", ".join(said)) for claim, said in zip(found, about_T, strict=True)]


@pytest.mark.parametrize(
    "before",
    [
        "$$T = 2$$",
        r"\[ T = 2. \]",
        "For $T = 2$:\n\n",
        "For $T = 2$ we get ",
        "Let $T = 2$. ",
        "Much is known. Now consider the case $T = 2$: ",
        "Sei $T = 2$. ",
        r"\section{The case $T = 2$}" + "\n",
        "$T = 2$:\n",
        r"\begin{align} T &= 2 \end{align}",
    ],
)
def test_what_is_said_about_T_holds_for_the_claims_behind_it(before: str) -> None:
    text = f"{before} $${LAST_IS_SECOND}$$ more words $${LAST_IS_SECOND}$$"
    assert seen(text) == [("holds", "T = 2"), ("holds", "T = 2")]


@pytest.mark.parametrize(
    "before",
    [
        "Except for $T = 2$ ",
        "This is no longer true of $T = 2$ ",
        "The case $T = 2$ is trivial. ",
        "$E = E$ for $T = 2$. ",
        "$$T = n$$",
        "$$T_x = 2$$",
    ],
)
def test_what_begins_no_case_holds_for_nothing_behind_it(before: str) -> None:
    assert seen(f"{before} $${LAST_IS_SECOND}$$")[-1][0] != "holds"


def test_a_false_line_fails_at_that_length_too() -> None:
    assert seen("$$T = 2$$ $$E_T = E_1$$") == [("fails", "T = 2")]


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        (".tex", r"\subsection*{Any length}"),
        (".md", "## Any length"),
        (".md", "Any length\n---"),
        (".md", "<h2>Any length</h2>"),
        (".rst", "Any length\n~~~~~~~~~~"),
        (".txt", "# Any length"),
        (".tex", "For general $T$:"),
    ],
)
def test_it_ends_with_a_heading(kind: str, heading: str) -> None:
    line = {".rst": ".. math:: {}\n", ".txt": "{}\n"}.get(kind, "$${}$$\n")
    said, claim = line.format("T = 2"), line.format(LAST_IS_SECOND)
    found = seen("\n".join((said, claim, heading, "", claim)), kind)
    assert found == [("holds", "T = 2"), ("fails", "")]


def test_a_later_one_takes_its_place_and_a_claim_may_say_its_own() -> None:
    lines = ("T = 2", "E_T = E_2", "E_T = E_4, T = 4", "T = 3", "E_T = E_3")
    assert [claim.verdict for claim in claims("elman", *lines)] == ["holds"] * 3
    assert claims("elman", *lines)[1].assumptions == ("T = 4",)


def test_bounds_of_T_stand_as_well() -> None:
    bounded = r"$$\max(T, 2) \, E = T \, E$$"
    assert seen(bounded)[0][0] == "fails"
    assert seen(rf"$$T \ge 2$$ {bounded}") == [("holds", "T ≥ 2")]
    assert seen(rf"$$2 \le T \le 5$$ {bounded}") == [("holds", "2 ≤ T ≤ 5")]
    assert seen(rf"$$T > 0$$ {bounded}")[0][0] == "fails"


def test_a_size_stays_a_claim_beside_it() -> None:
    assert seen("$$T = 2, m = 2$$ $$E_T = E_2$$") == [("fails", "T = 2"), ("holds", "T = 2")]
    assert seen("$$m = 2$$") == [("fails", "")]


def test_it_is_printed_with_the_verdict() -> None:
    (claim,) = claims("elman", "T = 2", LAST_IS_SECOND)
    assert claim_verdict(claim) == "holds for T = 2"


def test_what_a_notebook_says_stands_in_its_later_cells() -> None:
    cells = [[f"$${text}$$"] for text in ("T = 2", LAST_IS_SECOND)] + [["# Next"]]
    cells.append([f"$${LAST_IS_SECOND}$$"])
    written = [{"cell_type": "markdown", "source": cell} for cell in cells]
    assert [v for v, _ in seen(json.dumps({"cells": written}), ".ipynb")] == ["holds", "fails"]
