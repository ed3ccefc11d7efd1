"""An environment of plain arrays, so that one expression can be evaluated by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike

from symbolic_bptt.evaluation.budget import Budget
from symbolic_bptt.evaluation.domains.domain import Domain
from symbolic_bptt.evaluation.domains.floating import FLOAT64
from symbolic_bptt.evaluation.errors import OutOfRange, UndefinedSymbol
from symbolic_bptt.evaluation.evaluator import evaluate
from symbolic_bptt.evaluation.value import Value
from symbolic_bptt.notation.tree import BigOperator, Derivative, Entry, Expr, Range, Symbol
from tests.evaluation.trees import TREES


@dataclass(frozen=True)
class Table:
    """Symbols by name, or by (name, step); ∂E/∂s is looked up as `dE/ds`."""

    values: Mapping[object, Value]
    numbers: Mapping[str, int] = field(default_factory=dict)
    domain: Domain = FLOAT64
    budget: Budget = field(default_factory=Budget)

    def number(self, name: str) -> int | None:
        return self.numbers.get(name)

    def letter(self, name: str) -> float | None:
        value = self.numbers.get(name)
        return None if value is None else float(value)

    def bind(self, name: str, value: int) -> Table:
        return replace(self, numbers={**self.numbers, name: value})

    def symbol(self, node: Symbol, indices: tuple[int, ...]) -> Value:
        key = (node.name, *indices) if indices else node.name
        if key not in self.values:
            raise UndefinedSymbol(node.name, node)
        return self.values[key]

    def entry(self, node: Entry, indices: tuple[int, ...]) -> Value | None:
        return None

    def leaves_out(self, operator: BigOperator, error: OutOfRange) -> bool:
        return False

    def runs_down(self, span: Range, low: int, high: int) -> bool:
        return False

    def with_zeros(self) -> None:
        return None

    def derivative(self, node: Derivative) -> Value:
        assert isinstance(node.of, Symbol)
        assert isinstance(node.wrt, Symbol)
        return self.values[f"d{node.of.name}/d{node.wrt.name}"]

    def holding(self, fixed: tuple[Expr, ...]) -> Table:
        return self

    def index_range(self, index: str, body: Expr) -> tuple[int, int] | None:
        return (1, 3) if index == "t" else None


def column(*entries: float) -> Value:
    return Value(np.array([entries], dtype=float).T)


def row(*entries: float) -> Value:
    return Value(np.array([entries], dtype=float))


def matrix(rows: ArrayLike) -> Value:
    return Value(np.array(rows, dtype=float))


def number(value: float) -> Value:
    return Value(np.array([[float(value)]]))


def evaluated(
    latex: str, values: Mapping[object, Value], numbers: Mapping[str, int] | None = None
) -> Value:
    """The value of an expression of `TREES` where names have these values."""
    return evaluate(TREES[latex], Table(values, numbers or {}))
