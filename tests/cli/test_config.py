"""[tool.symbolic_bptt] of the nearest pyproject.toml gives defaults; the command line wins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest


def configure(folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(text)


def steps(bptt, *arguments: str) -> int:
    outcome = bptt("derive", "elman", "--format", "json", *arguments)
    assert outcome.status == 0, outcome.err
    return json.loads(outcome.out)["T"]


def test_a_general_default_a_special_one_and_the_command_line(bptt, tmp_path: Path) -> None:
    assert steps(bptt) == 3
    configure(tmp_path, "[tool.symbolic_bptt]\nT = 2\n")
    assert steps(bptt) == 2
    configure(tmp_path, "[tool.symbolic_bptt]\nT = 2\n[tool.symbolic_bptt.derive]\nT = 4\n")
    assert steps(bptt) == 4
    assert steps(bptt, "-T", "1") == 1


def test_the_nearest_file_counts_alone(
    bptt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configure(tmp_path, "[tool.symbolic_bptt]\nT = 2\n")
    inner = tmp_path / "a/b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert steps(bptt) == 2
    configure(tmp_path / "a", "[project]\nname = 'x'\n")
    assert steps(bptt) == 3


@pytest.mark.parametrize("written", ['"f=tanh"', '["f=tanh"]'])
def test_one_value_may_stand_for_a_list(bptt, tmp_path: Path, written: str) -> None:
    configure(tmp_path, f"[tool.symbolic_bptt.derive]\nlet = {written}\nwrt = 'u'\n")
    outcome = bptt("derive", "scalar-additive", "-T", "2", "--format", "json")
    assert outcome.status == 0, outcome.err
    assert [partial["wrt"] for partial in json.loads(outcome.out)["partials"]] == ["u"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool.symbolic_bptt]\nstyl = 'named'\n", "styl"),
        ("[tool.symbolic_bptt.derive]\nall = true\n", "all"),
        ("[tool.symbolic_bptt]\nderive = 3\n", "derive"),
        ("[tool]\nsymbolic_bptt = 3\n", "table"),
        ("[tool.symbolic_bptt\n", "pyproject.toml"),
        ("tool = 3\n", "pyproject.toml"),
        ("[tool.symbolic_bptt]\nT = 'many'\n", "many"),
        ("[tool.symbolic_bptt]\nT = 0\n", "1<=x"),
        ("[tool.symbolic_bptt]\nlet = 'f'\n", "f=tanh"),
    ],
)
def test_a_default_that_means_nothing_is_an_error(
    bptt, tmp_path: Path, text: str, said: str
) -> None:
    configure(tmp_path, text)
    outcome = bptt("derive", "elman")
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err
    assert "Traceback" not in outcome.err
