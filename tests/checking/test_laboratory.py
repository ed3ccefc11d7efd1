"""Random points hang on the texts that are looked at there, and are shared by all of these."""

from __future__ import annotations

from symbolic_bptt.checking.laboratory import Laboratory
from symbolic_bptt.model import load_model


def first_entry(laboratory: Laboratory) -> int:
    at = laboratory.field_point(laboratory.instance(2))
    return int(at.values["s", 0][0, 0])


def test_points_hang_on_each_text() -> None:
    plain = Laboratory(load_model("elman"))
    made = [plain, plain.keyed("a"), plain.keyed("b"), plain.keyed("a", "b")]
    assert len({first_entry(one) for one in made}) == len(made)


def test_what_points_hang_on_already_changes_them_no_more() -> None:
    plain = Laboratory(load_model("elman"))
    both = plain.keyed("a", "b")
    assert both.keyed("b") is both.keyed("b", "a") is plain.keyed("a", "b") is both
    assert both.variant(both.model).keyed("a") is both
    assert plain.keyed("a").keyed("b").hung == both.hung
