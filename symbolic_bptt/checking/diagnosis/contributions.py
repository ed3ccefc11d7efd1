"""A wrong derivative as a combination of the paths of the graph, with small rational coefficients.

The true derivative is the sum of the contributions of all paths from what it is taken by to what
is differentiated. Paths are told apart by their first and their last edge. The coefficients solve
a linear system in GF(p), with more equations than unknowns: an answer that is no combination has
no solution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from ...derivation.staged import Point
from ...evaluation.domains.atoms import small_fraction
from ...evaluation.errors import EvaluationError
from ...evaluation.graph import Graph, Key
from ...model.steps import linear_step
from ...notation.tree import Derivative, Symbol, walk
from .linear import solved
from .opened import Edge, closing, edges
from .subject import Subject
from .values import Jacobians, Letters, answer, derivative, symbol

MOST_PATHS = 24
MOST_POINTS = 40
LARGEST = 12
"""Coefficients a/b with |a|, b up to this are recognised."""


@dataclass(frozen=True)
class Group:
    """Paths that begin with the same edge, and end alike where ends are told apart.

    `reader` reads what the derivative is taken by. `step` is the parameter's step, or for a
    variable how much later than it the reader stands. `end` is the last quantity before the end,
    or what is differentiated where that has several steps.
    """

    reader: str
    step: int
    end: Key | None = None


@dataclass(frozen=True)
class Combination:
    """The answer as Σ coefficient · (what the paths of a group contribute)."""

    of: Key
    wrt: str
    parameter: bool
    coefficients: Mapping[Group, Fraction]


@dataclass(frozen=True)
class Closed:
    """The edges to close so that the paths of one group are left."""

    edges: frozenset[Edge]

    def at(self, point: Point) -> Callable[[Key | None], Jacobians]:
        """The local Jacobians with those edges closed; of a variable only its own are."""

        def changed(variable: Key | None) -> Jacobians:
            closed = [
                edge
                for edge in self.edges
                if variable is None or edge[1] == variable or edge[1][0] != variable[0]
            ]
            return closing(point, closed)

        return changed


def combination(subject: Subject) -> Combination | None:
    """The combination of path contributions that the right side equals; None if it is none."""
    left = subject.claim.left
    if not isinstance(left, Derivative) or left.kind == "immediate":
        return None
    of, wrt = symbol(left.of), symbol(left.wrt)
    if of is None or wrt is None or of.name == wrt.name:
        return None
    parameter = wrt.name not in subject.point.graph.timed or not wrt.indices
    key = _key(subject, of)
    for by_end in (False, True):
        if key is None and not by_end:
            continue
        groups = _groups(subject, key if by_end else None, wrt.name, parameter)
        if not 1 < len(groups) <= MOST_PATHS:
            continue
        solve = _solution if key is not None else _by_place
        found = solve(subject, groups, of.name)
        if found is not None:
            return Combination(key or (of.name, None), wrt.name, parameter, found)
    return None


def _key(subject: Subject, of: Symbol) -> Key | None:
    """The one quantity that is differentiated; None where its step is a free letter."""
    if not of.indices:
        return (of.name, None)
    graph = subject.point.graph
    step = linear_step(of.indices[0], "")
    return None if step is None else (of.name, step.at(0, graph.numbers["T"]))


def _groups(subject: Subject, end: Key | None, wrt: str, parameter: bool) -> dict[Group, Closed]:
    """Each group of paths with the edges that must be closed to leave it alone."""
    graph = subject.point.graph
    starts = [e for e in edges(graph) if e[1][0] == wrt and (e[1][1] is None) == parameter]
    ends = [e for e in edges(graph) if e[0] == end]
    kept: dict[Group, set[Edge]] = {}
    for start in starts:
        step = _step(graph, start, parameter)
        for last in ends or [start]:
            group = Group(start[0][0], step, last[1] if ends else None)
            kept.setdefault(group, set()).update({start, last})
    both = {*starts, *ends}
    return {group: Closed(frozenset(both - open_)) for group, open_ in kept.items()}


def _step(graph: Graph, edge: Edge, parameter: bool) -> int:
    """The step at which a parameter is used, or how much later a variable is read."""
    reader, read = edge
    if parameter:
        used = graph.nodes[reader].used_at
        return graph.steps[-1] if used is None else used
    return 0 if reader[1] is None or read[1] is None else reader[1] - read[1]


def _solution(
    subject: Subject, groups: Mapping[Group, Closed], _: str
) -> dict[Group, Fraction] | None:
    """The coefficients that hold at all places at once."""
    names = list(groups)
    rows: list[list[Any]] = []
    values: list[Any] = []
    for at in _points(subject):
        found = _equations(subject, at, [groups[name] for name in names])
        if found is None:
            return None
        for new_rows, new_values in found.values():
            rows += new_rows
            values += new_values
        if len(rows) >= len(names) + 6:
            break
    return _coefficients(names, rows, values)


def _by_place(
    subject: Subject, groups: Mapping[Group, Closed], of: str
) -> dict[Group, Fraction] | None:
    """The coefficients for each step of what is differentiated."""
    names = list(groups)
    systems: dict[Letters, tuple[list[list[Any]], list[Any]]] = {}
    for at in _points(subject):
        found = _equations(subject, at, [groups[name] for name in names])
        if found is None:
            return None
        for letters, (rows, values) in found.items():
            known = systems.setdefault(_step_letters(subject, letters), ([], []))
            known[0].extend(rows)
            known[1].extend(values)
        if all(len(rows) >= len(names) + 6 for rows, _ in systems.values()):
            break
    coefficients: dict[Group, Fraction] = {}
    for letters, (rows, values) in systems.items():
        solution = _coefficients(names, rows, values, least=1)
        if solution is None or len(letters) != 1:
            return None
        for group, value in solution.items():
            coefficients[replace(group, end=(of, letters[0][1]))] = value
    return coefficients or None


def _step_letters(subject: Subject, letters: Letters) -> Letters:
    """Those of the letters that are steps: what is left are entries."""
    left = subject.claim.left
    assert isinstance(left, Derivative)
    of = symbol(left.of)
    inside = {n.name for i in (of.indices if of else ()) for n in walk(i) if isinstance(n, Symbol)}
    return tuple(pair for pair in letters if pair[0] in inside)


def _coefficients(
    names: Sequence[Group], rows: list[list[Any]], values: list[Any], least: int = 2
) -> dict[Group, Fraction] | None:
    """The one solution of an overdetermined system in small fractions."""
    live = [j for j in range(len(names)) if any(row[j] != 0 for row in rows)]
    if not least <= len(live) <= len(rows) - 2:
        return None
    prime = values[0].field.prime
    plain = [[row[j].value for j in live] for row in rows]
    solution = solved(plain, [value.value for value in values])
    if solution is None:
        return None
    found: dict[Group, Fraction] = {}
    for j, element in zip(live, solution, strict=True):
        fraction = small_fraction(int(element), prime)
        if fraction is None or max(abs(fraction.numerator), fraction.denominator) > LARGEST:
            return None
        found[names[j]] = fraction
    return found


def _points(subject: Subject) -> Iterator[Point]:
    instance = subject.judged.instances[0]
    for trial in range(MOST_POINTS):
        yield subject.laboratory.field_point(instance, trial)


def _equations(
    subject: Subject, at: Point, groups: Sequence[Closed]
) -> dict[Letters, tuple[list[list[Any]], list[Any]]] | None:
    """At every place, one equation for each entry: Σ c · contribution = answer."""
    try:
        answers = answer(subject, at)
        columns = [derivative(subject, at, group.at(at)) for group in groups]
        return {
            letters: (
                [list(row) for row in zip(*(column[letters] for column in columns), strict=True)],
                entries,
            )
            for letters, entries in answers.items()
        }
    except (EvaluationError, RecursionError, KeyError):
        return None
