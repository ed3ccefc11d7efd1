"""What a document about a model may rely on: the model's names, with their types."""

from __future__ import annotations

from ..core.types import Type, matrix
from ..notation.elaboration.given import Given
from ..notation.functions import SPELLINGS
from ..notation.names.types import Declared, Role
from ..notation.sizes import Shape
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


def given(model: Model) -> Given:
    """The model's names, functions and sizes."""
    types: dict[tuple[str, int], Type] = {}
    declared: list[Declared] = []
    for (name, timed), one in model.declarations.items():
        types[name, int(timed)] = type_of(one.shape)
        declared.append(Declared(name, one.shape.rank, int(timed), ROLES[one.role]))
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
    spelled = dict(SPELLINGS)
    spelled.update({rf"\mathrm{{{name}}}": name for name in SPELLINGS if name.isalpha()})
    spelled.update({rf"\operatorname{{{name}}}": name for name in SPELLINGS if name.isalpha()})
    spelled.update({name: name for name in (*model.functions, *model.settled)})
    declared = {name for name, _ in model.declarations}
    return {spelling: name for spelling, name in spelled.items() if spelling not in declared}
