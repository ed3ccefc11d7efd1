"""Where shapes do not fit: the one transpose, or the ⊙, with which they would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..evaluation.errors import ShapeMismatch
from ..notation.printer.text import text
from ..notation.tree import Expr, Operation, Product, Statement, Transpose
from .claims import HOLDING, Judged
from .comparison import Claim
from .decide import Trial, decide
from .letters import claimed_ranges
from .sheet import Sheet


def suggestion(judged: Judged, sheet: Sheet) -> str:
    """`Vᵀ (ŷ_t − y_t) would fit`; empty if no single change makes the shapes fit."""
    error = judged.finding.error
    if not isinstance(error, ShapeMismatch):
        return ""
    if error.operation == "=":
        turned = " x ".join(reversed(error.right.split(" x ")))
        return "the transpose of one side would fit" if turned == error.left else ""
    for variant in _variants(error.node):
        if _has_a_shape(variant, judged, sheet):
            return f"{text(variant)} would fit"
    return ""


def _variants(node: Expr | None) -> Iterator[Expr]:
    """The node with one operand transposed, or with an elementwise product instead."""
    if isinstance(node, Product):
        for position, factor in enumerate(node.factors):
            before, after = node.factors[:position], node.factors[position + 1 :]
            yield Product((*before, _turned(factor), *after))
        if len(node.factors) == 2:
            yield Operation("hadamard", *node.factors)
    elif isinstance(node, Operation):
        yield replace(node, left=_turned(node.left))
        yield replace(node, right=_turned(node.right))
        if node.op != "hadamard":
            yield replace(node, op="hadamard")
        else:
            yield Product((node.left, node.right))


def _turned(factor: Expr) -> Expr:
    return factor.operand if isinstance(factor, Transpose) else Transpose(factor)


def _has_a_shape(variant: Expr, judged: Judged, sheet: Sheet) -> bool:
    """Whether the variant alone can be evaluated, for all values of its free letters."""
    model, known = sheet.bench.model, sheet.bound.model.names
    whole = Statement((variant,), ())
    numbers = frozenset({"T", *model.sizes})
    ranges = claimed_ranges(whole, numbers, known, model.time.index)
    claim = Claim(variant, "=", variant, ranges)
    definitions = sheet.bound.definitions
    trial = Trial(sheet.bench, definitions, claim, budget=judged.budget)
    return decide(trial, judged.instances[:1]).outcome in HOLDING
