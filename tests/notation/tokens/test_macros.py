r"""Expansion is TeX's: an expanded text means what the text with the bodies written out means."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.notation.limits import MAX_FORMULA_CHARACTERS, MAX_MACRO_DEPTH
from symbolic_bptt.notation.tokens.lexer import Lexed, lex, tokens
from symbolic_bptt.notation.tokens.macro import Macros
from symbolic_bptt.notation.tokens.macros import expand, macros_in
from tests.notation.tokens.tiling import HOSTILE, assert_tiled, shown

PD = r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}}"


def expanded(text: str) -> Lexed:
    """What is left of a text that defines macros and calls them."""
    result = expand(tokens(text), macros_in(text))
    assert_tiled(result.tokens, 0, len(text))
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PD + r"\pd{E}{V}", r"\frac{\partial E}{\partial V}"),
        (PD + r"\pd E V", r"\frac{\partial E}{\partial V}"),
        (PD + r"\pd12 \pd123", r"\frac{\partial 1}{\partial 2}\frac{\partial 1}{\partial 2}3"),
        (PD + r"\pd{\pd EV}{W}", r"\frac{\partial \frac{\partial E}{\partial V}}{\partial W}"),
        (PD + r"\pd Eŷ", r"\frac{\partial E}{\partial \hat{y}}"),
        (PD + r"\def\dE{\pd E}\dE{V_t}", r"\frac{\partial E}{\partial V_t}"),
        (PD + r"\def\dE{a\pd E} 2\dE V b", r"2a\frac{\partial E}{\partial V} b"),
        (r"\newcommand{\pd}[2][E]{#1/#2}\pd{V}+\pd[E_t]{V}+\pd [x] V", "E/V+E_t/V+x/V"),
        (r"\newcommand{\pd}[1][E]{#1'}\pd + \pd[x]", "E' + x'"),
        (r"\newcommand\T{^\top}s_t\T s_t", r"s_t^\top s_t"),
        (r"\newcommand{\sm}{\ensuremath{\operatorname{sm}}\xspace}\sm(x)", r"\operatorname{sm}(x)"),
        (r"\newcommand{\E}{E + E}2\E", "2E + E"),
        (r"\DeclarePairedDelimiter{\n}{\|}{\|}\n*{x}+\n[\big]{x}+\n x",
         r"\left\|x\right\| + \left\|x\right\| + \left\|x\right\|"),
        (r"\let\op\phi\let\phi\varphi\let\varphi\op \phi\varphi\op", r"\varphi\phi\phi"),
        (r"\let\old\tanh\renewcommand{\tanh}{\sigma}\old\tanh", r"\tanh\sigma"),
        (r"\renewcommand{\tanh}{\sigma}s_t = \tanh(x)", r"s_t = \sigma(x)"),
        (r"\renewcommand{\vec}[1]{\mathbf{#1}}\vec{\vec x}", r"\mathbf{\mathbf{x}}"),
        (r"\def\a#1{[#1]}\a{{x}}", "[{x}]"),
        (r"\def\none{}a\none b", "ab"),
    ],
)  # fmt: skip
def test_expansion(text: str, expected: str) -> None:
    result = expanded(text)
    assert shown(result.tokens) == shown(tokens(expected))
    assert not result.problems


def test_a_macro_holds_from_its_definition_to_the_next() -> None:
    text = r"\v x\def\v#1{\hat #1}\v x\renewcommand{\v}[1]{\bar{#1}}\v x"
    assert shown(expanded(text).tokens) == r"\v x \hat x \bar { x }"


def test_the_position_says_which_definition_holds() -> None:
    text = r"\def\v{a}      \def\v{b}"
    macros, call = macros_in(text), tokens(r"\v")
    meant = [shown(expand(call, macros, position).tokens) for position in (0, 12, len(text))]
    assert meant == [r"\v", "a", "b"]


def test_all_tokens_of_a_call_stand_at_its_place() -> None:
    text = PD + r"x + \pd {E} V + y"
    place = text.index(r"\pd {E}"), text.index(" + y")
    made = [token for token in expanded(text).tokens if token.start == place[0]]
    assert shown(made) == r"\frac { \partial E } { \partial V }"
    assert {(token.start, token.end) for token in made} == {place}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (r"\def\a{\a}x\a y", "through itself"),
        (r"\def\a{\b}\def\b{\a}x\a y", "through itself"),
        (r"\def\a#1{#1\a}x\a2y", "through itself"),
        (PD + r"x\pd{E} ", "is missing"),
        (PD + r"{\pd{E}}", "is missing"),
        (PD + r"x\pd{E}{V", "is never closed"),
        (r"\newcommand{\a}[1][x]{#1}\a[y", "is never closed"),
    ],
)
def test_a_call_that_cannot_be_expanded_stays_and_is_told(text: str, message: str) -> None:
    result = expanded(text)
    (problem,) = result.problems
    assert message in problem.message
    call = text[problem.start : problem.end]
    assert call.startswith("\\")
    assert shown(tokens(call)) in shown(result.tokens)


def test_one_defect_costs_one_call() -> None:
    text = r"\def\a{\a}\def\b{c}\a + \b"
    assert shown(expanded(text).tokens) == r"\a + c"


def test_depth_is_bounded() -> None:
    names = [f"\\{chr(97 + level)}x" for level in range(MAX_MACRO_DEPTH + 1)]
    chain = "".join(rf"\def{a}{{{b}}}" for a, b in pairwise(names))
    assert not expanded(chain + rf"\def{names[-1]}{{E}}{names[1]}").problems
    assert "deep" in expanded(chain + rf"\def{names[-1]}{{E}}{names[0]}").problems[0].message


def test_the_length_of_the_expansion_is_bounded() -> None:
    definition = rf"\def\b{{{'x' * 1_000}}}"
    assert not expanded(definition + r"\b" * (MAX_FORMULA_CHARACTERS // 1_000)).problems
    (problem,) = expanded(definition + r"\b" * 30).problems
    assert problem.kind == "limit"
    assert str(MAX_FORMULA_CHARACTERS) in problem.message


def _doubling(levels: int) -> str:
    names = [f"\\{chr(97 + level)}x" for level in range(levels)]
    pairs = pairwise(names)
    return "".join(rf"\def{a}#1{{{b}{{#1#1}}}}" for a, b in pairs) + rf"\def{names[-1]}#1{{#1}}"


@pytest.mark.parametrize(
    "text",
    [
        _doubling(18) + r"\ax{xxxxxxxxxxxxxxxx}",
        r"\def\a#1{#1}" + r"\a{" * 5000 + "}" * 5000,
        r"\def\a#1{#1}" + r"\a{" * 5000,
        r"\newcommand\a[2][E]{#1}" + r"\a[" * 5000,
        r"\def\a#1{#1}" + r"\a 1" * 5000,
        r"\newcommand\a[2][E]{#1}" + r"\a " + " " * 9000 + r"\a" * 3000,
    ],
)
def test_hostile_texts_end_soon_and_are_told(text: str) -> None:
    result = expanded(text)
    assert result.problems
    assert sum(len(token.value) for token in result.tokens) <= len(text) + MAX_FORMULA_CHARACTERS


@given(st.lists(st.sampled_from([*HOSTILE, r"\pd", "{x}", "[y]", "*", r"\n", r"\w"]), max_size=25))
def test_any_text_stays_tiled(pieces: list[str]) -> None:
    text = "".join(pieces)
    defined = PD + r"\newcommand{\a}[1][x]{#1\pd}\DeclarePairedDelimiter\n()\def\w{\a[1]{\b}}"
    macros = macros_in(defined + r"\def\b#1{#1#1}")
    lexed = lex(text)
    result = expand(lexed.tokens, macros, len(defined) + 20)
    assert_tiled(result.tokens, 0, len(text))


@given(st.lists(st.sampled_from(["x", "{", "}", "_t", "+", "12", r"\hat y", " "]), max_size=25))
def test_without_a_macro_nothing_changes(pieces: list[str]) -> None:
    found = tokens("".join(pieces))
    assert expand(found, Macros()).tokens == found


@given(
    st.sampled_from(["x", "1", r"\alpha", "{ab}", "{}", "{x_{t}}"]),
    st.sampled_from(["y", "2", "{ŷ}", "ŷ", "{23}"]),
)
def test_an_argument_is_put_where_its_number_stands(left: str, right: str) -> None:
    first, second = (text[1:-1] if text[0] == "{" else text for text in (left, right))
    text = rf"\def\swap#1#2{{(#2)-(#1)}}\swap {left} {right}"
    assert shown(expanded(text).tokens) == shown(tokens(f"({second})-({first})"))
