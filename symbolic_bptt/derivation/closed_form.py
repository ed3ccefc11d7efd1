r"""The closed form of backpropagation through time, in matrix notation, for any model.

For a generic step t: an adjoint δ for every variable that is read at another step, as a recurrence
with its boundary, and for every parameter a sum over the steps. It holds for every T.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from ..model.model import Model
from ..notation.sizes import Size
from ..notation.tree import Derivative, Expr, Statement, Symbol, walk
from .backward import accumulate, fewest_steps, least_horizon
from .contributions import copies, total_use
from .horner import written_out
from .indices import affine
from .names import final_names, renamed
from .presentation import presented
from .result import Partial
from .system import system

MOST_STEPS = 4
"""Scalar models are also written out, over up to so many steps."""


@dataclass(frozen=True)
class ClosedForm:
    """∂loss/∂θ for every parameter θ, and the adjoints in which they are written.

    `adjoints` maps the name of an adjoint to its variable: δ_h is ∂loss/∂h. `pre_activations` does
    so for the adjoint of what stands inside the outermost function of the variable's equation:
    δ_f is ∂loss/∂z where f = σ(z).
    """

    model: Model
    definitions: tuple[Statement, ...]
    gradients: Mapping[str, Statement]
    assumptions: tuple[str, ...]
    adjoints: Mapping[str, str]
    pre_activations: Mapping[str, str]


def closed_form(model: Model, count: int | None = None) -> ClosedForm:
    """The closed form for every parameter, over `count` steps or a symbolic T.

    Raises `NoRuleError` where the derivative cannot be written in matrix notation.
    """
    backward = Backward(model, count)
    partials = [backward.partial(Symbol(name)) for name in model.parameters]
    gradients = {
        name: partial.statement for name, partial in zip(model.parameters, partials, strict=True)
    }
    return ClosedForm(
        model,
        backward.definitions,
        gradients,
        backward.assumptions,
        backward.adjoints,
        backward.pre_activations,
    )


class Backward:
    """A model differentiated backwards, from which partial derivatives are read off."""

    def __init__(
        self,
        model: Model,
        count: int | None,
        wrt: Iterable[Symbol] = (),
        inner: frozenset[str] = frozenset(),
    ) -> None:
        self.model = model
        self._system = system(model, count)
        self._found = accumulate(self._system, frozenset(symbol.name for symbol in wrt), inner)
        self._names = final_names(model, self._found.adjoints.values())
        self.definitions = tuple(
            replace(statement, operands=tuple(map(self._finished, statement.operands)))
            for statement in self._found.statements
        )
        self.assumptions = (
            *(f"{name} sums to one" for name in self._found.totals),
            *(() if count or model.literal_length else least_horizon(self._system, self._found)),
        )
        self.fewest = model.literal_length or count or fewest_steps(self._system, self._found)
        self.adjoints = self._variables(inner=False)
        self.pre_activations = self._variables(inner=True)

    def partial(self, wrt: Symbol) -> Partial:
        """∂loss/∂wrt of a parameter, the copy of one, or a variable at one step."""
        forms = [self._finished(self._value(wrt))]
        explicit = self._written_out(wrt)
        if explicit is not None and explicit != forms[0]:
            forms.append(explicit)
        derivative = Derivative("partial", Symbol(self.model.loss), wrt)
        return Partial(derivative, self._found.algebra.shape(wrt), tuple(forms))

    def _written_out(self, wrt: Symbol) -> Expr | None:
        """A second form without adjoints, for a scalar model over a few steps."""
        axis = self._system.axis
        steps = axis.high - axis.low
        if steps.letters or steps.constant >= MOST_STEPS or not self._system.is_parameter(wrt):
            return None
        uses = self._found.uses.get(wrt.name, [])
        if wrt.indices:
            uses = copies(uses, affine(wrt.indices[0]) or Size())
        explicit = written_out(self._found, uses)
        return None if explicit is None else renamed(explicit, self._names)

    def needed(self, partials: Iterable[Partial]) -> tuple[Statement, ...]:
        """The definitions that the partials rest on, in order."""
        wanted = {name for partial in partials for form in partial.forms for name in _names(form)}
        while True:
            more = {
                name
                for statement in self.definitions
                if _defines(statement) in wanted
                for name in _names(statement.operands[1])
            }
            if more <= wanted:
                return tuple(s for s in self.definitions if _defines(s) in wanted)
            wanted |= more

    def _variables(self, inner: bool) -> Mapping[str, str]:
        known = self._found.adjoints.items()
        return {self._names[key]: item.variable for key, item in known if item.inner is inner}

    def _value(self, wrt: Symbol) -> Expr:
        found = self._found
        if self._system.is_parameter(wrt):
            uses = found.uses.get(wrt.name, [])
            if not wrt.indices:
                return total_use(found.algebra, wrt, uses)
            step = affine(wrt.indices[0])
            assert step is not None
            return total_use(found.algebra, wrt, copies(uses, step))
        return found.adjoint_of(wrt)

    def _finished(self, expr: Expr) -> Expr:
        ordered = presented(self._found.algebra, expr, self._system.is_parameter)
        return renamed(ordered, self._names)


def _defines(statement: Statement) -> str:
    target = statement.operands[0]
    assert isinstance(target, Symbol)
    return target.name


def _names(expr: Expr) -> set[str]:
    return {node.name for node in walk(expr) if isinstance(node, Symbol)}
