"""What a document about a model may rely on: the model's names, with their types."""

from __future__ import annotations

from collections.abc import Container, Iterable

from ..core.types import Type, matrix
from ..notation.elaboration.given import Given
from ..notation.functions import PRODUCT_WORDS, SPELLINGS
from ..notation.names.types import Declared, Role
from ..notation.sizes import ONE, Shape, Size
from .entrywise import entrywise, read_by
from .losses import losses_of
from .model import Model
from .model import Role as ModelRole

ROLES: dict[ModelRole, Role] = {
    "parameter": "parameter",
    "input": "input",
    "initial": "state",
    "defined": "variable",
}


def type_of(shape: Shape) -> Type:
    """A shape as a type."""
    return matrix(shape.rows, shape.columns)


def shape_of_type(kind: Type) -> Shape | None:
    """A type as a shape; None where some length is open, or it is no vector or matrix."""
    rows, columns = (kind.out or (ONE,)), (kind.into or (ONE,))
    known = (*rows, *columns)
    if len(known) > 2 or not all(isinstance(axis, Size) for axis in known):
        return None
    sizes = [axis for axis in known if isinstance(axis, Size)]
    return Shape(sizes[0], sizes[1])


def given(model: Model) -> Given:
    """The model's names, functions and sizes."""
    types: dict[tuple[str, int], Type] = {}
    declared: list[Declared] = []
    for (name, timed), one in model.declarations.items():
        types[name, int(timed)] = type_of(one.shape)
        layout = one.layout if timed else ""
        declared.append(Declared(name, one.shape.rank, int(timed), ROLES[one.role], layout))
    for state in model.initial:
        types.setdefault((state.name, 1), type_of(state.shape))
    for name in model.parameters:  # its copies
        types.setdefault((name, 1), types[name, 0])
    known = {(one.key, one.indices) for one in declared}
    declared += [
        Declared(state.name, state.shape.rank, 1, "state")
        for state in model.initial
        if (state.name, 1) not in known
    ]
    return Given(
        tuple(declared),
        types,
        _functions(model),
        {**dict.fromkeys(model.settled, 1), **_arguments(model)},
        frozenset(model.sizes),
        model.time.index,
        "T",
        frozenset((name, int(timed)) for name, timed in losses_of(model)),
        frozenset(model.parameters),
        read_by(model),
        entrywise(model),
    )


def _arguments(model: Model) -> dict[str, int]:
    """The functions that the model leaves open; one that is settled keeps its name."""
    return {name: one.arguments for name, one in model.functions.items()}


def _functions(model: Model) -> dict[str, str]:
    declared = {name for name, timed in model.declarations if not timed}
    return functions_of((*model.functions, *model.settled), declared)


def functions_of(own: Iterable[str], declared: Container[str]) -> dict[str, str]:
    """Every spelling of a function to its name: known ones, and those of a model's `own`.

    A name that is declared without a step is no function.
    """
    spelled = {**SPELLED, **{spelling: name for name in own for spelling in _spellings(name)}}
    return {spelling: name for spelling, name in spelled.items() if spelling not in declared}


def _spellings(name: str) -> tuple[str, ...]:
    words = (rf"\mathrm{{{name}}}", rf"\operatorname{{{name}}}")
    return (name, *words) if name.isalpha() else (name,)


SPELLED = {
    spelling: name
    for word, name in (*SPELLINGS.items(), *((word, word) for word in PRODUCT_WORDS))
    for spelling in _spellings(word)
}
"""The ways in which a function of the language may be read, as a name or as a word."""
