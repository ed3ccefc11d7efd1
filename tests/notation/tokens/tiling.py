"""What all tests of tokens ask: whether the places of the tokens tile their text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from symbolic_bptt.notation.tokens.token import Token

HOSTILE = (
    *"\\{}[]()^_&#$%~'|,;:.=<>*+-/!?@ \n\t\r\x00\x0b\x7f",
    *"0123456789aWxyT",
    *("\\\\", "\\\\[2pt]", "\\\\*", "\\,", "\\{", "\\frac", "\\text{", "\\tag{", "\\hat y"),
    *("\\def\\a", "\\a", "\\b", "#1", "\\newcommand{\\b}[1]{", "\\let\\a\\b", "1e-3", "0.5"),
    *(".5", "1.5.2", "...", ".*", "**", "<=", "->", "^-1", ".T", "yhat", "y_hat", "hh_hat"),
    *("sqrt(", "sum_", "delta1", "W_h1", "x1_", "x1_{"),
    *"ŷαΣΠ∂∇⊙−–∗∕⁄•∙⋅≤≠≡≔≈∝∼→←⇒＝𝐖𝒲𝛿𝟙ＷＫ１２，（）ₜ₋₁ᵀ²ⁿ′″⊤⊺†½√∛‖⟨⟩…⋯⋮⋱∞µϵΩаАΑΥ你é🙂ı",
    *"\u0302\u0303\u0338\u20d7\u200b\u00a0\u3000\u202e\ufe0f\u2061\ud800",
)  # fmt: skip
"""Pieces that are joined to hostile texts: half commands, lone marks, accents, look-alikes."""


def places(found: Iterable[Token]) -> list[tuple[int, int]]:
    """The places in the order of the tokens, neighbours that are equal counted once."""
    result: list[tuple[int, int]] = []
    for token in found:
        if not result or result[-1] != (token.start, token.end):
            result.append((token.start, token.end))
    return result


def assert_tiled(found: Sequence[Token], start: int, end: int) -> None:
    """Each character of start … end lies in exactly one place, in order."""
    position = start
    for first, last in places(found):
        assert first == position, (first, position)
        assert last > first
        position = last
    assert position == end


def shown(found: Iterable[Token]) -> str:
    """The values that mean something, with spaces between."""
    return " ".join(token.value for token in found if not token.is_blank)
