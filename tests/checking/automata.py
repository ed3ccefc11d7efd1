"""Formulas as functions of words, and how many states they need: the rank of a Hankel matrix.

A letter is all that a step is given: its inputs, and the states that are free. A formula of T steps
is a function f of a word of T letters. An automaton with d states computes it only if no matrix
H[u, v] = f(u v), its rows prefixes and its columns suffixes, has a rank beyond d. Formulas look at
the letters beside them, and at those near the ends: these few are the same in all words.

What is claimed for every value of a step letter is one function of marked words: each place of the
mark is weighed with a number of its letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any

import flint
import numpy as np

from symbolic_bptt.checking.automata.surroundings import Surroundings
from symbolic_bptt.checking.binding import Bound
from symbolic_bptt.checking.comparison import Claim, places
from symbolic_bptt.checking.dimension import dimension
from symbolic_bptt.checking.environment import ClaimEnvironment
from symbolic_bptt.checking.laboratory import Laboratory
from symbolic_bptt.checking.letters import claimed_ranges, downward_ranges
from symbolic_bptt.checking.typed import Examination
from symbolic_bptt.checking.verdict import Instance
from symbolic_bptt.derivation.staged import Point
from symbolic_bptt.evaluation.domains.domain import Array
from symbolic_bptt.evaluation.domains.field import FieldDomain
from symbolic_bptt.evaluation.errors import EvaluationError
from symbolic_bptt.evaluation.evaluator import evaluate
from symbolic_bptt.evaluation.forward import forward_step
from symbolic_bptt.evaluation.graph import GraphNode
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.model.model import Model
from symbolic_bptt.model.steps import LinearStep, linear_step, step_expr
from symbolic_bptt.notation.displays import read_text
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import BigOperator, Expr, Symbol, map_children, walk

PRIME = 2**61 - 1

Word = tuple[str, ...]


class Words(FieldDomain):
    """GF(p) in which the number of a step, where it is free, belongs to its letter."""

    def __init__(self, word: Word, *, free_letters: bool) -> None:
        super().__init__("words", PRIME, free_letters=free_letters)
        self.word = word

    def letter(self, name: str, value: int, *, index: bool) -> Any:
        if self.free_letters and index and 1 <= value <= len(self.word):
            return self.atom((self.word[value - 1], "number"))
        return super().letter(name, value, index=index)


@cache
def laboratory_of(text: str) -> Laboratory:
    return Laboratory(model_from_source(Source(text, "model.toml"), "model"))


def free_states(model: Model) -> set[str]:
    """The states that other steps read, and what is disturbed: all of them belong to a letter."""
    computed = {equation.target for equation in model.equations}
    found = set(Laboratory(model).memory.disturbed)
    for equation in model.equations:
        for node in walk(equation.body):
            if isinstance(node, Symbol) and node.indices and node.name in computed:
                step = linear_step(node.indices[0], model.time.index)
                if step is not None and step.t_multiple and step.constant:
                    found.add(node.name)
    return found


@dataclass(frozen=True)
class Automaton:
    """The function that left − right of the last of some lines is, at fixed sizes.

    descending: whether the factors of its products stand from the highest index to the lowest.
    window: how many letters a formula may see beside its own, and near each end.
    """

    laboratory: Laboratory
    lines: tuple[str, ...]
    sizes: dict[str, int]
    free_letters: bool = False
    descending: bool = False
    disturbed: bool = True
    window: int = 1

    @cached_property
    def bound(self) -> Bound:
        source = Source("\n".join(self.lines), "lines.txt")
        bound = Examination(self.laboratory, read_text(source, "txt")).bound
        assert not any(line.problems for line in bound.lines), bound.lines
        return bound

    @cached_property
    def claim(self) -> Claim:
        statement = self.bound.lines[-1].statement
        assert statement is not None
        families, declared = self.bound.definitions, self.model.declarations
        known = {name for name, timed in declared if not timed}
        known |= {name for name in families.by_name if 0 in families.arities(name)}
        numbers = frozenset({"T", *self.model.sizes})
        ranges = claimed_ranges(statement, numbers, frozenset(known), self.model.time.index)
        left, right = statement.operands
        return Claim(self._ordered(left), "=", self._ordered(right), ranges)

    def _ordered(self, expr: Expr) -> Expr:
        changed = map_children(expr, self._ordered)
        is_product = isinstance(changed, BigOperator) and changed.kind == "product"
        return replace(changed, descending=self.descending) if is_product else changed

    @property
    def model(self) -> Model:
        return self.laboratory.model

    @cached_property
    def free(self) -> set[str]:
        return free_states(self.model)

    @property
    def promised(self) -> int:
        """The dimension of left, where right is 0. Raises `NoDimension`."""
        zero = replace(self.claim, left=self.claim.right)
        return self._dimension(self.claim) - self._dimension(zero) // 2

    def _dimension(self, claim: Claim) -> int:
        exprs = [claim.left, claim.right, *self.bound.definitions.bodies]
        around = Surroundings(
            self.model,
            self.laboratory.memory,
            self.bound.definitions,
            self.sizes,
            self._entries,
            self.disturbed,
            self.free_letters,
            downward_ranges(exprs, self.model.time.index),
        )
        return dimension(claim, around)

    def _entries(self, name: str) -> int:
        """As many as the name has at the first of three steps at which it exists."""
        at = self._point(("a", "b", "c"))
        for step in at.graph.steps:
            expr = Symbol(name, (step_expr(LinearStep(step), ""),))
            try:
                return int(evaluate(expr, self._environment(at)).array.size)
            except EvaluationError:
                continue
        raise AssertionError(name)

    def _point(self, word: Word) -> Point:
        """The model with everything that a letter has taken from the letters of the word."""
        prepared = self.laboratory.prepared(Instance(len(word), self.sizes))
        domain = Words(word, free_letters=self.free_letters)

        def given(node: GraphNode) -> Array:
            name, step = node.key
            beyond = step is None or not 1 <= step <= len(word)
            of: Any = ("all steps", step if step is None or step < 1 else step - len(word))
            array = np.empty(node.shape, dtype=object)
            array.ravel()[:] = [
                domain.atom((of if beyond else word[step - 1], name, place))
                for place in range(array.size)
            ]
            return array

        values = {node.key: given(node) for node in prepared.graph.given}
        outputs = {}
        for node in prepared.graph.computed:
            found = forward_step(prepared.graph, domain, values, node)
            if node.key[0] in self.free:
                outputs[node.key], found = found, given(node)
            values[node.key] = found
        return Point(prepared, domain, values, outputs)

    def _environment(self, at: Point) -> ClaimEnvironment:
        exprs = [self.claim.left, self.claim.right, *self.bound.definitions.bodies]
        return ClaimEnvironment(
            at,
            self.bound.definitions,
            self.laboratory.blocks,
            downward=downward_ranges(exprs, self.model.time.index),
        )

    def value(self, word: Word) -> list[int]:
        """Every entry of left − right, over all values of the step letters together."""
        at = self._point(word)
        total: Any = 0
        for place in places(self.claim, self._environment(at)):
            weight: Any = 1
            for name, step in place.letters.items():
                weight = weight * at.domain.atom((word[step - 1], "mark", name))  # type: ignore[attr-defined]
            total = total + (place.left - place.right) * weight
        return [int(entry) for entry in np.asarray(total).flat]

    def ranks(self, count: int, longest: int = 4) -> list[int]:
        """The rank of a matrix of so many rows and columns, for each entry."""
        before, between, behind = (tuple(f"{end}{k}" for k in range(self.window)) for end in "abc")
        prefixes, suffixes = _words("u", count, longest), _words("v", count, longest)
        rows = [[self.value(before + u + between + v + behind) for v in suffixes] for u in prefixes]
        entries = max(len(one) for row in rows for one in row)
        return [
            flint.nmod_mat(count, count, [one[entry] for row in rows for one in row], PRIME).rank()
            for entry in range(entries)
        ]


def _words(name: str, count: int, longest: int) -> Sequence[Word]:
    """Words of every length up to the longest, and more of that, with no letter in common."""
    return [tuple(f"{name}{j}.{i}" for i in range(min(j, longest))) for j in range(count)]
