"""A model with other names for its quantities: the same mathematics, symbol by symbol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ...model.model import Declaration, Model
from ...notation.printer.latex import latex
from ...notation.tree import Expr, Layout, Symbol, map_children
from .notation import Notation, NotationFileError
from .roles import roles


def new_names(model: Model, notation: Notation) -> Mapping[str, str]:
    """Which names of the model change, and to what.

    A role's name is left as it is if the new one is taken. Raises `NotationFileError` where two
    quantities would get one name that the notation gives by name.
    """
    found = roles(model)
    wanted = {found[role]: new for role, new in notation.roles.items() if role in found}
    wanted = {old: new for old, new in wanted.items() if old not in notation.names}
    fixed = {old: new for old, new in notation.names.items() if old in _names(model)}
    _refuse_clash(model, fixed)
    while True:
        chosen = {**wanted, **fixed}
        clashing = {old for old in wanted if _is_taken(model, chosen, old)}
        if not clashing:
            return {old: new for old, new in chosen.items() if old != new}
        wanted = {old: new for old, new in wanted.items() if old not in clashing}


def _names(model: Model) -> set[str]:
    return {name for name, _ in model.declarations} | {state.name for state in model.initial}


def _is_taken(model: Model, chosen: Mapping[str, str], old: str) -> bool:
    new = chosen[old]
    others = {chosen.get(name, name) for name in _names(model) if name != old}
    return new in others or new in _reserved(model)


def _reserved(model: Model) -> set[str]:
    return {model.time.index, "T", *model.sizes, *model.functions, *model.settled}


def _refuse_clash(model: Model, fixed: Mapping[str, str]) -> None:
    for old, new in fixed.items():
        if _is_taken(model, fixed, old):
            raise NotationFileError(
                f"{old} cannot be called {new}: {model.name} has a {new} already"
            )


def changer(model: Model, names: Mapping[str, str], step: Layout | None) -> Callable[[Expr], Expr]:
    """Renames the symbols of a tree, and moves the step of those that have one."""
    timed = {name for name, has_step in model.declarations if has_step}
    timed |= {state.name for state in model.initial}

    def changed(node: Expr) -> Expr:
        node = map_children(node, changed)
        if not isinstance(node, Symbol):
            return node
        layout = step if step and node.indices and node.name in timed else node.layout
        return replace(node, name=names.get(node.name, node.name), layout=layout)

    return changed


def renamed_model(model: Model, notation: Notation) -> Model:
    """The model in that notation. Its source text and shipped formulas are not carried over."""
    names = new_names(model, notation)
    change = changer(model, names, notation.step)

    def named(name: str) -> str:
        return names.get(name, name)

    def declared(one: Declaration) -> Declaration:
        layout = notation.step if notation.step and one.timed else one.layout
        return replace(one, name=named(one.name), layout=layout)

    bodies = [change(equation.body) for equation in model.equations]
    equations = tuple(
        replace(one, target=named(one.target), body=body, latex=latex(body))
        for one, body in zip(model.equations, bodies, strict=True)
    )
    return replace(
        model,
        loss=named(model.loss),
        declarations={(named(k), t): declared(one) for (k, t), one in model.declarations.items()},
        equations=equations,
        parameters=tuple(map(named, model.parameters)),
        inputs=tuple(map(named, model.inputs)),
        initial=tuple(replace(state, name=named(state.name)) for state in model.initial),
        text="",
        formulas="",
    )
