r"""Scripts stand where they are written, in the order written; what is missing is told."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.surface.nodes import Script, Scripted
from tests.notation.surface.reading import problems, read, spelled


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x_i^2", "<x>_{i}^{2}"),
        ("x^2_i", "<x>^{2}_{i}"),
        ("x_{t-1}", "<x>_{t - 1}"),
        ("x_t'", "<x>_{t}'"),
        ("x''", "<x>''"),
        ("f^{'}(x)", "<f>' (x)"),
        ("f^{ '' }_t", "<f>''_{t}"),
        (r"x^\prime", "<x>'"),
        (r"x^{\prime\prime}", "<x>''"),
        ("x^{(t)}", "<x>^({t}"),
        ("x^{[l]}", "<x>^[{l}"),
        (r"x^{\langle t\rangle}", r"<x>^\langle{t}"),
        ("x^{<t>}", r"<x>^\langle{t}"),
        ("s_{(t)}", "<s>_({t}"),
        (r"x^\top_{ij}", r"<x>^{\top}_{i j}"),
        (r"x_\mathrm{d}", "<x>_{d~}"),
        (r"x^\frac12", "<x>^{(1)÷(2)}"),
        (r"x_\hat y z", r"<x>_{\hat y} z"),
        ("{W^T}_{ij}", "<<W>^{T}>_{i j}"),
        (r"h(t)^\top", r"h <(t)>^{\top}"),
        (r"h^{(t)^\top}", r"<h>^{<(t)>^{\top}}"),
        (r"\sum_{t=1}^T", r"<\sum>_{t rel:= 1}^{T}"),
        (r"\sum\limits_{i} x", r"<\sum>_{i} x"),
        (r"\partial^+ s", r"<\partial>^{+} s"),
        ("{}_t x", "<>_{t} x"),
        (r"\sum{}_t x", r"<\sum>_{t} x"),
        ("x _ t", "<x>_{t}"),
        ("{s}_{{t}}", "<s>_{t}"),
        ("x^{|a|}", "<x>^{|a|}"),
        ("W^{-T}", "<W>^{- T}"),
        ("W^-1", "<W>^{- 1}"),
        ("s_t-1", "<s>_{t} - 1"),
        (r"x_{t_k}", "<x>_{<t>_{k}}"),
        (r"\to_n", "rel:\\to<n>"),
    ],
)
def test_scripts(text: str, wanted: str) -> None:
    assert spelled(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("W_hh", r"<W>_{\mathrm{hh}}"),
        ("W_in x", r"<W>_{\mathrm{in}} x"),
        ("b_for", r"<b>_{\mathrm{for}~}"),
        ("x**2", "<x>^{2}"),
        ("x_tau", r"<x>_{\tau}"),
        ("x^(t)", "<x>^({t}"),
        ("h[t]", "h [t]"),
        ("W[i,j]", "W [i sep:, j]"),
        ("x²", "<x>^{2}"),
    ],
)
def test_scripts_in_plain_text(text: str, wanted: str) -> None:
    assert spelled(text, "plain") == wanted


def test_a_run_of_primes_is_one_script() -> None:
    item = read("f'''").tree.items[0]
    assert isinstance(item, Scripted)
    assert [script.primes for script in item.scripts] == [3]


def test_a_wrapped_script_has_what_stands_inside() -> None:
    item = read("x^{(t-1)}").tree.items[0]
    assert isinstance(item, Scripted)
    (script,) = item.scripts
    assert isinstance(script, Script)
    assert script.wrapped == "("
    assert script.body == read("t-1").tree


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("x_", "a script is missing behind _"),
        ("x_^2", "a script is missing behind _"),
        ("(x^)", "a script is missing behind ^"),
        ("_t x", "_ stands behind nothing"),
        ("a, ^2", "^ stands behind nothing"),
        ("x_i_j", "two subscripts in a row"),
        ("x^a^b", "two superscripts in a row"),
        ("e^-x", "it is not clear how far this script reaches"),
    ],
)
def test_problems(text: str, wanted: str) -> None:
    assert problems(text) == [wanted]
