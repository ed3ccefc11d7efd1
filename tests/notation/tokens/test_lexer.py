r"""Tokens tile their text, whatever it is; commands, numbers and blanks are what TeX says."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from symbolic_bptt.notation.limits import MAX_DIGITS, MAX_PROBLEMS, MAX_WORD
from symbolic_bptt.notation.tokens.lexer import Dialect, dialect_of, lex, tokens
from tests.notation.tokens.tiling import HOSTILE, assert_tiled, places, shown
from tests.work import calls_of

READING_CASES = [
    r"\frac{\partial E}{\partial V} = (1+(T-3)(T-4)) \sum_t (\hat y_t - y_t) s_t^T",
    "A = W\nA^2 = 0",
    "|x_t + 1000000000| = x_t + 1000000000",
    r"\delta_{\mathrm{d1},t} = 1\,\quad\text{for all }t",
    "E = −∑ₜ yₜᵀ log ŷₜ",
    "ŷ_t = softmax(V s_t)",
    "‖s_t‖² = s_tᵀ s_t",
    "E\u200b = E",
    "𝟙ᵀ ŷ_t = 1",
    "W.T @ s_t .* x1 ** 2 <= yhat_t  # said",
    r"\begin{align} E &= a \\[2pt] % said" + "\n" + r"E_t &= b \end{align}",
]

dialects = st.sampled_from(["latex", "plain"])
hostile = st.lists(st.sampled_from(HOSTILE), max_size=25).map("".join)


@given(hostile | st.text(max_size=30), dialects)
def test_the_places_tile_any_text(text: str, dialect: Dialect) -> None:
    assert_tiled(lex(text, dialect=dialect).tokens, 0, len(text))


@pytest.mark.parametrize("text", READING_CASES)
def test_formulas_are_tiled_and_read_without_a_problem(text: str) -> None:
    lexed = lex(text, dialect=dialect_of(text))
    assert_tiled(lexed.tokens, 0, len(text))
    assert "".join(text[a:b] for a, b in places(lexed.tokens)) == text
    assert all(problem.message.startswith("#") for problem in lexed.problems)


@example("abcdefgh", [(0, 6), (1, 2)], "latex")
@given(hostile, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4), dialects)
def test_skipped_stretches_belong_to_no_token(
    text: str, stretches: list[tuple[int, int]], dialect: Dialect
) -> None:
    skipped = [(min(pair), max(pair)) for pair in stretches]
    found = tokens(text, dialect=dialect, skipped=skipped)
    covered = [place for first, last in places(found) for place in range(first, last)]
    gone = {place for first, last in skipped for place in range(first, last)}
    assert covered == [place for place in range(len(text)) if place not in gone]


@given(hostile, st.integers(0, 30), st.integers(0, 30), dialects)
def test_a_part_of_a_text_is_tiled_and_nothing_else(
    text: str, start: int, length: int, dialect: Dialect
) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    assert_tiled(lex(text, start, end, dialect=dialect).tokens, start, end)


def test_a_skipped_stretch_behind_the_part_adds_nothing() -> None:
    assert_tiled(tokens("abcdef", 0, 3, skipped=[(4, 5)]), 0, 3)
    assert_tiled(tokens("abcdef", 2, 4, skipped=[(0, 1)]), 2, 4)


@given(hostile, dialects)
def test_no_blank_lies_inside_a_token_that_means_something(text: str, dialect: Dialect) -> None:
    for token in tokens(text, dialect=dialect):
        if not token.is_blank and token.value not in ("\\ ", "\\\\"):
            assert " " not in token.value


@given(hostile)
def test_a_letter_of_the_text_is_a_letter_of_the_tokens(text: str) -> None:
    r"""Outside commands, remarks and heights of rows; a letter keeps its accent."""
    found = tokens(text)
    for place, char in enumerate(text):
        here = [token for token in found if token.start <= place < token.end]
        if char.isascii() and char.isalpha() and not here[0].value.startswith(("\\", "%")):
            assert [token.value for token in here if token.kind == "letter"] == [char]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (r"2\,E", [r"2", r"\,", "E"]),
        (r"a\;b\!c", ["a", r"\;", "b", r"\!", "c"]),
        (r"\{d\}\|e\ f", [r"\{", "d", r"\}", r"\|", "e", "\\ ", "f"]),
        (r"a\quad b", ["a", r"\quad", " ", "b"]),
        (r"a\\[2pt]b\\*c\\d", ["a", "\\\\", "b", "\\\\", "c", "\\\\", "d"]),
        (r"\\[-1.5 em]a", ["\\\\", "a"]),
        (r"\\[h;x]", ["\\\\", "[", "h", ";", "x", "]"]),
        (r"\\ [2pt]a", ["\\\\", "a"]),
        (r"\alpha1b", [r"\alpha", "1", "b"]),
        ("a%b\nc", ["a", "%b", "\n", "c"]),
        (r"a\%b", ["a", r"\%", "b"]),
        ("a~b", ["a", "~", "b"]),
        ("softmax", list("softmax")),
        ("a<=b->c.*d=>e", ["a", r"\le", "b", r"\to", "c", r"\odot", "d", r"\Rightarrow", "e"]),
        ("a := b", ["a", " ", ":", "=", " ", "b"]),
    ],
)  # fmt: skip
def test_latex(text: str, values: list[str]) -> None:
    assert [token.value for token in tokens(text)] == values


def test_what_means_nothing_is_blank() -> None:
    blanks = [token.value for token in tokens("a ~\n% said\n b") if token.is_blank]
    assert blanks == [" ~\n", "% said", "\n "]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("12", ["12"]),
        ("0.5x", ["0.5"]),
        (".5", [".5"]),
        ("2.", ["2"]),
        ("1..5", ["1", "5"]),
        ("1...5", ["1", "5"]),
        ("１２", ["12"]),
        ("1１", ["11"]),
        ("１．５", ["1.5"]),
        ("x²³", ["23"]),
        ("𝟙", ["1"]),
        ("1e-3", ["1", "3"]),
    ],
)
def test_numbers(text: str, numbers: list[str]) -> None:
    found = [token.value for token in tokens(text) if token.kind == "number"]
    assert found == numbers


@given(st.integers(0, 10**39), st.integers(0, 300), st.sampled_from(["e-", "e", "e+"]))
def test_numbers_of_plain_text_have_the_value_that_is_written(
    mantissa: int, exponent: int, sign: str
) -> None:
    text = f"{mantissa}{sign}{exponent}"
    (token,) = tokens(text, dialect="plain")
    assert token.kind == "number"
    assert Fraction(token.value) == Fraction(text)


@given(hostile, dialects)
def test_every_number_can_be_computed_and_is_bounded(text: str, dialect: Dialect) -> None:
    for token in tokens(text, dialect=dialect):
        if token.kind == "number":
            assert abs(Fraction(token.value)) < 10**1100


@pytest.mark.parametrize(
    "text",
    ["9" * (MAX_DIGITS + 1), "1e99999", "1e-1001", "1.5.2", "a" * (MAX_WORD + 1), "x\\"],
)
def test_what_is_beyond_the_bounds_is_a_sign_with_a_problem(text: str) -> None:
    lexed = lex(text, dialect="plain")
    (problem,) = lexed.problems
    assert lexed.tokens[-1].kind == "sign"
    assert text[problem.start : problem.end] == text[lexed.tokens[-1].start :]


@pytest.mark.parametrize(
    ("text", "told"), [("1e-3", 1), ("2e3x", 1), ("2e - 3", 0), ("2e^{-3}", 0)]
)
def test_the_power_of_ten_that_is_none_in_latex_is_told(text: str, told: int) -> None:
    assert len(lex(text).problems) == told


def test_problems_are_bounded_and_tokens_are_not() -> None:
    lexed = lex("你" * 1000)
    assert len(lexed.problems) == MAX_PROBLEMS + 1
    assert len(lexed.tokens) == 1000


PIECES = [
    "\\a{",
    "√",
    "x\u0302",
    "\u0302",
    "₁",
    "a1_",
    "{",
    "ä",
    "\\\\[",
    "1.",
    "Σ ",
    "^-1",
    "\\",
    "a",
]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("dialect", ["latex", "plain"])
def test_work_is_linear(piece: str, dialect: Dialect) -> None:
    short, long = (
        calls_of(lambda count=count: lex(piece * count, dialect=dialect)) for count in (200, 1_600)
    )
    assert long < 12 * short + 100


def test_tokens_of_one_place_are_neighbours() -> None:
    found = tokens("½ŷ²√x₁")
    assert shown(found) == r"\frac { 1 } { 2 } \hat { y } ^ { 2 } \sqrt { x _ { 1 } }"
    assert all(first[1] == second[0] for first, second in pairwise(places(found)))
