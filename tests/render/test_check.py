"""The report of checked claims, in every format."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from symbolic_bptt.checking.verdict import (
    CheckedClaim,
    CheckReport,
    Counterexample,
    Diagnosis,
    Evidence,
    Instance,
)
from symbolic_bptt.render import render_check
from symbolic_bptt.render.check import evidence
from tests.tex import complaints, log_of

HOLDS = CheckedClaim(
    "answer_1.tex",
    12,
    3,
    r"\frac{\partial E}{\partial W} = \sum_t \delta_t s_{t-1}^\top",
    r"\frac{\partial E}{\partial W}",
    r"\sum_t \delta_t s_{t-1}^\top",
    "holds",
    reading=("total",),
    assumptions=("y_t sums to one",),
    evidence=Evidence("every T", (Instance(3, {"n": 3, "m": 2}),), -118),
)
FAILS = CheckedClaim(
    "answer_1.tex",
    14,
    1,
    "a = b | c",
    "a",
    "b",
    "fails",
    counterexample=Counterexample(3, {"n": 3}, "entry (1,2)", 0.31, 0.87, 0),
    message="the two sides differ",
    diagnosis=(Diagnosis("missing-path", "the path E_3 → s_3 → W is missing", ("E_3", "W")),),
)
REPORT = CheckReport("elman", (3, 4), 0, ("b",), (HOLDS, FAILS))


@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_each_claim_is_told_with_its_place_verdict_and_reasons(format_: Any) -> None:
    report = render_check(REPORT, format_)
    for part in ("answer_1.tex:12", "answer_1.tex:14", "holds", "FAILS", "entry (1,2)", "0.87"):
        assert part in report
    for part in ("reading: total", "2^-118", "for every T", "n = 3", "s_3 → W is missing"):
        assert part in report


def test_the_degenerate_loss_is_announced_first() -> None:
    assert render_check(REPORT).startswith("# WARNING: degenerate: the loss does not depend on b")


def test_the_sum_of_verdicts_ends_the_report() -> None:
    assert render_check(REPORT).rstrip().split("\n")[-1] == "1 holds, 1 fails"


def test_json_is_what_the_interface_promises() -> None:
    result = json.loads(render_check(REPORT, "json"))
    assert (result["schema"], result["model"], result["T"], result["seed"]) == (
        1,
        "elman",
        [3, 4],
        0,
    )
    assert result["degenerate"] == ["b"]
    holds, fails = result["claims"]
    assert holds["evidence"]["error_bound_log2"] == -118
    assert holds["evidence"]["instances"] == [{"T": 3, "sizes": {"n": 3, "m": 2}}]
    assert holds["reading"] == ["total"]
    assert "counterexample" not in holds
    assert fails["counterexample"]["at"] == "entry (1,2)"
    assert fails["diagnosis"][0]["path"] == ["E_3", "W"]
    assert "evidence" not in fails
    assert result["summary"]["holds"] == result["summary"]["fails"] == 1
    assert result["summary"]["undecided"] == 0


def test_tex_accepts_the_report(tool: Callable[[str], str], tmp_path: Path) -> None:
    errors = complaints(log_of(tool, tmp_path, render_check(REPORT, "latex")))
    assert [error for error in errors if error.startswith("!")] == []


def test_an_instance_without_sizes_is_its_length_and_is_told_once() -> None:
    found = Evidence("exact", (Instance(2, {}), Instance(2, {})), -119)
    assert evidence(found).endswith("(T = 2)")
