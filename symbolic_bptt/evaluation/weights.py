"""Numbers for a whole model: weights from a file, the rest drawn, in float64."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ..model.model import Model
from ..notation.sizes import Size
from .domains.domain import Array
from .graph import Graph, Key

MOST_BYTES = 100_000_000


class WeightsError(ValueError):
    """A file of weights that cannot be used; says why."""


def read_weights(path: Path, model: Model) -> dict[str, Array]:
    """Arrays by the names of the parameters, from an `.npz` or a `.json` file.

    Nothing in the file is executed. Raises `WeightsError`.
    """
    if path.stat().st_size > MOST_BYTES:
        raise WeightsError(f"{path}: larger than {MOST_BYTES} bytes")
    try:
        if path.suffix.lower() == ".json":
            found = json.loads(path.read_text("utf-8"))
        else:
            with np.load(path, allow_pickle=False) as archive:
                found = dict(archive)
        arrays = {name: np.array(value, dtype=np.float64) for name, value in found.items()}
    except (ValueError, TypeError, AttributeError, EOFError) as error:
        raise WeightsError(f"{path}: no .npz or .json file of arrays: {error}") from None
    if unknown := sorted(arrays.keys() - set(model.parameters)):
        known = ", ".join(model.parameters)
        raise WeightsError(f"{path}: {model.name} has no parameter {unknown[0]}; it has {known}")
    return arrays


def sizes_of(
    model: Model, arrays: Mapping[str, Array], default: Mapping[str, int]
) -> dict[str, int]:
    """The sizes that make the arrays fit, `default` for letters they do not tell.

    Raises `WeightsError` where none do.
    """
    sizes: dict[str, int] = {}
    for name, array in arrays.items():
        shape = model.declarations[(name, False)].shape
        for size, length in zip((shape.rows, shape.columns), _two(array), strict=True):
            sizes.update({letter: length for letter in size.letters if size == Size.letter(letter)})
    sizes = {**default, **sizes}
    for name, array in arrays.items():
        shape = model.declarations[(name, False)].shape
        wanted = (shape.rows.value(sizes), shape.columns.value(sizes))
        if _two(array) != wanted:
            raise WeightsError(f"{name} is {_two(array)} in the file; {shape} would be {wanted}")
    return sizes


def numbers(graph: Graph, weights: Mapping[str, Array], seed: int, gain: float) -> dict[Key, Array]:
    """A value for every parameter, input and initial state.

    What `weights` does not have is drawn: matrices from N(0, gain²/columns), other parameters from
    N(0, gain²), inputs and states from N(0, 1), one-hot vectors evenly.
    """
    random = np.random.default_rng(seed)
    values: dict[Key, Array] = {}
    for node in graph.given:
        drawn = random.standard_normal(node.shape)
        known = weights.get(node.key[0]) if node.role == "parameter" else None
        if node.zero:
            drawn = np.zeros(node.shape)
        elif node.constraint:
            drawn = np.zeros(node.shape)
            drawn.flat[int(random.integers(drawn.size))] = 1.0
        elif node.role == "parameter":
            drawn = drawn * gain / np.sqrt(node.shape[1])
        values[node.key] = drawn if known is None else known.reshape(node.shape)
    return values


def _two(array: Array) -> tuple[int, int]:
    """Rows and columns: a vector is a column, a number is 1 by 1."""
    if array.ndim > 2:
        raise WeightsError(f"an array of {array.ndim} axes is no matrix")
    rows, columns = (*array.shape, 1, 1)[:2]
    return rows, columns
