"""Every form that the language has, in LaTeX and in plain text, and the tree that it means."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.parser import (
    parse_expression,
    parse_key,
    parse_statement,
    parse_target,
    split_statements,
)
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import (
    Add,
    BigOperator,
    Call,
    Cases,
    Concat,
    Constant,
    Derivative,
    Entry,
    Expr,
    Held,
    Indicator,
    KroneckerDelta,
    Matrix,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Range,
    Slice,
    Statement,
    Symbol,
    Transpose,
)
from symbolic_bptt.notation.vocabulary import NameRecord, Vocabulary

NAMES = (
    *(NameRecord(name, timed=True, rank=1, indices=1) for name in ("s", "x", "z", r"\hat y", "y")),
    NameRecord("E", timed=True, rank=0, indices=1),
    NameRecord("h", timed=True, layout="paren", rank=1, indices=1),
    NameRecord("a", timed=True, layout="angle", rank=1, indices=1),
    NameRecord(r"\varepsilon", timed=True, layout="bare", rank=2, indices=1),
    *(NameRecord(name, rank=2, parameter=True) for name in ("U", "V", "W", "W_{hh}", "W_{in}")),
    *(NameRecord(name, rank=0, parameter=True) for name in ("u", "w", "v")),
    *(NameRecord(name, rank=1, parameter=True) for name in ("b", "b_i", "u'")),
    NameRecord(r"\beta_1", rank=0, parameter=True),
    NameRecord("net", timed=True, rank=1, indices=1),
    NameRecord("o"),
)
VOCABULARY = Vocabulary(
    names={record.name: record for record in NAMES},
    functions={"f": 1, "l": 2},
    sizes=frozenset({"n", "m", "K"}),
)

t, k, j, i, T = (Symbol(letter) for letter in "tkjiT")
U, V, W, b, u, w, v, o, E = (Symbol(letter) for letter in "UVWbuwvoE")


def n(value: int | str) -> Number:
    return Number(Fraction(value))


def at(name: str, step: Expr | int) -> Symbol:
    return Symbol(name, (n(step) if isinstance(step, int) else step,))


def minus(left: Expr, right: Expr | int) -> Add:
    return Add((left, Neg(n(right) if isinstance(right, int) else right)))


def times(*factors: Expr) -> Product:
    return Product(factors)


def d(of: Expr, wrt: Expr) -> Derivative:
    return Derivative("partial", of, wrt)


s_t, x_t, z_t, y_t = (at(name, t) for name in ("s", "x", "z", "y"))
s_before = at("s", minus(t, 1))
h_t = Symbol("h", (t,), "paren")
yhat_t = at(r"\hat y", t)
one_minus_square = minus(n(1), Power(s_t, n(2)))

LATEX: list[tuple[str, Expr]] = [
    # products
    ("U x_t", times(U, x_t)),
    ("Ux_t", times(U, x_t)),
    ("x_tu", times(x_t, u)),
    (r"u \cdot x_t", Operation("dot", u, x_t)),
    ("u * x_t", Operation("dot", u, x_t)),
    (r"u \times x_t", Operation("dot", u, x_t)),
    (r"s_t \odot z_t", Operation("hadamard", s_t, z_t)),
    (r"s_t \circ z_t", Operation("hadamard", s_t, z_t)),
    ("s_t .* z_t", Operation("hadamard", s_t, z_t)),
    (r"s_t \otimes z_t", Operation("outer", s_t, z_t)),
    (r"W x_t \odot U z_t", Operation("hadamard", times(W, x_t), times(U, z_t))),
    (
        r"s_t \odot z_t \cdot u",
        Operation("dot", Operation("hadamard", s_t, z_t), u),
    ),
    (r"-y_t^\top \log \hat y_t", Neg(times(Transpose(y_t), Call("log", (yhat_t,))))),
    (r"2 \cdot -w", Operation("dot", n(2), Neg(w))),
    ("y_3(z_t + x_t)", times(at("y", 3), Add((z_t, x_t)))),
    ("a - (v + w)", minus(Symbol("a"), Add((v, w)))),
    ("u + (v + w)", Add((u, v, w))),
    # fractions
    (r"\frac{u}{v}", Quotient(u, v)),
    (r"\dfrac12", Quotient(n(1), n(2))),
    (r"\frac1T E", times(Quotient(n(1), T), E)),
    ("u/v", Quotient(u, v)),
    ("u/v/w", Quotient(Quotient(u, v), w)),
    ("1/2 w", times(Quotient(n(1), n(2)), w)),
    # transposes and powers
    *(
        (f"W{mark}", Transpose(W))
        for mark in (
            *("^T", r"^\top", r"^{\top}", r"^{\mathsf T}", r"^\mathsf{T}", r"^\intercal"),
            *(r"^{\mathrm T}", "'", r"^{\!\top}", r"^{\text{T}}"),
        )
    ),
    (r"h^{(t)\top}", Transpose(h_t)),
    ("W^{-1}", Power(W, Neg(n(1)))),
    ("s_t^2", Power(s_t, n(2))),
    ("(h^{(t)})^2", Power(h_t, n(2))),
    ("W^{t-j}", Power(W, minus(t, j))),
    (r"(W_{hh}^\top)^{T-i}", Power(Transpose(Symbol("W_{hh}")), minus(T, i))),
    ("u'", Symbol("u'")),
    # functions
    (r"\tanh(z_t)", Call("tanh", (z_t,))),
    ("tanh(z_t)", Call("tanh", (z_t,))),
    ("softmax(V s_t)", Call("softmax", (times(V, s_t),))),
    (r"\operatorname{softmax}(V s_t)", Call("softmax", (times(V, s_t),))),
    (r"\mathrm{diag}\left[1-s_t^2\right]", Call("diag", (one_minus_square,))),
    (r"\sigma(z_t)", Call("sigmoid", (z_t,))),
    (r"\sigma'(z_t)", Call("sigmoid", (z_t,), 1)),
    ("f'(z_1)", Call("f", (at("z", 1),), 1)),
    (r"l(o, y_t)", Call("l", (o, y_t))),
    (r"\tanh^2(z_t)", Power(Call("tanh", (z_t,)), n(2))),
    (r"\tanh(z_t)^2", Power(Call("tanh", (z_t,)), n(2))),
    (r"\tanh W x_t", Call("tanh", (times(W, x_t),))),
    (r"\log \tanh z_t", Call("log", (Call("tanh", (z_t,)),))),
    (r"\max(0, z_t)", Call("max", (n(0), z_t))),
    (r"\sqrt{u}", Call("sqrt", (u,))),
    ("|u|", Call("abs", (u,))),
    (r"\left|u\right|", Call("abs", (u,))),
    (r"\lVert s_t \rVert", Call("norm", (s_t,))),
    (r"\|s_t\|_2", Call("norm", (s_t,))),
    ("e^{z_t}", Call("exp", (z_t,))),
    (
        r"\frac{e^{z_{t,i}}}{\sum_{j} e^{z_{t,j}}}",
        Quotient(
            Call("exp", (Entry(z_t, (i,)),)),
            BigOperator("sum", (Range("j"),), Call("exp", (Entry(z_t, (j,)),))),
        ),
    ),
    # constants
    (r"\mathbf 1 - s_t", minus(Constant("ones"), s_t)),
    (r"\mathbb{1}", Constant("ones")),
    (r"\mathbf{1}_n", Constant("ones", (Symbol("n"),))),
    ("I", Constant("identity")),
    ("I_n", Constant("identity", (Symbol("n"),))),
    (r"\mathbb 1[z_t>0]", Indicator(z_t, ">", n(0))),
    (r"\mathbf 1_{i=j}", Indicator(i, "=", j)),
    (r"\delta_{ij}", KroneckerDelta(i, j)),
    ("0.5", n("0.5")),
    # names
    (r"\mathbf{x}_t", x_t),
    (r"\boldsymbol{\mathbf x}_t", x_t),
    (r"\hat{y}_t", yhat_t),
    (r"\hat{y_t}", yhat_t),
    (r"\widehat{y}_t", yhat_t),
    (r"\operatorname{net}_t", at("net", t)),
    (r"net_t", at("net", t)),
    (r"\mathrm{dh}", Symbol("dh")),
    (r"dW_{hh}", Symbol("dW_{hh}")),
    (r"dh_{\text{raw}}", Symbol("dh_{raw}")),
    (r"d\gamma_o", Symbol(r"d\gamma_o")),
    (r"\mathcal{L}", Symbol(r"\mathcal L")),
    (r"W_{hh}", Symbol("W_{hh}")),
    (r"W_hh", Symbol("W_{hh}")),
    (r"W_{in}", Symbol("W_{in}")),
    (r"b_i", Symbol("b_i")),
    (r"\beta_1", Symbol(r"\beta_1")),
    (r"top\_diff\_s", Symbol("top_{diff,s}")),
    # steps and entries
    ("s_{t-1}", s_before),
    ("s_t-1", minus(s_t, 1)),
    ("s_{-1+t}", Symbol("s", (Add((Neg(n(1)), t)),))),
    ("u_0", at("u", 0)),
    ("W_{ij}", Entry(W, (i, j))),
    ("W_{i,j}", Entry(W, (i, j))),
    (r"\hat y_{t,k}", Entry(yhat_t, (k,))),
    (r"h^{(t)}_i", Entry(h_t, (i,))),
    (r"h_i^{(t)}", Entry(h_t, (i,))),
    (r"(W s_t)_i", Entry(times(W, s_t), (i,))),
    (r"\delta_{i,t}", Symbol(r"\delta_i", (t,))),
    (r"\delta_2^{(3)}", Symbol(r"\delta", (n(3), n(2)), "paren")),
    (r"a^{\langle t\rangle}", Symbol("a", (t,), "angle")),
    (r"a^{<t-1>}", Symbol("a", (minus(t, 1),), "angle")),
    (r"a^{[1]\langle t\rangle}", Symbol("a^{[1]}", (t,), "angle")),
    (r"\varepsilon^{t-1}", Symbol(r"\varepsilon", (minus(t, 1),), "bare")),
    (r"W[:n, :]", Slice(W, ((None, Symbol("n")), (None, None)))),
    # blocks
    (r"[s_{t-1}; x_t]", Concat((s_before, x_t), ";")),
    (r"[x_t, s_{t-1}]", Concat((x_t, s_before), ",")),
    (
        r"\begin{bmatrix} u & v \\ w & 0 \end{bmatrix}",
        Matrix(((u, v), (w, n(0)))),
    ),
    (
        r"\begin{cases} u & \text{if } t = T \\ v & \text{otherwise} \end{cases}",
        Cases(((u, (Range("t", T, T),)), (v, ()))),
    ),
    # sums and products
    (r"\sum_{t=1}^{T} E_t", BigOperator("sum", (Range("t", n(1), T),), at("E", t))),
    (r"\sum\limits_{t=1}^T E_t", BigOperator("sum", (Range("t", n(1), T),), at("E", t))),
    (r"\sum_tE_t + u", Add((BigOperator("sum", (Range("t"),), at("E", t)), u))),
    (r"\sum_{k \le t} s_k", BigOperator("sum", (Range("k", None, t),), at("s", k))),
    (r"\sum_{1\le k\le t} s_k", BigOperator("sum", (Range("k", n(1), t),), at("s", k))),
    (r"\sum_{k < t} s_k", BigOperator("sum", (Range("k", None, minus(t, 1)),), at("s", k))),
    (
        r"\sum_{i,j} W_{ij}",
        BigOperator("sum", (Range("i"), Range("j")), Entry(W, (i, j))),
    ),
    (
        r"\sum_{j \ne i} W_{ij}",
        BigOperator("sum", (Range("j", unequal=(i,)),), Entry(W, (i, j))),
    ),
    (
        r"\sum_t -s_t \odot z_t",
        BigOperator("sum", (Range("t"),), Neg(Operation("hadamard", s_t, z_t))),
    ),
    (
        r"\prod_{j=k+1}^t W",
        BigOperator("product", (Range("j", Add((k, n(1))), t),), W),
    ),
    (
        r"\sum_t \sum_{k=0}^t s_k",
        BigOperator(
            "sum", (Range("t"),), BigOperator("sum", (Range("k", n(0), t),), at("s", k))
        ),
    ),
    # derivatives
    (r"\frac{\partial E}{\partial W}", d(E, W)),
    (r"\dfrac{\partial{E}}{\partial{u_t}}", d(E, at("u", t))),
    (r"\partial E/\partial W", d(E, W)),
    (r"\partial E/do * \partial o/\partial s_1", Operation("dot", d(E, o), d(o, at("s", 1)))),
    (r"\frac{\partial E}{\partial o} \frac{\partial o}{\partial s_1}",
     times(d(E, o), d(o, at("s", 1)))),
    (r"\partial E/\partial o \cdot w", Operation("dot", d(E, o), w)),
    ("dE/dw", Derivative("total", E, w)),
    (r"\frac{dE}{dW_{ij}}", Derivative("total", E, Entry(W, (i, j)))),
    (r"\frac{d\,E}{d\,w}", Derivative("total", E, w)),
    (r"\frac{\mathrm dE}{\mathrm dw}", Derivative("total", E, w)),
    (r"\frac{\partial^+ s_k}{\partial W}", Derivative("immediate", at("s", k), W)),
    (r"\frac{\partial^{+} s_k}{\partial W}", Derivative("immediate", at("s", k), W)),
    (r"\partial_W E", d(E, W)),
    (r"\nabla_W E", Derivative("gradient", E, W)),
    (r"V^\top\nabla_{h^{(t)}} E", times(Transpose(V), Derivative("gradient", E, h_t))),
    (r"(\nabla_o E)_i", Entry(Derivative("gradient", E, o), (i,))),
    (r"\frac{\partial}{\partial w} E", d(E, w)),
    (r"\frac{\partial}{\partial w}\left(u v\right)", d(times(u, v), w)),
    (
        r"\frac{\partial l(o,y_t)}{T\cdot\partial o}",
        times(Quotient(n(1), T), d(Call("l", (o, y_t)), o)),
    ),
    (r"\frac{\partial s_t}{\partial W}\Big|_{s_{t-1}}", Held(d(s_t, W), (s_before,))),
    (r"\frac{\partial s_t}{\partial W}\Big|_{s_2\text{ const}}", Held(d(s_t, W), (at("s", 2),))),
    (r"\left.\frac{\partial s_t}{\partial W}\right|_{s_2}", Held(d(s_t, W), (at("s", 2),))),
]  # fmt: skip

PLAIN: list[tuple[str, Expr]] = [
    ("W_hh", Symbol("W_{hh}")),
    ("yhat_t", yhat_t),
    ("delta_t", Symbol(r"\delta", (t,))),
    ("s_{t-1}", s_before),
    ("s_t-1", minus(s_t, 1)),
    ("s_t - 1", minus(s_t, 1)),
    ("u*x_0 + w*s_{-1}", Add((
        Operation("dot", u, at("x", 0)),
        Operation("dot", w, Symbol("s", (Neg(n(1)),))),
    ))),
    ("W^T s_t", times(Transpose(W), s_t)),
    ("s_t**2", Power(s_t, n(2))),
    ("w**-1", Power(w, Neg(n(1)))),
    ("1 - s_t^2", one_minus_square),
    ("v1 + w", Add((at("v", 1), w))),
    ("sum_t E_t", BigOperator("sum", (Range("t"),), at("E", t))),
    ("sum_{t=1}^T E_t", BigOperator("sum", (Range("t", n(1), T),), at("E", t))),
    ("softmax(V s_t)", Call("softmax", (times(V, s_t),))),
    ("sigma'(z_t)", Call("sigmoid", (z_t,), 1)),
    ("dE/dw", Derivative("total", E, w)),
    ("h^(t)", h_t),
    ("∂E/∂W", d(E, W)),
    ("∇_W E", Derivative("gradient", E, W)),
    ("s_t ⊙ z_t", Operation("hadamard", s_t, z_t)),
    ("s_t ∘ z_t", Operation("hadamard", s_t, z_t)),
    ("s_t ⊗ z_t", Operation("outer", s_t, z_t)),
    ("u·v", Operation("dot", u, v)),
    ("u × v", Operation("dot", u, v)),
    ("Wᵀ s_t", times(Transpose(W), s_t)),
    ("W⊤", Transpose(W)),
    ("s_t²", Power(s_t, n(2))),
    ("sₜ₋₁", s_before),
    ("ŷ_t", yhat_t),
    ("y\u0302_t", yhat_t),
    ("σ(z_t)", Call("sigmoid", (z_t,))),
    ("Σ_t E_t", BigOperator("sum", (Range("t"),), at("E", t))),
    ("∏_{k≤t} w", BigOperator("product", (Range("k", None, t),), w)),
    ("f′(z_t)", Call("f", (z_t,), 1)),
    ("1 − u", minus(n(1), u)),
    ("√(u)", Call("sqrt", (u,))),
    ("𝟙[z_t > 0]", Indicator(z_t, ">", n(0))),
]  # fmt: skip


@pytest.mark.parametrize(("text", "tree"), LATEX, ids=[text for text, _ in LATEX])
def test_latex_means_this_tree(text: str, tree: Expr) -> None:
    assert parse_expression(text, VOCABULARY, "latex") == tree


@pytest.mark.parametrize(("text", "tree"), PLAIN, ids=[text for text, _ in PLAIN])
def test_plain_text_means_this_tree(text: str, tree: Expr) -> None:
    assert parse_expression(text, VOCABULARY, "plain") == tree


@pytest.mark.parametrize(("text", "tree"), PLAIN[-19:], ids=[text for text, _ in PLAIN[-19:]])
def test_unicode_is_read_in_latex_too(text: str, tree: Expr) -> None:
    assert parse_expression(text, VOCABULARY, "latex") == tree


@pytest.mark.parametrize(
    "spaced",
    [
        r"\left( u + v \right) \, w",
        r"\big(u+v\big)\!w",
        r"( u \quad + \; v ) w",
        r"\displaystyle (u+v) w \nonumber \label{eq:1} \tag{3}",
        "(u + v) w % w^2",
        "(u + v) & w \\\\",
        r"\begin{aligned} (u + v) w \end{aligned}",
        "\n  (u\n+ v)w\n",
    ],
)
def test_what_only_sets_the_page_means_nothing(spaced: str) -> None:
    assert parse_expression(spaced, VOCABULARY) == times(Add((u, v)), w)


@pytest.mark.parametrize(
    ("clause", "ranges"),
    [
        (r"\quad t = 1,\dots,T-1", (Range("t", n(1), minus(T, 1)),)),
        (", t<T", (Range("t", None, minus(T, 1)),)),
        (" for t < T", (Range("t", None, minus(T, 1)),)),
        (r" \text{for } t<T", (Range("t", None, minus(T, 1)),)),
        (r" \text{ for all } t<T", (Range("t", None, minus(T, 1)),)),
        (r" \forall t", (Range("t"),)),
        (" (t=1,...,T)", (Range("t", n(1), T),)),
        (r" \qquad k \le t", (Range("k", None, t),)),
        (r" \quad 1 \le k < t", (Range("k", n(1), minus(t, 1)),)),
        (r" \quad t = T, T-1, \dots, 1", (Range("t", n(1), T),)),
        (r",\quad t > 1", (Range("t", n(2), None),)),
        (r" \quad t = T.", (Range("t", T, T),)),
        (r" \quad T = t", (Range("t", T, T),)),
        (r", T \ge t", (Range("t", None, T),)),
        (" (T > t)", (Range("t", None, minus(T, 1)),)),
        (r" \quad i \ne j", (Range("i", unequal=(j,)),)),
    ],
)
def test_a_range_clause_says_where_a_formula_is_claimed(
    clause: str, ranges: tuple[Range, ...]
) -> None:
    statement = parse_statement("E_t = s_t" + clause, VOCABULARY)
    assert statement == Statement((at("E", t), s_t), ("=",), ranges)


@pytest.mark.parametrize(
    ("sign", "op"),
    [
        *(("=", "="), (":=", "="), (r"\equiv", "="), (r"\coloneqq", "="), (r"\triangleq", "=")),
        *(("<", "<"), (r"\le", "<="), (r"\leq", "<="), ("≤", "<="), (">", ">"), (r"\ge", ">=")),
        *((r"\ne", "!="), ("≠", "!="), (r"\mathrel{+}=", "+="), ("+=", "+=")),
    ],
)
def test_relations(sign: str, op: str) -> None:
    assert parse_statement(f"u {sign} v", VOCABULARY).operators == (op,)


def test_a_chain_of_relations_is_one_statement() -> None:
    assert parse_statement("u = v = w", VOCABULARY) == Statement((u, v, w), ("=", "="))


def test_arguments_behind_a_declared_symbol_only_remind_the_reader() -> None:
    statement = parse_statement(r"E_t(y_t, \hat y_t) = u", VOCABULARY)
    assert statement.operands == (at("E", t), u)


def test_the_same_letters_are_one_name_where_it_is_declared() -> None:
    letters = [Symbol(letter) for letter in "xyz"]
    assert parse_expression("xyz", Vocabulary(), "latex") == Product(tuple(letters))
    declared = Vocabulary(names={"xyz": NameRecord("xyz")})
    assert parse_expression("xyz", declared) == Symbol("xyz")


def test_an_unknown_word_of_plain_text_stays_one_word() -> None:
    assert parse_expression("func", Vocabulary(), "plain") == Symbol("func")


def test_delta_with_two_indices_is_an_entry_where_it_is_declared_with_two() -> None:
    record = NameRecord(r"\delta", timed=True, rank=1, indices=2)
    vocabulary = Vocabulary(names={r"\delta": record})
    assert parse_expression(r"\delta_{ij}", vocabulary) == Symbol(r"\delta", (i, j))


def test_a_bound_letter_is_an_index() -> None:
    tree = parse_expression(r"\sum_{a} W_{aa}", VOCABULARY)
    index = Symbol("a")
    assert tree == BigOperator("sum", (Range("a"),), Entry(W, (index, index)))


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("net_t = W", at("net", t)),
        ("foo_t", at("foo", t)),
        ("dh_{raw}", Symbol("dh_{raw}")),
        (r"d\gamma_o", Symbol(r"d\gamma_o")),
        (r"dp\tilde c", Symbol(r"dp\tilde c")),
        ("q^{(t)}", Symbol("q", (t,), "paren")),
        ("q^t", Symbol("q", (t,), "bare")),
        (r"\delta^1_t", Symbol(r"\delta^1", (t,))),
        (r"\delta_{t-1}", Symbol(r"\delta", (minus(t, 1),))),
        (r"\delta_T", Symbol(r"\delta", (T,))),
        (r"p_{t,ij}", Symbol("p", (t, i, j))),
        ("v'_t", Symbol("v'", (t,))),
        (r"E(y, \hat y)", E),
    ],
)
def test_the_left_side_of_a_definition_is_one_symbol(text: str, target: Symbol) -> None:
    assert parse_target(text, VOCABULARY) == target


@pytest.mark.parametrize(
    "text", [r"u + v", r"\frac{u}{v}", r"W^\top", "2", r"\nabla_W E", "u v_t w", "u|_{s_2}"]
)
def test_what_is_no_symbol_is_no_target(text: str) -> None:
    with pytest.raises(NotationError):
        parse_target(text, VOCABULARY)


@pytest.mark.parametrize(
    "text",
    [
        "W^2",
        "W^{-1}",
        "W^n",
        "W^{t-1}",
        r"W^{\circ 2}",
        "s_t^2",
        "Q^{-1}",
        r"Q^{\odot 2}",
        "W^{1/2}",
    ],
)
def test_a_power_is_no_target(text: str) -> None:
    with pytest.raises(NotationError, match="power"):
        parse_target(text, VOCABULARY)


@pytest.mark.parametrize(
    ("text", "target"),
    [
        (r"s^a_t", Symbol("s^a", (t,))),
        (r"W^{(x)}", Symbol("W^{(x)}")),
        (r"Q^2_t", Symbol("Q^2", (t,))),
        (r"s^{(t)}", Symbol("s", (t,), "paren")),
        (r"\epsilon_{q,t}", Symbol(r"\epsilon_q", (t,))),
        (r"\epsilon_{s,2}", Symbol(r"\epsilon_s", (n(2),))),
    ],
)
def test_a_label_belongs_to_the_name(text: str, target: Symbol) -> None:
    assert parse_target(text, VOCABULARY) == target


def test_arguments_behind_a_new_name_are_allowed_where_it_is_asked_for() -> None:
    assert parse_target("Q(u)", VOCABULARY) == Symbol("Q")
    with pytest.raises(NotationError, match="value of a function"):
        parse_target("Q(u)", VOCABULARY, arguments=False)


def test_an_entry_may_stand_before_the_step_of_a_vector() -> None:
    assert parse_expression("s_{i,t}", VOCABULARY) == Entry(s_t, (i,))
    summed = parse_expression(r"\sum_i s_{i,t}", VOCABULARY)
    assert isinstance(summed, BigOperator)
    assert summed.body == Entry(s_t, (i,))
    adjoint = Vocabulary({r"\delta": NameRecord(r"\delta", timed=True, indices=1)})
    assert parse_expression(r"\delta_{q,t}", adjoint) == Symbol(r"\delta_q", (t,))


def test_a_step_makes_another_name_of_a_scalar() -> None:
    scalar = Vocabulary({"E": NameRecord("E", rank=0), "c": NameRecord("c")})
    assert parse_expression("E_t", scalar) == at("E", t)
    assert parse_expression("c_T", scalar) == at("c", T)
    assert parse_expression("c_i", scalar) == Entry(Symbol("c"), (i,))


def test_a_name_that_only_has_steps_leaves_its_letter_to_the_language() -> None:
    names = {name: NameRecord(name, timed=True, indices=1) for name in (r"\sigma", "I")}
    stepped = Vocabulary(names)
    assert parse_expression(r"\sigma(\sigma_t)", stepped) == Call("sigmoid", (at(r"\sigma", t),))
    assert parse_expression("I I_t", stepped) == times(Constant("identity"), at("I", t))


@pytest.mark.parametrize(
    ("key", "symbol"),
    [
        ("W_{hh}", Symbol("W_{hh}")),
        ("W_{in}", Symbol("W_{in}")),
        ("h^{(t)}", Symbol("h", (t,), "paren")),
        (r"a^{\langle t\rangle}", Symbol("a", (t,), "angle")),
        ("z^t", Symbol("z", (t,), "bare")),
        ("x_t", x_t),
        ("s_0", at("s", 0)),
        ("s_{-1}", Symbol("s", (Neg(n(1)),))),
        (r"\hat y_t", yhat_t),
        (r"\Gamma_f", Symbol(r"\Gamma_f")),
        ("b_i", Symbol("b_i")),
        ("net_t", at("net", t)),
    ],
)
def test_keys_of_a_model_file(key: str, symbol: Symbol) -> None:
    assert parse_key(key) == symbol


def test_a_parameter_keeps_every_script_in_its_name() -> None:
    assert parse_key(r"\beta_1", indexed=False) == Symbol(r"\beta_1")


def test_a_line_that_begins_with_a_sign_continues_the_one_above() -> None:
    source = Source("a = b\n  + c\n\n% a comment\nd = e\n = f\n", "model.toml", first_line=10)
    pieces = split_statements(source)
    assert [piece.text for piece in pieces] == ["a = b\n  + c", "d = e\n = f"]
    assert [piece.first_line for piece in pieces] == [10, 14]


def test_every_node_knows_where_it_was_written() -> None:
    text = r"u + \tanh(W s_{t-1})"
    tree = parse_expression(text, VOCABULARY)
    assert isinstance(tree, Add)
    call = tree.terms[1]
    assert isinstance(call, Call)
    span = call.arguments[0].span
    assert span is not None
    assert text[span.start :].startswith("W s_{t-1}")


@pytest.mark.parametrize("style", [r"\mathrm", r"\text", r"\mathbf", r"\mathit"])
def test_a_digit_in_an_upright_script_belongs_to_the_name(style: str) -> None:
    """Guards: nothing of a script is dropped from the name."""
    names = [f"{style}{{d3}}", f"{style}{{d7}}", f"{style}{{h-1}}"]
    found = {parse_expression(rf"\delta_{{{name},t}}", Vocabulary(), "latex") for name in names}
    assert {one.name for one in found if isinstance(one, Symbol)} == {
        r"\delta_{d3}",
        r"\delta_{d7}",
        r"\delta_{h-1}",
    }
