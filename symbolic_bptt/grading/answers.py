"""Where a submission says what a quantity is, and whether what it says is worked out and true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..checking.cases import is_new_case
from ..checking.claims import Judged
from ..checking.definitions import Definition, Definitions
from ..notation.tree import Derivative, Expr, Range, Symbol
from .proof import Prover, with_family
from .quantities import (
    at_indices,
    canonical,
    derivatives_in,
    entries_of,
    index_letters,
    match,
    replaced,
    whole,
)
from .steps import FALSE, Judgement, Step

NAME = "⟨answer⟩"
"""The name under which an answer that is given case by case is put together; nobody can type it."""


@dataclass(frozen=True)
class Answer:
    """A step that says that the quantity, at these indices, is `body`.

    With `entries` it says so of each entry, at these letters.
    """

    step: Step
    indices: tuple[Expr, ...]
    body: Expr
    ranges: tuple[Range, ...] = ()
    entries: tuple[str, ...] = ()

    @property
    def general(self) -> bool:
        """Whether it holds for all indices, and not for one of them alone."""
        return all(index_letters(Symbol("", (index,))) for index in self.indices)


@dataclass(frozen=True)
class Quest:
    """The search for a quantity in a judged submission.

    `permitted` are derivatives that may remain in an answer.
    """

    judgement: Judgement
    prover: Prover
    quantity: Expr
    permitted: Sequence[Expr] = ()

    def canonical(self, expr: Expr) -> Expr:
        """The expression with all ways of writing one quantity made the same."""
        sheet = self.prover.sheet
        return canonical(expr, sheet.bench.model, sheet.bound.definitions)

    def answers(self) -> Iterator[Answer]:
        """Every step that says what the quantity is, in order.

        In a chain ∂E/∂W = a = b every step is about ∂E/∂W, and a = ∂E/∂W says it as well.
        """
        wanted = self.canonical(self.quantity)
        for step in self.judgement.steps:
            if step.claim is None or step.claim.op != "=":
                continue
            claim = step.claim
            statement = step.line.statement if step.line is not None else None
            first = statement.operands[0] if statement is not None else claim.left
            for side, body in (
                (claim.left, claim.right), (first, claim.right), (claim.right, claim.left),
            ):  # fmt: skip
                named, entries = whole(self.canonical(side))
                indices = self._indices(wanted, named)
                if indices is None or self._trivial(wanted, body):
                    continue
                answer = Answer(step, indices, body, claim.ranges, entries)
                if not (entries and indices and _about(answer)):
                    yield answer
                    break

    def _indices(self, wanted: Expr, side: Expr) -> tuple[Expr, ...] | None:
        letters: dict[str, Expr] = {}
        if not match(wanted, side, letters):
            return None
        return tuple(letters[letter] for letter in index_letters(wanted))

    def _trivial(self, wanted: Expr, body: Expr) -> bool:
        return match(wanted, whole(self.canonical(body))[0], {})

    def judged(self, answer: Answer, all_answers: Sequence[Answer]) -> Judged:
        """Whether the quantity is what an answer says, at every index.

        The special cases (a boundary) are taken from the other answers.
        """
        world = self._world(answer.step)
        definitions = world or self.prover.sheet.bound.definitions
        if answer.entries or not answer.indices:
            named = at_indices(self.quantity, answer.indices)
            said = entries_of(named, answer.entries)
            claim = self.prover.claim(said, answer.body, answer.ranges)
            return self.prover.judged(claim, world)
        letters = index_letters(self.quantity)
        cases = Definitions({})
        for one in [answer, *(one for one in reversed(all_answers) if not one.general)]:
            symbol = Symbol(NAME, one.indices)
            body = self._recursive(one.body)
            case = Definition(symbol, (), body, _about(one), len(cases.by_name.get(NAME, ())))
            if is_new_case(case, cases) or one is answer:
                cases.add(case)
        whole = Symbol(NAME, tuple(Symbol(letter) for letter in letters))
        claim = self.prover.claim(self.quantity, whole)
        return self.prover.judged(claim, with_family(definitions, NAME, cases.by_name[NAME]))

    def _world(self, step: Step) -> Definitions | None:
        """What names mean in an answer: as they were written, unless they were put right since."""
        put_right = step.relation in ("follows", "repairs an earlier mistake") and not step.defines
        return step.definitions if put_right else None

    def _recursive(self, body: Expr) -> Expr:
        """∂E/∂s_{t+1} in what ∂E/∂s_t is said to be, as the answer's own value at t+1."""
        letters = tuple(Symbol(letter) for letter in index_letters(self.quantity))
        return replaced(body, self.canonical(self.quantity), Symbol(NAME, letters))

    def unfinished(self, answer: Answer) -> list[tuple[Derivative, Step | None]]:
        """The derivatives that an answer leaves, each with the false step about it, if any."""
        return list(self._left_in(answer.body, answer.step, [self.canonical(self.quantity)]))

    def _left_in(
        self, body: Expr, step: Step, open_quantities: list[Expr]
    ) -> Iterator[tuple[Derivative, Step | None]]:
        sheet = self.prover.sheet
        permitted = [self.canonical(one) for one in self.permitted]
        for one in derivatives_in(body, sheet.bench.model, sheet.bound.definitions):
            if any(match(pattern, one, {}) for pattern in permitted):
                continue
            if not any(match(known, one, {}) for known in open_quantities):
                yield from self._elsewhere(one, open_quantities)
            elif not index_letters(one):
                yield one, None  # said of itself, and no recursion over the steps

    def _elsewhere(
        self, one: Derivative, open_quantities: list[Expr]
    ) -> Iterator[tuple[Derivative, Step | None]]:
        """Nothing if some true step works the derivative out; else it, with a false step on it."""
        mistaken: Step | None = None
        for step in self.judgement.steps:
            if step.claim is None or step.claim.op != "=":
                continue
            left, right = whole(self.canonical(step.claim.left))[0], step.claim.right
            if not match(left, one, {}) or match(left, whole(self.canonical(right))[0], {}):
                continue
            if step.relation in FALSE:
                mistaken = mistaken or step
            elif not list(self._left_in(right, step, [*open_quantities, left])):
                return
        yield one, mistaken


def _about(answer: Answer) -> tuple[Range, ...]:
    """The ranges that restrict the indices of the answer's own left side."""
    letters = {name for index in answer.indices for name in index_letters(Symbol("", (index,)))}
    return tuple(
        span for span in answer.ranges
        if span.index in letters and (span.lower is not None or span.upper is not None)
    )  # fmt: skip
