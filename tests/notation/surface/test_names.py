r"""A name has one canonical text, whatever way it is written; different names stay different."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symbolic_bptt.notation.surface.names import ACCENTS, ALPHABETS, STYLES
from symbolic_bptt.notation.surface.nodes import Name
from tests.notation.surface.reading import problems, read, spelled


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"\hat y", r"\hat y"),
        (r"\widehat{y}", r"\hat y"),
        (r"\hat{\mathbf y}", r"\hat y!"),
        (r"\mathbf{\hat y}", r"\hat y!"),
        (r"\bar{\tilde x}", r"\bar{\tilde x}"),
        (r"\tilde{\bar\delta}", r"\tilde{\bar \delta}"),
        (r"\overline{x}", r"\bar x"),
        (r"\overline{xy}", r"\bar{\mathrm{xy}}"),
        (r"\overline{x + y}", r"\overline[x + y]"),
        (r"\hat{y_t}", r"\hat[<y>_{t}]"),
        (r"\vec x", "x!"),
        (r"\mathbf x", "x!"),
        (r"{\bf x}_t", "<x!>_{t}"),
        (r"{\rm net}_t", r"<\mathrm{net}~>_{t}"),
        (r"{\cal L}", r"\mathcal{L}"),
        (r"\mathrm{d}", "d~"),
        (r"\mathrm{d3}", r"\mathrm{d3}~"),
        (r"\mathrm{net}", r"\mathrm{net}~"),
        (r"\mathrm{tanh}", r"\tanh~"),
        (r"\operatorname{softmax}(x)", r"\operatorname{softmax}~ (x)"),
        (r"\mathrm{softmax}", r"\operatorname{softmax}~"),
        (r"\operatorname*{arg\,max}_W", r"<\operatorname{argmax}~>_{W}"),
        (r"\operatorname{log\_prob}", r"\mathrm{log\_prob}~"),
        (r"\mathrm{pre-act}", r"\mathrm{pre-act}~"),
        (r"\mathrm{x-y}", r"\mathrm[x~ - y~]"),
        (r"\mathit{net}", r"\mathrm{net}"),
        (r"\mathcal L", r"\mathcal{L}"),
        (r"\mathbf{\mathcal L}", r"\mathcal{L}!"),
        (r"\mathbbm{1}", r"\mathbb{1}"),
        (r"\mathbf 1", "1!"),
        (r"\mathrm{1}", "1"),
        (r"\mathbf{h_t}", "<h!>_{t}"),
        (r"\mathbf{W x}", r"\mathbf[W! x!]"),
        (r"W_{\mathrm{in,out}}", r"<W>_{\mathrm[\mathrm{in}~ sep:, \mathrm{out}~]}"),
        (r"\mathrm{for\ all}\ t", '"for all" t'),
        (r"W_{\mathrm{in}}", r"<W>_{\mathrm{in}~}"),
        ("Wx", "W x"),
        ("dE", "d E"),
    ],
)
def test_names(text: str, wanted: str) -> None:
    assert spelled(text) == wanted


LETTERS = st.one_of(
    st.sampled_from("abxyWE"), st.sampled_from((r"\delta", r"\phi", r"\varphi", r"\ell"))
)
WRITTEN = st.recursive(
    LETTERS,
    lambda inner: st.tuples(st.sampled_from((*ACCENTS, *ALPHABETS, *STYLES)), inner).map(
        lambda pair: f"{pair[0]}{{{pair[1]}}}"
    ),
    max_leaves=3,
)


@given(WRITTEN)
def test_the_text_of_a_name_names_it_again(written: str) -> None:
    (name,) = read(written).tree.items
    assert isinstance(name, Name)
    (again,) = read(name.text).tree.items
    assert isinstance(again, Name)
    assert again.text == name.text


@given(
    st.lists(st.sampled_from("abt12"), min_size=1, max_size=4),
    st.lists(st.sampled_from("abt12"), min_size=1, max_size=4),
)
def test_different_runs_are_different_names(first: list[str], second: list[str]) -> None:
    one, two = (read(rf"\delta_{{\mathrm{{{''.join(run)}}}}}").tree for run in (first, second))
    assert (one == two) == (first == second)


def test_missing_arguments() -> None:
    assert problems(r"\hat") == [r"what stands under the accent is missing behind \hat"]
    assert problems(r"(\mathbf)") == [r"what is to be set so is missing behind \mathbf"]
