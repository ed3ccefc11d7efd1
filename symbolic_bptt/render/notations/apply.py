"""A derivation in a notation: its adjoints named, its gradients written, its letters set."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from ...derivation.steps import Prose, Stage, Step, Steps
from ...model.model import Model
from ...notation.printer.names import ACCENTS, split_name
from ...notation.tree import Derivative, Expr, Node, Symbol, map_children
from .notation import Notation

N = TypeVar("N", bound=Node)
Change = Callable[[Expr], Expr]


def restyled(steps: Steps, notation: Notation) -> Steps:
    """The steps with the notation's names for adjoints and its sign for derivatives of the loss.

    What they say is the same: they are checked after the change, not before it.
    """
    names = _adjoint_names(steps, notation)

    def change(node: Expr) -> Expr:
        node = map_children(node, change)
        match node:
            case Symbol(name=name) if name in names:
                return replace(node, name=names[name])
            case Symbol(name=name, indices=(_, *_)) if name in steps.model.parameters:
                return replace(node, layout=notation.step or node.layout)
            case Derivative(kind="partial", of=Symbol(name=of, indices=())) if (
                notation.derivative == "nabla" and of == steps.model.loss
            ):
                return replace(node, kind="gradient")
        return node

    stages = tuple(_stage(stage, change) for stage in steps.stages)
    adjoints = {names.get(name, name): variable for name, variable in steps.adjoints.items()}
    assumptions = tuple(_prose(one, change) for one in steps.assumptions)
    return replace(steps, stages=stages, adjoints=adjoints, assumptions=assumptions)


def _stage(stage: Stage, change: Change) -> Stage:
    parts = tuple(
        _stage(part, change) if isinstance(part, Stage) else _step(part, change)
        for part in stage.parts
    )
    return replace(stage, title=_prose(stage.title, change), parts=parts)


def _step(step: Step, change: Change) -> Step:
    statement = map_children(step.statement, change)
    return replace(step, statement=statement, because=_prose(step.because, change))


def _prose(prose: Prose, change: Change) -> Prose:
    return tuple(_changed(part, change) for part in prose)


def _changed(part: str | Node, change: Change) -> str | Node:
    match part:
        case str():
            return part
        case Expr():
            return change(part)
        case _:
            return map_children(part, change)


def _adjoint_names(steps: Steps, notation: Notation) -> Mapping[str, str]:
    """δ_h → λ_h, or dh where the sign is a letter put before the variable."""
    sign = notation.adjoint_sign
    taken = {split_name(name).head for name in steps.model.names}
    if sign == r"\delta" or sign in taken:
        return {}
    if sign.startswith("\\"):
        first = [name for name in steps.adjoints if split_name(name).head == r"\delta"]
        return {name: name.replace(r"\delta", sign, 1) for name in first}
    found: dict[str, str] = {}
    for name, variable in steps.adjoints.items():
        head = split_name(variable)
        script = f"_{{{head.sub}}}" if head.sub else ""
        new = f"{sign}{head.head}{script}"
        if not script and not variable.startswith("\\") and new not in found.values():
            found[name] = new
    return found


def bold_names(model: Model, adjoints: Mapping[str, str], notation: Notation) -> Mapping[str, str]:
    r"""Each vector's (and matrix's) name as it is set in bold: h → \mathbf{h}."""
    if notation.bold == "none":
        return {}
    matrices = notation.bold == "vectors and matrices"
    found: dict[str, str] = {}
    for (name, _), declared in model.declarations.items():
        shape = declared.shape
        vector = shape.is_column or shape.is_row
        if vector or (matrices and not shape.is_scalar):
            found[name] = _bold(name)
    return found | {name: _bold(name) for name, variable in adjoints.items() if variable in found}


_HEAD = re.compile(r"^(\\[A-Za-z]+|[A-Za-z]+)('*)(.*)$", re.DOTALL)


def _bold(name: str) -> str:
    command, space, rest = name.partition(" ")
    if command in ACCENTS and space:
        return f"{command}{{{_bold(rest)}}}"
    match = _HEAD.match(name)
    if match is None:
        return name
    letter, primes, script = match.groups()
    sign = r"\boldsymbol" if letter.startswith("\\") else r"\mathbf"
    return f"{sign}{{{letter}}}{primes}{script}"


def dressed(node: N, names: Mapping[str, str]) -> N:
    """The node with its names as they are set; to be printed only."""

    def change(inner: Expr) -> Expr:
        inner = map_children(inner, change)
        if isinstance(inner, Symbol) and inner.name in names:
            return replace(inner, name=names[inner.name])
        return inner

    if isinstance(node, Symbol):
        return replace(map_children(node, change), name=names.get(node.name, node.name))
    return map_children(node, change)
