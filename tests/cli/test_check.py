"""What `bptt check` says of a file in which nothing, or no claim, is to be checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from symbolic_bptt import check_text, load_model
from symbolic_bptt.notation.files import KINDS, UnknownKindError
from tests.cli.conftest import Run

RIGHT = r"\frac{\partial E}{\partial V} = \sum_t (\hat y_t - y_t) s_t^\top"

EMPTY = {
    "empty.tex": "",
    "prose.md": "The gradient of the loss is a sum over the steps.\n",
    "undelimited.tex": RIGHT + "\n",
    "code.md": "    a_t = 1\n",
    "comment.tex": f"% \\[ {RIGHT} \\]\n",
}


@pytest.mark.parametrize("name", EMPTY)
def test_a_file_of_which_nothing_was_read_is_not_right(bptt: Run, name: str) -> None:
    Path(name).write_text(EMPTY[name], "utf-8")
    outcome = bptt("check", "elman", name)
    assert outcome.status == 3
    assert f"{name}: no formula" in outcome.err.splitlines()


def test_neither_is_one_among_others_that_hold(bptt: Run) -> None:
    Path("right.tex").write_text(f"\\[ {RIGHT} \\]\n", "utf-8")
    Path("empty.tex").write_text("", "utf-8")
    assert bptt("check", "elman", "right.tex").status == 0
    outcome = bptt("check", "elman", "right.tex", "empty.tex")
    assert outcome.status == 3
    assert "empty.tex: no formula" in outcome.err
    assert "right.tex: no formula" not in outcome.err


def test_definitions_alone_are_no_relation_that_holds(bptt: Run) -> None:
    Path("names.txt").write_text("q_t = U x_t\n", "utf-8")
    outcome = bptt("check", "elman", "names.txt")
    assert (outcome.status, "no formula" in outcome.err) == (3, False)
    Path("names.txt").write_text("q_t = U x_t\nq_t = U x_t\n", "utf-8")
    assert bptt("check", "elman", "names.txt").status == 0


def test_what_fails_wins(bptt: Run) -> None:
    Path("wrong.txt").write_text(RIGHT.replace("y_t)", "y_t) 2"), "utf-8")
    Path("empty.tex").write_text("", "utf-8")
    assert bptt("check", "elman", "wrong.txt", "empty.tex").status == 1


@pytest.mark.parametrize(
    "kind", ["tex", ".tex", "TeX", ".TEX", "latex", "LaTeX", "md", "markdown", ".Markdown", " tex "]
)
def test_a_text_is_read_as_the_kind_that_is_named(kind: str) -> None:
    report = check_text(load_model("elman"), f"$$ {RIGHT} $$\n", kind)
    assert [claim.verdict for claim in report.claims] == ["holds"]


@pytest.mark.parametrize("kind", ["txt", ".txt", "text"])
def test_plain_text_needs_no_delimiters(kind: str) -> None:
    report = check_text(load_model("elman"), RIGHT, kind)
    assert [claim.verdict for claim in report.claims] == ["holds"]


def test_a_notebook_is_named_without_its_dot_too() -> None:
    cell = '{"cell_type": "markdown", "metadata": {}, "source": ["$$ s_0 = s_0 $$"]}'
    text = f'{{"cells": [{cell}], "metadata": {{}}, "nbformat": 4, "nbformat_minor": 5}}'
    (claim,) = check_text(load_model("elman"), text, "ipynb").claims
    assert claim.verdict == "holds"


@pytest.mark.parametrize("kind", ["docx", "te", "tex.bak", "."])
def test_an_unknown_kind_is_refused_with_those_that_are_known(kind: str) -> None:
    with pytest.raises(UnknownKindError) as raised:
        check_text(load_model("elman"), RIGHT, kind)
    assert all(ending in str(raised.value) for ending in KINDS if ending)
