r"""Fractions and roots take their arguments as TeX does."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.surface.nodes import Quotient
from tests.notation.surface.reading import problems, read, spelled


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"\frac{a}{b}", "(a)÷(b)"),
        (r"\dfrac ab", "(a)÷(b)"),
        (r"\frac12", "(1)÷(2)"),
        (r"\frac1{10}", "(1)÷(10)"),
        (r"\frac\alpha 2", r"(\alpha)÷(2)"),
        (r"\frac{\partial E}{\partial V}_{ij}", r"<(\partial E)÷(\partial V)>_{i j}"),
        (r"a + {b \over c d}", "a + (b)÷(c d)"),
        (r"\sqrt4", "√(4)"),
        (r"\sqrt[3]{x}", "√3(x)"),
        (r"\sqrt{x}^2", "<√(x)>^{2}"),
        ("½", "(1)÷(2)"),
        (r"\pdv{E}{V} a", r"(\partial E)÷(\partial V) a"),
        (r"\dv {E} {V}", "(d E)÷(d V)"),
    ],
)
def test_fractions(text: str, wanted: str) -> None:
    assert spelled(text) == wanted


@pytest.mark.parametrize("text", [r"\pdv{V}", r"\pdv[2]{E}{V}", r"\pdv{E}{V}{W}"])
def test_other_derivatives_of_packages_are_not_known(text: str) -> None:
    assert not isinstance(read(text).tree.items[0], Quotient)


def test_the_two_digits_of_one_number_have_places() -> None:
    (half,) = read(r"\frac12").tree.items
    assert isinstance(half, Quotient)
    assert [(part.start, part.end) for part in (half.top, half.bottom)] == [(5, 6), (6, 7)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"\frac{a}", r"the denominator is missing behind \frac"),
        (r"\frac{}{b}", r"the numerator of \frac is empty"),
        (r"(\frac)", r"the numerator is missing behind \frac"),
        (r"{\over b}", r"\over stands at an end of its group"),
        (r"\frac{a}12", "of 12, only the first digit is the denominator in LaTeX"),
    ],
)
def test_problems(text: str, wanted: str) -> None:
    assert problems(text)[0] == wanted


def test_a_binomial_is_no_fraction() -> None:
    assert spelled(r"\binom{n}{k}") == r"?\binom"
