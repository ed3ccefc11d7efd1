"""Exercise files: errors with line and key, templates that work, a linter that finds faults."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

from symbolic_bptt.grading.exercise import schema
from symbolic_bptt.grading.exercise_file import load_exercise, parse_exercise
from symbolic_bptt.grading.grade import grade, prepare_desk
from symbolic_bptt.grading.linting import lint
from symbolic_bptt.grading.model_answer import as_text, model_answer
from symbolic_bptt.grading.new_exercise import new_exercise
from symbolic_bptt.model import library_names, load_model
from symbolic_bptt.notation.displays import read_text
from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.source import Source

from .conftest import CLASS, ELMAN

GOOD = ELMAN


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (("points = 2", "points = -2"), 7, "targets.1.points"),
        (("points = 2", "point = 2"), 7, "did you mean points?"),
        (("points = 4", 'points = "four"'), 11, "targets.2.points"),
        (('title = "Elman"', 'titel = "Elman"'), 2, "did you mean title?"),
        (('title = "Elman"', ""), 1, "title: this key is missing"),
        (('model = "elman"', 'model = "elman"\nT = 0'), 4, "T: "),
        (('name = "W"', 'name = "W'), 9, "this is not TOML"),
        (("points = 4", "points = 4\n[credit]\ncarried = 2"), 13, "credit.carried"),
        (("points = 4", "points = 4\n[credit]\ncaried = 1"), 13, "did you mean carried?"),
    ],
)
def test_errors_name_the_line_and_the_key(change: tuple[str, str], line: int, said: str) -> None:
    with pytest.raises(NotationError) as error:
        parse_exercise(GOOD.replace(*change, 1), "mine.toml")
    shown = str(error.value)
    assert f"mine.toml:{line}:" in shown
    assert said in shown
    assert "^" in shown


def test_targets_worth_nothing_are_refused() -> None:
    with pytest.raises(NotationError, match="worth any points"):
        parse_exercise(GOOD.replace("points = 2", "points = 0").replace("points = 4", "points = 0"))


@pytest.mark.parametrize("name", library_names())
def test_a_new_exercise_is_valid_as_it_stands(name: str) -> None:
    model = load_model(name)
    exercise = parse_exercise(new_exercise(model, name))
    assert exercise.model == name
    assert len(exercise.targets) == len(model.parameters)


def test_the_schema_describes_exercises() -> None:
    exercise = load_exercise(CLASS / "elman.toml")
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(exercise.model_dump(mode="json"), schema())


@pytest.fixture(autouse=True)
def few_wrong_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen for each target: enough to see that each is tried, and that it loses."""
    monkeypatch.setattr("symbolic_bptt.grading.linting.MUTANTS", 12)


def linted(text: str, tmp_path: Path):
    path = tmp_path / "exercise.toml"
    path.write_text(text, "utf-8")
    return lint(load_exercise(path), path)


def test_a_good_exercise_passes_and_every_wrong_answer_loses_points(tmp_path: Path) -> None:
    found = linted(GOOD, tmp_path)
    assert found.ok
    assert found.tried == found.lost == 24
    assert r"\frac{\partial E}{\partial W}" in found.answer


def messages(text: str, tmp_path: Path, level: str) -> str:
    return "\n".join(one.message for one in linted(text, tmp_path).remarks if one.level == level)


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("[credit.mistakes]\nsing = 0.5\n", "'sing'"),
        ("[penalties]\nnonsense = 1\n", "'nonsense'"),
    ],
)
def test_the_linter_knows_the_names_of_mistakes(tmp_path: Path, added: str, said: str) -> None:
    assert said in messages(GOOD + added, tmp_path, "error")


def test_the_linter_warns_of_full_points_for_a_mistake(tmp_path: Path) -> None:
    said = messages(GOOD + "[credit.mistakes]\nsign = 1.0\n", tmp_path, "warning")
    assert "sign = 1 gives full points" in said


def test_the_linter_refuses_targets_without_a_value_and_false_givens(tmp_path: Path) -> None:
    strange = GOOD.replace(r"\partial E}{\partial V}", r"\partial E}{\partial z_t}")
    assert "has no value" in messages(strange, tmp_path, "error")
    given = GOOD.replace("[[targets]]", 'given = ["∂E_t/∂ŷ_t = y_t / ŷ_t"]\n[[targets]]', 1)
    assert "does not hold" in messages(given, tmp_path, "error")


def test_the_linter_tells_rules_under_which_the_model_answer_loses(tmp_path: Path) -> None:
    harsh = GOOD + "[steps]\nat_least = 30\njump = 0.5\n"
    assert "the model answer gets" in messages(harsh, tmp_path, "error")


@pytest.mark.parametrize("name", library_names())
def test_the_model_answer_of_every_model_gets_full_points(name: str) -> None:
    exercise = parse_exercise(new_exercise(load_model(name), name))
    desk = prepare_desk(exercise, Path("exercise.toml"))
    text = as_text(model_answer(desk.laboratory.model, desk.quantities))
    found = grade(desk, read_text(Source(text, "answer.tex"), "tex"))
    assert found.mark.points == exercise.points
    assert {step.relation for step in found.judgement.steps} <= {"follows", "defines", "restates"}
