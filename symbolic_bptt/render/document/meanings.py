"""What the symbols of a document mean, and where they occur in its MathML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from ...model.model import Declaration, Model
from ...notation.printer.latex import latex
from ...notation.printer.text import text
from ...notation.tree import Symbol
from ..description import equations, timed_symbol
from ..mathml import row_of

_ROLES = {
    "parameter": "parameter",
    "input": "given data",
    "initial": "initial state",
    "defined": "computed",
}


@dataclass(frozen=True)
class Meaning:
    """`W: parameter, n x n`. `mark` is the class of its occurrences."""

    name: str
    timed: bool
    mark: str
    words: str


def meanings(model: Model) -> tuple[Meaning, ...]:
    """One for each symbol that the model declares, and one for its adjoints."""
    defined = {
        (statement.operands[0].name, bool(statement.operands[0].indices)): text(statement)
        for statement in equations(model)
        if isinstance(statement.operands[0], Symbol)
    }
    found: list[Meaning] = []
    for (name, timed), declared in model.declarations.items():
        words = f"{text(_symbol(model, declared))}: {_ROLES[declared.role]}, {declared.shape}"
        if declared.constraint:
            words += f", {declared.constraint}"
        if (name, timed) in defined:
            words += f"; {defined[name, timed]}"
        found.append(Meaning(name, timed, f"sym{len(found)}", words))
    return tuple(found)


def mark(math: Element, known: tuple[Meaning, ...]) -> None:
    """Gives every occurrence of a known symbol its class, and its meaning as a title."""
    heads = {_shape_of(meaning.name): meaning.name for meaning in known}
    slots = {(meaning.name, meaning.timed): meaning for meaning in known}
    _mark(math, heads, slots)


def _mark(element: Element, heads: dict[str, str], slots: dict[tuple[str, bool], Meaning]) -> None:
    for name, timed in _readings(element, heads):
        meaning = slots.get((name, timed)) or slots.get((name, not timed))
        if meaning is not None:
            element.set("class", f"sym {meaning.mark}")
            element.set("title", meaning.words)
            return
    for child in element:
        _mark(child, heads, slots)


def _readings(element: Element, heads: dict[str, str]) -> Iterator[tuple[str, bool]]:
    whole = heads.get(_written(element))
    if whole is not None:
        yield whole, False
    if element.tag in ("msub", "msup", "msubsup") and len(element):
        head = heads.get(_written(element[0]))
        if head is not None:
            yield head, element.tag != "msup" or element[1].tag == "mrow"


def _shape_of(name: str) -> str:
    return "".join(_written(part) for part in row_of(latex(Symbol(name))))


def _written(element: Element) -> str:
    return ElementTree.tostring(element, encoding="unicode")


def _symbol(model: Model, declared: Declaration) -> Symbol:
    if not declared.timed:
        return Symbol(declared.name)
    return timed_symbol(model, declared.name, Symbol(model.time.index))
