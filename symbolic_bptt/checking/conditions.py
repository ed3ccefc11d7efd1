"""Under which further assumption a claim that fails would hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..model.losses import Slot, loss_slots
from ..model.model import Model
from ..model.settle import settle
from ..model.steps import LinearStep, step_expr
from ..notation.printer.text import text
from ..notation.tree import Derivative, Expr, Symbol, map_children
from .claims import Judged
from .comparison import Claim
from .decide import Trial, agree
from .definitions import Definitions
from .guessing import unguessable
from .laboratory import Laboratory


def condition(
    laboratory: Laboratory, definitions: Definitions, claim: Claim, judged: Judged
) -> str:
    """What must be assumed for the claim to hold, in words; empty if nothing simple helps."""
    if claim.op != "=":
        return ""
    for words, model in _models(laboratory.model):
        if _holds(laboratory.variant(model), definitions, claim, judged):
            return words
    losses = _losses(laboratory.model)
    left, right = _immediate(claim.left, losses), _immediate(claim.right, losses)
    immediate = replace(claim, left=left, right=right)
    if immediate != claim and _holds(laboratory, definitions, immediate, judged):
        return "∂ is the immediate derivative, written ∂⁺"
    return ""


def _holds(laboratory: Laboratory, definitions: Definitions, claim: Claim, judged: Judged) -> bool:
    trial = Trial(
        unguessable(laboratory, definitions, claim),
        definitions,
        claim,
        judged.plan.short,
        budget=judged.budget,
    )
    return agree(trial, judged.instances, normal=True)


def _models(model: Model) -> Iterator[tuple[str, Model]]:
    """The model under one further assumption each."""
    open_states = [state for state in model.initial if not state.zero]
    if open_states:
        shown = []
        for state in open_states:
            step = step_expr(LinearStep(state.step, 0, int(state.from_last)), model.time.index)
            shown.append(text(Symbol(state.name, (step,))))
        zero = tuple(replace(state, zero=True) for state in model.initial)
        yield f"{', '.join(shown)} = 0", replace(model, initial=zero)
    for slot, item in model.declarations.items():
        if item.role == "input" and item.constraint is None and not item.shape.is_scalar:
            changed = {**model.declarations, slot: replace(item, constraint="sums to one")}
            yield f"{item.name} sums to one", replace(model, declarations=changed)
    for name, function in model.functions.items():
        if function.arguments == 1:
            for choice in ("tanh", "sigmoid"):
                yield f"{name} = {choice}", settle(model, {name: choice})


def _losses(model: Model) -> set[Slot]:
    bodies = {(e.target, e.timed or e.step is not None): e.body for e in model.equations}
    return loss_slots(bodies, model.loss)


def _immediate(expr: Expr, losses: set[Slot]) -> Expr:
    """Every plain ∂ taken as immediate, but that of a loss, which is always total."""
    changed = map_children(expr, lambda child: _immediate(child, losses))
    if not isinstance(changed, Derivative) or changed.kind != "partial":
        return changed
    of = changed.of
    if isinstance(of, Symbol) and (of.name, bool(of.indices)) in losses:
        return changed
    return replace(changed, kind="immediate")
