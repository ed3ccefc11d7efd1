"""What elaboration knows: the names of the document, their types, and what is in scope."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Sequence as Listing
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeAlias

from ...core.axes import STEP, Axis, Hole, Unifier
from ...core.terms import Big, Constant, Letter, Term
from ...core.traversal import rebuilt, walk
from ...core.types import SCALAR, Type, resolved
from ..limits import MAX_DEPTH
from ..names.types import NameRead, NameRow
from ..names.walk import Occurrence
from ..sizes import Size
from ..surface.nodes import Group, Item, Scripted, Sequence
from ..tree import Span
from .choices import Oracle
from .errors import unreadable
from .given import Arguments

Part: TypeAlias = "Item | Term"
"""What a formula is read from: what is written, and terms that are read already."""


class Signature(Protocol):
    """What the scripts of the document's names are."""

    def read(self, line: int, item: Item) -> NameRead: ...

    def is_function(self, item: Item) -> bool: ...

    def read_call(self, line: int, item: Item, group: Group) -> NameRead | None: ...

    def behind(self, line: int, item: Scripted) -> NameRead: ...

    def read_glued(
        self, line: int, items: Listing[Item], start: int
    ) -> tuple[NameRead, int] | None: ...

    def occurrences(self, line: int) -> Iterator[tuple[Occurrence, NameRead]]: ...

    def table(self) -> tuple[NameRow, ...]: ...

    @property
    def notes(self) -> tuple[str, ...]: ...


def never() -> bool:
    """False."""
    return False


@dataclass
class Context:
    """A document as far as it is known.

    types: of every quantity, by key and number of slots: `E` and `E_t` are two.
    functions: every spelling of a function to its name; `undetermined` are the model's own.
    losses, parameters: keys. writes_inner: whether inner products are written as aᵀ b; it is asked
    only where two vectors stand side by side, since all lines have to be read for it.
    leaves_sums: whether it writes no Σ, and some sum over entries by a repeated index alone.
    diagonals: whether a vector may stand for the matrix that has it on its diagonal.
    """

    signature: Signature
    types: dict[tuple[str, int], Type]
    functions: Mapping[str, str]
    undetermined: Mapping[str, int] = field(default_factory=dict)
    sizes: frozenset[str] = frozenset()
    time_index: str = "t"
    losses: frozenset[tuple[str, int]] = frozenset()
    parameters: frozenset[str] = frozenset()
    arguments: Arguments = field(default_factory=dict)
    entrywise: Mapping[str, frozenset[tuple[str, int]]] = field(default_factory=dict)
    diagonal: set[tuple[str, int]] = field(default_factory=set)
    writes_inner: Callable[[], bool] = never
    leaves_sums: Callable[[], bool] = never
    diagonals: bool = True


Read: TypeAlias = Callable[["Elaboration", "tuple[Part, ...]"], Term]


@dataclass
class Elaboration:
    """One formula on its way to a term. `read` makes a term of items side by side.

    names_last_step: whether the formula has T in the index of a quantity, as in h_T.
    """

    context: Context
    oracle: Oracle
    line: int
    read: Read
    sizes: Unifier = field(default_factory=Unifier)
    scope: dict[str, Axis] = field(default_factory=dict)
    free: dict[str, Axis] = field(default_factory=dict)
    side: str = "right"
    names_last_step: bool = False
    transposed_inner: list[bool] = field(default_factory=list)
    nesting: list[int] = field(default_factory=lambda: [0])

    def enter(self, item: Item) -> None:
        """Go one level deeper, to `leave` it again; refused beyond the bound."""
        if self.nesting[0] >= MAX_DEPTH:
            raise unreadable(f"more than {MAX_DEPTH} levels inside each other", item)
        self.nesting[0] += 1

    def leave(self) -> None:
        """Back from a level."""
        self.nesting[0] -= 1

    def expression(self, sequence: Sequence) -> Term:
        """The term that a sequence means."""
        return self.read(self, sequence.items)

    def binding(self, letters: Mapping[str, Axis]) -> Elaboration:
        """The same with more letters in scope."""
        return replace(self, scope={**self.scope, **letters})

    def letter(self, name: str, at: Item | None = None) -> Letter:
        """An index letter, written there: bound around, a number with a name, or free."""
        if name in self.scope:
            sort = self.scope[name]
        elif name == "T" or name in self.context.sizes:
            sort = Size.letter("number")
        else:
            if name not in self.free:
                self.free[name] = STEP if name == self.context.time_index else self.sizes.hole()
            sort = self.free[name]
        return Letter(SCALAR, name, sort, span=None if at is None else Span(at.start, at.end))

    def unify(self, left: tuple[Axis, ...], right: tuple[Axis, ...]) -> bool:
        """Whether the axes can be the same; they are so from then on."""
        return self.sizes.unify_all(left, right)

    def unify_pairs(self, *pairs: tuple[tuple[Axis, ...], tuple[Axis, ...]]) -> bool:
        """Whether all pairs of axes can be the same together; else nothing is changed."""
        if any(len(left) != len(right) for left, right in pairs):
            return False
        lefts = tuple(axis for left, _ in pairs for axis in left)
        return self.sizes.unify_all(lefts, tuple(axis for _, right in pairs for axis in right))

    def type_of(self, term: Term) -> Type:
        """Its type as far as it is known now."""
        return resolved(term.type, self.sizes)

    def is_open(self, term: Term) -> bool:
        """Whether it is of a size that nothing in it fixes."""
        return any(isinstance(self.sizes.find(axis), Hole) for axis in term.type.axes)

    def settled(self, *terms: Term) -> tuple[Term, ...]:
        """The terms with every axis as it is known in the end.

        An axis that nothing fixes, of 𝟙ᵀ𝟙, is one of the sizes: which, is chosen.
        """
        made = tuple(_settled(term, self.sizes) for term in terms)
        opens = list(dict.fromkeys(hole for term in made for hole in _holes(term)))
        if opens and self.context.sizes:
            options = tuple(sorted(self.context.sizes))
            size = Size.letter(self.oracle.choose("open size", options))
            for hole in opens:
                self.sizes.unify(hole, size)
            made = tuple(_settled(term, self.sizes) for term in made)
        return made


def _holes(term: Term) -> Iterator[Hole]:
    """The axes of constants, and what letters range over, as far as they are not known."""
    for node in walk(term):
        if isinstance(node, Constant):
            yield from (axis for axis in node.type.axes if isinstance(axis, Hole))
        if isinstance(node, Letter | Big) and isinstance(node.sort, Hole):
            yield node.sort


def _settled(term: Term, sizes: Unifier) -> Term:
    made = rebuilt(term, lambda part, _: _settled(part, sizes), lambda kind: resolved(kind, sizes))
    if isinstance(made, Letter | Big):
        return replace(made, sort=sizes.find(made.sort))
    return made
