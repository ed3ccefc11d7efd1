"""Conditions in formulas of their own: which formula of the text they limit."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.displays import read_text
from symbolic_bptt.notation.files import Kind
from symbolic_bptt.notation.source import Source
from tests.notation.statements.reading import chain


def limited(text: str, kind: Kind = "md") -> list[str]:
    """The statements of a text, each with its conditions behind a bar."""
    displays = read_text(Source(text), kind).displays
    return [chain(one) for display in displays for one in display.read.statements]


A, B = "$a_t = b_t$", "$c_t = d_t$"
LAST = "a_t = b_t | t in {T}"


@pytest.mark.parametrize(
    "text",
    [
        f"{A} for $t = T$", f"{A} if $t=T$.", f"{A}, for $t = T$", f"{A} ($t = T$)", f"{A}, $t=T$",
        f"{A} when $t = T$", f"{A}, i.e. for $t = T$", f"| {A} | $t = T$ |", f"{A} 当 $t=T$",
        "$$a_t = b_t$$\nfor $t = T$.", "$$a_t = b_t$$\n\nfor $t = T$.", f"{A} wenn $t=T$",
        f"{A} holds for the last step $x$, that is for $t = T$", f"{A} si $t=T$", f"{A} para $t=T$",
    ],
)  # fmt: skip
def test_a_condition_behind_a_formula_is_of_that_formula(text: str) -> None:
    assert limited(text) == [LAST]
    assert limited(f"{text}\n\n$e_t = f_t$") == [LAST, "e_t = f_t"]


@pytest.mark.parametrize(
    "text",
    [
        f"For $t = T$, {A}", f"For $t = T$ we have {A}", f"If $t=T$ then {A}", f"Where $t=T$: {A}",
        f"Für $t=T$ gilt {A}", f"Pour $t = T$, on a {A}", f"Para $t=T$ tenemos {A}",
        f"$t = T$: {A}", f"当 $t=T$ 时, {A}", f"对于 $t=T$，{A}", f"$t=T$ のとき、{A}",
        "$t = T$일 때 $a_t = b_t$",
        "For $t=T$:\n\n$$a_t = b_t$$", f"For $t = T$ the gradient of $E$ w.r.t. $s_t$ is {A}",
        f"$x$ is small. For $t = T$, {A}", f"- For $t = T$: {A}", f"Thus for $t = T$ we get {A}",
    ],
)  # fmt: skip
def test_a_condition_that_begins_a_sentence_is_of_what_follows(text: str) -> None:
    assert limited(text) == [LAST]
    assert limited(f"{text}.\n\nNext, $e_t = f_t$.") == [LAST, "e_t = f_t"]


@pytest.mark.parametrize(
    "text",
    [
        f"{A}. For $t = T$ all is well.", f"{A}\n\nFor $t = T$ all is well.",
        "$$a_t = b_t$$\nFor $t = T$ all is well.", "$$a_t = b_t.$$ For $t = T$ all is well.",
        f"For $t = T$ it is easy. But {A}", f"- For $t = T$ it is easy\n- {A}",
        f"{A} and $t = T$", f"For $t = T$ it is easy, and for all $t$ we have {A}",
    ],
)  # fmt: skip
def test_a_condition_of_another_sentence_limits_nothing(text: str) -> None:
    assert "a_t = b_t" in limited(text)


def test_each_formula_has_its_own_condition() -> None:
    both = [LAST, "c_t = d_t | t in ..<T"]
    assert limited(f"{A} for $t = T$ and {B} for $t < T$") == both
    assert limited(f"For $t = T$ we have {A}, and for $t < T$ we have {B}") == both
    assert limited(f"- For $t = T$: {A}\n- For $t < T$: {B}") == both
    assert limited(f"For $t = T$: {A}. For $t < T$: {B}") == both


def test_several_conditions_and_several_formulas() -> None:
    assert limited(f"For $t = T$ and $k < j$, {A}") == [f"{LAST} | k in ..<j"]
    assert limited(f"For $t = T$ we have {A} and {B}") == [LAST, "c_t = d_t | t in {T}"]


@pytest.mark.parametrize("text", ["{} for $t = 1$ and $t = T$", "For $t = 1$ or $t=T$, {}"])
def test_conditions_that_are_not_one_leave_the_formula_open(text: str) -> None:
    displays = read_text(Source(text.format(A)), "md").displays
    (found,) = (one for display in displays for one in display.read.statements)
    assert "together" in found.unread


def test_a_formula_with_a_range_of_its_own_keeps_it() -> None:
    assert limited("For $t = T$ we have $a_t = b_t, \\quad t < T$") == ["a_t = b_t | t in ..<T"]


def test_what_is_said_of_the_number_of_steps_before_a_formula_stands_elsewhere() -> None:
    assert limited(f"For $T = 2$, {A}") == ["a_t = b_t"]
    assert limited(f"{A} for $T = 2$") == ["a_t = b_t | T in {2}"]


@pytest.mark.parametrize(
    "text", ["{} if $z_t > 0$", "If $z_t > 0$, then {}", "{} for $z_t \\ne 0$"]
)
def test_a_condition_on_values_leaves_what_it_limits_open(text: str) -> None:
    displays = read_text(Source(text.format(A)), "md").displays
    found = [one.unread for display in displays for one in display.read.statements]
    assert sorted(why.split(",")[0] for why in found) == [
        "a condition",
        "its condition in the text",
    ]


def test_an_equation_behind_if_stays_what_it_is() -> None:
    displays = read_text(Source(f"If $s_0 = 0$, then {A}"), "md").displays
    assert not any(one.unread for display in displays for one in display.read.statements)
