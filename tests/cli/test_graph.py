"""`bptt graph`: the ending chooses the format; what cannot be highlighted is told."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("svg", "<svg"),
        ("tikz", r"\begin{tikzpicture}"),
        ("tex", r"\begin{tikzpicture}"),
        ("dot", 'digraph "elman"'),
        ("mmd", "flowchart"),
    ],
)
def test_the_ending_chooses_the_format(bptt, tmp_path: Path, ending: str, begins: str) -> None:
    run = bptt("graph", "elman", "-T", "2", "--highlight", "W", "-o", f"g.{ending}")
    assert (run.status, run.out, run.err) == (0, "", "")
    assert (tmp_path / f"g.{ending}").read_text("utf-8").startswith(begins)
    again = bptt("graph", "elman", "-T", "2", "-o", f"g.{ending}")
    assert again.status == 2
    assert "--force" in again.err


def test_standard_output_has_the_picture_alone(bptt) -> None:
    assert bptt("graph", "elman", "-T", "2").out.startswith("flowchart BT\n")
    ElementTree.fromstring(bptt("graph", "elman", "-T", "2", "--format", "svg").out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--highlight", "x_1"], "no parameter"),
        (["--highlight", "W_9"], "the steps are 1 to 3"),
        (["--highlight", "Q"], "U, W, V"),
        (["-o", "g.png"], ".svg"),
        (["-o", "g.svg", "--format", "dot"], "means svg"),
        (["-T", "900"], "smaller -T"),
    ],
)
def test_what_cannot_be_drawn_is_told(bptt, arguments: list[str], said: str) -> None:
    run = bptt("graph", "elman", *arguments)
    assert (run.status, run.out) == (2, "")
    assert said in run.err


def test_a_copy_of_a_parameter_can_be_highlighted(bptt) -> None:
    shown = bptt("graph", "scalar-additive", "-T", "2", "--highlight", "u_0").out
    assert "class" in shown
    assert "opacity" in shown
