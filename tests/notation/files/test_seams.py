"""Equations that are split over several formulas: read as one, or told, and never dropped."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.files import Kind
from tests.notation.files.texts import joined, messages, read

SPLIT = "an equation whose sides stand in formulas of their own is not read"


def whole(text: str, kind: Kind = "md") -> list[str]:
    """The formulas of a text without what they skip."""
    document = read(text, kind)
    assert joined(document) == text
    return [
        "".join(text[start:end] for start, end in region.stretches)
        for region in document.regions
        if region.is_mathematics
    ]


@pytest.mark.parametrize(
    "text",
    [
        "$a$ = $b$", "$a$=$b$", "**$a$** = **$b$**", "$a$ $=$ $b$", "$a$ $=b$", "$a=$ $b$",
        "| $a$ | = | $b$ |", "$a$\n= $b$", r"\(a\) = \(b\)", "$a$&nbsp;=&nbsp;$b$",
    ],
)  # fmt: skip
def test_an_equals_sign_alone_between_two_formulas_joins_them(text: str) -> None:
    (formula,) = whole(f"Then {text}, so.")
    assert formula.replace(" ", "") == "a=b"


@pytest.mark.parametrize("text", ["$a$ & $=$ & $b$", "$a$ & = & $b$", "$a$ = $b$"])
def test_so_in_latex(text: str) -> None:
    (formula,) = whole(text + r" \\", "tex")
    assert formula.replace(" ", "") == "a=b"


def test_a_chain_goes_on_and_further_terms_belong_to_it() -> None:
    assert whole("$a$ = $b$ = $c$") == ["a=b=c"]
    assert whole("$a = b_{t=1}$ + $c_{t=2}$ - $d$") == ["a = b_{t=1}+c_{t=2}-d"]
    assert whole("Now $T$ = 3.") == ["T=3"]


@pytest.mark.parametrize(
    "text",
    [
        "$a$ and $b$", "$a = b$, $c = d$", "$a = b$ - $c = d$", "$a$ - $b$", "$a$\n\n= $b$",
        "$a$ $b$", "$W$ = weight matrix, $b$", "[label=$a$] $b$", "$a$\n=====\n\n$b$",
    ],
)  # fmt: skip
def test_what_stays_two_formulas_and_is_not_told(text: str) -> None:
    assert len(whole(text)) in (1, 2)
    assert all("=" not in formula or " = " in formula for formula in whole(text))
    assert SPLIT not in messages(text, "md") or text == "$a$\n\n= $b$"


@pytest.mark.parametrize(
    "text",
    [
        "$a$ equals $b$", "$a$ is equal to $b$", "$a$ ist gleich $b$", "$a$ 等于 $b$",
        r"$\nabla_V E$ is $\sum_t c_t$", r"| $\delta$ | $\sum_t c_t$ |", "dE/dV = $b$",
        "$a$ = E_1 + E_2", "$a$ = **sum_t E_t**",
    ],
)  # fmt: skip
def test_what_is_split_by_anything_else_is_told(text: str) -> None:
    header = "| a | b |\n|---|---|\n" if text.startswith("|") else ""
    assert messages(header + text, "md") == [SPLIT]


@pytest.mark.parametrize(
    "text", [r"$V$ is $K \times n$", r"$\nabla_V E$ is $K \times n$", "$a$ and so $b$ is small"]
)
def test_what_says_no_equation(text: str) -> None:
    assert messages(text, "md") == []


def test_a_comment_between_hides_no_equation() -> None:
    assert messages("$a$ = % here\n$b$", "tex") == [SPLIT]


@pytest.mark.parametrize(
    "text",
    ["RNN, $z_t$ = $a_t$ $b_t$ of old", r"\(z_t\) = \(a_t\) \(b_t\)", "$a_t$ = $x_t$ u, as typed"],
)
def test_a_formula_that_goes_on_in_another_is_no_side_by_itself(text: str) -> None:
    assert not any("=" in one for one in whole(text))
