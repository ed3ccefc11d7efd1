"""The functions of the language: names, other spellings, and how many arguments they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Function:
    """`elementwise` functions act on each entry; the others on the whole vector or matrix."""

    name: str
    latex: str
    elementwise: bool
    arguments: tuple[int, int] = (1, 1)
    spellings: tuple[str, ...] = ()
    kind: Literal["smooth", "kinked", "structural"] = "smooth"


_ALL = (
    Function("tanh", r"\tanh", True),
    Function("sigmoid", r"\sigma", True, spellings=(r"\sigma", "sigmoid", "logistic", "sigm")),
    Function("exp", r"\exp", True),
    Function("log", r"\log", True, spellings=("log", r"\log", "ln", r"\ln")),
    Function("sqrt", r"\sqrt", True),
    Function("sin", r"\sin", True),
    Function("cos", r"\cos", True),
    Function("sinh", r"\sinh", True),
    Function("cosh", r"\cosh", True),
    Function("sech", r"\operatorname{sech}", True),
    Function("softplus", r"\operatorname{softplus}", True),
    Function("arctan", r"\arctan", True, spellings=("arctan", r"\arctan", "atan")),
    Function("relu", r"\operatorname{relu}", True, spellings=("relu", "ReLU"), kind="kinked"),
    Function("abs", r"\operatorname{abs}", True, kind="kinked"),
    Function("sign", r"\operatorname{sign}", True, spellings=("sign", "sgn"), kind="kinked"),
    Function("max", r"\max", True, arguments=(1, 2), kind="kinked"),
    Function("min", r"\min", True, arguments=(1, 2), kind="kinked"),
    Function("softmax", r"\operatorname{softmax}", False),
    Function("diag", r"\operatorname{diag}", False, spellings=("diag", "Diag"), kind="structural"),
    Function("tr", r"\operatorname{tr}", False, spellings=("tr", "Tr", "trace"), kind="structural"),
    Function("vec", r"\operatorname{vec}", False, kind="structural"),
    Function("norm", r"\lVert", False, kind="structural"),
    Function("spectral_norm", r"\lVert", False, kind="structural"),
    Function("det", r"\det", False, kind="structural"),
)

FUNCTIONS: dict[str, Function] = {function.name: function for function in _ALL}


NORMS = frozenset(("norm", "spectral_norm"))
"""Of a vector both are its length; of a matrix Frobenius' norm, and the largest stretch."""


def is_kinked(name: str) -> bool:
    """Whether a function hangs on the sign of its argument, as relu and max do."""
    return name in FUNCTIONS and FUNCTIONS[name].kind == "kinked"


PRODUCT_WORDS: dict[str, str] = {
    "outer": r"\otimes",
    "multiply": r"\odot",
    "matmul": "@",
    "dot": "@",
}
"""Products that are called as NumPy calls them, `outer(a, b)`, to their signs."""

SPELLINGS: dict[str, str] = {
    spelling: function.name
    for function in _ALL
    for spelling in (function.name, "\\" + function.name, *function.spellings)
}
"""Every way of writing a function, with or without a backslash, to its key in `FUNCTIONS`."""
