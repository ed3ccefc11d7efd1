"""A defect of the program costs the line at which it shows; a limit that is reached likewise."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from symbolic_bptt import check_text, load_model
from symbolic_bptt.checking.shield import Defect, shielded
from symbolic_bptt.checking.verdict import CheckedClaim
from symbolic_bptt.checking.verification import verify
from symbolic_bptt.evaluation.errors import LimitReached, UndefinedSymbol
from symbolic_bptt.grading.exercise import Exercise, Target
from symbolic_bptt.grading.grade import grade, prepare_desk
from symbolic_bptt.grading.recording import _message
from symbolic_bptt.notation.displays import read_text
from symbolic_bptt.notation.printer.text import text
from symbolic_bptt.notation.source import Source

FIRST = r"\frac{\partial E}{\partial V} = \sum_t (\hat y_t - y_t) s_t^\top"
WRONG = r"\frac{\partial E}{\partial s_T} = V (\hat y_T - y_T)^\top"
FALSE = r"\frac{\partial E_t}{\partial s_t} = V^\top (y_t - \hat y_t)"
LAST = r"\frac{\partial E_t}{\partial V} = (\hat y_t - y_t) s_t^\top"
FILE = "\n".join((FIRST, WRONG, FALSE, LAST))
PLAIN = ["holds", "ill-shaped", "fails", "holds"]


def claims() -> list[CheckedClaim]:
    return list(check_text(load_model("elman"), FILE, "txt").claims)


def verdicts() -> list[str]:
    return [claim.verdict for claim in claims()]


def broken_at(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str, concerned: Callable[..., bool]
) -> None:
    """`name` of a module raises where its arguments are those of the line concerned."""
    home = importlib.import_module(f"symbolic_bptt.{module}")
    real = getattr(home, name)

    def raising(*arguments: object, **named: object) -> object:
        if concerned(*arguments):
            return {}["W"]
        return real(*arguments, **named)

    monkeypatch.setattr(home, name, raising)


def names_last_state(*arguments: object) -> bool:
    """Whether the claim of FALSE is among the arguments."""
    return any(r"∂E_t/∂s_t" in _shown(argument) for argument in arguments)


def _shown(argument: object) -> str:
    for part in ("claim", "left", "operands"):
        found = getattr(argument, part, None)
        if part == "operands" and found:
            return text(found[0])
        if found is not None:
            return _shown(found) if part == "claim" else text(found)
    return str(getattr(argument, "lhs", "")).replace(
        r"\frac{\partial E_{t}}{\partial s_{t}}", "∂E_t/∂s_t"
    )


def test_nothing_is_broken_by_itself() -> None:
    assert verdicts() == PLAIN


JUDGING = [
    ("checking.typed", "claimed_ranges"),
    ("checking.claims", "planned"),
    ("checking.claims", "decide_both"),
    ("checking.check", "evidence"),
    ("checking.check", "needed_constraints"),
    ("checking.check", "claim_report"),
]


@pytest.mark.parametrize(("module", "name"), JUDGING, ids=lambda part: part)
def test_a_defect_while_a_line_is_judged_leaves_that_line_open(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    broken_at(monkeypatch, module, name, names_last_state)
    found = claims()
    assert [claim.verdict for claim in found] == ["holds", "ill-shaped", "undecided", "holds"]
    assert "defect of bptt itself (KeyError)" in found[2].message
    assert not any("defect" in claim.message for claim in (found[0], found[1], found[3]))


def test_a_defect_while_a_line_is_read_leaves_that_line_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken_at(
        monkeypatch, "notation.elaboration.document", "equation", lambda _, __, s: s.line == 2
    )
    found = claims()
    assert [claim.verdict for claim in found] == ["holds", "ill-shaped", "undecided", "holds"]
    assert "defect of bptt itself (KeyError)" in found[2].message
    assert found[2].line == 3


EXPLAINING = [
    ("checking.check", "smallest_counterexample"),
    ("checking.check", "condition"),
    ("checking.diagnosis", "diagnose"),
    ("checking.check", "suggestion"),
]


@pytest.mark.parametrize(("module", "name"), EXPLAINING, ids=lambda part: part)
def test_a_defect_while_a_verdict_is_explained_leaves_the_verdict(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    broken_at(monkeypatch, module, name, names_last_state)
    found = claims()
    assert [claim.verdict for claim in found] == PLAIN
    assert "defect of bptt itself (KeyError)" in found[2].message
    assert found[2].counterexample is not None


def test_a_defect_in_a_formula_of_the_source_costs_its_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken_at(
        monkeypatch,
        "checking.verification",
        "evidence",
        lambda *arguments: "∂E_t/∂V" in _shown(arguments[2]),
    )
    found = verify(load_model("elman")).rows
    rows = {text(row.quantity): row for row in found if row.formula != "derived"}
    broken = "∂E_t/∂V"
    assert {rows[left].verdict for left in rows if left != broken} == {"holds"}
    assert rows[broken].verdict == "undecided"
    assert "defect of bptt itself" in rows[broken].message


@pytest.mark.parametrize(
    ("module", "name"),
    [("checking.claims", "decide_both"), ("grading.judgement", "canonical")],
    ids=lambda part: part,
)
def test_a_defect_at_a_step_of_a_submission_leaves_that_step_to_a_person(
    monkeypatch: pytest.MonkeyPatch, module: str, name: str
) -> None:
    target = Target(quantity="dE/dV", points=1)
    exercise = Exercise(title="Elman", model="elman", targets=(target,))
    desk = prepare_desk(exercise, Path("exercise.toml"))
    concerned = names_last_state
    if name == "canonical":
        concerned = lambda expr, *_: text(expr) == "∂E_t/∂V"  # noqa: E731
    broken_at(monkeypatch, module, name, concerned)
    steps = grade(desk, read_text(Source(FILE, "answer.txt"), "txt")).judgement.steps
    open_ones = [step.row for step in steps if step.relation == "not settled"]
    assert open_ones == [4 if name == "canonical" else 3]
    assert "defect of bptt itself" in _message(steps[open_ones[0] - 1])


def test_what_is_no_defect_keeps_its_own_words() -> None:
    def undefined() -> str:
        raise UndefinedSymbol("q")

    def deep() -> str:
        raise RecursionError

    def missing() -> str:
        return {}["q"]

    found = [
        shielded(action, lambda error: (type(error), error.message))
        for action in (undefined, deep, missing)
    ]
    assert found[0] == (UndefinedSymbol, "q is not defined")
    assert found[1] == (LimitReached, "RecursionError")
    assert found[2][0] is Defect


def test_ctrl_c_is_not_held_up() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        shielded(interrupted, lambda _: None)


BROKEN = """
import sys
import symbolic_bptt.checking.claims as claims
claims.decide_both = lambda *_: {}["W"]
from symbolic_bptt.cli import main
sys.exit(main(["check", "elman", sys.argv[1]]))
"""


@pytest.mark.parametrize("debug", ["", "1"])
def test_the_traceback_is_shown_to_who_asks_for_it(tmp_path: Path, debug: str) -> None:
    file = tmp_path / "answer.txt"
    file.write_text("\n".join((FIRST, FALSE, LAST)), "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", BROKEN, str(file)],
        env={**os.environ, "SYMBOLIC_BPTT_DEBUG": debug},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stdout.count("defect of bptt itself (KeyError)") == 3
    assert ("Traceback" in done.stderr) == bool(debug)
