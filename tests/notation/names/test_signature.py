r"""What scripts are, in small documents: the document, an occurrence, what it is, in which line."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.names.types import Declared, Entries, Line, Power
from symbolic_bptt.notation.surface.nodes import Scripted
from tests.notation.names.documents import ELMAN, document, parse, understood
from tests.notation.names.occurrences import CASES
from tests.work import calls_of


@pytest.mark.parametrize(("text", "item", "want", "number"), CASES)
def test_occurrences(text: str, item: str, want: str, number: int) -> None:
    got = understood(document(text), item, number)
    assert got == want or (want == "why" and got.startswith("why"))


MORE = (  # without any declaration
    (r"\Gamma_u = \sigma(W_u [c_{t-1}, x_t] + b_u)", "W_u", "W_{u}"),
    ("h_t = W_{hh} h_{t-1} + W_{xh} x_t + b_h", "W_{hh}", "W_{hh}"),
    ("h_t = W_{hh} h_{t-1} + W_{xh} x_t + b_h", "b_h", "b_{h}"),
    ("o_t = W_o h_t + b_o", "W_o", "W_{o}"),
    (r"\delta_j = f'(n_j) \sum_k w_{kj} \delta_k", "w_{kj}", "w (k, j)"),
    (r"\delta_j = f'(n_j) \sum_k w_{kj} \delta_k", r"\delta_j", r"\delta (j)"),
    ("a^{[l]} = W^{[l]} a^{[l-1]}", "W^{[l]}", "W [l]"),
    (r"z_{t,i} = \sum_j W^{xz}_{ij} x_{t,j} + b^z_i", "W^{xz}_{ij}", "W^{xz} (i, j)"),
    (r"z_{t,i} = \sum_j W^{xz}_{ij} x_{t,j} + b^z_i", "b^z_i", "b^{z} (i)"),
    ("x^{t+1} = A x^t", "x^T", "x [T]"),
    ("x^{t+1} = A x^t", r"x^\top", "x T"),
    (r"\delta_{t,k} = n_{t,k} + \sum_i \delta_{t+1,i}", r"\delta_{t,k}", r"\delta [t] (k)"),
    (r"A_{t,t-1} = \prod_{k=1}^t B_k", "A_{t,t-1}", "A [t, t-1]"),
    (r"E = \sum_{i=1}^T a_i", "a_i", "a [i]"),
    (r"E = \sum_i a_{i,t}", "a_{i,t}", "a [t] (i)"),
    ("a_{t,1} = 1", "a_{t,1}", "a_{1} [t]"),
    ("E = a_{t,1}", "a_{t,1}", "a [t] (1)"),
)


@pytest.mark.parametrize(("text", "item", "want"), MORE)
def test_documents_without_a_model(text: str, item: str, want: str) -> None:
    assert understood(document(text, ()), item) == want


def test_entries_below_a_step_in_a_document_that_writes_them() -> None:
    text = "E = q_{t_l}\nE = \\sum_k y_{t_k}"
    assert understood(document(text), "q_{t_l}") == "q [t] (l)"


def test_nothing_depends_on_the_order_of_lines() -> None:
    lines = ["E = a_{t,i}", r"E = \sum_i a_{t,i}", "W_{in} = 1", r"\delta_{q,t} = s_t"]
    forth, back = document("\n".join(lines)), document("\n".join(lines[::-1]))
    for number, item in enumerate(("a_{t,i}", "a_{t,i}", "W_{in}", r"\delta_{q,t}")):
        assert understood(forth, item, number) == understood(back, item, 3 - number)


def test_scripts_on_what_is_no_name() -> None:
    sign = document(r"E = \sum_i (W s_t)_i")
    item = parse("(W s_t)_{i}^2").items[0]
    assert isinstance(item, Scripted)
    assert sign.behind(0, item).after == (Entries((parse("i"),)), Power(parse("2")))


COPIES = (
    ("E = W^{(t)}\nE = W^{(1)}", "W^{(1)}", "W [1]"),
    (r"E = \sum_l W^{(l)}", "W^{(l)}", "W [l]"),
    ("E = W^{(1)}", "W^{(1)}", "W^{(1)}"),
    ("E = W^{(k)}", "W^{(k)}", "W^{(k)}"),
    ("E = W^{(T)}", "W^{(T)}", "W [T]"),
)


@pytest.mark.parametrize(("text", "item", "want"), COPIES)
def test_copies_of_a_parameter(text: str, item: str, want: str) -> None:
    assert understood(document(text), item) == want


POWERS = (
    ("x_t^{1/2}", "x [t] power 1/2"),
    ("x_t^{0.5}", "x [t] power 0.5"),
    ("e^{xy}", "e power xy"),
    (r"\log^2", r"\log power 2"),
    (r"\sigma^{-1}", r"\sigma inverse"),
    ("(W^T)^{t-k}", "W T power t-k"),
    ("x_{t+1,i}^2", "x [t+1] (i) power 2"),
)


@pytest.mark.parametrize(("item", "want"), POWERS)
def test_powers(item: str, want: str) -> None:
    assert understood(document("E = 1", bound="i"), item) == want


PLAIN = (
    ("W_ij = V", "W_ij", "W (i, j)"),
    ("delta_t = W' s_t", "W'", "W T"),
    ("A = W\nA' = W", "A'", "A'"),
    ("W_hh = 1", "W_hh", r"W_{\mathrm{hh}}"),
    ("W_in = 1", "W_in", r"W_{\mathrm{in}}"),
    ("yhat_t = 1", "yhat_t", r"\hat y [t]"),
)


@pytest.mark.parametrize(("text", "item", "want"), PLAIN)
def test_plain_text(text: str, item: str, want: str) -> None:
    assert understood(document(text, plain_text=True), item, 0, "plain") == want


def test_a_primed_matrix_of_latex_is_another_matrix() -> None:
    assert understood(document("V' = W"), "V'") == "V'"


def test_no_letter_is_an_index_by_itself() -> None:
    assert understood(document("E = a_i + a_k"), "a_i") == "a_{i}"
    assert understood(document(r"E = \sum_i a_i"), "a_i") == "a (i)"


def test_a_letter_bound_by_a_clause_is_an_index() -> None:
    assert understood(document("E = W_{ab}", bound="a b"), "W_{ab}") == "W (a, b)"


def test_gates_called_like_indices_are_names() -> None:
    text = "i_t = \\sigma(W_i x_t)\nz_{i,t} = W_i x_t\nz_{f,t} = W_f x_t\nz_{o,t} = W_o x_t"
    sign = document(text)
    assert understood(sign, "z_{i,t}", 1) == "z_{i} [t]"
    assert understood(sign, "W_i", 1) == "W_{i}"
    assert understood(sign, "i_t", 0) == "i [t]"


def test_declared_names_win_over_indices() -> None:
    declared = (*ELMAN, Declared("b_i", 1, 0, "parameter"), Declared("b", 1, 0, "parameter"))
    sign = document(r"E = \sum_i \sum_j b_i b_j", declared)
    assert understood(sign, "b_i") == "b_i"
    assert understood(sign, "b_j") == "b (j)"


def test_families() -> None:
    declared = (Declared("h^{(l)}", 1, 2, "state"), Declared(r"\alpha", 0, 2, "variable"))
    sign = document(r"h_t^{(l)} = \alpha_{t,j} h_{t-1}^{(l-1)}", declared, families=frozenset("lj"))
    for item in ("h_t^{(l)}", "h^{[l]}_t", "h_{t,l}", "h_{l,t}"):
        assert understood(sign, item) == "h^{(l)} [t, l]"
    assert understood(sign, "h_t^{(2)}") == "h^{(l)} [t, 2]"
    assert understood(sign, "h_{t,l,i}") == "h^{(l)} [t, l] (i)"
    assert understood(sign, r"\alpha_{t,j}") == r"\alpha [t, j]"


def test_other_names_of_time() -> None:
    sign = document(r"E = \sum_n s_n", time_index="n", last=r"\tau", sizes=frozenset("mK"))
    assert understood(sign, r"s_{\tau}") == "s [\\tau]"
    assert understood(sign, "s_{n-1}") == "s [n-1]"


def test_what_cannot_be_understood_says_why() -> None:
    for item in ("s_{1:t}", "s_{t,}", r"s_{1,\dots,t}"):
        assert understood(document("E = 1"), item).startswith("why")


def test_only_names_are_read() -> None:
    with pytest.raises(TypeError):
        document("E = 1").read(0, parse("E + E"))


def test_a_line_beyond_the_document_is_read_all_the_same() -> None:
    assert understood(document("E = 1"), "s_{t-1}", 7) == "s [t-1]"


def test_the_layout_of_the_step() -> None:
    sign = document("E = s_t")
    for text, layout in (("s_t", "sub"), ("s^{(t)}", "paren"), (r"s^{\langle t \rangle}", "angle")):
        assert sign.read(0, parse(text)).layout == layout


def test_an_empty_document() -> None:
    assert document("").table() == ()
    assert Line(()).bound == frozenset()


def test_scripts_on_both_sides_of_braces_keep_their_order() -> None:
    sign = document(r"E = \sum_i \sum_j W_{ij}")
    assert understood(sign, "{W_{ij}}^T") == "W (i, j) T"
    assert understood(sign, "{W^T}_{ij}") == "W T entries i, j"


def test_exponents_that_are_letters() -> None:
    text = "\\alpha = 2\nE = \\alpha^T + \\gamma^n + \\beta^\\alpha"
    sign = document(text)
    assert understood(sign, r"\gamma^n", 1) == r"\gamma power n"
    assert understood(sign, r"\beta^\alpha", 1) == r"\beta power \alpha"
    assert understood(sign, r"\alpha^T", 1) == r"\alpha T"
    transpose = sign.read(1, parse(r"\alpha^T")).after[0]
    assert getattr(transpose, "sign", None) == parse("T")


def test_the_work_needed_is_linear() -> None:
    def cost(lines: int) -> int:
        text = "\n".join(
            rf"a_{{\mathrm{{x{k}}},t}} = b_{{\mathrm{{y{k}}}}} s_t" for k in range(lines)
        )
        rows = document.__globals__["line"]
        given = [rows(row) for row in text.splitlines()]
        return calls_of(lambda: document.__globals__["signature"](given, ELMAN))

    assert cost(200) < 12 * cost(25)
