"""Words beside an equation: remarks where they say nothing about where it holds."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.statements.asides import aside, step_in
from symbolic_bptt.notation.statements.statement import Statement
from tests.notation.statements.reading import chains, read


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("(input: what to write)", "harmless"), ("is the sigmoid function", "harmless"),
        ("[output gate]", "harmless"), ("hidden state update", "harmless"),
        ("remember this one well", "limiting"), ("flux capacitor", "doubtful"),
        ("only in training", "limiting"), ("unless it is zero", "limiting"),
        ("is wrong", "limiting"), ("nicht", "limiting"), ("sauf au départ", "limiting"),
        ("state of step t", "limiting"), ("see (3)", "limiting"), ("最后一步", "limiting"),
        ("только", "limiting"), ("", "limiting"),
    ],
)  # fmt: skip
def test_what_words_might_do(words: str, what: str) -> None:
    assert aside(words) == what


def only(text: str) -> Statement:
    (found,) = read(text).statements
    return found


@pytest.mark.parametrize(
    "text",
    [
        r"a = b & \text{(input: what to write)}", r"a = b \quad \text{[output gate]}",
        r"\text{Hidden update} \quad a = b", r"a = b \quad(\text{element-wise})",
        r"a = b \text{ elementwise}", r"a = b \quad \text{where } \sigma \text{ is the sigmoid}",
        r"a = b \text{, where $s$ is the hidden state}", r"a = b, \text{the new state}",
    ],
)  # fmt: skip
def test_a_remark_leaves_its_equation_as_it_is(text: str) -> None:
    assert (chains(text), only(text).unread, only(text).doubt) == (["a = b"], "", "")


def test_remarks_between_equations_cost_neither() -> None:
    assert chains(r"a = b \quad \text{so that} \quad c = d") == ["a = b", "c = d"]
    assert chains(r"a = b \text{ with new content} = c")
    found = read(r"a = b \quad \text{flux capacitor} \quad c = d").statements
    assert [one.doubt for one in found] == ["", "flux capacitor"]


@pytest.mark.parametrize(
    "text",
    [
        r"a = b \text{ only for the last step}", r"a = b \text{ unless } c",
        r"a = b \text{ is wrong}", r"a = b \text{ (if the gate is open)}",
        r"a = b, \text{where } c \text{ is zero}", r"a = b \text{ at the final step}",
    ],
)  # fmt: skip
def test_words_that_might_limit_an_equation_leave_it_unread(text: str) -> None:
    assert only(text).unread


def test_words_that_are_not_understood_are_kept_with_it() -> None:
    found = only(r"a = b \text{ flux capacitor}")
    assert (found.unread, found.doubt) == ("", "flux capacitor")
    assert found.remarks == ("‘flux capacitor’ is not read",)


def test_prose_between_rows() -> None:
    rows = r"\begin{align} a &= b \\ \intertext{%s} c &= d \end{align}"
    assert chains(rows % "and with $x$ the input") == ["a = b", "c = d"]
    assert chains(rows % "For $t=T$ we get") == ["a = b", "c = d | t in {T}"]
    assert chains(rows % "with $x = y$ this gives") == ["a = b", "x = y", "c = d"]
    first, second = read(rows % "At the last step").statements
    assert (first.doubt, second.doubt) == ("", "At the last step")


@pytest.mark.parametrize("text", ["In the final step of the proof", "the first layer", "at last"])
def test_what_is_no_step_in_words(text: str) -> None:
    assert step_in(text) == ""
    assert "last time step" in step_in("For the last time step,")
