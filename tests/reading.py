"""Printed formulas read back: what a text says of a model, and whether that is so."""

from __future__ import annotations

from collections.abc import Iterator

from symbolic_bptt.checking.answers import OPS
from symbolic_bptt.checking.claims import Meaning
from symbolic_bptt.checking.comparison import first_difference, places
from symbolic_bptt.checking.environment import ClaimEnvironment
from symbolic_bptt.checking.laboratory import Laboratory
from symbolic_bptt.checking.typed import Examination
from symbolic_bptt.derivation.staged import Point
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.displays import read_text
from symbolic_bptt.notation.elaboration.choices import readings
from symbolic_bptt.notation.files import Kind
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import Statement


def examination(model: Model, text: str, kind: Kind = "tex") -> Examination:
    """A text read; everything in it must have a meaning."""
    found = Examination(Laboratory(model), read_text(Source(text), kind))
    assert not [problem for line in found.bound.lines for problem in line.problems]
    return found


def read_back(model: Model, text: str, kind: Kind = "tex") -> list[Statement]:
    """The statements of a text in the plainest reading, in order."""
    lines = examination(model, text, kind).bound.lines
    assert not [line.formula.latex for line in lines if line.statement is None]
    return [line.statement for line in lines if line.statement is not None]


def false_at_a_point(model: Model, text: str, kind: Kind = "tex") -> list[str]:
    """The formulas that no reading makes true over three steps of random numbers."""
    found = examination(model, text, kind)
    laboratory = found.laboratory
    point = laboratory.field_point(laboratory.instance(model.literal_length or 3))
    return [
        line.formula.latex
        for number, line in enumerate(found.bound.lines)
        for link, relation in enumerate(found.document.statements[number].relations)
        if relation.sign in OPS and not (link == 0 and line.defines)
        if not any(_is_true(one, laboratory, point) for one in _meanings(found, number, link))
    ]


def _meanings(found: Examination, number: int, link: int) -> Iterator[Meaning]:
    for reading in readings(lambda oracle: found.meaning(number, link, oracle)):
        if reading.meaning is not None:
            yield reading.meaning


def _is_true(meaning: Meaning, laboratory: Laboratory, point: Point) -> bool:
    around = ClaimEnvironment(point, meaning.definitions, laboratory.blocks)
    with point.domain.scope():
        found = list(places(meaning.claim, around))
        return bool(found) and all(first_difference(place, "=") is None for place in found)
