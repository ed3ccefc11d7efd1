r"""Signs outside ASCII: what is in the table means what LaTeX spells, and all else is refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.notation.tokens import unicode
from symbolic_bptt.notation.tokens.alphabets import (
    CAPITAL_GREEK_LOOKALIKES,
    CYRILLIC_LOOKALIKES,
)
from symbolic_bptt.notation.tokens.lexer import lex
from tests.notation.tokens.tiling import shown


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("∂E∕∂V = −Σ_t y_tᵀ", r"\partial E/\partial V = -\sum_t y_t^{T}"),
        ("∑ₜ₌₁ᵀ hₜ₋₁", r"\sum_{t=1}^{T} h_{t-1}"),
        ("s∘s × 2 · a ⋅ b ∙ c • d ∗ e",
         r"s\circ s \times 2 \cdot a \cdot b \cdot c \cdot d \ast e"),
        ("a ≤ b ≠ c ≡ d ≔ e ≈ f ∝ g ∼ h",
         r"a \le b \ne c \equiv d \coloneqq e \approx f \propto g \sim h"),
        ("a → b ← c ⇒ d ＝ e", r"a \to b \leftarrow c \Rightarrow d = e"),
        ("𝐖𝑥𝛿𝜹ℎ", r"\mathbf{W}x\delta\boldsymbol{\delta}h"),
        ("𝒲𝔖ℝℒ𝟙", r"\mathcal{W}\mathfrak{S}\mathbb{R}\mathcal{L}\mathbb{1}"),
        ("Ｗ（ｘ，ｙ）", "W(x,y)"),
        ("A⊤ + A⊺ + A† + A^⊤ + A^{⊤} + A^{-⊤}",
         r"A^\top + A^\top + A^\top + A^\top + A^{\top} + A^{-\top}"),
        ("ⅆE/ⅆW", "dE/dW"),
        ("xₜ,ₖ, x⁽ᵗ⁾, xₜ₋₁₀,", r"x_{t,k}, x^{(t)}, x_{t-10},"),
        ("A^² + A_₁", r"A^{2} + A_{1}"),
        ("x′ + x″", "x' + x''"),
        ("½ + ⅓", r"\frac{1}{2} + \frac{1}{3}"),
        ("√4 + ∛8 + √10", r"\sqrt{4} + \sqrt[3]{8} + \sqrt{10}"),
        ("‖x‖ ∥x∥ ⟨a, b⟩", r"\|x\| \|x\| \langle a, b\rangle"),
        ("… ⋯ ⋮ ⋱ ∞", r"\dots \cdots \vdots \ddots \infty"),
        ("x ⊙ y ⊗ z @ w", r"x \odot y \otimes z @ w"),
        ("Σ^{-1} + Σ_t x + ΠE", r"\Sigma^{-1} + \sum_t x + \prod E"),
        ("x⃗ + δ̂ + ŷ̄", r"\vec{x} + \hat{\delta} + \bar{\hat{y}}"),
        ("𝛁 + 𝛛", r"\nabla + \partial"),
        ("a ≢ b", r"a \not\equiv b"),
        ("µ + μ", r"\mu + \mu"),
        ("\u2126 + Ω + \u212a", r"\Omega + \Omega + K"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_sign_means_what_latex_spells(text: str, latex: str, form: str) -> None:
    normal = unicodedata.normalize("NFD", text) if form == "NFD" else text
    lexed = lex(normal)
    assert shown(lexed.tokens) == shown(lex(latex).tokens)
    assert not lexed.problems


def test_only_the_last_letter_of_a_word_has_the_accent() -> None:
    for text in ("Wy\u0302", "W\u0177"):
        assert shown(lex(text, dialect="plain").tokens) == r"W \hat { y }"


def test_epsilon_is_two_letters_and_mu_one() -> None:
    assert unicode.meaning("ϵ") != unicode.meaning("ε")
    assert unicode.meaning("µ") == unicode.meaning("μ")


def test_letters_of_one_style_stay_apart() -> None:
    letters = [chr(code) for code in range(0x1D400, 0x1D434)]  # bold A … z
    meanings = {unicode.meaning(letter) for letter in letters}
    assert len(meanings) == len(letters)


def test_scripts_of_one_table_stay_apart() -> None:
    for table in (unicode.RAISED, unicode.LOWERED):
        assert len(set(table.values())) == len(table)
        for char, (_, value) in table.items():
            if value.isalnum():
                assert unicodedata.normalize("NFKC", char) == value


@pytest.mark.parametrize("letter", [*CYRILLIC_LOOKALIKES, *CAPITAL_GREEK_LOOKALIKES])
def test_a_lookalike_is_refused_by_the_letter_it_looks_like(letter: str) -> None:
    lexed = lex(letter)
    (problem,) = lexed.problems
    latin = (CYRILLIC_LOOKALIKES | CAPITAL_GREEK_LOOKALIKES)[letter]
    assert f"Latin letter {latin}" in problem.hint
    assert f"U+{ord(letter):04X}" in problem.message
    assert unicodedata.name(letter) in problem.message
    assert latin not in [token.value for token in lexed.tokens]


@given(st.characters(min_codepoint=0x80))
def test_a_sign_is_read_or_refused_never_dropped(char: str) -> None:
    lexed = lex(f"x{char}")
    assert lexed.tokens[-1].end == 2
    meant = [token for token in lexed.tokens[1:] if not token.is_blank]
    if any(not token.value.isascii() for token in lexed.tokens):
        assert lexed.problems
        assert lexed.problems[0].hint
    if not meant and lexed.tokens[0].end == 1:
        assert char.isspace() or lexed.notes


def test_an_invisible_sign_is_told() -> None:
    lexed = lex("E\u200b = E")
    assert shown(lexed.tokens) == "E = E"
    (note,) = lexed.notes
    assert (note.start, note.end) == (1, 2)
    assert "ZERO WIDTH SPACE" in note.message


@pytest.mark.parametrize("char", ["\u202e", "\u2066", "\x00", "\x7f", "\u2064"])
def test_a_sign_that_changes_what_is_seen_is_refused(char: str) -> None:
    assert lex(f"E {char}= E").problems


@pytest.mark.parametrize("space", sorted(unicode.SPACES - {"\n"}))
def test_spaces_of_all_kinds(space: str) -> None:
    lexed = lex(f"a{space}b")
    assert [token.kind for token in lexed.tokens] == ["letter", "space", "letter"]
    assert not lexed.problems + lexed.notes


def test_a_mark_that_is_no_accent_is_refused_and_its_letter_kept() -> None:
    lexed = lex("y\u0489z")
    assert [token.value for token in lexed.tokens] == ["y", "\u0489", "z"]
    assert lexed.problems[0].start == 1


def test_a_heap_of_accents_is_refused() -> None:
    assert lex("y" + "\u0302" * 5).problems
    assert not lex("y" + "\u0302" * 4).problems


def test_a_mixed_number_is_refused() -> None:
    assert lex("1½ E").problems


@pytest.mark.parametrize("command", [r"\text", r"\intertext", r"\tag", r"\label"])
def test_words_inside_text_are_in_any_language(command: str) -> None:
    text = rf"E \quad {command}{{für alle t ≤ “T”, для всех}} а"
    (problem,) = lex(text).problems
    assert problem.start == len(text) - 1  # the Cyrillic letter outside


def test_a_formula_inside_text_is_mathematics_again() -> None:
    lexed = lex(r"\text{если $α ≤ 1$ да}")
    assert r"\alpha \le 1" in shown(lexed.tokens)
    assert not lexed.problems


@pytest.mark.parametrize("sign", "＼％＄＃＆")
def test_full_width_signs_of_tex_are_refused(sign: str) -> None:
    assert lex(sign).problems
