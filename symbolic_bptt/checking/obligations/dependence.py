"""What the quantities of a model hang on: a few steps around their own, the last ones, or all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ...evaluation.graph import Graph, Key
from ...model.model import Model
from ...model.steps import linear_step
from ...notation.printer.text import text
from ...notation.tree import (
    BigOperator,
    Derivative,
    Entry,
    Expr,
    Held,
    Node,
    Symbol,
    children,
    walk,
)
from ..decide import Trial
from ..laboratory import View
from ..verdict import Instance
from .errors import NotSettled
from .gathered import runs_over_steps
from .shapes import check_sizes


@dataclass
class Dependence:
    """Asks a model, at the sizes of an instance and in the view in which a claim holds."""

    trial: Trial
    instance: Instance
    view: View

    @property
    def model(self) -> Model:
        """The model that is asked."""
        return self.trial.laboratory.model

    @cached_property
    def graph(self) -> Graph:
        """A few steps, to see what depends on what: more than there are states to pass through."""
        count = 2 * self.lag + 4 + len(self.trial.laboratory.memory.carried)
        return self.trial.laboratory.prepared(Instance(count, self.instance.sizes)).graph

    @cached_property
    def lag(self) -> int:
        """How many steps before or after its own the model looks."""
        carried = self.trial.laboratory.memory.carried
        return max([1, *(max(one.before, one.after) for one in carried)])

    def check_model(self) -> None:
        """Every step looks at neighbours alone. Raises `NotSettled`."""
        laboratory = self.trial.laboratory
        if laboratory.memory.reason:
            raise NotSettled(laboratory.memory.reason)
        check_sizes(self.model)
        for equation in self.model.equations:
            if not equation.timed and equation.step is None:
                continue
            for node in walk(equation.body):
                if isinstance(node, BigOperator) and any(
                    runs_over_steps(span.index, node.body, self.model.time.index)
                    for span in node.ranges
                ):
                    raise NotSettled(f"{equation.target} sums over steps")
                if isinstance(node, Symbol) and node.indices:
                    self._check_read(node, equation.step)

    def _check_read(self, node: Symbol, at: Expr | None) -> None:
        index = self.model.time.index
        read = linear_step(node.indices[0], index)
        own = linear_step(at or Symbol(index), index)
        if read is None or own is None:
            raise NotSettled(f"the model reads {text(node)}")
        same = (read.t_multiple, read.T_multiple) == (own.t_multiple, own.T_multiple)
        if not same:
            raise NotSettled(f"the model reads {text(node)}")

    def is_total(self, name: str) -> bool:
        """Whether it hangs on a sum over all steps, whose value no window has."""
        free = self.view.disturbed and name in self.trial.laboratory.memory.disturbed
        return name in self.totals and not free

    @cached_property
    def totals(self) -> frozenset[str]:
        """Names without a step that hang on sums over the steps."""
        found = set(self.trial.laboratory.memory.gathered)
        plain = [one for one in self.model.equations if not one.timed and one.step is None]
        for _ in plain:
            for one in plain:
                reads = {n.name for n in walk(one.body) if isinstance(n, Symbol) and not n.indices}
                if reads & found:
                    found.add(one.target)
        return frozenset(found)

    @cached_property
    def ends(self) -> frozenset[str]:
        """Names without a step that hang on the steps near the ends alone."""
        return self.trial.laboratory.memory.after_steps - self.totals

    @cached_property
    def of_steps(self) -> frozenset[str]:
        """The parameters that a step reads."""
        nodes = [node for node in self.graph.nodes.values() if node.step is not None]
        return frozenset(key[0] for node in nodes for key in node.reads if key[1] is None)

    def is_local(self, expr: Derivative) -> bool:
        """Whether a derivative by a parameter runs through a few steps alone."""
        of = expr.of.of if isinstance(expr.of, Entry) else expr.of
        whole = expr.wrt.of if isinstance(expr.wrt, Entry) else expr.wrt
        if not isinstance(of, Symbol) or not isinstance(whole, Symbol):
            raise NotSettled(f"{text(expr)} is the derivative of an expression")
        if not of.indices:
            after = self.trial.laboratory.memory.after_steps
            return of.name not in after or whole.name not in self.of_steps
        middle = self.graph.steps[len(self.graph.steps) // 2]
        pending: list[Key] = [(of.name, middle)]
        seen = set[Key]()
        while pending:
            key = pending.pop()
            if key in seen or key not in self.graph.nodes:
                continue
            seen.add(key)
            node = self.graph.nodes[key]
            pending.extend(node.reads)
            used = node.used_at
            reads = (whole.name, None) in node.reads
            if reads and (used is None or abs(used - middle) > self.lag):
                return False
        return True

    def check_native(self, expr: Expr) -> None:
        """Nothing in it reaches over all steps but its sums and products."""
        pending: list[Node] = [expr]
        while pending:
            node = pending.pop()
            match node:
                case Held():
                    raise NotSettled("something is held fixed")
                case Derivative():
                    self._check_derivative(node)
                    continue
                case BigOperator(ranges=ranges, body=body) if " " not in ranges[0].index:
                    index = self.model.time.index
                    if any(runs_over_steps(span.index, body, index) for span in ranges):
                        raise NotSettled("a recursion sums over steps")
                case Symbol(name=name, indices=()) if self.is_total(name):
                    raise NotSettled(f"{name} is a sum over all steps")
            pending.extend(children(node))

    def _check_derivative(self, node: Derivative) -> None:
        of = node.of.of if isinstance(node.of, Entry) else node.of
        wrt = node.wrt.of if isinstance(node.wrt, Entry) else node.wrt
        if not isinstance(of, Symbol) or not isinstance(wrt, Symbol):
            raise NotSettled(f"{text(node)} is the derivative of an expression")
        if wrt.indices or node.kind == "immediate" or wrt.name not in self.model.parameters:
            return
        if not self.is_local(node):
            raise NotSettled(f"{text(node)} reaches over all steps")

    def check_last(self, sides: Sequence[Expr], *, partners: bool) -> None:
        """Beside the last step, the loss may be one of that step alone."""
        graph = self.graph
        roots = [node for node in graph.nodes.values() if node.step is None]
        early = [k for node in roots for k in node.reads if k[1] not in (None, graph.steps[-1])]
        derived = any(
            isinstance(node, Derivative) and isinstance(node.of, Symbol) and not node.of.indices
            for side in sides
            for node in walk(side)
        )
        if early and (derived or partners):
            raise NotSettled("the last step stands beside another, and all steps have a loss")

    def names_end(self, expr: Node) -> bool:
        """Whether it has a value that the last steps alone decide, or a derivative there."""
        match expr:
            case Symbol(name=name, indices=()):
                return name in self.ends
            case Derivative(of=of, wrt=wrt):
                whole = wrt.of if isinstance(wrt, Entry) else wrt
                by = isinstance(whole, Symbol) and not whole.indices
                return by and isinstance(of, Symbol) and not of.indices
        return any(self.names_end(child) for child in children(expr))
