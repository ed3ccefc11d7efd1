"""Random well-formed trees, over one fixed set of names."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

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

TIMED = {
    "s": "sub",
    "x": "sub",
    r"\hat y": "sub",
    r"\delta": "sub",
    r"\Gamma_f": "sub",
    "net": "sub",
    "h": "paren",
    r"\tilde c": "angle",
    "o": "bracket",
    "z": "bare",
}
UNTIMED = {"W": 2, "U": 2, "W_{hh}": 2, "b": 1, "c_f": 1, "E": 0, "w": 0, "dh": 1, r"\lambda": 0}
INDEX_LETTERS = ("t", "k", "j", "i")

ONE = Number(Fraction(1))


def whole(value: int) -> Expr:
    return Number(Fraction(value)) if value >= 0 else Neg(Number(Fraction(-value)))


def letters() -> st.SearchStrategy[Expr]:
    return st.sampled_from([Symbol(letter) for letter in INDEX_LETTERS])


def steps() -> st.SearchStrategy[Expr]:
    """Step indices: t, t-1, k+2, T, 3, -1."""
    ends = st.one_of(letters(), st.just(Symbol("T")))
    shifts = st.integers(1, 3).map(whole)
    shifted = st.builds(
        lambda base, shift, minus: Add((base, Neg(shift) if minus else shift)),
        ends,
        shifts,
        st.booleans(),
    )
    return st.one_of(ends, shifted, st.integers(-1, 12).map(whole))


def timed_symbols() -> st.SearchStrategy[Symbol]:
    """x_t, h^{(t-1)}, …, but no z^T, which is always the transpose."""
    return st.builds(
        lambda name, step: Symbol(name, (step,), TIMED[name]), st.sampled_from(list(TIMED)), steps()
    ).filter(lambda symbol: symbol != Symbol("z", (Symbol("T"),), "bare"))


def symbols() -> st.SearchStrategy[Symbol]:
    return st.one_of(timed_symbols(), st.sampled_from([Symbol(name) for name in UNTIMED]))


def entries() -> st.SearchStrategy[Expr]:
    """Entries of vectors and matrices, never numbered by t: s_{k,t} is entry k at step t."""
    others = st.sampled_from([Symbol(letter) for letter in INDEX_LETTERS if letter != "t"])
    position = st.one_of(others, st.integers(1, 12).map(whole))
    vectors = st.one_of(timed_symbols(), st.sampled_from([Symbol("b"), Symbol("c_f")]))
    matrices = st.sampled_from([Symbol("W"), Symbol("W_{hh}")])
    return st.one_of(
        st.builds(lambda of, i: Entry(of, (i,)), vectors, position),
        st.builds(lambda of, i, j: Entry(of, (i, j)), matrices, position, position),
    )


def numbers() -> st.SearchStrategy[Expr]:
    decimals = st.sampled_from(["0", "1", "2", "10", "0.5", "0.001", "3.25"])
    return decimals.map(lambda digits: Number(Fraction(digits)))


def leaves() -> st.SearchStrategy[Expr]:
    return st.one_of(symbols(), symbols(), entries(), numbers(), st.just(Constant("ones")))


def derivatives() -> st.SearchStrategy[Expr]:
    kinds = st.sampled_from(["partial", "total", "immediate", "gradient"])
    return st.builds(Derivative, kinds, symbols(), symbols())


def ranges() -> st.SearchStrategy[Range]:
    bound = st.one_of(st.none(), steps())
    return st.builds(
        lambda index, lower, upper: Range(index, lower, upper),
        st.sampled_from(INDEX_LETTERS),
        bound,
        bound,
    )


def _add(terms: list[Expr]) -> Expr:
    flat = [Neg(term) if isinstance(term, Add) else term for term in terms]
    return Add(tuple(flat))


def _many(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[list[Expr]]:
    return st.lists(parts, min_size=2, max_size=4)


def _compound(parts: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    functions = st.sampled_from(["tanh", "sigmoid", "exp", "log", "softmax", "diag", "relu"])
    open_functions = st.sampled_from(["f", r"\phi"])
    exponents = st.one_of(
        st.integers(-2, 12).map(whole),
        steps().filter(lambda step: step != Symbol("T")),
    )
    return st.one_of(
        _many(parts).map(_add),
        _many(parts).map(lambda factors: Product(tuple(factors))),
        _many(parts).map(lambda factors: Product(tuple(factors))),
        parts.map(Neg),
        st.builds(Operation, st.sampled_from(["hadamard", "outer"]), parts, parts),
        st.builds(Quotient, parts, parts),
        st.builds(Power, parts, exponents),
        parts.map(Transpose),
        st.builds(lambda name, argument: Call(name, (argument,)), functions, parts),
        st.builds(
            lambda name, argument, primes: Call(name, (argument,), primes),
            open_functions,
            parts,
            st.integers(0, 2),
        ),
        st.builds(lambda a, b: Call("g", (a, b)), parts, parts),
        st.builds(lambda a, b: Call("max", (a, b)), parts, parts),
        st.builds(
            lambda kind, over, body: BigOperator(kind, (over,), body),
            st.sampled_from(["sum", "product"]),
            ranges(),
            parts,
        ),
        st.lists(parts, min_size=2, max_size=3).map(lambda items: Concat(tuple(items), ";")),
        st.builds(
            lambda left, op, right: Indicator(left, op, right),
            parts,
            st.sampled_from([">", "=", "<="]),
            parts,
        ),
        st.builds(lambda a, b, c, d: Matrix(((a, b), (c, d))), parts, parts, parts, parts),
        st.builds(
            lambda of, end: Slice(of, ((None, end), (None, None))),
            st.sampled_from([Symbol("W"), Symbol("W_{hh}")]),
            st.sampled_from([Symbol("n"), whole(2)]),
        ),
        st.builds(lambda body, fixed: Held(body, (fixed,)), derivatives(), symbols()),
        st.builds(
            lambda first, over, other: Cases(((first, (over,)), (other, ()))),
            parts,
            ranges().filter(lambda over: over.lower is not None or over.upper is not None),
            parts,
        ),
        derivatives(),
    )


def expressions(max_leaves: int = 12) -> st.SearchStrategy[Expr]:
    """Any expression over these names."""
    return st.recursive(leaves(), _compound, max_leaves=max_leaves)


def statements(max_leaves: int = 12) -> st.SearchStrategy[Statement]:
    """`a = b = c` with at most one range clause."""
    clauses = ranges().filter(lambda over: over.lower is not None or over.upper is not None)
    return st.builds(
        lambda first, rest, over: Statement((first, *rest), ("=",) * len(rest), over),
        expressions(max_leaves),
        st.lists(expressions(max_leaves), min_size=1, max_size=2),
        st.lists(clauses, max_size=1).map(tuple),
    )
