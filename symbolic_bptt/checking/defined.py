"""The value of a name that the file defines: by the first definition that applies, else assumed.

A family given entry by entry is assembled; one of the model's own states goes on before the first
step where they do; and a recursion is 0 beyond the axis where nobody gave its boundary.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from ..evaluation.attached import with_letters
from ..evaluation.errors import (
    Circular,
    EvaluationError,
    LimitReached,
    OutOfRange,
    UndefinedSymbol,
)
from ..evaluation.evaluator import evaluate
from ..evaluation.integers import integer
from ..evaluation.ranges import entry_range, in_ranges
from ..evaluation.structure import entry as entry_of
from ..evaluation.value import Value, literal, resolve
from ..model.steps import LinearStep, step_expr
from ..notation.printer.text import text
from ..notation.tree import Derivative, Expr, Range, Symbol, walk
from .definitions import Definition, free_letter, match
from .known import Known, Notes
from .order import Wanted, settle, with_numbers

if TYPE_CHECKING:
    from .environment import ClaimEnvironment


def defined(here: ClaimEnvironment, node: Symbol, indices: tuple[int, ...]) -> Value:
    """The value at literal indices, evaluated once and kept in `here.known`.

    Raises the `EvaluationError` for which there is none, and `Wanted` within another definition.
    """
    wanted = Wanted(node, indices, here.held)
    if wanted.memo not in here.known:
        if here.within:
            raise wanted
        settle(wanted, partial(_needs, here), partial(_evaluated, here), here.known)
    known = here.known[wanted.memo]
    here.notes.add(known.notes)
    if not isinstance(known.found, EvaluationError):
        return known.found
    beyond = bool(indices) and indices[0] not in here.point.graph.steps
    if here.recurring and beyond and isinstance(known.found, OutOfRange):
        return _zero_beyond(here, node, indices[0])
    raise known.found.with_traceback(None)


def _zero_beyond(here: ClaimEnvironment, node: Symbol, index: int) -> Value:
    """The boundary of a recursion, where nobody gave it: 0, and told."""
    here.notes.boundaries[_outside(here, node, index)] = None
    return literal(here.domain, here.domain.number(Fraction(0)))


def _evaluated(here: ClaimEnvironment, wanted: Wanted, circle: Circular | None) -> Known:
    """What a definition gives; it asks for whatever it needs by raising `Wanted`."""
    inner = replace(
        here, bound={}, held=wanted.held, notes=Notes(), within=True, recurring=False, zeros="none"
    )
    found: Value | EvaluationError
    try:
        found = circle or _given(inner, wanted.node, wanted.indices)
    except LimitReached:
        raise
    except EvaluationError as error:
        found = error
    return Known(found, inner.notes)


def _needs(here: ClaimEnvironment, wanted: Wanted) -> Iterator[Wanted]:
    """What a definition plainly reads and is not there yet: sooner asked for than missed."""
    chosen = _chosen(here, wanted.node, wanted.indices)
    if chosen is None:
        return
    one, letters = chosen
    inner = replace(here, bound=letters)
    for node in one.plain_reads:
        if node.name in here.definitions.by_name:
            try:
                indices = tuple(integer(index, inner) for index in node.indices)
            except EvaluationError:
                continue
            other = Wanted(node, indices, wanted.held)
            given = here.point.graph.key_of(node.name, indices) is not None
            is_defined = not given and here.definitions.defines(node.name, len(indices))
            if is_defined and other.memo not in here.known:
                yield other


def _chosen(
    here: ClaimEnvironment, node: Symbol, indices: tuple[int, ...]
) -> tuple[Definition, dict[str, int]] | None:
    """The first definition that applies, with the values of its letters."""
    for one in here.definitions.giving(node.name, len(indices)):
        count = len(one.patterns)
        letters = match(one, indices[:count], here.point.graph.numbers["T"])
        if letters is not None and _applies(here, one, letters):
            return one, letters
    return None


def _given(here: ClaimEnvironment, node: Symbol, indices: tuple[int, ...]) -> Value:
    """What the first definition that applies gives; what is assumed where none does."""
    chosen = _chosen(here, node, indices)
    if chosen is not None:
        one, letters = chosen
        count = len(one.patterns)
        if count < len(indices):
            whole = defined(here, replace(node, indices=node.indices[:count]), indices[:count])
            return entry_of(here.domain, whole, indices[count:])
        recurring = bool(here.definitions.recursion(node.name))
        inner = replace(here, bound=letters, recurring=recurring)
        return evaluate(one.body, inner)
    return (
        _assembled(here, node, indices)
        or _of_initial_states(here, node, indices)
        or _boundary(here, node, indices)
    )


def _assembled(here: ClaimEnvironment, node: Symbol, indices: tuple[int, ...]) -> Value | None:
    """A vector or matrix of which the file defines each entry; None if it does not."""
    for count in (1, 2):
        family = here.definitions.entrywise(node.name, len(indices), count)
        sizes = next(filter(None, (_extent(here, one, indices) for one in family)), None)
        if sizes is not None:
            places = product(*(range(1, size + 1) for size in sizes))
            entries = [defined(here, node, (*indices, *place)) for place in places]
            cells = [resolve(here.domain, one, (1, 1)).array for one in entries]
            return Value(np.concatenate(cells).reshape(*sizes, *([1] if count == 1 else [])))
    return None


def _extent(
    here: ClaimEnvironment, one: Definition, indices: tuple[int, ...]
) -> tuple[int, ...] | None:
    """How many entries there are, as far as its body tells."""
    entries = one.patterns[len(indices) :]
    letters = match(one, (*indices, *(1 for _ in entries)), here.point.graph.numbers["T"])
    if letters is None:
        return None
    inner = replace(here, bound=letters)
    sizes = [
        entry_range(letter, one.body, inner, evaluate)
        for pattern in entries
        if (letter := free_letter(pattern)) is not None
    ]
    known = tuple(size for size in sizes if size is not None)
    return known if len(known) == len(entries) else None


def body_at(here: ClaimEnvironment, node: Symbol, indices: tuple[int, ...]) -> Expr | None:
    """What F_0 = Σ_{u=1}^T E_u is made of, where F_t is defined, at its literal indices."""
    chosen = _chosen(here, node, indices)
    if chosen is not None:
        one, letters = chosen
        return with_letters(one.body, letters)
    for one in here.definitions.family(node.name, len(indices)):
        found = match(one, indices, here.point.graph.numbers["T"])
        if found is not None and not one.ranges and _reads_model_alone(here, one):
            return with_letters(one.body, found)
    return None


def _of_initial_states(
    here: ClaimEnvironment, node: Symbol, indices: tuple[int, ...]
) -> Value | None:
    """What q_t = σ(x_t) is before the first step, where the states that it reads exist."""
    for one in here.definitions.family(node.name, len(indices)):
        letters = match(one, indices, here.point.graph.numbers["T"])
        if letters is None or one.ranges or not _reads_model_alone(here, one):
            continue
        try:
            return evaluate(one.body, replace(here, bound=letters))
        except OutOfRange:
            continue
    return None


def _reads_model_alone(here: ClaimEnvironment, one: Definition) -> bool:
    """Whether its body has no name of the file and no derivative in it."""
    derived = any(isinstance(node, Derivative) for node in walk(one.body))
    return not derived and one.reads.isdisjoint(here.definitions.by_name)


def _applies(here: ClaimEnvironment, one: Definition, letters: Mapping[str, int]) -> bool:
    """Whether its ranges allow these values; where they are open, its steps are those of the model.

    Under a range a recursion backwards goes on to the initial states: δ_0, of t < T.
    """
    inner = replace(here, bound=dict(letters))
    if not all(in_ranges((span,), inner) for span in one.ranges if span.index in letters):
        return False
    graph = here.point.graph
    steps = graph.extent if one.ranges and not one.looks_back else graph.steps
    spans = {span.index: span for span in one.ranges}
    return all(
        _among(steps, value, spans.get(letter))
        for letter, value in letters.items()
        if letter == graph.model.time.index or letter in one.step_letters
    )


def _among(steps: range, value: int, span: Range | None) -> bool:
    """Whether a value is one of the steps, at the ends at which no range says more."""
    early = value < steps[0] and (span is None or span.lower is None)
    late = value > steps[-1] and (span is None or span.upper is None)
    return not early and not late


def _boundary(here: ClaimEnvironment, node: Symbol, indices: tuple[int, ...]) -> Value:
    """0 beyond the axis for a name that is defined by recursion over it; else there is none.

    In the body of a recursion what the file defines is 0 beyond the axis as well.
    """
    steps = here.point.graph.steps
    outside = [place for place, index in enumerate(indices) if index not in steps]
    assumed = here.definitions.recursion(node.name).intersection(outside)
    if assumed:
        return _zero_beyond(here, node, indices[min(assumed)])
    if 0 in outside:
        raise OutOfRange(node.name, indices[0], node)
    raise UndefinedSymbol(text(with_numbers(node, indices)), node)


def _outside(here: ClaimEnvironment, node: Symbol, index: int) -> str:
    """The boundary, counted from T beyond the end of the axis: δ_{T+1}, p_0."""
    steps, letter_T = here.point.graph.steps, here.point.graph.numbers["T"]
    late = index > steps[-1]
    step = LinearStep(index - letter_T if late else index, 0, int(late))
    return text(replace(node, indices=(step_expr(step, ""),)))
