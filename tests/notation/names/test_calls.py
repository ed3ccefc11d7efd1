from __future__ import annotations

import pytest

from tests.notation.names.documents import document, understood

INDICES = (
    ("E = s(t)", "s(t)", "s [t]"),
    ("E = s(t)", r"s(t)^\top", "s [t] T"),
    ("E = s(t-1)_i", "s(t-1)_i", "s [t-1] (i)"),
    ("S(t) = E", "S(0)", "S [0]"),
    ("E = Z(t)", "Z(t)", "Z [t]"),
    ("E = s[t]", "s[t]", "s [t]"),
    ("E = W[i,j]", "W[i,j]", "W (i, j)"),
    ("E = W[1,2]", "W[1,2]", "W (1, 2)"),
    ("E = \\sum_i s_t", "s_t[i]", "s [t] (i)"),
    (r"E = \sum_t E(t)", "E(t)", "E [t]"),
    (r"y_k(t) = \sum_l w_{kl} y_l(t-1)", "y_l(t-1)", "y [t-1] (l)"),
)
APPLIED = (
    ("E = f(t)", "f(t)"),
    (r"E = \sigma(s_t)", r"\sigma(s_t)"),
    ("c = 2", "c(t+1)"),
    ("E = y_3(t+1)", "y_3(t+1)"),
    ("E = s_t(t+1)", "s_t(t+1)"),
    ("E = W(t x)", "W(t x)"),
    ("E = W[s_t, x_t]", "W[s_t, x_t]"),
    (r"E = Q[\xi_t]", r"Q[\xi_t]"),
    ("E = a(b)", "a(b)"),
    ("E = a()", "a()"),
)


@pytest.mark.parametrize(("text", "item", "want"), INDICES)
def test_brackets_with_indices(text: str, item: str, want: str) -> None:
    assert understood(document(text), item) == want


@pytest.mark.parametrize(("text", "item"), APPLIED)
def test_brackets_with_arguments(text: str, item: str) -> None:
    assert understood(document(text), item) == "none"
