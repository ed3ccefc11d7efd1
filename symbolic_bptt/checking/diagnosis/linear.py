"""Linear systems over a field, solved exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def solved(rows: Sequence[Sequence[Any]], values: Sequence[Any]) -> list[Any] | None:
    """The one x with rows · x = values; None if there is none, or more than one."""
    system = [[*row, value] for row, value in zip(rows, values, strict=True)]
    unknowns = len(rows[0])
    for column in range(unknowns):
        pivot = next((i for i in range(column, len(system)) if system[i][column] != 0), None)
        if pivot is None:
            return None
        system[column], system[pivot] = system[pivot], system[column]
        top = system[column] = [entry / system[column][column] for entry in system[column]]
        for i, row in enumerate(system):
            if i != column and row[column] != 0:
                factor = row[column]
                system[i] = [a - factor * b for a, b in zip(row, top, strict=True)]
    if any(row[-1] != 0 for row in system[unknowns:]):
        return None
    return [system[i][-1] for i in range(unknowns)]
