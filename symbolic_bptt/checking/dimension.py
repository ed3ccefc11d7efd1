"""The dimension of a formula: at how many lengths it must be right to be right at all of them.

Let the data of a step (inputs, and what it computes through functions) be a letter; T steps are a
word w. Theorem (M. P. Schützenberger, Information and Control 4, 1961; S. Eilenberg, Automata,
Languages and Machines A, 1974, chapter VI; here with generic letters). Let f(w) = α M … M β with
matrices of size d whose entries are rational in a few neighbouring letters, α and β in the letters
near the ends. If f vanishes at a generic word of each of d consecutive lengths, it vanishes at
every longer word. *Proof.* Let R_k be the span of α M … M over all words of at most k letters, over
the function field of generic last letters. It grows strictly or stops for good, so it stops after
d − 1 letters; β is orthogonal to it. ∎ One random instance of each length is a generic word.

d is read off the formula. A position t that a letter of the formula marks splits the automaton into
what it remembers before the mark and after it, so an expression gets a number of states for each
set of marks that have passed (`profile`):

    constant, a quantity of step t      1
    sum; product                        sum; product, for each set of marks
    contraction over an axis            that, times its size while one end waits for the other
    Σ_t                                 the states before and after t are added up
    Π_{k<j≤t} of matrices of step j     n between k and t
    ∂s_t/∂s_k, ∂E/∂s_t, ∂s_t/∂W         N between, N + 1 after, N + 1 before, if the steps hand on N
                                        entries; ∂E/∂W is a sum, of N + 2
    recursion of N entries              N + 1 on the side that it comes from

A literal (step 3, T − 2, t + 1) costs no states but length: the letters near the ends and near a
mark are seen together. Two steps may be compared (k < t, t ≤ T − 3), and a step with a number; of
a sum of two steps (k < T − t) no automaton with finitely many states knows how large it is. What
has no rule has no dimension, and the reason is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce

from ..evaluation.reading import Reading
from ..model.model import Model
from ..model.steps import linear_step
from ..notation.functions import FUNCTIONS
from ..notation.printer.text import text
from ..notation.sizes import Shape
from ..notation.tree import (
    Add,
    BigOperator,
    Call,
    Cases,
    Concat,
    Constant,
    Derivative,
    Entry,
    Expr,
    Held,
    Indicator,
    KroneckerDelta,
    Matrix,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Range,
    Slice,
    Symbol,
    Transpose,
    children,
    walk,
)
from .comparison import Claim
from .definitions import Definition, Definitions, free_letter
from .extent import uses_numbers
from .memory import Memory
from .profile import (
    END,
    MIXED,
    ONE,
    START,
    UNKNOWN,
    Profile,
    Size,
    added,
    between,
    contracted,
    everywhere,
    letter,
    moved,
    same,
    scaled,
    subsets,
    summed,
    widened,
)
from .reach import alternatives, is_step, multiples

MOST = 40
"""The largest dimension that is looked at: so many lengths are evaluated."""


class NoDimension(ValueError):  # noqa: N818  (a finding, not a defect)
    """An expression that no automaton of a known size computes; says which."""


@dataclass(frozen=True)
class Surroundings:
    """What the dimension of a formula hangs on.

    disturbed: whether the names that `memory` lists are free, or remember. free_letters: whether
    T and the steps are variables where they are numbers. entries: how many entries a name that the
    file defines has at one step. downward: the ranges that are written from their high end.
    """

    model: Model
    memory: Memory
    definitions: Definitions
    reading: Reading
    sizes: Mapping[str, int]
    entries: Callable[[str], int]
    disturbed: bool
    free_letters: bool
    downward: frozenset[Range] = frozenset()

    @cached_property
    def widest(self) -> int:
        """The largest size of an axis of a quantity of the model."""
        shapes = [item.shape for item in self.model.declarations.values()]
        axes = [size.value(self.sizes) for one in shapes for size in (one.rows, one.columns)]
        return max([*self.sizes.values(), *axes], default=1)


def dimension(claim: Claim, around: Surroundings) -> int:
    """d of left − right, with every free step letter claimed for all its values.

    Raises `NoDimension`.
    """
    if around.memory.reason:
        raise NoDimension(around.memory.reason)
    reader = _Reader(around)
    time_index = around.model.time.index
    sides = (claim.left, claim.right)
    letters = {
        span.index: span.index
        for span in claim.ranges
        if any(_is_step(span.index, side, time_index) for side in sides)
    }
    for span in claim.ranges:
        reader.compared(span, letters)
    profiles = [reader.profile(side, letters) for side in sides]
    return sum(one.at(passed) for one in profiles for passed in subsets(letters.values()))


def _is_step(index: str, body: Expr, time_index: str) -> bool:
    """Whether an index runs over steps; else it runs over entries."""
    return index == time_index or is_step(index, body)


@dataclass
class _Reader:
    """Reads profiles; remembers those of names, and which of them are being read."""

    around: Surroundings
    known: dict[str, Profile] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)

    def profile(self, expr: Expr, letters: Mapping[str, str]) -> Profile:
        """The profile of an expression; `letters` are the step letters with their marks."""

        def of(child: Expr) -> Profile:
            return self.profile(child, letters)

        match expr:
            case Number():
                return letter(shape=ONE)
            case Constant():
                return letter()
            case Symbol():
                return self._symbol(expr, letters)
            case Entry(of=whole):
                return replace(of(whole), shape=ONE)
            case Slice(of=whole):
                return replace(of(whole), shape=UNKNOWN)
            case Neg(operand=inner):
                return of(inner)
            case Transpose(operand=inner):
                found = of(inner)
                return Profile(found.states, found.columns, found.rows, found.shape[::-1])
            case Add(terms=terms):
                return added([of(term) for term in terms])
            case Concat(parts=parts, separator=separator):
                return self._blocks([[of(one)] for one in parts], beside=separator == ",")
            case Matrix(rows=rows):
                return self._blocks([[of(part) for part in row] for row in rows])
            case Cases(branches=branches):
                for _, ranges in branches:
                    for span in ranges:
                        self.compared(span, letters)
                return added([of(body) for body, _ in branches])
            case Product(factors=factors):
                return reduce(self._contracted, [of(factor) for factor in factors])
            case Operation(op="dot", left=left, right=right):
                return self._contracted(of(left), of(right))
            case Operation(op="outer", left=left, right=right):
                return self._outer(of(left), of(right))
            case Operation(left=left, right=right):
                return scaled(of(left), of(right))
            case Quotient(numerator=top, denominator=bottom):
                return scaled(of(top), self._letter_of(bottom, letters, "a divisor"))
            case Power():
                return self._power(expr, letters)
            case Call():
                return self._call(expr, letters)
            case Indicator(left=left, right=right) if self._compares(left, right):
                return self._comparison(left, right, letters)
            case Indicator(left=left, right=right):
                if uses_numbers(expr, {*letters, "T"}):
                    raise NoDimension(f"{text(expr)} compares numbers that change with the steps")
                sides = [self._letter_of(side, letters, "a sign") for side in (left, right)]
                return self._one_letter(sides, expr)
            case KroneckerDelta(left=left, right=right):
                return self._comparison(left, right, letters)
            case BigOperator(kind="sum"):
                return self._sum(expr, letters)
            case BigOperator():
                return self._chain(expr, letters)
            case Derivative():
                return self._derivative(expr, letters, held=False)
            case Held(body=Derivative() as body):
                return self._derivative(body, letters, held=True)
        raise NoDimension(f"{text(expr)} has no rule")

    def _contracted(self, left: Profile, right: Profile) -> Profile:
        return contracted(left, right, self.around.widest)

    def _lengths(self, part: Profile) -> tuple[int, int]:
        """Bounds on how many entries there are along both axes."""
        rows, columns = part.shape
        return rows or self.around.widest, columns or self.around.widest

    def _blocks(self, blocks: list[list[Profile]], *, beside: bool = False) -> Profile:
        """One matrix of many, its rows of blocks one under the other, or it may be beside."""
        found = added([part for row in blocks for part in row])
        sizes = [[self._lengths(part) for part in row] for row in blocks]
        rows = sum(max(size[0] for size in row) for row in sizes)
        widths = [sum(size[1] for size in row) for row in sizes]
        return replace(found, shape=(rows, sum(widths) if beside else max(widths)))

    def _outer(self, left: Profile, right: Profile) -> Profile:
        """a bᵀ of vectors, or the Kronecker product of matrices."""
        found = scaled(left, right)
        if ONE in (left.shape, right.shape):
            return found
        (a, b), (c, d) = self._lengths(left), self._lengths(right)
        if 1 in left.shape and 1 in right.shape:
            rows, columns = same((left.rows, left.columns)), same((right.rows, right.columns))
            return Profile(found.states, rows, columns, (a * b, c * d))
        return Profile(found.states, MIXED, MIXED, (a * max(b, c), d * max(b, c)))

    # Comparisons of steps

    def compared(self, span: Range, letters: Mapping[str, str]) -> None:
        """Raise `NoDimension` unless an index is held against single steps and numbers."""
        if span.index not in letters:
            return
        for limit in (span.lower, span.upper, *span.unequal):
            for one in alternatives(limit) if limit is not None else ():
                self._comparison(Symbol(span.index), one, letters)

    def _compares(self, left: Expr, right: Expr) -> bool:
        """Whether both sides are made of numbers, sizes and indices alone."""
        found = multiples(Add((left, Neg(right))))
        model, defined = self.around.model, self.around.definitions.by_name
        return found is not None and not any(
            (name, False) in model.declarations or name in defined for name in found
        )

    def _comparison(self, left: Expr, right: Expr, letters: Mapping[str, str]) -> Profile:
        """Whether one step is before another, or near an end: the order of the marks."""
        found = multiples(Add((left, Neg(right))))
        steps = {name: k for name, k in (found or {}).items() if name in letters or name == "T"}
        others = (found or {}).keys() - steps.keys() - set(self.around.model.sizes)
        if found is None or (
            steps and (others or sorted(steps.values()) not in ([1], [-1], [-1, 1]))
        ):
            shown = f"{text(left)} and {text(right)}"
            raise NoDimension(f"of {shown} an automaton cannot tell which is the larger")
        return letter(*(letters[name] for name in steps if name != "T"), shape=ONE)

    # Symbols

    def _symbol(self, expr: Symbol, letters: Mapping[str, str]) -> Profile:
        model, name = self.around.model, expr.name
        if not expr.indices and (name == "T" or name in letters):
            return self._number(name, letters)
        known = model.declarations.get((name, bool(expr.indices)))
        if known is None and expr.indices:
            whole = model.declarations.get((name, False))
            if whole is not None and whole.role == "parameter":
                return letter(shape=self._size(whole.shape))
        if known is not None or any(state.name == name for state in model.initial):
            return self._of_model(expr, letters)
        if name in self.around.definitions.by_name:
            return self._defined(expr, letters)
        if (gradient := self._gradient_named(expr)) is not None:
            return self._derivative(gradient, letters, held=False)
        if name in letters.values() or not expr.indices:
            return letter(shape=ONE)  # a size, or an index of entries
        raise NoDimension(f"{text(expr)} is not known")

    def _gradient_named(self, expr: Symbol) -> Derivative | None:
        """What dW is where nobody says what it is."""
        model, name = self.around.model, expr.name[1:].lstrip()
        timed = (bool(expr.indices), False)
        if not expr.name.startswith("d") or not any((name, t) in model.declarations for t in timed):
            return None
        return Derivative("gradient", Symbol(model.loss), replace(expr, name=name))

    def _number(self, name: str, letters: Mapping[str, str]) -> Profile:
        if self.around.free_letters:
            return letter(*([letters[name]] if name in letters else []), shape=ONE)
        if name == "T":
            return everywhere((), 2, ONE)
        return between(START, letters[name], 2, MIXED, MIXED, ONE)

    def _of_model(self, expr: Symbol, letters: Mapping[str, str]) -> Profile:
        around = self.around
        shapes = [
            item.shape
            for (name, timed), item in around.model.declarations.items()
            if name == expr.name and timed == bool(expr.indices)
        ]
        shape = self._size(shapes[0]) if shapes else UNKNOWN
        if expr.name in around.memory.disturbed and not around.disturbed:
            raise NoDimension(f"the equation of {text(expr)}, which remembers, is needed")
        if expr.indices:
            return letter(self._mark(expr, letters), shape=shape)
        if expr.name in around.memory.gathered and expr.name not in around.memory.disturbed:
            return everywhere((), 2, shape)
        if expr.name in around.memory.after_steps:
            if around.memory.gathered & around.memory.disturbed and not around.disturbed:
                raise NoDimension(f"{text(expr)} reads sums over the steps")
            return letter(END, shape=shape)
        return letter(shape=shape)

    def _mark(self, expr: Symbol, letters: Mapping[str, str]) -> str:
        """The mark of a step; the start or the end for a literal one."""
        index = expr.indices[0]
        named = free_letter(index)
        step = linear_step(index, named or "")
        if step is None or step.t_multiple not in (0, 1) or (named and step.T_multiple):
            raise NoDimension(f"the step of {text(expr)} is no letter with a number")
        if named is None:
            return END if step.T_multiple else START
        if named not in letters:
            raise NoDimension(f"{named} in {text(expr)} is no step")
        return letters[named]

    # Names that the file defines

    def _defined(self, expr: Symbol, letters: Mapping[str, str]) -> Profile:
        found = self._family(expr.name)
        family = self.around.definitions.by_name[expr.name]
        if any(len(one.patterns) > len(expr.indices) for one in family):
            found = _as_a_whole(found)
        if not expr.indices:
            return moved(found, OWN, START)
        if len(expr.indices) > 1:
            raise NoDimension(f"{text(expr)} has two steps")
        return moved(found, OWN, self._mark(expr, letters))

    def _family(self, name: str) -> Profile:
        """The profile of a name, with its own step as the mark OWN."""
        if name in self.known:
            return self.known[name]
        if name in self.open:
            raise NoDimension(f"{name} is defined by itself in a way that is no recursion")
        group = self._group(name)
        self.open.append(name)
        try:
            found = self._recursion(group) if group else self._plain(name)
        finally:
            self.open.pop()
        for one in group or {name}:
            self.known[one] = found
        return found

    def _plain(self, name: str) -> Profile:
        parts = []
        for one in self.around.definitions.by_name[name]:
            own = _own_letters(one)
            for span in one.ranges:
                self.compared(span, own)
            found = self.profile(one.body, own)
            if one.symbol.indices and not own:
                found = found if OWN in found.marks else _at_a_literal(found)
            parts.append(found)
        return added(parts)

    def _group(self, name: str) -> set[str]:
        """The names defined through each other and this one; none if it is no recursion."""
        by_name = self.around.definitions.by_name

        def read(start: str) -> set[str]:
            pending, seen = [start], set[str]()
            while pending:
                bodies = [one.body for one in by_name.get(pending.pop(), ())]
                names = {n.name for body in bodies for n in walk(body) if isinstance(n, Symbol)}
                pending.extend(sorted(names & by_name.keys() - seen))
                seen |= names & by_name.keys()
            return seen

        below = read(name)
        return {one for one in below | {name} if name in read(one) and one in below}

    def _recursion(self, group: set[str]) -> Profile:
        """N entries, and what is added to them on the way, on the side that they come from."""
        read: dict[str, list[int]] = {}
        reading: dict[str, list[int]] = {}
        rest: list[Profile] = []
        for name in sorted(group):
            for one in self.around.definitions.by_name[name]:
                if len(one.symbol.indices) != 1:
                    raise NoDimension(f"the recursion of {name} runs over two steps, or none")
                own = _own_letters(one)
                for span in one.ranges:
                    self.compared(span, own)
                self._read_linear(one.body, group, own, rest)
                for node in walk(one.body):
                    if isinstance(node, Symbol) and node.name in group:
                        offset = _offset(node, one)
                        read.setdefault(node.name, []).append(offset)
                        reading.setdefault(name, []).append(offset)
        named = ", ".join(sorted(group))
        steps = {offset for found in read.values() for offset in found if offset}
        if not steps or min(steps) < 0 < max(steps):
            raise NoDimension(f"the recursion of {named} runs both ways, or not at all")
        forwards = min(steps) < 0
        before, after = frozenset[str](), frozenset({OWN})
        comes, other = (before, after) if forwards else (after, before)
        wide = [found for found in rest if not found.is_letter]
        if any(found.at(other) > 1 or not found.marks <= {OWN} for found in wide):
            raise NoDimension(f"the recursion of {named} adds what runs against it")
        entries = {name: self.around.entries(name) for name in group}
        width = 1 + min(self._handed_on(read), self._handed_on(reading))
        width += sum(found.at(comes) * self._automata(found) for found in wide)
        low, high = (START, OWN) if forwards else (OWN, END)
        most = max(entries.values())
        shape = UNKNOWN if most <= self.around.widest else (most, most)
        return between(low, high, width, OWN, OWN, shape)

    def _automata(self, found: Profile) -> int:
        """How many automata run side by side to give all entries of a quantity."""
        rows, columns = self._lengths(found)
        return (1 if found.rows == OWN else rows) * (1 if found.columns == OWN else columns)

    def _handed_on(self, offsets: Mapping[str, list[int]]) -> int:
        """The entries that pass between two steps: what is read, or what is made of it."""
        return sum(
            max(map(abs, found)) * self.around.entries(name)
            for name, found in offsets.items()
            if any(found)
        )

    def _read_linear(
        self, expr: Expr, group: set[str], letters: Mapping[str, str], rest: list[Profile]
    ) -> None:
        """Gather what is added; raise `NoDimension` unless only letters stand beside the group."""

        def inside(node: Expr) -> bool:
            return any(isinstance(n, Symbol) and n.name in group for n in walk(node))

        if not inside(expr):
            rest.append(self.profile(expr, letters))
            return
        parts = [child for child in children(expr) if isinstance(child, Expr)]
        match expr:
            case Symbol():
                return
            case Neg() | Transpose() | Add() | Concat() | Matrix():
                for part in parts:
                    self._read_linear(part, group, letters, rest)
                return
            case Entry(of=whole) | Slice(of=whole):
                self._read_linear(whole, group, letters, rest)
                return
            case BigOperator(kind="sum", ranges=ranges, body=body):
                time_index = self.around.model.time.index
                if not any(_is_step(span.index, body, time_index) for span in ranges):
                    self._read_linear(body, group, letters, rest)
                    return
            case Call(function=name, arguments=(argument,)) if _is_structural(name):
                self._read_linear(argument, group, letters, rest)
                return
            case Product() | Operation() | Quotient() if sum(map(inside, parts)) == 1:
                if not (isinstance(expr, Quotient) and inside(expr.denominator)):
                    for part in parts:
                        if inside(part):
                            self._read_linear(part, group, letters, rest)
                        else:
                            self._letter_of(part, letters, "a factor of a recursion")
                    return
        raise NoDimension(f"{text(expr)} is no linear recursion")

    # Operations

    def _letter_of(self, expr: Expr, letters: Mapping[str, str], what: str) -> Profile:
        """The profile, which must be that of one letter. Raises `NoDimension`."""
        found = self.profile(expr, letters)
        if not found.is_letter or len(found.marks) > 1:
            raise NoDimension(f"{text(expr)} gathers over the steps as {what}")
        return found

    def _one_letter(self, parts: list[Profile], expr: Expr) -> Profile:
        found = added(parts)
        if len(found.marks) > 1:
            raise NoDimension(f"{text(expr)} is a function of two steps")
        return found

    def _call(self, expr: Call, letters: Mapping[str, str]) -> Profile:
        if _is_structural(expr.function) and expr.function in ("diag", "tr", "vec"):
            found = self.profile(expr.arguments[0], letters)
            rows, columns = self._lengths(found)
            if expr.function == "diag":
                axis = found.rows if found.rows == found.columns else MIXED
                return Profile(found.states, axis, axis, (max(rows, columns),) * 2)
            if expr.function == "vec":
                return Profile(found.states, MIXED, MIXED, (rows * columns, 1))
            return replace(widened(found, max(rows, columns)), shape=ONE)
        parts = [self._letter_of(argument, letters, expr.function) for argument in expr.arguments]
        found = self._one_letter(parts, expr)
        return replace(found, shape=ONE) if expr.function in ("norm", "det") else found

    def _power(self, expr: Power, letters: Mapping[str, str]) -> Profile:
        base = self.profile(expr.base, letters)
        exponent = linear_step(expr.exponent, free_letter(expr.exponent) or "")
        names = {node.name for node in walk(expr.exponent) if isinstance(node, Symbol)}
        if names & {*letters, "T"}:
            if base.marks or not base.is_letter or multiples(expr.exponent) is None:
                raise NoDimension(f"{text(expr)} is no power of a constant")
            marks = [letters[name] for name in names if name in letters]
            return everywhere(marks, max(2, *self._lengths(base)))
        if self._letter_of(expr.exponent, letters, "an exponent").marks:
            raise NoDimension(f"{text(expr)} has an exponent of its own at each step")
        if base.is_letter and len(base.marks) <= 1:
            return base
        if exponent is None or exponent.t_multiple or not 1 <= exponent.constant <= 4:
            raise NoDimension(f"{text(expr)} is a power of what gathers over the steps")
        return reduce(self._contracted, [base] * exponent.constant)

    def _sum(self, expr: BigOperator, letters: Mapping[str, str]) -> Profile:
        inner, marks = self._inside(expr, letters)
        found = self.profile(expr.body, inner)
        for span in reversed(expr.ranges):
            if span.index in marks:
                found = summed(found, marks[span.index])
            else:
                found = widened(found, self._axis(span.index, expr.body, inner))
        return found

    def _axis(self, index: str, body: Expr, letters: Mapping[str, str]) -> int:
        """How many entries an index runs over."""
        return max(
            (
                self._lengths(self.profile(node.of, letters))[place % 2]
                for node in walk(body)
                if isinstance(node, Entry)
                for place, one in enumerate(node.indices)
                if one == Symbol(index)
            ),
            default=self.around.widest,
        )

    def _inside(
        self, expr: BigOperator, letters: Mapping[str, str]
    ) -> tuple[dict[str, str], dict[str, str]]:
        """The letters inside a sum or product, and the marks of those that it binds to steps."""
        time_index = self.around.model.time.index
        inner, marks = dict(letters), dict[str, str]()
        for span in expr.ranges:
            inner.pop(span.index, None)
            limits = [limit for limit in (span.lower, span.upper) if limit is not None]
            if _is_step(span.index, expr.body, time_index) or any(map(_names_T, limits)):
                mark = f"{span.index}{len(inner)}{id(expr)}"
                inner[span.index] = marks[span.index] = mark
            self.compared(span, inner)
        return inner, marks

    def _chain(self, expr: BigOperator, letters: Mapping[str, str]) -> Profile:
        """Π over one index: what it multiplies is a letter of its own step."""
        inner, marks = self._inside(expr, letters)
        found = self.profile(expr.body, inner)
        if len(expr.ranges) != 1 or not found.is_letter or not found.marks <= set(marks.values()):
            raise NoDimension(f"{text(expr)} multiplies more than letters of its own step")
        span = expr.ranges[0]
        if span.index not in marks:
            return everywhere((), 1)
        down = span in self.around.downward
        lower, upper = (span.upper, span.lower) if down else (span.lower, span.upper)
        low, high = self._limit(lower, START, letters), self._limit(upper, END, letters)
        first_is_high = down or self.around.reading.product_order == "descending"
        rows, columns = (high, low) if first_is_high else (low, high)
        return between(low, high, max(self._lengths(found)), rows, columns, found.shape)

    def _limit(self, limit: Expr | None, default: str, letters: Mapping[str, str]) -> str:
        if limit is None:
            return default
        return self._mark(Symbol("?", (limit,)), letters)

    # Derivatives

    def _derivative(self, expr: Derivative, letters: Mapping[str, str], *, held: bool) -> Profile:
        around = self.around
        if around.memory.disturbed and not around.disturbed:
            raise NoDimension(f"{text(expr)} while {_listed(around.memory.disturbed)} remember")
        if around.memory.numbers and not around.free_letters:
            raise NoDimension("T or t is a number in the model, and what it is matters")
        above, below = self._end(expr.of, letters), self._end(expr.wrt, letters)
        forward = around.memory.forward(around.sizes)
        backward = around.memory.backward(around.sizes)
        immediate = expr.kind == "immediate" or (
            expr.kind == "partial" and around.reading.partial == "immediate" and below is None
        )
        shape = self._jacobian_size(expr, letters)
        rows, columns = self._jacobian_axes(expr, above, below, letters)
        if above is not None and (above == below or immediate) and not held:
            return letter(*{above, below or above}, shape=shape)
        if forward and backward:
            marks = [mark for mark in (above, below) if mark is not None]
            return everywhere(marks, (forward + 1) * (backward + 1) + 1, shape)
        width = (forward or backward) + 1
        if above is None:
            if below is None:
                return everywhere((), width + 1, shape)
            low, high = (below, END) if not backward else (START, below)
            return between(low, high, width, below, below, shape)
        if below is not None:
            width -= 1
        low, high = (below or START, above) if not backward else (above, below or END)
        return between(low, high, max(1, width), rows, columns, shape)

    def _jacobian_axes(
        self, expr: Derivative, above: str | None, below: str | None, letters: Mapping[str, str]
    ) -> tuple[str, str]:
        """Where rows and columns come in; those of a scalar's derivative are of the variable."""
        of, wrt = above or MIXED, below or MIXED
        size = self._declared(expr.of, letters)
        if size == ONE or None in size:
            return (wrt, wrt) if size == ONE else (MIXED, MIXED)
        return (wrt, of) if self.around.reading.layout == "denominator" else (of, wrt)

    def _jacobian_size(self, expr: Derivative, letters: Mapping[str, str]) -> Size:
        """Rows and columns: of the variable for a scalar, else entries by entries."""
        above, below = (self._declared(side, letters) for side in (expr.of, expr.wrt))
        if above == ONE:
            return below
        counts = [None if a is None or b is None else a * b for a, b in (above, below)]
        if self.around.reading.layout == "denominator":
            counts.reverse()
        return counts[0], counts[1]

    def _declared(self, expr: Expr, letters: Mapping[str, str]) -> Size:
        """The shape of a quantity of the model, or of another expression as far as it is known."""
        if isinstance(expr, Entry):
            return ONE
        if not isinstance(expr, Symbol):
            return self.profile(expr, letters).shape
        declared = self.around.model.declarations
        item = declared.get((expr.name, bool(expr.indices))) or declared.get((expr.name, False))
        return UNKNOWN if item is None else self._size(item.shape)

    def _size(self, shape: Shape) -> Size:
        return shape.rows.value(self.around.sizes), shape.columns.value(self.around.sizes)

    def _end(self, expr: Expr, letters: Mapping[str, str]) -> str | None:
        """The mark at which one end of a derivative stands; None if it has no step."""
        named = expr.of if isinstance(expr, Entry) else expr
        if isinstance(named, Symbol):
            return self._mark(named, letters) if named.indices else None
        found = self.profile(expr, letters)
        if not found.is_letter or len(found.marks) > 1:
            raise NoDimension(f"{text(expr)} gathers over the steps and is differentiated")
        return next(iter(found.marks), None)


OWN = "its own step"
"""The mark of the step at which a name is asked for."""


def _own_letters(one: Definition) -> dict[str, str]:
    named = free_letter(one.symbol.indices[0]) if one.symbol.indices else None
    return {} if named is None else {named: OWN}


def _as_a_whole(found: Profile) -> Profile:
    """What is defined entry by entry: where all of an entry comes in, so does the axis."""
    axis = found.rows if found.is_letter and len(found.marks) <= 1 else MIXED
    return Profile(found.states, axis, axis)


def _at_a_literal(found: Profile) -> Profile:
    """A case for one step near an end, as part of the profile of the whole family."""
    return scaled(found, letter(OWN, shape=ONE))


def _offset(node: Symbol, one: Definition) -> int:
    """How many steps after its own a recursion reads."""
    named = free_letter(one.symbol.indices[0])
    own = linear_step(one.symbol.indices[0], named or "")
    read = linear_step(node.indices[0], named or "") if len(node.indices) == 1 else None
    if (
        own is None
        or read is None
        or (own.t_multiple, own.T_multiple) != (read.t_multiple, read.T_multiple)
    ):
        raise NoDimension(f"{text(node)} is read at a step that is no neighbour")
    return read.constant - own.constant


def _is_structural(name: str) -> bool:
    return getattr(FUNCTIONS.get(name), "kind", "smooth") == "structural"


def _names_T(limit: Expr) -> bool:
    return any(isinstance(node, Symbol) and node.name == "T" for node in walk(limit))


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names))
