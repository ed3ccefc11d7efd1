"""Both sides of a relation at one point, for every value of its free letters, compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ..evaluation.domains.domain import Array
from ..evaluation.errors import EvaluationError, OutOfRange, ShapeMismatch, Undecidable
from ..evaluation.evaluator import evaluate
from ..evaluation.ranges import assignments
from ..evaluation.value import Value, fits, resolve
from ..notation.printer.text import text
from ..notation.tree import Add, BigOperator, Expr, Range, RelationOp
from .environment import ClaimEnvironment


@dataclass(frozen=True)
class Claim:
    """left op right, for every value of the ranges' letters."""

    left: Expr
    op: RelationOp
    right: Expr
    ranges: tuple[Range, ...]


@dataclass(frozen=True)
class Place:
    """Both values for one choice of the letters, in one shape."""

    letters: dict[str, int]
    left: Array
    right: Array

    @property
    def differences(self) -> list[Any]:
        """left − right, entry by entry."""
        pairs = zip(self.left.flat, self.right.flat, strict=True)
        return [left - right for left, right in pairs]

    @property
    def vanishes(self) -> bool:
        """Whether both sides are zero throughout."""
        return not np.any(self.left != 0) and not np.any(self.right != 0)


def places(claim: Claim, environment: ClaimEnvironment) -> Iterator[Place]:
    """Both sides wherever everything in them exists. Raises an `EvaluationError` otherwise."""
    whole = BigOperator("sum", claim.ranges, Add((claim.left, claim.right)))
    bare = set(environment.bound)
    for here in assignments(whole, environment, evaluate) if claim.ranges else (environment,):
        assert isinstance(here, ClaimEnvironment)
        try:
            left, right = evaluate(claim.left, here), evaluate(claim.right, here)
        except OutOfRange as error:
            if not claim.ranges:
                raise
            if error.node is not None and any(map(_is_written, claim.ranges)):
                environment.notes.left_out[f"{text(error.node)} where it does not exist"] = None
            continue
        letters = {name: value for name, value in here.bound.items() if name not in bare}
        yield Place(letters, *_in_one_shape(left, right, here))


def _is_written(span: Range) -> bool:
    """Whether both ends of a range are said: what does not exist in it is missed."""
    return span.lower is not None and span.upper is not None


def _in_one_shape(left: Value, right: Value, here: ClaimEnvironment) -> tuple[Array, Array]:
    domain = here.domain
    if left.flexible and right.flexible:
        if "number" not in (left.flexible, right.flexible) and left.flexible != right.flexible:
            raise ShapeMismatch("=", str(left), str(right))
        return left.array, right.array
    shape = right.shape if left.flexible else left.shape
    for value in (left, right):
        if not fits(value, shape):
            raise ShapeMismatch("=", str(left), str(right))
    tagged = not left.flexible and not right.flexible
    if tagged and (left.rows_of, left.columns_of) != (right.rows_of, right.columns_of):
        left, right = _columns_first(left, right), _columns_first(right, left)
    return resolve(domain, left, shape).array, resolve(domain, right, shape).array


def _columns_first(value: Value, other: Value) -> Value:
    """∂s/∂W beside a plain matrix, as in h ⊗ I: vec W stacks the columns of W."""
    array = value.array
    if value.rows_of and not other.rows_of:
        rows, columns = value.rows_of
        array = array.reshape(rows, columns, -1).swapaxes(0, 1).reshape(array.shape)
    if value.columns_of and not other.columns_of:
        rows, columns = value.columns_of
        array = array.reshape(-1, rows, columns).swapaxes(1, 2).reshape(array.shape)
    return Value(array)


def first_difference(place: Place, op: RelationOp) -> tuple[int, int] | None:
    """The first entry at which the relation is surely false; None if there is none.

    In balls, that the sides surely differ; for an inequality, that it is surely violated.
    """
    for position, left in np.ndenumerate(place.left):
        if _violated(left, op, place.right[position]):
            return int(position[0]), int(position[1])
    return None


def _violated(left: Any, op: RelationOp, right: Any) -> bool:
    match op:
        case "=" | "+=":
            return bool(left != right)
        case "<=":
            return bool(left > right)
        case "<":
            return bool(left >= right)
        case ">=":
            return bool(left < right)
        case ">":
            return bool(left <= right)
        case "!=":
            return bool(left == right)


def number(element: Any) -> float:
    """An entry as a float, for a person."""
    if isinstance(element, Fraction | int | float):
        return float(element)
    return float(element.mid()) if hasattr(element, "mid") else float(element)


__all__ = [
    "Claim",
    "EvaluationError",
    "Place",
    "Undecidable",
    "first_difference",
    "number",
    "places",
]
