"""The verification table: every row told in words and numbers, in every format."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from symbolic_bptt.checking.verdict import Evidence, Instance
from symbolic_bptt.checking.verification import Row, Verification
from symbolic_bptt.model import load_model
from symbolic_bptt.notation.tree import Symbol
from symbolic_bptt.render import render_verifications
from tests.tex import complaints, log_of

PROOF = Evidence("every T", (Instance(3, {"n": 4, "m": 2, "K": 3}),), -118)
RIGHT = Row("W", Symbol("W"), "derived", "holds", 2.1e-16, 3.0e-9, 1.4e-16, PROOF)
WRONG = Row("U", Symbol("U"), "my_own.tex", "fails", 0.7, 3.0e-9, 1.4e-16, None, "∂E/∂U is not 0")
RESULT = Verification(load_model("elman"), 3, 7, {"n": 4, "m": 2, "K": 3}, (), (RIGHT, WRONG))

FORMATS = ("text", "latex", "markdown")


def lines(*results: Verification) -> list[str]:
    return render_verifications(list(results)).split("\n")


def test_a_row_tells_verdict_errors_and_certificate() -> None:
    (row,) = (line for line in lines(RESULT) if line.startswith("W "))
    assert row.split() == [
        "W",
        "derived",
        "holds",
        "2.1e-16",
        "3.0e-09",
        "1.4e-16",
        "2^-118",
        "yes",
    ]


def test_what_fails_is_told_in_capitals_not_in_colour() -> None:
    (row,) = (line for line in lines(RESULT) if line.startswith("U "))
    assert "FAILS" in row.split()
    assert "\x1b" not in row


def test_the_message_of_what_fails_is_shown() -> None:
    assert "U: ∂E/∂U is not 0" in lines(RESULT)


def test_the_instance_can_be_repeated() -> None:
    title = lines(RESULT)[0]
    for part in ("elman", "3 steps", "n = 4", "m = 2", "K = 3", "seed 7"):
        assert part in title


@pytest.mark.parametrize("format_", FORMATS)
def test_a_degenerate_model_is_announced_before_its_rows(format_: Any) -> None:
    document = render_verifications([replace(RESULT, degenerate=("U", "W"))], format_)
    assert document.lower().index("warning") < document.index("derived")


def test_json_is_what_the_interface_promises() -> None:
    result = json.loads(render_verifications([RESULT], "json"))
    assert result["schema"] == 1
    right, wrong = result["results"]
    assert {key: right[key] for key in ("model", "T", "wrt", "formula", "verdict", "every_T")} == {
        "model": "elman",
        "T": 3,
        "wrt": "W",
        "formula": "derived",
        "verdict": "holds",
        "every_T": True,
    }
    assert right["float64"]["max_relative_error"] == 2.1e-16
    assert right["float64"]["finite_difference"] == 3.0e-9
    assert right["exact"] == {"error_bound_log2": -118}
    assert (wrong["verdict"], wrong["message"]) == ("fails", "∂E/∂U is not 0")


def test_a_number_that_is_not_finite_is_null_in_json() -> None:
    row = replace(WRONG, max_relative_error=float("inf"))
    result = json.loads(render_verifications([replace(RESULT, rows=(row,))], "json"))
    assert result["results"][0]["float64"]["max_relative_error"] is None


def test_tex_sets_the_table_within_the_column(tool: Callable[[str], str], tmp_path: Path) -> None:
    assert complaints(log_of(tool, tmp_path, render_verifications([RESULT], "latex"))) == []
