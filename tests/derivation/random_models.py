"""Random recurrent models, each with a forward pass of its own for automatic differentiation.

The pair is built together, term by term: the LaTeX that the package reads, and a Python function
on `autograd.numpy` arrays that never sees the package.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import autograd.numpy as anp
from hypothesis import strategies as st

from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.source import Source

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Term:
    """A vector of n entries: how it is written, and what it is."""

    latex: str
    value: Callable[[Values], Any]


LEAVES = [
    Term("U x_t", lambda v: v["U"] @ v["x"]),
    Term("W s_{t-1}", lambda v: v["W"] @ v["s"]),
    Term("b", lambda v: v["b"]),
    Term(r"W^\top s_{t-1}", lambda v: v["W"].T @ v["s"]),
    Term("c s_{t-1}", lambda v: v["c"] * v["s"]),
    Term(r"\operatorname{diag}(b) s_{t-1}", lambda v: v["b"] * v["s"]),
    Term(r"s_{t-1} s_{t-1}^\top U x_t", lambda v: v["s"] * (v["s"].T @ v["U"] @ v["x"])),
]

FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    r"\tanh": anp.tanh,
    r"\sigma": lambda z: 1 / (1 + anp.exp(-z)),
    r"\sin": anp.sin,
    r"\cos": anp.cos,
    r"\operatorname{softplus}": lambda z: anp.log(1 + anp.exp(z)),
    r"\arctan": anp.arctan,
    r"\operatorname{relu}": lambda z: z * (z > 0),
    r"\operatorname{softmax}": lambda z: anp.exp(z) / anp.sum(anp.exp(z)),
}


def _applied(name: str, term: Term) -> Term:
    function = FUNCTIONS[name]
    return Term(f"{name}({term.latex})", lambda v: function(term.value(v)))


def _joined(pair: tuple[Term, Term], operator: str) -> Term:
    left, right = pair
    a, b = left.value, right.value
    match operator:
        case "+":
            return Term(f"{left.latex} + {right.latex}", lambda v: a(v) + b(v))
        case "-":
            return Term(f"{left.latex} - ({right.latex})", lambda v: a(v) - b(v))
        case "odot":
            written = rf"({left.latex}) \odot ({right.latex})"
            return Term(written, lambda v: a(v) * b(v))
        case _:
            written = rf"\frac{{{left.latex}}}{{2 + ({right.latex})^2}}"
            return Term(written, lambda v: a(v) / (2 + b(v) ** 2))


def _extended(terms: st.SearchStrategy[Term]) -> st.SearchStrategy[Term]:
    functions = st.sampled_from(sorted(FUNCTIONS))
    operators = st.sampled_from(["+", "-", "odot", "over"])
    return st.builds(_applied, functions, terms) | st.builds(
        _joined, st.tuples(terms, terms), operators
    )


terms = st.recursive(st.sampled_from(LEAVES), _extended, max_leaves=5)


@dataclass(frozen=True)
class RandomModel:
    """s_t = tanh(term), a loss at every step, and the loss as a function of the parameters."""

    term: Term
    entropy: bool

    @property
    def model(self) -> Model:
        error = (
            r"-y_t^\top \log \operatorname{softmax}(V s_t)"
            if self.entropy
            else r"\frac{1}{2} (V s_t - y_t)^\top (V s_t - y_t)"
        )
        text = (
            f"loss = \"E\"\nequations = '''\ns_t = \\tanh({self.term.latex})\nE_t = {error}\n"
            "E = \\sum_{t=1}^{T} E_t\n'''\n"
            '[parameters]\nU = "n x m"\nW = "n x n"\nb = "n"\nc = "scalar"\nV = "K x n"\n'
            '[inputs]\nx_t = "m"\ny_t = "K, one-hot"\n[initial]\ns_0 = "n"\n'
        )
        return model_from_source(Source(text, "random"), "random")

    def loss(self, parameters: Values, given: Mapping[Any, Any], count: int) -> Any:
        state, total = given[("s", 0)], 0.0
        for step in range(1, count + 1):
            values = {**parameters, "x": given[("x", step)], "s": state}
            state = anp.tanh(self.term.value(values))
            output, target = parameters["V"] @ state, given[("y", step)]
            if self.entropy:
                log = output - anp.log(anp.sum(anp.exp(output)))
                total = total - anp.sum(target * log)
            else:
                total = total + anp.sum((output - target) ** 2) / 2
        return total


random_models = st.builds(RandomModel, terms, st.booleans())
