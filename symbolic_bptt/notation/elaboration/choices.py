"""Choices: what is doubtful in a formula, each kind with its options and its default, by name.

Elaboration is an ordinary function that asks an `Oracle`; the readings of a formula are what comes
out when it is asked again with other answers. A kind is answered once, so a formula is read one way
throughout; the sides of a claim ask under kinds of their own where books differ between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from .errors import ElaborationError

CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "layout": ("numerator", "denominator"),
        "partial, left": ("total", "immediate"),
        "partial, right": ("total", "immediate"),
        "state, left": ("total", "immediate"),
        "state, right": ("total", "immediate", "explicit"),
        "number": ("identity", "entries"),
        "entrywise": ("vector", "matrix"),
        "marked": ("same step", "explicit"),
        "product order": ("as written", "reversed"),
        "scope of sum": ("to the next plus", "to the end"),
        "scope of product": (
            "to the next plus",
            "to the sign",
            "to its index",
            "one factor further",
        ),
        "argument": ("all that follows", "one factor"),
        "vectors": ("elementwise", "inner"),
        "gradient and vector": ("inner", "elementwise"),
        "slash": ("narrow", "wide"),
        "call": ("time", "product"),
        "vector beside a matrix": ("product", "diagonal"),
        "superscript": ("transpose", "power"),
        "repeated step": ("every", "summed"),
        "norm": ("Frobenius", "spectral"),
        "raised one": ("ones", "number"),
        "softmax": ("rows", "columns"),
    }
)
"""Every kind of choice, its options, the default first."""

WORDS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("layout", "denominator"): "denominator layout",
        ("partial, left", "total"): "total",
        ("partial, right", "total"): "total",
        ("partial, left", "immediate"): "immediate",
        ("partial, right", "immediate"): "immediate",
        ("state, left", "immediate"): "immediate",
        ("state, right", "immediate"): "immediate",
        ("state, right", "explicit"): "explicit partials on the right",
        ("marked", "explicit"): "∂⁺ explicit",
        ("product order", "reversed"): "factors in descending order",
        ("scope of sum", "to the end"): "the sum reaches to the end",
        ("scope of product", "to the sign"): "the product reaches to the next sign",
        (
            "scope of product",
            "to its index",
        ): "the product ends with its last factor with its index",
        ("scope of product", "one factor further"): "the product ends one factor further on",
        ("argument", "one factor"): "the function is applied to one factor",
        ("vectors", "inner"): "inner product of vectors",
        ("vectors", "elementwise"): "elementwise product of vectors",
        ("gradient and vector", "elementwise"): "elementwise product of vectors",
        ("gradient and vector", "inner"): "inner product of vectors",
        ("slash", "wide"): "the slash divides by all that follows",
        ("call", "product"): "a name before a parenthesis is a factor",
        ("gradient", "row"): "gradients as rows",
        ("diagonal", "vector"): "vector beside a matrix as diag",
        ("vector beside a matrix", "diagonal"): "vector behind a matrix as diag",
        ("superscript", "power"): "^T as the power T",
        ("product of vectors", "elementwise"): "elementwise product of vectors",
        ("repeated step", "summed"): "summed over repeated indices",
        ("repeated index", "summed"): "summed over repeated indices",
        ("number", "identity"): "a number beside a Jacobian as that multiple of I",
        ("entrywise", "vector"): "a diagonal Jacobian as a vector",
        ("by a matrix", "factor"): "the derivative of W x by W as the factor xᵀ",
        ("added", "scalar"): "a scalar added to every entry",
        ("added", "row"): "a row added to every row",
        ("letter", "the loss"): "the letter of the loss in another alphabet",
        ("letter", "a step left out"): "a name without its step, read at step t",
        ("letter", "an index"): "the letter of a size as an index",
        ("letter", "the last step"): "another letter for the last step T",
        ("arguments", "written"): "a quantity with its arguments behind it",
        ("softmax", "columns"): "softmax of the columns of a matrix",
        ("norm", "Frobenius"): "Frobenius norm",
        ("norm", "spectral"): "spectral norm",
    }
)
"""A choice in words; one that has none is the plain reading and is not told."""

MOST_READINGS = 48
"""So many readings of one formula are tried."""


@dataclass(frozen=True)
class Choice:
    """One answer: the kind, what was chosen, the text in question, and what else it could be.

    Without `alternatives` it is a convention that the shapes left no choice about.
    """

    kind: str
    read: str
    text: str = ""
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True)
class Differentiated:
    """A derivative whose ∂ does not say whether it is total: of what, by what, how far apart."""

    of: str
    by: str
    apart: int = 0


class Place(Protocol):
    """Where something is written: half-open offsets."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass
class Oracle:
    """Answers what elaboration asks, by the answers given, else by default; notes what was asked.

    `forced` are the conventions that shapes left no choice about; `places` is where a kind was
    asked about or forced, as far as that is told. `differentiated` is how each unmarked derivative
    was read. `lenient`: a formula whose shapes do not fit has
    a term all the same, so that it can be said where they do not, and what would.
    """

    fixed: Mapping[str, str] = field(default_factory=dict)
    asked: dict[str, tuple[str, ...]] = field(default_factory=dict)
    forced: dict[tuple[str, str], None] = field(default_factory=dict)
    places: dict[str, dict[tuple[int, int], None]] = field(default_factory=dict)
    lenient: bool = False
    differentiated: dict[Differentiated, dict[str, None]] = field(default_factory=dict)

    def choose(
        self, kind: str, options: tuple[str, ...] | None = None, at: Place | None = None
    ) -> str:
        """The answer to a question of that kind."""
        options = options or CHOICES[kind]
        self.asked.setdefault(kind, options)
        self._note(kind, at)
        return self.answer(kind)

    def answer(self, kind: str) -> str:
        """The answer to a question that was asked."""
        options = self.asked[kind]
        answer = self.fixed.get(kind, options[0])
        return answer if answer in options else options[0]

    def force(self, kind: str, read: str, at: Place | None = None) -> None:
        """Note a convention that the shapes demand."""
        self.forced.setdefault((kind, read))
        self._note(kind, at)

    def _note(self, kind: str, at: Place | None) -> None:
        if at is not None and at.start < at.end:
            self.places.setdefault(kind, {}).setdefault((at.start, at.end))


M = TypeVar("M")


@dataclass(frozen=True)
class Reading(Generic[M]):
    """One way to read a formula: the departures from the defaults, and what it then means.

    `meaning` is None where it is not well-typed so, and `error` says why.
    """

    departures: Mapping[str, str]
    meaning: M | None
    oracle: Oracle
    error: ElaborationError | None = None


def readings(elaborate: Callable[[Oracle], M]) -> Iterator[Reading[M]]:
    """Every reading, the one with the fewest departures first."""
    queue: list[Mapping[str, str]] = [{}]
    seen = {frozenset[tuple[str, str]]()}
    for count in range(MOST_READINGS):
        if count >= len(queue):
            return
        fixed = queue[count]
        oracle = Oracle(fixed)
        try:
            yield Reading(fixed, elaborate(oracle), oracle)
        except ElaborationError as error:
            yield Reading(fixed, None, oracle, error)
        for kind, options in oracle.asked.items():
            for option in options[1:]:
                more = {**fixed, kind: option}
                key = frozenset(more.items())
                if kind not in fixed and key not in seen:
                    seen.add(key)
                    queue.append(more)
        queue[count + 1 :] = sorted(queue[count + 1 :], key=len)
