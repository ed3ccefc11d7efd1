"""The atlas as data: complete, consistent, and refused where it is not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from symbolic_bptt.atlas import known_books, load_known_model, read_book
from symbolic_bptt.atlas.judging import document
from symbolic_bptt.model import ModelError, library_names

BOOKS = known_books()
FORMULAS = [formula for book in BOOKS for formula in book.formulas]


def test_every_formula_has_a_name_of_its_own() -> None:
    assert [name for name, count in Counter(f.id for f in FORMULAS).items() if count > 1] == []


@pytest.mark.parametrize("name", sorted({formula.model for formula in FORMULAS}))
def test_model_of_a_formula_exists(name: str) -> None:
    assert load_known_model(name).parameters


@pytest.mark.parametrize("formula", FORMULAS, ids=lambda formula: formula.id)
def test_formula_is_documented(formula) -> None:
    assert formula.source
    assert formula.where
    assert formula.verdict in ("holds", "fails", "ill-shaped")
    if formula.verdict != "holds":
        assert formula.misconception
        assert formula.misconception_class


def test_a_wrong_formula_comes_with_the_right_one() -> None:
    wrong = [formula for formula in FORMULAS if formula.verdict != "holds" and not formula.right]
    # A variation of the entry that precedes it, which is the right form.
    assert {formula.id for formula in wrong} == {
        "uoro-same-sign", "d2l-random-trunc-unscaled", "d2l-1402-hj"
    }  # fmt: skip


def test_models_of_the_atlas_do_not_hide_those_of_the_library() -> None:
    folder = Path(load_known_model.__globals__["__file__"]).parent / "models"
    assert not {path.stem for path in folder.glob("*.toml")} & set(library_names())


def test_unknown_model_is_an_error() -> None:
    with pytest.raises(ModelError):
        load_known_model("no-such-model")


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('id = "a"\nmodel = "elman"\nclaims = "E = E"', "a: unknown key 'claims'"),
        ('id = "b"\nmodel = "elman"', "b: .*'claim'"),
        ('model = "elman"\nclaim = "E = E"', r"\(no id\)"),
    ],
)
def test_wrong_entry_is_named(tmp_path: Path, entry: str, said: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(f'title = "mine"\n[[formula]]\n{entry}\n')
    with pytest.raises(ValueError, match=f"mine.toml: {said}"):
        read_book(path)


def test_document_keeps_continued_relations_together() -> None:
    assert document("a = b\n  + c\n\nd = e\n", ".tex") == "\\[ a = b + c \\]\n\\[ d = e \\]\n"
    assert document("a = b\n", ".txt") == "a = b\n"
    assert document("", ".md") == ""
