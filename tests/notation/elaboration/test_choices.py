"""Readings: the plainest first, one answer a kind, bounded, each combination once."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.core.terms import Compose, Elementwise
from symbolic_bptt.core.traversal import walk
from symbolic_bptt.notation.elaboration.choices import (
    CHOICES,
    MOST_READINGS,
    WORDS,
    Oracle,
    readings,
)
from symbolic_bptt.notation.elaboration.errors import unreadable
from tests.notation.elaboration.terms import COLUMN, NOWHERE, SQUARE, meant

KINDS = st.sampled_from(sorted(CHOICES))
QUESTIONS = st.lists(KINDS, max_size=8)


def asking(kinds: list[str]) -> Callable[[Oracle], tuple[str, ...]]:
    """An elaboration that asks these kinds in order, and means its answers."""
    return lambda oracle: tuple(oracle.choose(kind) for kind in kinds)


@given(QUESTIONS)
def test_the_first_reading_has_the_default_of_every_kind(kinds: list[str]) -> None:
    first = next(readings(asking(kinds)))
    assert first.departures == {}
    assert first.meaning == tuple(CHOICES[kind][0] for kind in kinds)


@given(QUESTIONS)
def test_fewer_departures_come_first_and_no_reading_twice(kinds: list[str]) -> None:
    found = [reading.departures for reading in readings(asking(kinds))]
    assert [len(one) for one in found] == sorted(len(one) for one in found)
    assert len({frozenset(one.items()) for one in found}) == len(found)


@given(QUESTIONS)
def test_there_are_as_many_readings_as_answers_up_to_the_bound(kinds: list[str]) -> None:
    count = 1
    for kind in set(kinds):
        count *= len(CHOICES[kind])
    assert len(list(readings(asking(kinds)))) == min(count, MOST_READINGS)


@given(QUESTIONS)
def test_a_kind_is_answered_once_in_a_reading(kinds: list[str]) -> None:
    for reading in readings(asking([*kinds, *kinds])):
        assert reading.meaning is not None
        assert reading.meaning[: len(kinds)] == reading.meaning[len(kinds) :]


@given(st.integers(1, 200))
def test_questions_that_breed_questions_end(count: int) -> None:
    """Every departure asks something new; the readings end all the same."""

    def endless(oracle: Oracle) -> int:
        depth = 0
        while oracle.choose(f"kind {depth}", ("no", "yes")) == "yes" and depth < count:
            depth += 1
        return depth

    found = list(readings(endless))
    assert len(found) <= MOST_READINGS
    assert [one.meaning for one in found] == [min(n, count) for n in range(len(found))]


def test_a_reading_without_a_meaning_says_why_and_the_next_is_tried() -> None:
    def strict(oracle: Oracle) -> str:
        if oracle.choose("slash") == "narrow":
            raise unreadable("too narrow", NOWHERE)
        return "wide"

    first, second = readings(strict)
    assert (first.meaning, str(first.error)) == (None, "too narrow")
    assert (second.meaning, second.error) == ("wide", None)


def test_an_answer_that_is_no_option_is_the_default() -> None:
    assert Oracle({"slash": "sideways"}).choose("slash") == "narrow"
    assert Oracle({"vectors": "inner"}).choose("vectors", ("elementwise",)) == "elementwise"


def test_words_are_of_answers_that_there_are() -> None:
    wrong = {pair for pair in WORDS if pair[0] in CHOICES and pair[1] not in CHOICES[pair[0]]}
    assert wrong == set()


def test_two_vectors_side_by_side_have_both_products_as_readings() -> None:
    types = {("a", 0): COLUMN, ("b", 0): COLUMN, ("A", 0): SQUARE}
    found = [one.meaning for one in readings(lambda oracle: meant("a b", types, oracle))]
    assert [type(term) for term in found] == [Elementwise, Compose]


def test_a_formula_whose_types_decide_has_one_reading() -> None:
    types = {("a", 0): COLUMN, ("A", 0): SQUARE}
    (only,) = readings(lambda oracle: meant(r"A^\top A a + a", types, oracle))
    assert only.meaning is not None
    assert not any(isinstance(node, Elementwise) for node in walk(only.meaning))
