"""Printed trees read as a textbook prints them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_bptt.notation import tree
from symbolic_bptt.notation.printer import latex, text
from symbolic_bptt.notation.printer.precedence import PRECEDENCE
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
    Layout,
    Matrix,
    Neg,
    Node,
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


def number(value: str | int | Fraction) -> Number:
    return Number(Fraction(value))


def symbol(name: str, *indices: Expr, layout: Layout = "sub") -> Symbol:
    return Symbol(name, indices, layout)


def plus(base: Expr, shift: int) -> Expr:
    return Add((base, number(shift) if shift > 0 else Neg(number(-shift))))


t, k, i, j, T, n = (symbol(letter) for letter in "tkijTn")
E, L, U, V, W, a, b, c, w, x, z = (symbol(letter) for letter in "ELUVWabcwxz")
s_t, x_t, y_t, delta_t = (symbol(name, t) for name in ("s", "x", "y", r"\delta"))
s_before, s_next, delta_next = (
    symbol("s", plus(t, -1)),
    symbol("s", plus(t, 1)),
    symbol(r"\delta", plus(t, 1)),
)
y_hat = symbol(r"\hat y", t)
h_t, h_before = symbol("h", t, layout="paren"), symbol("h", plus(t, -1), layout="paren")
one, two = number(1), number(2)


def slope(state: Expr) -> Expr:
    return Add((one, Neg(Power(state, two))))


def hadamard(left: Expr, right: Expr) -> Expr:
    return Operation("hadamard", left, right)


def over(lower: Expr | None, upper: Expr | None, index: str = "t", *unequal: Expr) -> Range:
    return Range(index, lower, upper, unequal)


def total(body: Expr, *ranges: Range) -> Expr:
    return BigOperator("sum", ranges or (over(one, T),), body)


recurrence = Add(
    (
        Product((Transpose(V), Add((y_hat, Neg(y_t))))),
        Product((Transpose(W), hadamard(delta_next, slope(s_next)))),
    )
)

PRINTED: list[tuple[Node, str, str]] = [
    (
        Statement((delta_t, recurrence), ("=",), (over(one, plus(T, -1)),)),
        (
            r"\delta_t = V^\top (\hat y_t - y_t) + W^\top (\delta_{t+1} \odot (1 - s_{t+1}^2))"
            r" \quad t = 1, \dots, T-1"
        ),
        "δ_t = Vᵀ (ŷ_t − y_t) + Wᵀ (δ_{t+1} ⊙ (1 − s_{t+1}²)), t = 1, …, T-1",
    ),
    (
        Statement(
            (
                Derivative("partial", E, W),
                total(Product((hadamard(delta_t, slope(s_t)), Transpose(s_before)))),
            ),
            ("=",),
        ),
        r"\frac{\partial E}{\partial W} = \sum_{t=1}^{T} (\delta_t \odot (1 - s_t^2)) s_{t-1}^\top",
        "∂E/∂W = Σ_{t=1}^{T} (δ_t ⊙ (1 − s_t²)) s_{t-1}ᵀ",
    ),
    # Scripts: an exponent never collides with a superscript index.
    (Power(h_t, two), "(h^{(t)})^2", "(h^{(t)})²"),
    (Transpose(h_before), r"h^{(t-1)\top}", "h^{(t-1)}ᵀ"),
    (Transpose(symbol("z", t, layout="bare")), r"(z^t)^\top", "(z^t)ᵀ"),
    (symbol(r"\Gamma_f", t), r"\Gamma_{f,t}", "Γ_{f,t}"),
    (
        symbol(r"\Gamma_f", t, layout="angle"),
        r"\Gamma_f^{\langle t \rangle}",
        "Γ_f^{⟨t⟩}",
    ),
    (symbol("a", t, layout="bracket"), "a^{[t]}", "a^{[t]}"),
    (symbol("s", Neg(one)), "s_{-1}", "s_{-1}"),
    (symbol("net", t), r"\mathrm{net}_t", "net_t"),
    (symbol("W_{hh}"), "W_{hh}", "W_{hh}"),
    (symbol("u'", t), "u'_t", "u′_t"),
    # Entries.
    (Entry(W, (one, two)), "W_{1,2}", "W_{1,2}"),
    (Entry(W, (i, j)), "W_{ij}", "W_{ij}"),
    (Entry(W, (i, plus(j, 1))), "W_{i,j+1}", "W_{i,j+1}"),
    (Entry(y_hat, (k,)), r"\hat y_{t,k}", "ŷ_{t,k}"),
    (Entry(h_t, (i,)), "h^{(t)}_i", "h^{(t)}_i"),
    (Entry(symbol("W_{hh}"), (i, j)), "(W_{hh})_{ij}", "(W_{hh})_{ij}"),
    (Entry(Product((W, x)), (i,)), "(W x)_i", "(W x)_i"),
    (Power(Entry(h_t, (i,)), two), "(h^{(t)}_i)^2", "(h^{(t)}_i)²"),
    (Slice(symbol("W_f"), ((None, n), (None, None))), "W_f[:n, :]", "W_f[:n, :]"),
    # Numbers and constants.
    (number("0.05"), "0.05", "0.05"),
    (number(12), "12", "12"),
    (number(Fraction(1, 3)), r"\frac{1}{3}", "1 / 3"),
    (number(Fraction(-1, 2)), "-0.5", "−0.5"),
    (Constant("ones"), r"\mathbf{1}", "𝟙"),
    (Constant("identity", (n,)), "I_n", "I_n"),
    (KroneckerDelta(i, j), r"\delta_{ij}", "δ_{ij}"),
    (Indicator(z, ">", number(0)), r"\mathbb{1}[z > 0]", "𝟙[z > 0]"),
    # Sums and signs: never two signs in a row.
    (Add((Neg(a), b)), "-a + b", "−a + b"),
    (Add((a, Neg(Neg(b)))), "a - (-b)", "a − (−b)"),
    (Add((a, Neg(Add((b, c))))), "a - (b + c)", "a − (b + c)"),
    (Neg(Add((a, b))), "-(a + b)", "−(a + b)"),
    (Add((a, number(-1))), "a - 1", "a − 1"),
    (
        Neg(Product((Transpose(y_t), Call("log", (y_hat,))))),
        r"-y_t^\top \log \hat y_t",
        "−y_tᵀ log ŷ_t",
    ),
    # Products.
    (Product((Neg(a), b)), "(-a) b", "(−a) b"),
    (Product((a, Product((b, c)))), "a (b c)", "a (b c)"),
    (Product((a, two)), "a (2)", "a (2)"),
    (hadamard(Product((W, x)), Product((U, a))), r"W x \odot U a", "W x ⊙ U a"),
    (hadamard(a, hadamard(b, c)), r"a \odot (b \odot c)", "a ⊙ (b ⊙ c)"),
    (hadamard(hadamard(a, b), c), r"a \odot b \odot c", "a ⊙ b ⊙ c"),
    (
        Operation("outer", Operation("hadamard", a, b), c),
        r"(a \odot b) \otimes c",
        "(a ⊙ b) ⊗ c",
    ),
    (Product((total(a), b)), r"\left(\sum_{t=1}^{T} a\right) b", "(Σ_{t=1}^{T} a) b"),
    (
        hadamard(Product((a, total(b))), c),
        r"\left(a \sum_{t=1}^{T} b\right) \odot c",
        "(a Σ_{t=1}^{T} b) ⊙ c",
    ),
    (Product((Call("log", (x,)), b)), r"(\log x) b", "(log x) b"),
    # Fractions, powers, functions.
    (
        Product((Quotient(one, T), total(symbol("E", t), over(None, None)))),
        r"\frac{1}{T} \sum_t E_t",
        "(1 / T) Σ_t E_t",
    ),
    (Quotient(a, Product((b, c))), r"\frac{a}{b c}", "a / (b c)"),
    (Quotient(Quotient(a, b), c), r"\frac{\frac{a}{b}}{c}", "(a / b) / c"),
    (Power(Quotient(a, b), two), r"\left(\frac{a}{b}\right)^2", "(a / b)²"),
    (Power(W, Add((t, Neg(j)))), "W^{t-j}", "W^{t-j}"),
    (Power(Transpose(W), k), r"(W^\top)^k", "(Wᵀ)^k"),
    (Power(Call("tanh", (z,)), two), r"\tanh^2(z)", "tanh(z)²"),
    (Power(Call("sigmoid", (z,)), Neg(one)), r"\sigma(z)^{-1}", "σ(z)^{-1}"),
    (Transpose(Call("log", (y_hat,))), r"(\log \hat y_t)^\top", "(log ŷ_t)ᵀ"),
    (
        Call("tanh", (Add((Product((U, x_t)), Product((W, s_before)))),)),
        r"\tanh(U x_t + W s_{t-1})",
        "tanh(U x_t + W s_{t-1})",
    ),
    (
        Call("softmax", (Product((V, s_t)),)),
        r"\operatorname{softmax}(V s_t)",
        "softmax(V s_t)",
    ),
    (Call("f", (symbol("z", one),), 1), "f'(z_1)", "f′(z_1)"),
    (Call("max", (number(0), z)), r"\max(0, z)", "max(0, z)"),
    (Call("norm", (x,)), r"\lVert x \rVert", "norm(x)"),
    (Call("sqrt", (x,)), r"\sqrt{x}", "sqrt(x)"),
    # Derivatives.
    (Derivative("total", E, w), r"\frac{d E}{d w}", "d E/d w"),
    (Derivative("immediate", s_t, W), r"\frac{\partial^+ s_t}{\partial W}", "∂⁺s_t/∂W"),
    (Derivative("gradient", L, h_t), r"\nabla_{h^{(t)}} L", "∇_{h^{(t)}} L"),
    (
        Product((Derivative("gradient", L, h_t), Transpose(h_before))),
        r"(\nabla_{h^{(t)}} L) h^{(t-1)\top}",
        "(∇_{h^{(t)}} L) h^{(t-1)}ᵀ",
    ),
    (
        Product((Derivative("partial", E, s_t), Derivative("partial", s_t, W))),
        r"\frac{\partial E}{\partial s_t} \frac{\partial s_t}{\partial W}",
        "(∂E/∂s_t) (∂s_t/∂W)",
    ),
    (
        Held(Derivative("partial", s_t, W), (s_before,)),
        r"\frac{\partial s_t}{\partial W}\Big|_{s_{t-1}}",
        "(∂s_t/∂W)|_{s_{t-1}}",
    ),
    # Ranges.
    (total(a, over(None, plus(t, -1), "k")), r"\sum_{k < t} a", "Σ_{k < t} a"),
    (total(a, over(None, t, "k")), r"\sum_{k \le t} a", "Σ_{k ≤ t} a"),
    (
        total(a, over(one, n, "j", i)),
        r"\sum_{1 \le j \le n, j \ne i} a",
        "Σ_{1 ≤ j ≤ n, j ≠ i} a",
    ),
    (
        BigOperator("product", (over(plus(k, 1), t, "j"),), Product((a, b))),
        r"\prod_{j=k+1}^{t} (a b)",
        "Π_{j=k+1}^{t} (a b)",
    ),
    (Statement((a, b), ("+=",)), r"a \mathrel{+}= b", "a += b"),
    (Statement((a, b), ("=",), (over(T, T),)), r"a = b \quad t = T", "a = b, t = T"),
    (
        Statement((a, b), ("=",), (over(one, two),)),
        r"a = b \quad t = 1, 2",
        "a = b, t = 1, 2",
    ),
    # Blocks.
    (Concat((s_before, x_t)), "[s_{t-1}; x_t]", "[s_{t-1}; x_t]"),
    (Concat((s_before, x_t), ","), "[s_{t-1}, x_t]", "[s_{t-1}, x_t]"),
    (
        Matrix(((a, b), (c, number(0)))),
        r"\begin{bmatrix} a & b \\ c & 0 \end{bmatrix}",
        "[a, b; c, 0]",
    ),
    (
        Cases(((a, (over(T, T),)), (b, ()))),
        r"\begin{cases} a & t = T \\ b & \text{otherwise} \end{cases}",
        r"\begin{cases} a & t = T \\ b & otherwise \end{cases}",
    ),
]


@pytest.mark.parametrize(
    ("node", "as_latex", "as_text"), PRINTED, ids=lambda value: str(value)[:40]
)
def test_prints_as_a_textbook_does(node: Node, as_latex: str, as_text: str) -> None:
    assert latex(node) == as_latex
    assert text(node) == as_text


def node_classes() -> set[type[Node]]:
    return {
        value
        for value in vars(tree).values()
        if isinstance(value, type) and issubclass(value, Node) and value not in (Node, Expr)
    }


def test_every_form_has_a_precedence() -> None:
    assert set(PRECEDENCE) == node_classes()


def test_every_form_is_printed() -> None:
    printed = {type(node) for whole, *_ in PRINTED for node in tree.walk(whole)}
    assert printed == node_classes()


def test_what_is_no_form_is_refused() -> None:
    with pytest.raises(TypeError, match="Expr has no printed form"):
        latex(Expr())
