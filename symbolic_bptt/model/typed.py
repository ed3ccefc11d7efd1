"""The equations of a model file as trees: their names read by what the file declares, and typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..core.binding import free_letters
from ..core.terms import Entry, Letter, Term
from ..core.types import SCALAR, Type
from ..notation.elaboration.atoms import NOWHERE
from ..notation.elaboration.choices import Oracle, readings
from ..notation.elaboration.constants import EULER, IDENTITY, ONES
from ..notation.elaboration.document import Document
from ..notation.elaboration.equations import opened
from ..notation.elaboration.errors import ElaborationError
from ..notation.elaboration.given import Given
from ..notation.elaboration.inference import infer_types
from ..notation.elaboration.lines import lines_of
from ..notation.elaboration.lower import LAYOUTS, NotLowered, lowered
from ..notation.elaboration.understanding import typed
from ..notation.errors import Kind, Problem
from ..notation.names.key import step_in
from ..notation.names.signature import Signature, signature
from ..notation.names.types import Declared as Name
from ..notation.printer.text import text
from ..notation.sizes import Size
from ..notation.source import Source
from ..notation.tokens.plain import Dialect
from ..notation.tree import Add, Expr, Span, Symbol
from .declared import Declared
from .equations import LeftSide, Written, placed
from .given import ROLES, functions_of, shape_of_type, type_of
from .losses import carried, loss_slots
from .whole import NotWhole, whole

_KINDS: Mapping[str, Kind] = {"ill-shaped": "shape", "undefined": "undefined"}
_CONSTANTS = ONES | IDENTITY | EULER


@dataclass(frozen=True)
class Body:
    """The right side of an equation as a tree.

    Where it has no type, `error` says why, and the tree tells what it reads; see `Written`.
    """

    tree: Expr
    type: Type | None = None
    error: Problem | None = None


def read_equations(
    lefts: Sequence[LeftSide], declared: Declared, loss: str, source: Source, dialect: Dialect
) -> tuple[list[Written], list[Problem]]:
    """Every equation, its body as a tree; every problem found on the way."""
    reader = _Reader(_document(lefts, declared, dialect), lefts, source)
    _type_by_readings(reader.document)
    bodies = [reader.body(number) for number in range(len(lefts))]
    _as_losses(reader, bodies, declared, loss)
    index = declared.time.index
    made = [
        placed(reader.written(number, body), index) if isinstance(body, Body) else body
        for number, body in enumerate(bodies)
    ]
    written = [one for one in made if isinstance(one, Written)]
    return written, [one for one in made if isinstance(one, Problem)]


def _type_by_readings(document: Document) -> None:
    """Type what the defaults give no type by the first reading that gives it one."""
    types = document.context.types
    for number, target in document.targets.items():
        if target.identity in types or target.turned or target.read.entries:
            continue
        for reading in readings(lambda oracle: _right(document, number, oracle)):  # noqa: B023
            right = reading.meaning
            if right is not None and all(isinstance(axis, Size) for axis in right.type.axes):
                types[target.identity] = right.type
                infer_types(document)
                break


def _right(document: Document, number: int, oracle: Oracle) -> Term:
    """The right side by itself."""
    e = opened(document.context, oracle, number)
    (right,) = e.settled(e.expression(document.sides(number, 0).right))
    return right


def _as_losses(
    reader: _Reader, bodies: list[Body | Problem], declared: Declared, loss: str
) -> None:
    """Read again what adds up to the loss, where it is no scalar: y log p is an inner product."""
    known = [(n, body) for n, body in enumerate(bodies) if isinstance(body, Body)]
    slots = {n: reader.lefts[n].slot for n, _ in known}
    scalars = {slot for slot, item in declared.names.items() if item.shape.is_scalar}
    index = declared.time.index
    steps = ((slots[n], reader.lefts[n].step(index), body.tree) for n, body in known)
    found = loss_slots(
        {slots[n]: body.tree for n, body in known}, loss, scalars, carried(steps, index)
    )
    own = [(n, body) for n, body in known if slots[n] in found]
    if all(body.type is not None and body.type.is_scalar for _, body in own):
        return
    types = reader.document.context.types
    types.update({(name, int(timed)): SCALAR for name, timed in found})
    for n, _ in own:
        again = reader.body(n)
        if isinstance(again, Body) and again.error is None:
            bodies[n] = again


def _document(lefts: Sequence[LeftSide], declared: Declared, dialect: Dialect) -> Document:
    """The equations with their names, as far as these are typed."""
    names = _given(lefts, declared)
    statements = [left.statement for left in lefts]
    found = signature(
        lines_of(statements),
        names.declared,
        time_index=names.time_index,
        last=names.last,
        sizes=names.sizes,
        functions=frozenset(names.functions),
        plain_text=dialect == "plain",
    )
    return typed(names, statements, found)


def _given(lefts: Sequence[LeftSide], declared: Declared) -> Given:
    """What the sections declare, and the names of the left sides without a type."""
    names: dict[tuple[str, int], Name] = {}
    types: dict[tuple[str, int], Type] = {}
    for (key, timed), one in declared.names.items():
        types[key, int(timed)] = type_of(one.shape)
        names[key, int(timed)] = Name(key, one.shape.rank, int(timed), ROLES[one.role])
    for state in declared.initial:
        types.setdefault((state.name, 1), type_of(state.shape))
        names.setdefault((state.name, 1), Name(state.name, state.shape.rank, 1, "state"))
    for key in declared.parameters:  # its copies
        if (key, 0) in types:
            types.setdefault((key, 1), types[key, 0])
    for key in declared.unusable:
        names.setdefault((key, 0), Name(key, None, 0, "parameter"))
    for key, timed in (left.slot for left in lefts):
        names.setdefault((key, int(timed)), Name(key, None, int(timed), "variable"))
    return Given(
        tuple(names.values()),
        types,
        functions_of(declared.functions, {key for key, slots in names if not slots}),
        {name: one.arguments for name, one in declared.functions.items()},
        frozenset(declared.sizes),
        declared.time.index,
        parameters=frozenset(declared.parameters),
        diagonals=False,
    )


@dataclass(frozen=True)
class _Reader:
    """Reads the right sides of a document that is a model file."""

    document: Document
    lefts: Sequence[LeftSide]
    source: Source

    def body(self, number: int) -> Body | Problem:
        """The right side in its plainest reading that has a type."""
        known = self._inferred(number)
        if known is not None:
            return self._lowered(number, None, known)
        error = None
        for reading in readings(lambda oracle: self.document.equation(number, 0, oracle)):
            if reading.meaning is not None:
                found = reading.meaning
                return self._lowered(number, found.left, found.right)
            error = error or reading.error
        assert error is not None
        if error.name == self.lefts[number].target.name:  # why it has no type
            error = self.document.errors.get(number, error)
        if error.kind == "unreadable":
            return self._problem(number, error)
        return self._rough(number, self._problem(number, error))

    def written(self, number: int, body: Body) -> Written:
        """The equation with this body."""
        left = self.lefts[number]
        shape = None if body.type is None else shape_of_type(body.type)
        error = body.error
        if shape is None and error is None:
            message = f"the shape of {text(left.target)} does not follow"
            error = Problem(message, self.source, left.span, kind="shape")
        return Written(left.target, body.tree, self.source, left.span, shape=shape, error=error)

    def _inferred(self, number: int) -> Term | None:
        """The right side as its name was typed by it, if nothing more is to be decided."""
        target, term = self.document.targets.get(number), self.document.bodies.get(number)
        if target is None or term is None or number in self.document.errors:
            return None
        context = self.document.context
        letters = {"T", context.time_index, *context.sizes}
        name, timed = self.lefts[number].slot
        whole = target.identity == (name, int(timed)) and not (target.turned or target.read.entries)
        same = whole and context.types.get(target.identity) == term.type
        return term if same and letters.issuperset(free_letters(term)) else None

    def _lowered(self, number: int, name: Term | None, right: Term) -> Body | Problem:
        """The tree of a right side; `name` is the left side, if that is not known to be one."""
        left = self.lefts[number]
        if left.entries and name is not None:
            return self._whole(number, name, right)
        try:
            target, tree = left.target if name is None else lowered(name), lowered(right)
        except NotLowered as error:
            message = f"{error} is not read in the equations of a model"
            return Problem(message, self.source, left.span)
        if isinstance(target, Symbol) and target.name == left.target.name:
            return Body(tree, right.type)
        message = f"the left side must be one symbol, not {text(target)}"
        hint = "define the whole vector or matrix"
        return Problem(message, self.source, left.target.span or left.span, hint, "model")

    def _whole(self, number: int, name: Term, right: Term) -> Body | Problem:
        """The tree of a right side that is said entry by entry."""
        left = self.lefts[number]
        letters = name.indices if isinstance(name, Entry) else ()
        try:
            made = whole(right, tuple(one for one in letters if isinstance(one, Letter)))
            return Body(lowered(made), made.type)
        except (NotWhole, NotLowered) as error:
            message = f"the entries of {text(left.target)} are not read together: {error}"
            span, hint = left.target.span or left.span, "define the whole vector or matrix"
            return Problem(message, self.source, span, hint, "model")

    def _problem(self, number: int, error: ElaborationError) -> Problem:
        whole, part = self.lefts[number].span, Span(error.item.start, error.item.end)
        span = part if whole.start <= part.start < part.end <= whole.end else whole
        message = error.message
        if error.kind == "undefined" and error.name in {left.target.name for left in self.lefts}:
            message = f"the shape of {self.source.text[span.start : span.end]} does not follow"
        message = message.replace(NOWHERE, "is never defined")
        kind = _KINDS.get(error.kind, "unreadable")
        return Problem(message, self.source, span, error.hint, kind)

    def _rough(self, number: int, error: Problem) -> Body:
        """The right side though its shapes do not fit; at least the symbols in it."""
        try:
            return Body(lowered(_right(self.document, number, Oracle(lenient=True))), None, error)
        except (ElaborationError, NotLowered):
            return Body(Add(tuple(self._symbols(number))), None, error)

    def _symbols(self, number: int) -> Iterator[Symbol]:
        """What the right side reads, name by name."""
        names = self.document.signature
        assert isinstance(names, Signature)
        letters = names.letters(number)
        for one, read in names.occurrences(number):
            alone = not (read.indices or one.written.pieces)
            function = names.is_function(one.written.base) and not read.indices
            if not one.root or function or (alone and read.key in letters | _CONSTANTS):
                continue
            steps = tuple(step for body in read.indices if (step := step_in(body)) is not None)
            ends = (piece.body.end for piece in one.written.pieces)
            span = Span(one.written.base.start, max(one.written.base.end, *ends, 0))
            layout = LAYOUTS.get(read.layout, "sub")
            yield Symbol(read.key, steps, layout, span=span)
