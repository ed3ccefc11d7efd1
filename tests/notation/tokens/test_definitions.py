r"""Definitions are read as LaTeX reads them; what cannot be read is a problem."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.notation.limits import MAX_MACRO_CHARACTERS, MAX_MACROS
from symbolic_bptt.notation.tokens.definitions import macros_in, read_macros
from symbolic_bptt.notation.tokens.lexer import tokens
from symbolic_bptt.notation.tokens.macro import Macro
from symbolic_bptt.notation.tokens.token import Token
from tests.notation.tokens.tiling import HOSTILE


def body(macro: Macro) -> str:
    return "".join(part.value if isinstance(part, Token) else f"<{part}>" for part in macro.body)


@pytest.mark.parametrize(
    ("text", "name", "expected", "arguments"),
    [
        (r"\newcommand{\R}{\mathbb{R}}", r"\R", r"\mathbb{R}", 0),
        (r"\newcommand\R{\mathbb R}", r"\R", r"\mathbb R", 0),
        (r"\newcommand*{\pd}[2]{\frac{#1}{#2}}", r"\pd", r"\frac{<1>}{<2>}", 2),
        ("\\newcommand % said\n {\\pd} [ 2 ] {#2 #1}", r"\pd", "<2> <1>", 2),
        (r"\renewcommand{\vec}[1]{\mathbf{#1}}", r"\vec", r"\mathbf{<1>}", 1),
        (r"\providecommand{\x}{y}", r"\x", "y", 0),
        (r"\def\pd#1#2{\frac{#1}{#2}}", r"\pd", r"\frac{<1>}{<2>}", 2),
        (r"\gdef\a{b}", r"\a", "b", 0),
        (r"\let\e=\varepsilon", r"\e", r"\varepsilon", 0),
        (r"\let\e\varepsilon", r"\e", r"\varepsilon", 0),
        (r"\DeclareMathOperator{\sm}{softmax}", r"\sm", r"\operatorname{softmax}", 0),
        (r"\DeclareMathOperator*{\am}{arg\,min}", r"\am", r"\operatorname*{arg\,min}", 0),
        (r"\DeclarePairedDelimiter\n{\lVert}{\rVert}", r"\n", r"\left\lVert<1>\right\rVert", 1),
        (r"\newcommand{\x}[1]{#12}", r"\x", "<1>2", 1),
        ("\\newcommand{\\x}{a% said\n b}", r"\x", "a\n b", 0),
        (r"\newcommand{\,}{}", r"\,", "", 0),
        (r"\NewDocumentCommand{\pd}{m m}{#1/#2}", r"\pd", "<1>/<2>", 2),
        (r"\NewDocumentCommand\pd{O{E} m}{#1/#2}", r"\pd", "<1>/<2>", 2),
    ],
)  # fmt: skip
def test_definition(text: str, name: str, expected: str, arguments: int) -> None:
    macros = macros_in(text + " rest")
    (macro,) = macros.definitions
    assert (macro.name, body(macro), macro.arguments) == (name, expected, arguments)
    assert macros.places == ((0, len(text)),)
    assert macro.start == len(text)
    assert not macros.problems


def test_a_default_is_kept() -> None:
    for head in (r"\newcommand{\pd}[2][E_{t}]", r"\NewDocumentCommand{\pd}{O{E_{t}} m}"):
        (macro,) = macros_in(head + r"{\frac{#1}{#2}}").definitions
        assert macro.default is not None
        assert "".join(token.value for token in macro.default) == "E_{t}"


@pytest.mark.parametrize(
    "text",
    [
        r"\newcommand{\x}[1]{#2}",
        r"\newcommand{x}{y}",
        r"\newcommand{\x}[one]{y}",
        r"\newcommand{\x}{y",
        r"\newcommand{\x",
        r"\newcommand",
        r"\newcommand{\x}[1]",
        r"\def\x(#1){y}",
        r"\def\x#2{y}",
        r"\NewDocumentCommand{\x}{s m}{#1}",
        r"\def x{y}",
        r"\let\x",
        r"\newcommand{\x}{" + "y" * (MAX_MACRO_CHARACTERS + 1) + "}",
    ],
)
def test_what_cannot_be_read_is_a_problem(text: str) -> None:
    macros = macros_in(text)
    (problem,) = macros.problems
    assert not macros.definitions
    assert text[problem.start : problem.end].startswith("\\")


def test_one_defect_costs_one_definition() -> None:
    macros = macros_in(r"\def\x(#1){y} \def\y{z} \newcommand{\z}[1]{#7} \def\w{v}")
    assert [macro.name for macro in macros.definitions] == [r"\y", r"\w"]
    assert len(macros.problems) == 2


def test_a_name_whose_new_definition_is_refused_has_its_old_meaning_no_more() -> None:
    text = r"\def\x{y} \def\x(#1){z} "
    held = macros_in(text).at(r"\x", len(text))
    assert held is not None
    assert held.final
    assert body(held) == r"\x"


def test_provide_leaves_what_is_there() -> None:
    macros = macros_in(r"\def\x{y}\providecommand{\x}{z}")
    assert [body(macro) for macro in macros.definitions] == ["y"]
    assert len(macros.places) == 2


def test_let_takes_the_meaning_of_that_moment() -> None:
    macros = macros_in(r"\def\x{y}\let\old\x\def\x{z}")
    held = macros.at(r"\old", 99)
    assert held is not None
    assert body(held) == "y"
    (kept,) = macros_in(r"\let\old\tanh").definitions
    assert kept.final


def test_definitions_in_comments_and_skipped_stretches_do_not_count() -> None:
    text = "% \\def\\x{y}\n\\def\\y{z}"
    assert [macro.name for macro in macros_in(text).definitions] == [r"\y"]
    assert not macros_in(text, skipped=[(12, len(text))]).definitions


def test_the_number_of_macros_is_bounded() -> None:
    macros = macros_in(r"\def\x{y}" * (MAX_MACROS + 5))
    assert len(macros.definitions) == MAX_MACROS
    assert [problem.kind for problem in macros.problems] == ["limit"]


def test_prose_between_definitions_makes_no_difference() -> None:
    prose = "words \\(x\\) and % remarks\n" * 800
    text = rf"{prose}\def\x{{y}}{prose}% \def\no{{z}}" + f"\n{prose}" + r"a \def\y{\x} b"
    macros = macros_in(text)
    assert macros == read_macros(tokens(text))
    assert [macro.name for macro in macros.definitions] == [r"\x", r"\y"]
    assert [text[start:end] for start, end in macros.places] == [r"\def\x{y}", r"\def\y{\x}"]


@pytest.mark.parametrize("piece", [r"\newcommand\a{", r"\newcommand", r"\def\a#1", r"\def\a{b} "])
def test_a_hostile_text_is_read_soon(piece: str) -> None:
    macros = macros_in(piece * (50_000 // len(piece)))
    assert len(macros.problems) + len(macros.definitions) <= MAX_MACROS + 1


PIECES = [*HOSTILE, r"\newcommand{\x}[1]{", r"\def\x#1{", "}", "{"]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_text_is_read(pieces: list[str]) -> None:
    text = "".join(pieces)
    macros = macros_in(text)
    ends = [0, *(end for place in macros.places for end in place)]
    assert ends == sorted(ends)
    assert ends[-1] <= len(text)
