"""Trees by what they are written as, for the tests of values."""

from __future__ import annotations

from fractions import Fraction

from symbolic_bptt.notation.tree import (
    Add,
    BigOperator,
    Call,
    Concat,
    Constant,
    Derivative,
    Entry,
    Expr,
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
    Symbol,
    Transpose,
)

TREES: dict[str, Expr] = {
    r"S a": Product(
        factors=(
            Symbol(name="S", indices=(), layout="sub"),
            Symbol(name="a", indices=(), layout="sub"),
        )
    ),
    r"a^\top S": Product(
        factors=(
            Transpose(operand=Symbol(name="a", indices=(), layout="sub")),
            Symbol(name="S", indices=(), layout="sub"),
        )
    ),
    r"a b^\top": Product(
        factors=(
            Symbol(name="a", indices=(), layout="sub"),
            Transpose(operand=Symbol(name="b", indices=(), layout="sub")),
        )
    ),
    r"a^\top b": Product(
        factors=(
            Transpose(operand=Symbol(name="a", indices=(), layout="sub")),
            Symbol(name="b", indices=(), layout="sub"),
        )
    ),
    r"a \otimes b": Operation(
        op="outer",
        left=Symbol(name="a", indices=(), layout="sub"),
        right=Symbol(name="b", indices=(), layout="sub"),
    ),
    r"a \otimes b^\top": Operation(
        op="outer",
        left=Symbol(name="a", indices=(), layout="sub"),
        right=Transpose(operand=Symbol(name="b", indices=(), layout="sub")),
    ),
    r"a \odot b": Operation(
        op="hadamard",
        left=Symbol(name="a", indices=(), layout="sub"),
        right=Symbol(name="b", indices=(), layout="sub"),
    ),
    r"c a": Product(
        factors=(
            Symbol(name="c", indices=(), layout="sub"),
            Symbol(name="a", indices=(), layout="sub"),
        )
    ),
    r"a c": Product(
        factors=(
            Symbol(name="a", indices=(), layout="sub"),
            Symbol(name="c", indices=(), layout="sub"),
        )
    ),
    r"1 - a^2": Add(
        terms=(
            Number(value=Fraction(1, 1)),
            Neg(
                operand=Power(
                    base=Symbol(name="a", indices=(), layout="sub"),
                    exponent=Number(value=Fraction(2, 1)),
                )
            ),
        )
    ),
    r"\mathbf 1 - a \odot a": Add(
        terms=(
            Constant(kind="ones", sizes=()),
            Neg(
                operand=Operation(
                    op="hadamard",
                    left=Symbol(name="a", indices=(), layout="sub"),
                    right=Symbol(name="a", indices=(), layout="sub"),
                )
            ),
        )
    ),
    r"\mathbf 1^\top a": Product(
        factors=(
            Transpose(operand=Constant(kind="ones", sizes=())),
            Symbol(name="a", indices=(), layout="sub"),
        )
    ),
    r"A \mathbf 1": Product(
        factors=(Symbol(name="A", indices=(), layout="sub"), Constant(kind="ones", sizes=()))
    ),
    r"I - S": Add(
        terms=(
            Constant(kind="identity", sizes=()),
            Neg(operand=Symbol(name="S", indices=(), layout="sub")),
        )
    ),
    r"S I S": Product(
        factors=(
            Symbol(name="S", indices=(), layout="sub"),
            Constant(kind="identity", sizes=()),
            Symbol(name="S", indices=(), layout="sub"),
        )
    ),
    r"S^2": Power(
        base=Symbol(name="S", indices=(), layout="sub"), exponent=Number(value=Fraction(2, 1))
    ),
    r"S^{-1} S": Product(
        factors=(
            Power(
                base=Symbol(name="S", indices=(), layout="sub"),
                exponent=Neg(operand=Number(value=Fraction(1, 1))),
            ),
            Symbol(name="S", indices=(), layout="sub"),
        )
    ),
    r"S^0": Power(
        base=Symbol(name="S", indices=(), layout="sub"), exponent=Number(value=Fraction(0, 1))
    ),
    r"S^\top": Transpose(operand=Symbol(name="S", indices=(), layout="sub")),
    r"\frac{a}{b}": Quotient(
        numerator=Symbol(name="a", indices=(), layout="sub"),
        denominator=Symbol(name="b", indices=(), layout="sub"),
    ),
    r"a / c": Quotient(
        numerator=Symbol(name="a", indices=(), layout="sub"),
        denominator=Symbol(name="c", indices=(), layout="sub"),
    ),
    r"1 / a": Quotient(
        numerator=Number(value=Fraction(1, 1)),
        denominator=Symbol(name="a", indices=(), layout="sub"),
    ),
    r"\operatorname{diag}(a)": Call(
        function="diag", arguments=(Symbol(name="a", indices=(), layout="sub"),), primes=0
    ),
    r"\operatorname{diag}(S)": Call(
        function="diag", arguments=(Symbol(name="S", indices=(), layout="sub"),), primes=0
    ),
    r"\operatorname{tr}(S)": Call(
        function="tr", arguments=(Symbol(name="S", indices=(), layout="sub"),), primes=0
    ),
    r"\det(S)": Call(
        function="det", arguments=(Symbol(name="S", indices=(), layout="sub"),), primes=0
    ),
    r"\lVert a \rVert^2": Power(
        base=Call(
            function="norm", arguments=(Symbol(name="a", indices=(), layout="sub"),), primes=0
        ),
        exponent=Number(value=Fraction(2, 1)),
    ),
    r"[a; w]": Concat(
        parts=(
            Symbol(name="a", indices=(), layout="sub"),
            Symbol(name="w", indices=(), layout="sub"),
        ),
        separator=";",
    ),
    r"[r, r]": Concat(
        parts=(
            Symbol(name="r", indices=(), layout="sub"),
            Symbol(name="r", indices=(), layout="sub"),
        ),
        separator=",",
    ),
    r"\begin{bmatrix} S & 0 \\ 0 & I \end{bmatrix}": Matrix(
        rows=(
            (Symbol(name="S", indices=(), layout="sub"), Number(value=Fraction(0, 1))),
            (Number(value=Fraction(0, 1)), Constant(kind="identity", sizes=())),
        )
    ),
    r"S \otimes I_2": Operation(
        op="outer",
        left=Symbol(name="S", indices=(), layout="sub"),
        right=Constant(kind="identity", sizes=(Number(value=Fraction(2, 1)),)),
    ),
    r"\mathbb 1[a > 1]": Indicator(
        left=Symbol(name="a", indices=(), layout="sub"), op=">", right=Number(value=Fraction(1, 1))
    ),
    r"\max(0, a - 1)": Call(
        function="max",
        arguments=(
            Number(value=Fraction(0, 1)),
            Add(
                terms=(
                    Symbol(name="a", indices=(), layout="sub"),
                    Neg(operand=Number(value=Fraction(1, 1))),
                )
            ),
        ),
        primes=0,
    ),
    r"A_{2,3}": Entry(
        of=Symbol(name="A", indices=(), layout="sub"),
        indices=(Number(value=Fraction(2, 1)), Number(value=Fraction(3, 1))),
    ),
    r"w_{3}": Entry(
        of=Symbol(name="w", indices=(), layout="sub"), indices=(Number(value=Fraction(3, 1)),)
    ),
    r"\sum_{i=1}^{3} w_i^2": BigOperator(
        kind="sum",
        ranges=(
            Range(
                index="i",
                lower=Number(value=Fraction(1, 1)),
                upper=Number(value=Fraction(3, 1)),
                unequal=(),
            ),
        ),
        body=Power(
            base=Entry(
                of=Symbol(name="w", indices=(), layout="sub"),
                indices=(Symbol(name="i", indices=(), layout="sub"),),
            ),
            exponent=Number(value=Fraction(2, 1)),
        ),
    ),
    r"\sum_i w_i": BigOperator(
        kind="sum",
        ranges=(Range(index="i", lower=None, upper=None, unequal=()),),
        body=Entry(
            of=Symbol(name="w", indices=(), layout="sub"),
            indices=(Symbol(name="i", indices=(), layout="sub"),),
        ),
    ),
    r"\sum_{i=1}^{2} \sum_{j=1}^{3} A_{ij}": BigOperator(
        kind="sum",
        ranges=(
            Range(
                index="i",
                lower=Number(value=Fraction(1, 1)),
                upper=Number(value=Fraction(2, 1)),
                unequal=(),
            ),
        ),
        body=BigOperator(
            kind="sum",
            ranges=(
                Range(
                    index="j",
                    lower=Number(value=Fraction(1, 1)),
                    upper=Number(value=Fraction(3, 1)),
                    unequal=(),
                ),
            ),
            body=Entry(
                of=Symbol(name="A", indices=(), layout="sub"),
                indices=(
                    Symbol(name="i", indices=(), layout="sub"),
                    Symbol(name="j", indices=(), layout="sub"),
                ),
            ),
        ),
    ),
    r"\sum_{i \ne 2} w_i": BigOperator(
        kind="sum",
        ranges=(Range(index="i", lower=None, upper=None, unequal=(Number(value=Fraction(2, 1)),)),),
        body=Entry(
            of=Symbol(name="w", indices=(), layout="sub"),
            indices=(Symbol(name="i", indices=(), layout="sub"),),
        ),
    ),
    r"\sum_{i=1}^{2} \delta_{i2} a_i": BigOperator(
        kind="sum",
        ranges=(
            Range(
                index="i",
                lower=Number(value=Fraction(1, 1)),
                upper=Number(value=Fraction(2, 1)),
                unequal=(),
            ),
        ),
        body=Product(
            factors=(
                KroneckerDelta(
                    left=Symbol(name="i", indices=(), layout="sub"),
                    right=Number(value=Fraction(2, 1)),
                ),
                Entry(
                    of=Symbol(name="a", indices=(), layout="sub"),
                    indices=(Symbol(name="i", indices=(), layout="sub"),),
                ),
            )
        ),
    ),
    r"\sum_{i=5}^{3} a_i + a": Add(
        terms=(
            BigOperator(
                kind="sum",
                ranges=(
                    Range(
                        index="i",
                        lower=Number(value=Fraction(5, 1)),
                        upper=Number(value=Fraction(3, 1)),
                        unequal=(),
                    ),
                ),
                body=Entry(
                    of=Symbol(name="a", indices=(), layout="sub"),
                    indices=(Symbol(name="i", indices=(), layout="sub"),),
                ),
            ),
            Symbol(name="a", indices=(), layout="sub"),
        )
    ),
    r"\prod_{i=1}^{3} w_i": BigOperator(
        kind="product",
        ranges=(
            Range(
                index="i",
                lower=Number(value=Fraction(1, 1)),
                upper=Number(value=Fraction(3, 1)),
                unequal=(),
            ),
        ),
        body=Entry(
            of=Symbol(name="w", indices=(), layout="sub"),
            indices=(Symbol(name="i", indices=(), layout="sub"),),
        ),
    ),
    r"\left(\prod_{i=4}^{3} S\right) a": Product(
        factors=(
            BigOperator(
                kind="product",
                ranges=(
                    Range(
                        index="i",
                        lower=Number(value=Fraction(4, 1)),
                        upper=Number(value=Fraction(3, 1)),
                        unequal=(),
                    ),
                ),
                body=Symbol(name="S", indices=(), layout="sub"),
            ),
            Symbol(name="a", indices=(), layout="sub"),
        )
    ),
    r"c \prod_{i=4}^{3} S": Product(
        factors=(
            Symbol(name="c", indices=(), layout="sub"),
            BigOperator(
                kind="product",
                ranges=(
                    Range(
                        index="i",
                        lower=Number(value=Fraction(4, 1)),
                        upper=Number(value=Fraction(3, 1)),
                        unequal=(),
                    ),
                ),
                body=Symbol(name="S", indices=(), layout="sub"),
            ),
        )
    ),
    r"A[0:1, 1:3]": Slice(
        of=Symbol(name="A", indices=(), layout="sub"),
        ranges=(
            (Number(value=Fraction(0, 1)), Number(value=Fraction(1, 1))),
            (Number(value=Fraction(1, 1)), Number(value=Fraction(3, 1))),
        ),
    ),
    r"a + w": Add(
        terms=(
            Symbol(name="a", indices=(), layout="sub"),
            Symbol(name="w", indices=(), layout="sub"),
        )
    ),
    r"S + a": Add(
        terms=(
            Symbol(name="S", indices=(), layout="sub"),
            Symbol(name="a", indices=(), layout="sub"),
        )
    ),
    r"c + a": Add(
        terms=(
            Symbol(name="c", indices=(), layout="sub"),
            Symbol(name="a", indices=(), layout="sub"),
        )
    ),
    r"A S": Product(
        factors=(
            Symbol(name="A", indices=(), layout="sub"),
            Symbol(name="S", indices=(), layout="sub"),
        )
    ),
    r"a S": Product(
        factors=(
            Symbol(name="a", indices=(), layout="sub"),
            Symbol(name="S", indices=(), layout="sub"),
        )
    ),
    r"A^2": Power(
        base=Symbol(name="A", indices=(), layout="sub"), exponent=Number(value=Fraction(2, 1))
    ),
    r"S w": Product(
        factors=(
            Symbol(name="S", indices=(), layout="sub"),
            Symbol(name="w", indices=(), layout="sub"),
        )
    ),
    r"a \odot w": Operation(
        op="hadamard",
        left=Symbol(name="a", indices=(), layout="sub"),
        right=Symbol(name="w", indices=(), layout="sub"),
    ),
    r"a \odot S": Operation(
        op="hadamard",
        left=Symbol(name="a", indices=(), layout="sub"),
        right=Symbol(name="S", indices=(), layout="sub"),
    ),
    r"a / w": Quotient(
        numerator=Symbol(name="a", indices=(), layout="sub"),
        denominator=Symbol(name="w", indices=(), layout="sub"),
    ),
    r"c / S^{w}": Quotient(
        numerator=Symbol(name="c", indices=(), layout="sub"),
        denominator=Power(
            base=Symbol(name="S", indices=(), layout="sub"),
            exponent=Symbol(name="w", indices=(), layout="sub"),
        ),
    ),
    r"1 + I": Add(terms=(Number(value=Fraction(1, 1)), Constant(kind="identity", sizes=()))),
    r"A_{1}": Entry(
        of=Symbol(name="A", indices=(), layout="sub"), indices=(Number(value=Fraction(1, 1)),)
    ),
    r"\operatorname{tr}(A)": Call(
        function="tr", arguments=(Symbol(name="A", indices=(), layout="sub"),), primes=0
    ),
    r"\det(A)": Call(
        function="det", arguments=(Symbol(name="A", indices=(), layout="sub"),), primes=0
    ),
    r"\operatorname{softmax}(S)": Call(
        function="softmax", arguments=(Symbol(name="S", indices=(), layout="sub"),), primes=0
    ),
    r"[a; r]": Concat(
        parts=(
            Symbol(name="a", indices=(), layout="sub"),
            Symbol(name="r", indices=(), layout="sub"),
        ),
        separator=";",
    ),
    r"\begin{bmatrix} S & w \end{bmatrix}": Matrix(
        rows=(
            (
                Symbol(name="S", indices=(), layout="sub"),
                Symbol(name="w", indices=(), layout="sub"),
            ),
        )
    ),
    r"\tanh(I)": Call(function="tanh", arguments=(Constant(kind="identity", sizes=()),), primes=0),
    r"a b": Product(
        factors=(
            Symbol(name="a", indices=(), layout="sub"),
            Symbol(name="b", indices=(), layout="sub"),
        )
    ),
    r"S a S": Product(
        factors=(
            Symbol(name="S", indices=(), layout="sub"),
            Symbol(name="a", indices=(), layout="sub"),
            Symbol(name="S", indices=(), layout="sub"),
        )
    ),
    r"\prod_{t=1}^{3} M_t": BigOperator(
        kind="product",
        ranges=(
            Range(
                index="t",
                lower=Number(value=Fraction(1, 1)),
                upper=Number(value=Fraction(3, 1)),
                unequal=(),
            ),
        ),
        body=Symbol(name="M", indices=(Symbol(name="t", indices=(), layout="sub"),), layout="sub"),
    ),
    r"\frac{\partial E}{\partial s} \frac{\partial s}{\partial z}": Product(
        factors=(
            Derivative(
                kind="partial",
                of=Symbol(name="E", indices=(), layout="sub"),
                wrt=Symbol(name="s", indices=(), layout="sub"),
            ),
            Derivative(
                kind="partial",
                of=Symbol(name="s", indices=(), layout="sub"),
                wrt=Symbol(name="z", indices=(), layout="sub"),
            ),
        )
    ),
    r"\frac{\partial E}{\partial s} \frac{\partial s}{\partial W}": Product(
        factors=(
            Derivative(
                kind="partial",
                of=Symbol(name="E", indices=(), layout="sub"),
                wrt=Symbol(name="s", indices=(), layout="sub"),
            ),
            Derivative(
                kind="partial",
                of=Symbol(name="s", indices=(), layout="sub"),
                wrt=Symbol(name="W", indices=(), layout="sub"),
            ),
        )
    ),
    r"\frac{\partial E}{\partial s} \frac{\partial s}{\partial u}": Product(
        factors=(
            Derivative(
                kind="partial",
                of=Symbol(name="E", indices=(), layout="sub"),
                wrt=Symbol(name="s", indices=(), layout="sub"),
            ),
            Derivative(
                kind="partial",
                of=Symbol(name="s", indices=(), layout="sub"),
                wrt=Symbol(name="u", indices=(), layout="sub"),
            ),
        )
    ),
    r"\left(\frac{\partial s}{\partial z}\right)^\top \frac{\partial E}{\partial s}": Product(
        factors=(
            Transpose(
                operand=Derivative(
                    kind="partial",
                    of=Symbol(name="s", indices=(), layout="sub"),
                    wrt=Symbol(name="z", indices=(), layout="sub"),
                )
            ),
            Derivative(
                kind="partial",
                of=Symbol(name="E", indices=(), layout="sub"),
                wrt=Symbol(name="s", indices=(), layout="sub"),
            ),
        )
    ),
    r"\frac{\partial E}{\partial s} z^\top": Product(
        factors=(
            Derivative(
                kind="partial",
                of=Symbol(name="E", indices=(), layout="sub"),
                wrt=Symbol(name="s", indices=(), layout="sub"),
            ),
            Transpose(operand=Symbol(name="z", indices=(), layout="sub")),
        )
    ),
    r"\frac{\partial s}{\partial z} \frac{\partial E}{\partial s}": Product(
        factors=(
            Derivative(
                kind="partial",
                of=Symbol(name="s", indices=(), layout="sub"),
                wrt=Symbol(name="z", indices=(), layout="sub"),
            ),
            Derivative(
                kind="partial",
                of=Symbol(name="E", indices=(), layout="sub"),
                wrt=Symbol(name="s", indices=(), layout="sub"),
            ),
        )
    ),
    r"\sum_{i=1}^{n} \frac{1}{i}": BigOperator(
        kind="sum",
        ranges=(
            Range(
                index="i",
                lower=Number(value=Fraction(1, 1)),
                upper=Symbol(name="n", indices=(), layout="sub"),
                unequal=(),
            ),
        ),
        body=Quotient(
            numerator=Number(value=Fraction(1, 1)),
            denominator=Symbol(name="i", indices=(), layout="sub"),
        ),
    ),
    r"\sum_{i=1}^{100000} \sum_{j=1}^{100000} 1": BigOperator(
        kind="sum",
        ranges=(
            Range(
                index="i",
                lower=Number(value=Fraction(1, 1)),
                upper=Number(value=Fraction(100000, 1)),
                unequal=(),
            ),
        ),
        body=BigOperator(
            kind="sum",
            ranges=(
                Range(
                    index="j",
                    lower=Number(value=Fraction(1, 1)),
                    upper=Number(value=Fraction(100000, 1)),
                    unequal=(),
                ),
            ),
            body=Number(value=Fraction(1, 1)),
        ),
    ),
    r"\prod_{i=1}^{n} c": BigOperator(
        kind="product",
        ranges=(
            Range(
                index="i",
                lower=Number(value=Fraction(1, 1)),
                upper=Symbol(name="n", indices=(), layout="sub"),
                unequal=(),
            ),
        ),
        body=Symbol(name="c", indices=(), layout="sub"),
    ),
    r"a + q": Add(
        terms=(
            Symbol(name="a", indices=(), layout="sub"),
            Symbol(name="q", indices=(), layout="sub"),
        )
    ),
    r"w_{4}": Entry(
        of=Symbol(name="w", indices=(), layout="sub"), indices=(Number(value=Fraction(4, 1)),)
    ),
    r"\frac{a}{0}": Quotient(
        numerator=Symbol(name="a", indices=(), layout="sub"),
        denominator=Number(value=Fraction(0, 1)),
    ),
    r"\log(a - a)": Call(
        function="log",
        arguments=(
            Add(
                terms=(
                    Symbol(name="a", indices=(), layout="sub"),
                    Neg(operand=Symbol(name="a", indices=(), layout="sub")),
                )
            ),
        ),
        primes=0,
    ),
    r"\sum_{i=1}^{1/2} a": BigOperator(
        kind="sum",
        ranges=(
            Range(
                index="i",
                lower=Number(value=Fraction(1, 1)),
                upper=Quotient(
                    numerator=Number(value=Fraction(1, 1)), denominator=Number(value=Fraction(2, 1))
                ),
                unequal=(),
            ),
        ),
        body=Symbol(name="a", indices=(), layout="sub"),
    ),
    r"\frac{1}{n} a": Product(
        factors=(
            Quotient(
                numerator=Number(value=Fraction(1, 1)),
                denominator=Symbol(name="n", indices=(), layout="sub"),
            ),
            Symbol(name="a", indices=(), layout="sub"),
        )
    ),
    r"S^{n-1}": Power(
        base=Symbol(name="S", indices=(), layout="sub"),
        exponent=Add(
            terms=(
                Symbol(name="n", indices=(), layout="sub"),
                Neg(operand=Number(value=Fraction(1, 1))),
            )
        ),
    ),
}
