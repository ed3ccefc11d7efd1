"""Notebooks: each cell is a text of its own, with its lines in the file."""

from __future__ import annotations

import json

import pytest

from symbolic_bptt.notation.source import Source
from tests.notation.files.texts import read

CELLS = [
    {"cell_type": "markdown", "source": ["# Title\n", "$a = b$\n"]},
    {"cell_type": "code", "source": ["x = '$c = d$'\n"]},
    {"cell_type": "markdown", "source": "text é\n\n$$e = f$$"},
    {"cell_type": "raw", "source": ["$g$"]},
]


@pytest.mark.parametrize("ascii_only", [True, False])
def test_cells_and_their_places(ascii_only: bool) -> None:
    text = json.dumps({"cells": CELLS, "nbformat": 4}, indent=1, ensure_ascii=ascii_only)
    document = read(text, "ipynb")
    first, code, last, raw = document.parts
    assert [region.kind for region in document.regions] == ["code"]
    assert [region.kind for region in code.regions] == ["code"]
    assert [region.kind for region in raw.regions] == ["code"]
    assert "raw cells" in document.notes[0]
    assert [part.source.name for part in (first, last)] == ["<input> cell 1", "<input> cell 3"]
    place = next(region for region in first.regions if region.is_mathematics)
    line, _ = first.source.line_and_column(place.start)
    assert "$a = b$" in text.split("\n")[line - 1]
    assert "text" in text.split("\n")[last.source.first_line - 1]


def test_a_problem_of_a_cell_is_one_of_the_notebook() -> None:
    text = json.dumps({"cells": [{"cell_type": "markdown", "source": "$$ a"}]})
    (problem,) = read(text, "ipynb").problems
    assert problem.source == Source("$$ a", "<input> cell 1")


def test_the_third_format_has_worksheets() -> None:
    text = json.dumps({"worksheets": [{"cells": CELLS[:1]}], "nbformat": 3})
    assert len(read(text, "ipynb").parts[0].regions) == 3


@pytest.mark.parametrize("text", ["{not json", "[]", '{"cells": 1}', "", "[" * 100_000])
def test_what_is_no_notebook_is_one_problem(text: str) -> None:
    document = read(text, "ipynb")
    assert len(document.problems) == 1
    assert "notebook" in document.problems[0].message


def test_cells_that_are_none_are_left_out() -> None:
    text = json.dumps({"cells": [1, {"cell_type": "markdown", "source": 3}, *CELLS[:1]]})
    assert [len(part.regions) for part in read(text, "ipynb").parts] == [0, 3]
