"""The definitions of commands are told apart, wherever they stand."""

from __future__ import annotations

import pytest

from tests.notation.files.texts import formulas, messages, pieces, read


@pytest.mark.parametrize(
    "definition",
    [
        r"\newcommand{\pd}[2][E]{\frac{\partial #1}{\partial #2}}",
        r"\newcommand\T{^\top}",
        r"\newcommand*\T{$x$ {y}}",
        r"\renewcommand{\tanh}{\sigma}",
        r"\providecommand{\bW}{\mathbf{W}}",
        r"\def\pd#1#2{\frac{#1}{#2}}",
        r"\let\eps=\varepsilon",
        r"\let\eps\varepsilon",
        r"\DeclareMathOperator*{\argmin}{arg\,min}",
        r"\NewDocumentCommand{\x}{m O{1}}{#1_{#2}}",
        r"\DeclarePairedDelimiter{\abs}{\lvert}{\rvert}",
        r"\newenvironment{e}[1]{\begin{equation}}{\end{equation}}",
    ],
)
@pytest.mark.parametrize("kind", ["tex", "md", "txt"])
def test_a_definition_is_one_region(definition: str, kind: str) -> None:
    text = f"{definition}\n$x = 1$"
    assert pieces(text, kind, "macro") == [definition]
    assert formulas(text, kind) == ["x = 1"]


def test_a_definition_without_an_end_is_reported() -> None:
    assert r"\newcommand" in messages(r"\newcommand{\a}{\frac{1} $x = 1$", "tex")[0]


def test_a_display_of_definitions_alone_is_none() -> None:
    text = "$$\n\\newcommand{\\a}{b}\n\\def\\c{d}\n$$\n$x = \\a$"
    assert formulas(text, "md") == [r"x = \a"]
    assert len(read(text, "md").definitions) == 2


def test_a_definition_inside_a_display_is_skipped_there() -> None:
    text = r"\[\newcommand{\a}{b} \a = 1\]"
    assert formulas(text, "tex") == [r"\a = 1"]
    (stretch,) = read(text, "tex").definitions
    assert text[slice(*stretch)] == r"\newcommand{\a}{b}"


@pytest.mark.parametrize(
    "text",
    [
        r"\newcommand{\be}{\begin{align*}}\newcommand{\ee}{\end{align*}} \be a &= b \ee",
        r"\def\be{\begin{align}}\def\ee{\end{align}} \be a &= b \ee",
        r"\newenvironment{my}{\begin{align}}{\end{align}} \begin{my} a &= b \end{my}",
    ],
)
def test_a_display_may_be_opened_by_a_command_of_the_text(text: str) -> None:
    (region,) = (region for region in read(text, "tex").regions if region.is_mathematics)
    assert region.environment == "align"
    assert text[region.inner_start : region.inner_end].strip() == "a &= b"
