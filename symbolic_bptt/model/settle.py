"""Settling the functions that a model leaves open: f = tanh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..notation.functions import FUNCTIONS, SPELLINGS
from ..notation.tree import Call, Expr, map_children
from .errors import ModelError
from .model import Model


def settle(model: Model, let: Mapping[str, str]) -> Model:
    """The model with undetermined functions replaced: {"f": "sigmoid"}. Raises `ModelError`.

    Their names stay readable: f′ in a formula about the model is σ′ from then on.
    """
    chosen = {name: _settled(model, name, value) for name, value in let.items()}
    if not chosen:
        return model

    equations = tuple(
        replace(one, body=with_functions(one.body, chosen)) for one in model.equations
    )
    functions = {name: item for name, item in model.functions.items() if name not in chosen}
    settled = {**model.settled, **chosen}
    return replace(model, equations=equations, functions=functions, settled=settled)


def with_functions(expr: Expr, chosen: Mapping[str, str]) -> Expr:
    """The expression with undetermined functions replaced by known ones; primes are kept."""
    changed = map_children(expr, lambda child: with_functions(child, chosen))
    if isinstance(changed, Call) and changed.function in chosen:
        return replace(changed, function=chosen[changed.function])
    return changed


def _settled(model: Model, name: str, value: str) -> str:
    if name not in model.functions:
        known = ", ".join(model.functions) or "none"
        raise ModelError(f"{model.name} has no undetermined function {name!r}; it has: {known}")
    key = SPELLINGS.get(value)
    if key is None or not FUNCTIONS[key].elementwise or key in ("max", "min"):
        choices = ", ".join(key for key, item in FUNCTIONS.items() if item.elementwise)
        raise ModelError(f"{name} cannot be {value!r}; choose one of {choices}")
    if model.functions[name].arguments != 1:
        raise ModelError(f"{name} takes {model.functions[name].arguments} arguments; {key} takes 1")
    return key
