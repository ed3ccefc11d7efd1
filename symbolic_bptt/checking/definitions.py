"""What a formula file defines: families of values by equations, special cases before general ones.

`δ_T = …` and `δ_t = … δ_{t+1} …` together define δ. Of all equations whose left side matches a
request, the one with the most literal indices is used. Recursions may run either way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..evaluation.surroundings import indexes_a_step
from ..model.steps import LinearStep, linear_step
from ..notation.tree import (
    BigOperator,
    Cases,
    Derivative,
    Entry,
    Expr,
    Held,
    KroneckerDelta,
    Node,
    Range,
    Symbol,
    children,
    walk,
)


@dataclass(frozen=True)
class Definition:
    """name_{indices; entries} = body, where the ranges hold.

    `rank` is that of the body: 0 for a scalar, 1 for a vector, 2 for a matrix, None if unknown.
    """

    symbol: Symbol
    entries: tuple[Expr, ...]
    body: Expr
    ranges: tuple[Range, ...] = ()
    line: int = 0
    rank: int | None = None

    @cached_property
    def patterns(self) -> tuple[Expr, ...]:
        """Every index of the left side, steps first."""
        return (*self.symbol.indices, *self.entries)

    @cached_property
    def places(self) -> tuple[tuple[str | None, LinearStep | None], ...]:
        """The free letter of every index, and the index as a multiple of it."""
        letters = [free_letter(pattern) for pattern in self.patterns]
        return tuple(
            (letter, linear_step(pattern, letter or ""))
            for pattern, letter in zip(self.patterns, letters, strict=True)
        )

    @cached_property
    def step_letters(self) -> frozenset[str]:
        """The letters of its left side that are steps in its body."""
        letters = {n.name for p in self.patterns for n in walk(p) if isinstance(n, Symbol)}
        return frozenset(letter for letter in letters if steps_by(letter, self.body))

    @cached_property
    def literal_indices(self) -> int:
        """How many of its indices are fixed, as in δ_T or the second of δ^{(t)}_t: the more, the
        more special.
        """
        letters = [letter for letter, _ in self.places]
        return len(letters) - len({letter for letter in letters if letter is not None})

    @property
    def recursive(self) -> bool:
        """Whether its body reads the name that it defines."""
        return self.symbol.name in self.reads

    @cached_property
    def looks_back(self) -> bool:
        """Whether its body reads the name at an earlier step, as a recursion forward does."""
        letter, here = self.places[0] if self.places else (None, None)
        own = (n for n in walk(self.body) if isinstance(n, Symbol) and n.name == self.symbol.name)
        read = (linear_step(node.indices[0], letter or "") for node in own if node.indices)
        return here is not None and any(s is not None and s.constant < here.constant for s in read)

    @cached_property
    def reads(self) -> frozenset[str]:
        """Every name in its body."""
        return frozenset(node.name for node in walk(self.body) if isinstance(node, Symbol))

    @cached_property
    def plain_reads(self) -> tuple[Symbol, ...]:
        """The symbols in its body whose indices are known once its own letters are."""
        return tuple(_outside_operators(self.body))

    def whole(self, count: int) -> Definition:
        """The same of the first `count` indices: δ_{t,i} as δ_t."""
        kept = self.patterns[:count]
        letters = {free_letter(pattern) for pattern in kept}
        ranges = tuple(span for span in self.ranges if span.index in letters)
        symbol = replace(self.symbol, indices=kept)
        return replace(self, symbol=symbol, entries=(), ranges=ranges)

    def is_step(self, position: int, time_index: str) -> bool:
        """Whether an index names a step: t, T or a letter that the body uses as one."""
        pattern = self.patterns[position]
        names = {node.name for node in walk(pattern) if isinstance(node, Symbol)}
        return bool(names & {"T", time_index}) or not names.isdisjoint(self.step_letters)


def _outside_operators(node: Node) -> Iterator[Symbol]:
    if isinstance(node, Symbol):
        yield node
    elif not isinstance(node, BigOperator | Cases | Derivative | Entry | Held):
        for child in children(node):
            yield from _outside_operators(child)


def steps_by(letter: str, body: Expr) -> bool:
    """Whether the letter is the step of some symbol, and no entry index, in an expression."""
    if any(
        (isinstance(node, Entry) and Symbol(letter) in node.indices)
        or (isinstance(node, KroneckerDelta) and Symbol(letter) in (node.left, node.right))
        for node in walk(body)
    ):
        return False
    return any(
        Symbol(letter) == part
        for node in walk(body)
        if isinstance(node, Symbol) and node.indices
        for part in walk(node.indices[0])
    )


def free_letter(pattern: Expr) -> str | None:
    """The one letter of an index pattern such as t, t-1, k+1; None for a literal (3, T, T-1)."""
    for node in walk(pattern):
        if isinstance(node, Symbol) and node.name != "T":
            return node.name
    return None


def match(definition: Definition, indices: tuple[int, ...], letter_T: int) -> dict[str, int] | None:
    """The values of the letters that make the left side name these indices; None if none do."""
    if len(definition.places) != len(indices):
        return None
    letters: dict[str, int] = {}
    for (letter, step), value in zip(definition.places, indices, strict=True):
        if step is None or step.t_multiple not in ((1, -1) if letter else (0,)):
            return None
        found = (value - step.at(0, letter_T)) * (step.t_multiple or 1)
        if letter is None:
            if found:
                return None
        elif letters.setdefault(letter, found) != found:
            return None
    return letters


@dataclass
class Definitions:
    """All definitions of a file, by name."""

    by_name: dict[str, list[Definition]] = field(default_factory=dict)
    version: int = field(default=0, repr=False, compare=False)
    _recursion: dict[str, frozenset[int]] = field(default_factory=dict, repr=False, compare=False)
    _text: tuple[int, str] = field(default=(-1, ""), repr=False, compare=False)

    def add(self, definition: Definition) -> None:
        """Bind one more equation; the most special are tried first."""
        family = self.by_name.setdefault(definition.symbol.name, [])
        family.append(definition)
        family.sort(key=_generality)
        self._recursion.clear()
        self.version += 1

    @property
    def bodies(self) -> list[Expr]:
        """What the names are defined as."""
        return [one.body for family in self.by_name.values() for one in family]

    @property
    def text(self) -> str:
        """All of them, the same for the same definitions; made once for each version."""
        if self._text[0] != self.version:
            self._text = self.version, repr(sorted(self.by_name.items()))
        return self._text[1]

    def family(self, name: str, arity: int) -> list[Definition]:
        """The definitions of that name with that many indices, the most special first."""
        return [one for one in self.by_name.get(name, ()) if len(one.patterns) == arity]

    def arities(self, name: str) -> set[int]:
        """With how many indices the name has been defined."""
        return {len(one.patterns) for one in self.by_name.get(name, ())}

    def giving(self, name: str, arity: int) -> list[Definition]:
        """What gives a name with that many indices its value, the most special first.

        Its family, and definitions of a whole vector or matrix of which it is an entry: δ_T = 0
        beside δ_{t,i} = ….
        """
        own = self.family(name, arity)
        wholes = [
            one
            for one in self.by_name.get(name, ())
            if 0 < (count := len(one.patterns)) < arity
            and (not own or self.entrywise(name, count, arity - count))
        ]
        return sorted([*own, *wholes], key=_generality) if wholes else own

    def entrywise(self, name: str, arity: int, entries: int) -> list[Definition]:
        """Definitions of that name with `arity` indices by so many entries: of δ_t, δ_{t,i} = …."""
        family = self.family(name, arity + entries)
        return [] if any(one.is_step(arity, "") for one in family) else family

    def defines(self, name: str, arity: int) -> bool:
        """Whether something is said of a name with that many indices, or of its entries."""
        if name not in self.by_name:
            return False
        entrywise = (self.entrywise(name, arity, count) for count in (1, 2))
        return bool(self.giving(name, arity)) or any(entrywise)

    def recursion(self, name: str) -> frozenset[int]:
        """The indices over which a name is defined by recursion: the first, of δ_t = … δ_{t+1}.

        A recursion may go by way of other names. Empty where there is none.
        """
        if name not in self._recursion:
            self._recursion[name] = self._recurring(name)
        return self._recursion[name]

    def _recurring(self, name: str) -> frozenset[int]:
        circle = self._circle(name)
        return frozenset(
            position
            for other in circle
            for one in self.by_name[other]
            for node in walk(one.body)
            if isinstance(node, Symbol) and node.name in circle
            for position, pair in enumerate(zip(node.indices, one.patterns, strict=False))
            if _recurs(*pair, first=position == 0)
        )

    def _circle(self, name: str) -> set[str]:
        """The names that it is defined by and that are defined by it, directly or not."""
        readers: dict[str, set[str]] = {}
        reads: dict[str, set[str]] = {}
        for other, family in self.by_name.items():
            for read in frozenset[str]().union(*(one.reads for one in family)):
                readers.setdefault(read, set()).add(other)
                reads.setdefault(other, set()).add(read)
        return _reached(name, reads) & _reached(name, readers)


def _reached(start: str, ways: Mapping[str, set[str]]) -> set[str]:
    """What can be reached from a start in one step or more."""
    pending, found = [start], set[str]()
    while pending:
        more = ways.get(pending.pop(), set()) - found
        found |= more
        pending += more
    return found


def _generality(one: Definition) -> tuple[int, int, int]:
    """The most special first: literal indices, then ranges, then entries."""
    return -one.literal_indices, -len(one.ranges), -len(one.patterns)


def _recurs(index: Expr, pattern: Expr, *, first: bool) -> bool:
    """Whether a name is read at another index than it is defined at.

    Behind the first index, which is a step, another letter may be that of an entry.
    """
    letter = free_letter(pattern) or ""
    here, there = linear_step(pattern, letter), linear_step(index, letter)
    return here != there and (first or there is not None)


def as_definition(
    left: Expr, body: Expr, ranges: tuple[Range, ...], line: int
) -> Definition | None:
    """The definition that `left = body` would be; None if the left side is no name with indices."""
    match left:
        case Symbol():
            made = Definition(left, (), body, ranges, line)
        case Entry(of=Symbol() as symbol, indices=entries):
            made = Definition(symbol, entries, body, ranges, line)
        case _:
            return None
    letters = [free_letter(pattern) for pattern in made.patterns]
    steps = [linear_step(p, letter or "") for p, letter in zip(made.patterns, letters, strict=True)]
    return made if all(step is not None for step in steps) else None


def literal_steps(nodes: Iterable[Expr], time_index: str) -> set[int]:
    """Every literal step that these expressions name: `E_3`, `s_{-1}`, the ends of Σ_{t=1}^{3}."""
    found = set()
    for expr in nodes:
        for node in walk(expr):
            for index in _steps_written(node):
                step = linear_step(index, time_index)
                if step is not None and not step.t_multiple and not step.T_multiple:
                    found.add(step.constant)
    return found


def _steps_written(node: Node) -> Iterator[Expr]:
    if isinstance(node, Symbol):
        yield from node.indices
    elif isinstance(node, BigOperator):
        for span in node.ranges:
            if indexes_a_step(span.index, node.body):
                yield from (limit for limit in (span.lower, span.upper) if limit is not None)
