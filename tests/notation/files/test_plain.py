"""Plain text: one relation a line, and what continues it."""

from __future__ import annotations

import pytest

from tests.notation.files.texts import formulas, messages, pieces, read


@pytest.mark.parametrize(
    "following",
    [
        "= c", "  = c", "+ c", "- c", "− c", "- \\sum_{t=1}^T c", "+ f(t=1)", "- c_t, t > 1",
        "⊙ c", "· c", "× c", "* c", "/ c", "≤ c", "≥ c", ">= c", "<= c", ":= c", "\\cdot c",
        "\\le c", "\\odot c", "&= c", "\\quad = c", "{}= c", "> = c",
    ],
)  # fmt: skip
def test_a_line_that_continues_the_one_above(following: str) -> None:
    (formula,) = formulas(f"a = b\n{following}", "txt")
    assert formula.split("\n")[0] == "a = b"
    assert formula.endswith(following.removeprefix("> ").strip())


@pytest.mark.parametrize(
    "following", ["c = d", "-c = d", "+ c = d", "- E_t = \\log y", "(c) = d", "* c = d", "-(c) < d"]
)
def test_a_line_of_its_own(following: str) -> None:
    assert formulas(f"a = b\n{following}", "txt") == ["a = b", following.removeprefix("* ")]


@pytest.mark.parametrize("between", ["", "  ", "% note", "# note", ">", "Then:"])
def test_what_parts_formulas(between: str) -> None:
    assert formulas(f"a = b\n{between}\n= c", "txt") == ["a = b", "= c"]


@pytest.mark.parametrize("end", ["=", "+", "-", "\\cdot", "*", "(", "= \\\\"])
def test_a_line_that_is_not_finished_goes_on(end: str) -> None:
    assert formulas(f"a = b {end}\nc", "txt") == [f"a = b {end}\nc"]


def test_environments_and_braces_hold_lines_together() -> None:
    text = "a = \\begin{cases} 1 & t = T \\\\\n0 & t < T \\end{cases}\nb = \\frac{1\n}{2}\nc = {"
    assert len(formulas(text, "txt")) == 3
    assert len(formulas("a = {1\n\nb = 2}\nc = 3", "txt")) == 3


@pytest.mark.parametrize("number", ["(1)", "3.", "12)", "(2a)", "•", ">", "> (1)"])
def test_a_numbering_is_no_mathematics(number: str) -> None:
    assert formulas(f"{number} E = 1", "txt") == ["E = 1"]
    assert formulas(f"{number}\tE = 1      (4.2)", "txt") == ["E = 1"]


@pytest.mark.parametrize("line", ["(1)E = 1", "3.5 E = 1", "(a) E = 1", "E = f (1)"])
def test_what_only_looks_like_a_numbering(line: str) -> None:
    assert formulas(line, "txt") == [line]


@pytest.mark.parametrize(
    "line", ["The forward pass:", "Solution", "as we have seen above", "Alors, pour la suite"]
)
def test_words_are_prose(line: str) -> None:
    assert formulas(f"{line}\nE = 1", "txt") == ["E = 1"]


@pytest.mark.parametrize("line", ["E ∼ 0", "E \\to 0", "let E = the loss", "(E = 0", "E ≟ 0 ="])
def test_what_states_a_relation_is_never_dropped(line: str) -> None:
    assert formulas(line, "txt") == [line]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("so $x = 1$ and $y = 2$, done", ["x = 1", "y = 2"]),
        ("$$\nE = 1\n$$\nF = 2", ["E = 1", "F = 2"]),
        ("see \\begin{align}\na &= b\n\\end{align}", ["a &= b"]),
        ("\\[ a = b \\]\nc = d", ["a = b", "c = d"]),
        ("E = $5", ["E = $5"]),
        ("E = 1  % why\n= 2  # so", ["E = 1\n= 2"]),
    ],
)
def test_delimiters_in_plain_text(text: str, found: list[str]) -> None:
    assert formulas(text, "txt") == found
    assert messages(text, "txt") == []


def test_comments_are_comments() -> None:
    assert pieces("# head = 1\n% a = b\nc = d", "txt", "comment") == ["# head = 1", "% a = b"]


def test_a_quoted_formula_keeps_its_line_ends() -> None:
    text = "> a = b\n> + c"
    (region,) = (region for region in read(text, "txt").regions if region.is_mathematics)
    assert "".join(text[slice(*stretch)] for stretch in region.stretches) == "a = b\n+ c"


@pytest.mark.parametrize("dash", ["-", "–", "—", "  -", "> -"])
def test_lines_that_all_begin_with_a_dash_are_items_of_a_list(dash: str) -> None:
    assert formulas(f"{dash} a = b\n{dash} c = d", "txt") == ["a = b", "c = d"]
    assert formulas(f"{dash} a = b\n\n{dash} (1) c = d\n", "txt") == ["a = b", "c = d"]
    assert formulas(f"Gradients:\n{dash} forward pass\n{dash} c = d", "txt") == ["c = d"]


def test_an_item_goes_on_behind_a_minus_sign() -> None:
    text = "- a = b\n  - c\n- d = e"
    assert formulas(text, "txt") == ["a = b\n  - c", "d = e"]


@pytest.mark.parametrize(
    "text", ["- a = b", "-a = b\n-c = d", "a = b\n- c = d", "- a = b\nc = d", "− a = b\n− c = d"]
)
def test_what_is_a_minus_sign_and_no_list(text: str) -> None:
    assert formulas(text, "txt") == text.split("\n")


def test_one_line_behind_a_dash_is_told() -> None:
    assert any("dash" in note for note in read("- a = b", "txt").notes)
    assert not read("- a = b\n- c = d", "txt").notes
    assert not read("-a = b", "txt").notes
