"""The section on what was checked: which statements, on which instances, how surely."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from ...checking.steps import CheckedStep, failing
from ...checking.verdict import Instance
from ...checking.verification import Row, Verification
from ...model.model import Model
from ...notation.tree import Add, Expr, Neg, Number, Power, Symbol
from ..check import in_rows
from . import sentences as say
from .structure import Block, Inline, Paragraph, Reference, Table, Text


def evidence_blocks(
    model: Model, checked: tuple[CheckedStep, ...], verification: Verification
) -> Iterator[Block]:
    """What does not hold first, then the evidence for the steps, then for the gradients."""
    for one in failing(checked):
        yield Paragraph(("this statement does not hold: ", one.step.statement), "warning")
    yield Paragraph((*_counted(checked), *_method(checked, verification.seed)))
    derived = tuple(row for row in verification.rows if row.formula == "derived")
    label = f"tab:{model.name}:check"
    compared = (Reference("table", label), " compares them in float64.")
    yield Paragraph((*_every_T(derived), *compared))
    yield _table(derived, verification, label)


def _counted(checked: tuple[CheckedStep, ...]) -> Text:
    verdicts = [verdict for one in checked for verdict in one.verdicts]
    named, holding = verdicts.count("definition"), verdicts.count("holds")
    claims = len(verdicts) - named
    share = "all of them hold" if holding == claims else f"{holding} of them hold"
    naming = f", besides {named} that only give names" if named else ""
    return (f"The derivation consists of {claims} relations{naming}; {share}. ",)


def _method(checked: tuple[CheckedStep, ...], seed: int) -> Text:
    bounds = [one.error_bound_log2 for one in checked if one.error_bound_log2 is not None]
    instances = {repr(one): one for checked_ in checked for one in checked_.instances}
    chance: Text = (".",)
    if bounds:
        chance = (
            ": two sides that differ would be taken for equal with a chance of at most ",
            _power(2, max(bounds)),
            " each.",
        )
    return (
        "Both sides of each were evaluated at random points of the field of integers modulo ",
        Add((_power(2, 127), Neg(_number(1)))),
        *chance,
        say.WITNESS.format(seed=seed),
        *_instances(instances.values()),
        ".",
    )


def _instances(found: Iterable[Instance]) -> Text:
    """`sizes n, m: 4, 2 with 1 to 6 steps; 2, 4 with 3 steps`."""
    lengths: dict[tuple[int, ...], set[int]] = {}
    letters: list[str] = []
    for one in found:
        letters = sorted(one.sizes)
        lengths.setdefault(tuple(one.sizes[name] for name in letters), set()).add(one.T)
    parts = []
    for values, counts in sorted(lengths.items()):
        steps = "1 step" if counts == {1} else f"{in_rows(counts)} steps"
        parts.append(f"{', '.join(map(str, values))} with {steps}" if values else steps)
    return (*_called(letters), "; ".join(parts))


def _called(letters: Sequence[str]) -> Text:
    """`sizes n, m: `; an equation m = 2 would be a claim about every size."""
    if not letters:
        return ()
    parts: list[Inline] = []
    for letter in letters:
        parts += [", " if parts else "sizes ", Symbol(letter)]
    return (*parts, ": ")


def _instance(count: int, sizes: Mapping[str, int]) -> Text:
    """`3 steps (sizes m, n: 2, 4)`."""
    if not sizes:
        return (steps_in_words(count),)
    values = ", ".join(str(sizes[name]) for name in sorted(sizes))
    return (f"{steps_in_words(count)} (", *_called(sorted(sizes)), f"{values})")


def steps_in_words(count: int) -> str:
    """`1 step`, `3 steps`."""
    return "1 step" if count == 1 else f"{count} steps"


def _every_T(rows: tuple[Row, ...]) -> Text:
    proved = [row.quantity for row in rows if row.every_T]
    if not proved:
        return ("Nothing is claimed beyond these numbers of steps. ",)
    which: Text = ("the gradients",)
    if len(proved) < len(rows):
        which = ("the gradients with respect to ", *listed(proved))
    return (
        "For ",
        *which,
        say.EVERY_T,
    )


def _table(shown: tuple[Row, ...], verification: Verification, label: str) -> Table:
    head = ("parameter", "verdict", "closed form", "differences", "complex step", "every T")
    rows = tuple(
        (
            (row.quantity,),
            (row.verdict,),
            _scientific(row.max_relative_error),
            _scientific(row.finite_difference),
            _scientific(row.complex_step),
            ("" if row.evidence is None else "yes" if row.every_T else "no",),
        )
        for row in shown
    )
    caption: Text = (
        "In float64 over ",
        *_instance(verification.T, verification.sizes),
        say.FLOATS,
    )
    return Table(head, rows, caption, label)


def _scientific(value: float | None) -> Text:
    """4.1e-16 as 4.1 · 10^{-16}."""
    if value is None:
        return ("none",)
    if not math.isfinite(value):
        return ("not finite",)
    if value == 0:
        return ("0",)
    exponent = math.floor(math.log10(value))
    digits = f"{value / 10**exponent:.1f}"
    if digits == "10.0":
        digits, exponent = "1.0", exponent + 1
    return (f"{digits} × ", _power(10, exponent))


def _number(value: int) -> Expr:
    number = Number(Fraction(abs(value)))
    return number if value >= 0 else Neg(number)


def _power(base: int, exponent: float) -> Expr:
    return Power(_number(base), _number(round(exponent)))


def listed(nodes: Sequence[Expr]) -> Text:
    """`U, W and V`."""
    parts: list[Inline] = []
    for position, node in enumerate(nodes):
        if position:
            parts.append(" and " if position == len(nodes) - 1 else ", ")
        parts.append(node)
    return tuple(parts)
