r"""Words are words and names are names; mathematics in a text is mathematics."""

from __future__ import annotations

import pytest

from tests.notation.surface.reading import spelled


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"a \text{for all } t", 'a "for all" t'),
        (r"\text{net}_t", r"<\mathrm{net}~>_{t}"),
        (r"\text { net }_t", r"<\mathrm{net}~>_{t}"),
        (r"\text{softmax}(x)", r"\operatorname{softmax}~ (x)"),
        (r"\text{ net }(x)", r"\mathrm{net}~ (x)"),
        (r"\text{loss}", r"\mathrm{loss}~"),
        (r"\textbf{h}_t", "<h!>_{t}"),
        (r"\text{T}", "T~"),
        (r"W_{\text{in}}", r"<W>_{\mathrm{in}~}"),
        (r"W_{\text{in},t}", r"<W>_{\mathrm{in}~ sep:, t}"),
        (r"x \text{ if } t = T", 'x "if" t rel:= T'),
        (r"\text{if $i \ne j$ then}", r'"if" i rel:\ne j "then"'),
        (r"\text{$x$ is (small}", 'x "is (small"'),
        (r"\text{, }", "sep:,"),
        (r"\text{2}", "2"),
        (r"a = b \quad\text{falls } t", 'a rel:= b sep:\\quad "falls" t'),
        (r"\therefore a", '"therefore" a'),
        (r"\intertext{so that, for $x$,} a", r'\intertext["so that, for" x sep:,] a'),
        (r"\intertext{net} a", '"net" a'),
        (r"\mbox{where}", '"where"'),
        (r"a \text{, for all } t", 'a sep:, "for all" t'),
        (r"\text{otherwise.}", '"otherwise" sep:.'),
        (r"\text{s.t.}", '"s.t."'),
        (r"\text{if $t=1$,}", '"if" t rel:= 1 sep:,'),
        (r"\text{$h$}_t", "<h>_{t}"),
        (r"\text{$a + b$}_t", "<{a + b}>_{t}"),
        (r"\text{hidden state}_t", r"<\mathrm{hidden state}~>_{t}"),
    ],
)
def test_words(text: str, wanted: str) -> None:
    assert spelled(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("E = 1 for all t", 'E rel:= 1 "for all" t'),
        ("E = E_1, if T = 1", 'E rel:= <E>_{1} sep:, "if" T rel:= 1'),
        ("softmax(V s_t)", r"\operatorname{softmax} (V <s>_{t})"),
        ("tanh(z)", r"\tanh (z)"),
        ("dW = delta x", r"\mathrm{dW} rel:= \delta x"),
        ("sin(x)", r"\sin (x)"),
        ("yhat_t", r"<\hat y>_{t}"),
    ],
)
def test_words_of_plain_text(text: str, wanted: str) -> None:
    assert spelled(text, "plain") == wanted
