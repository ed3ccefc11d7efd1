from __future__ import annotations

import pytest

from symbolic_bptt.notation.names.shape import shape_of
from tests.notation.names.documents import parse

SHAPES = (
    ("1", "number", ()),
    ("-1", "number", ()),
    ("12", "number", ()),
    ("t", "letters", ("t",)),
    ("ij", "letters", ("i", "j")),
    ("t-1", "sum", ("t",)),
    ("2t", "sum", ("t",)),
    ("T-t+1", "sum", ("T", "t")),
    ("t'", "letters", ("t'",)),
    ("t^*", "letters", ("t^{*}",)),
    ("d1", "word", ()),
    (r"\mathrm{in}", "word", ()),
    (r"\max", "word", ()),
    ("*", "signs", ()),
    ("t=2", "relation", ()),
    ("1:t", "range", ()),
    (r"1,\dots,t", "range", ()),
    ("s_t", "other", ()),
    ("0.5", "computed", ()),
    ("10^{11}", "computed", ()),
    (r"2 \cdot 3", "computed", ()),
    (r"\frac{4}{2} + 1", "computed", ()),
    ("2(3-1)", "computed", ()),
    ("3!", "computed", ()),
    ("x^2", "other", ()),
    (r"x \cdot h", "other", ()),
    ("", "empty", ()),
)


@pytest.mark.parametrize(("text", "kind", "letters"), SHAPES)
def test_shapes(text: str, kind: str, letters: tuple[str, ...]) -> None:
    shape = shape_of(parse(text))
    assert shape.kind == kind
    assert kind in ("range", "relation") or shape.letters == letters


def test_a_known_letter_may_have_a_script() -> None:
    assert shape_of(parse("t_0")).kind == "other"
    assert shape_of(parse("t_0"), frozenset(("t_{0}",))).letter == "t_{0}"


def test_arithmetic_with_a_step_is_computed() -> None:
    steps = frozenset(("t", "T"))
    for text in ("T^2", "2^t", r"\frac{T}{2}", "2 (t - 1)"):
        assert shape_of(parse(text), steps).kind == "computed"
    assert shape_of(parse("t^*"), steps).kind == "letters"
    assert shape_of(parse("x^2"), steps).kind == "other"


def test_one_upright_letter() -> None:
    assert shape_of(parse(r"\mathrm h")).upright
    assert not shape_of(parse("h")).upright


def test_a_word_of_plain_text_is_two_letters() -> None:
    assert shape_of(parse("ij", "plain"), plain=True).letters == ("i", "j")
