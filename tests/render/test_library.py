"""Every model of the library prints whole in every format, and TeX sets it within the column."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from symbolic_bptt.derivation.derive import derive
from symbolic_bptt.model import library_names, load_model
from symbolic_bptt.render import render_derivation, render_library, render_model
from symbolic_bptt.render.description import equations
from tests.reading import false_at_a_point, read_back
from tests.tex import complaints, log_of

MODELS = {name: load_model(name) for name in library_names()}

each_model = pytest.mark.parametrize("name", MODELS)


def lengths(name: str) -> tuple[int, ...]:
    fixed = MODELS[name].literal_length
    return (fixed,) if fixed else (1, 2, 3, 4)


def test_tex_sets_every_derivation_within_the_column(
    tool: Callable[[str], str], tmp_path: Path
) -> None:
    documents = [
        render_derivation(derive(MODELS[name], T=count), "latex")
        for name in MODELS
        for count in lengths(name)
    ]
    assert complaints(log_of(tool, tmp_path, "\n".join(documents))) == []


def test_tex_sets_every_model_within_the_column(tool: Callable[[str], str], tmp_path: Path) -> None:
    documents = [render_model(model, "latex") for model in MODELS.values()]
    documents.append(render_library(list(MODELS.values()), "latex"))
    assert complaints(log_of(tool, tmp_path, "\n".join(documents))) == []


@each_model
def test_the_equations_shown_are_read_back(name: str) -> None:
    model = MODELS[name]
    shown = render_model(model, "text")
    assert len(read_back(model, shown, "txt")) == len(list(equations(model)))
    assert false_at_a_point(model, shown, "txt") == []


@each_model
@pytest.mark.parametrize("format_", ["text", "markdown", "latex"])
def test_a_model_shows_its_title_and_source(name: str, format_: Any) -> None:
    shown = render_model(MODELS[name], format_)
    assert MODELS[name].title.split(",")[0] in shown


@each_model
def test_every_symbol_is_shown_with_its_role_and_shape(name: str) -> None:
    model = MODELS[name]
    result = json.loads(render_model(model, "json"))
    assert result["model"] == name
    assert len(result["equations"]) == len(model.equations)
    rows = [(row["role"], row["shape"]) for row in result["symbols"]]
    initial = [state for state in model.declarations.values() if state.role == "initial"]
    assert len(rows) == len(model.declarations) - len(initial) + len(model.initial)
    assert [shape for role, shape in rows if role == "parameter"] == [
        str(model.declarations[(parameter, False)].shape) for parameter in model.parameters
    ]


def test_the_library_lists_every_model_once() -> None:
    lines = render_library(list(MODELS.values())).rstrip("\n").split("\n")
    assert [line.split()[0] for line in lines] == list(MODELS)


def test_a_note_is_shown_with_the_model() -> None:
    note = "the loss does not depend on u"
    for format_ in ("text", "latex", "markdown", "json"):
        assert note in render_model(MODELS["scalar-literal"], format_, (note,))  # type: ignore[arg-type]
