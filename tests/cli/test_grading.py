"""The commands about classes: exit statuses, what they write, what they refuse."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

EXERCISE = """
title = "V"
model = "elman"
[[targets]]
quantity = "dE/dV"
points = 2
"""
RIGHT = "dE/dV = Σ_t (ŷ_t - y_t) s_t'\n"


@pytest.fixture
def classroom(tmp_path: Path) -> Path:
    (tmp_path / "exercise.toml").write_text(EXERCISE, "utf-8")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada.txt").write_text(RIGHT, "utf-8")
    return tmp_path


GRADE = ("grade", "exercise.toml", "class", "-o", "out", "--jobs", "1")


def test_all_graded_is_status_0(bptt, classroom: Path) -> None:
    outcome = bptt(*GRADE)
    assert outcome.status == 0
    assert "1 graded, 0 for a person" in outcome.out
    assert "2 of 2" in (classroom / "out" / "feedback" / "ada.md").read_text("utf-8")


def test_something_for_a_person_is_status_3(bptt, classroom: Path) -> None:
    (classroom / "class" / "boris.txt").write_text("dE/dV = (((\n", "utf-8")
    assert bptt(*GRADE).status == 3
    assert "boris" in (classroom / "out" / "for-a-person.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"exercise.toml": EXERCISE.replace("points", "point")}, "exercise.toml:6:1"),
        ({"exercise.toml": EXERCISE.replace("elman", "elmann")}, "did you mean elman"),
        ({"exercise.toml": EXERCISE.replace("dE/dV", "dE/d(")}, "<quantity>:1"),
        ({"class/ada.md": RIGHT}, "handed in twice"),
    ],
)
def test_unusable_input_is_status_2_and_writes_nothing(
    bptt, classroom: Path, change: dict[str, str], said: str
) -> None:
    for name, text in change.items():
        (classroom / name).write_text(text, "utf-8")
    outcome = bptt(*GRADE)
    assert outcome.status == 2
    assert said in outcome.err
    assert "Traceback" not in outcome.err
    assert not (classroom / "out").exists()


def test_results_are_not_overwritten_but_resumed(bptt, classroom: Path) -> None:
    assert bptt(*GRADE).status == 0
    assert "--resume" in (again := bptt(*GRADE)).err
    assert again.status == 2
    assert bptt(*GRADE, "--resume").status == 0


@pytest.mark.parametrize("shard", ["0/2", "3/2", "1", "a/b", "1/0"])
def test_a_shard_is_one_of_several(bptt, classroom: Path, shard: str) -> None:
    outcome = bptt(*GRADE, "--shard", shard)
    assert outcome.status == 2
    assert "2/5" in outcome.err


def test_a_new_exercise_is_commented_and_never_overwrites(bptt, tmp_path: Path) -> None:
    assert bptt("exercise", "new", "elman", "-o", "mine.toml").status == 0
    text = (tmp_path / "mine.toml").read_text("utf-8")
    assert len(tomllib.loads(text)["targets"]) == 3
    assert text.count("#") > 15
    assert bptt("exercise", "new", "elman", "-o", "mine.toml").status == 2
    assert (tmp_path / "mine.toml").read_text("utf-8") == text


def test_lint_is_status_1_if_the_exercise_has_faults(bptt, classroom: Path) -> None:
    good = bptt("exercise", "lint", "exercise.toml")
    assert good.status == 0
    assert "wrong answers lose what they should" in good.out
    path = classroom / "exercise.toml"
    path.write_text(EXERCISE + "[penalties]\nnonsense = 1\n", "utf-8")
    assert bptt("exercise", "lint", "exercise.toml").status == 1


@pytest.mark.parametrize("name", ["new", "lint", "schema"])
def test_help_of_the_parts_ends_with_examples(bptt, name: str) -> None:
    assert f"bptt exercise {name}" in bptt("exercise", name, "--help").out
