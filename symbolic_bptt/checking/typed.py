"""A file by its typed terms: its lines bound, its relations judged in their readings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..core import terms as core
from ..evaluation.budget import LINE_LIMIT, Budget
from ..model.settle import with_functions
from ..notation.displays import Text
from ..notation.elaboration.accumulation import accumulated
from ..notation.elaboration.choices import Oracle, Reading, readings
from ..notation.elaboration.equations import Equation
from ..notation.elaboration.errors import ElaborationError, unreadable
from ..notation.elaboration.lower import NotLowered, lowered, ranges_of, turned
from ..notation.elaboration.targets import Target
from ..notation.errors import Problem
from ..notation.statements.statement import Statement as Written
from ..notation.tree import Entry, Expr, Range, Statement, Symbol, map_children
from .answers import OPS, Answer
from .binding import Bound, Line, assumed_zero
from .cases import is_new_case
from .claims import HOLDING, OPEN, WRONG, Meaning, judge
from .comparison import Claim
from .counters import BeyondSight
from .decide import Outcome
from .definitions import Definition, Definitions, as_definition
from .documents import document_of
from .laboratory import Laboratory
from .letters import claimed_ranges, with_sizes
from .shield import shielded
from .spaces import shape_note
from .standing import standing
from .statements import BROKEN, placed_statements

POWER_OF_ONE = "a power T where T is a number: write that number"
_STRANGE = "the words ‘{}’ beside this definition are not understood"
_LIMITED = "it does not hold as it stands, and the words ‘{}’, not understood, may limit it"


class Examination:
    """The lines of one text against a model, read in order."""

    def __init__(self, laboratory: Laboratory, text: Text) -> None:
        self.laboratory = laboratory
        self.model = laboratory.model
        self.text = text
        placed = list(placed_statements(text, self.model))
        self.formulas = [formula for formula, _ in placed]
        self.standing = standing(text, self.formulas, self.model.time.letter)
        self.document = document_of(self.model, [self._prepared(w) for _, w in placed], text)
        self.entrywise = frozenset(
            target.read.key for target in self.document.targets.values() if target.read.entries
        )
        self.broken: set[tuple[str, int]] = set()
        self.asked: dict[str, tuple[str, ...]] = {}
        self.oracles: dict[int, Oracle] = {}
        self.bound = Bound(self.model)
        self.defining: dict[int, Target] = {}
        for number in range(len(placed)):
            self.bound.lines.append(self._shielded_line(number))
        self._under: dict[frozenset[tuple[str, str]], Definitions] = {
            frozenset(): self.bound.definitions
        }

    def _shielded_line(self, number: int) -> Line:
        formula = self.formulas[number]
        return shielded(
            lambda: self._line(number),
            lambda error: Line(formula, None).open_because(error),
        )

    def _prepared(self, written: Written) -> Written:
        index, parameters = self.model.time.index, frozenset(self.model.parameters)
        return accumulated(written, index, parameters)

    def _line(self, number: int) -> Line:
        formula, written = self.formulas[number], self.document.statements[number]
        target = self.document.targets.get(number)
        if written.unread:
            told = () if written.unread == BROKEN else (self._problem(number, written.unread),)
            return Line(formula, None, told)
        made = self._definition(number, {}) if target is not None else None
        if target is not None and made is None and not target.is_special:
            self.broken.add(target.identity)
        if target is not None and target.identity in self.broken:
            made = None
        statement = self._statement(number)
        if made is not None and is_new_case(made, self.bound.definitions, self.model.time):
            assert target is not None
            if written.doubt:
                self.broken.add(target.identity)
                return Line(formula, None, (self._problem(number, _STRANGE.format(written.doubt)),))
            self.bound.definitions.add(made)
            self.defining[number] = target
            return Line(formula, statement, defines=made)
        if statement is not None and len(statement.operands) == 2:
            return assumed_zero(formula, statement, self.bound)
        return Line(formula, statement)

    def _problem(self, number: int, why: str) -> Problem:
        formula = self.formulas[number]
        return Problem(why, formula.source, formula.span)

    def _statement(self, number: int) -> Statement | None:
        """The chain as a tree, in its plainest reading; None if it has none."""
        written = self.document.statements[number]
        operands: list[Expr] = []
        for link, relation in enumerate(written.relations):
            if relation.sign not in OPS:
                return None
            try:
                found = self.document.equation(number, link, Oracle())
                pair = self._lowered(found.left), self._lowered(found.right)
            except (ElaborationError, NotLowered):
                return None
            operands += pair if not operands else pair[1:]
        ops = tuple(OPS[relation.sign] for relation in written.relations)
        return Statement(tuple(operands), ops, ranges_of(found.conditions)) if operands else None

    def _lowered(self, term: core.Term) -> Expr:
        made = _with_indices(lowered(term), self.entrywise)
        return with_functions(made, self.model.settled) if self.model.settled else made

    def _definition(self, number: int, fixed: Mapping[str, str]) -> Definition | None:
        oracle = Oracle(fixed)
        try:
            found = self.document.equation(number, 0, oracle)
            left, right = self._lowered(found.left), self._lowered(found.right)
        except (ElaborationError, NotLowered):
            return None
        self.asked.update(oracle.asked)
        self.oracles.setdefault(number, oracle)
        line = self.formulas[number].line
        if self.document.targets[number].turned:
            left, right = turned(left), turned(right)
        made = as_definition(left, right, ranges_of(found.conditions), line)
        return made and replace(made, rank=len(found.right.type.axes))

    def definitions(self, fixed: Mapping[str, str]) -> Definitions:
        """The definitions of the text under these departures."""
        key = frozenset((kind, read) for kind, read in fixed.items() if kind in self.asked)
        if key not in self._under:
            self._under[key] = Definitions()
            for number in self.defining:
                made = self._definition(number, dict(key))
                if made is not None:
                    self._under[key].add(made)
        return self._under[key]

    def meaning(self, number: int, link: int, oracle: Oracle) -> Meaning:
        """The claim that a link of a line is. Raises `ElaborationError`."""
        found = self.document.equation(number, link, oracle)
        if self.defining:
            for kind, options in self.asked.items():
                oracle.choose(kind, options)
        claim = self._claim(number, link, found)
        if oracle.fixed.get("superscript") == "power" and _fixes_last_step(claim):
            raise unreadable(POWER_OF_ONE, self.document.statements[number].operands[link + 1])
        return Meaning(claim, self.definitions(oracle.fixed))

    def _claim(self, number: int, link: int, found: Equation) -> Claim:
        op = OPS[self.document.statements[number].relations[link].sign]
        try:
            left, right = self._lowered(found.left), self._lowered(found.right)
        except NotLowered as error:
            item = self.document.statements[number].operands[link + 1]
            raise ElaborationError("unreadable", f"{error} is not judged", item) from None
        ranges = self._with_standing(number, ranges_of(found.conditions))
        whole = Statement((left, right), (op,), ranges)
        known = frozenset(key for key, slots in self.document.context.types if not slots)
        numbers = frozenset({"T", *self.model.sizes})
        ranges = claimed_ranges(whole, numbers, known, self.model.time.index)
        sized = with_sizes(ranges, found.letters, (left, right), self.model.sizes)
        return Claim(left, op, right, sized)

    def _with_standing(self, number: int, ranges: tuple[Range, ...]) -> tuple[Range, ...]:
        """The ranges of a claim, with what stands before it about T if it says nothing itself."""
        above = self.standing[number]
        if above is None or any(span.index == "T" for span in ranges):
            return ranges
        return (*ranges, above)

    def answers(self, bench: Laboratory, number: int, *, strict: bool) -> Iterator[Answer]:
        """What comes out of every relation of a line that is a claim."""
        line = self.bound.lines[number]
        budget = Budget(LINE_LIMIT)
        for link, relation in enumerate(self.document.statements[number].relations):
            if link == 0 and (line.defines is not None or line.assumes):
                continue
            if self.document.statements[number].unread:
                return
            if relation.sign not in OPS:
                why = f"the relation {relation.sign} is read, and not judged"
                if relation.sign == r"\in":
                    why = shape_note(self.document, number, link, self.model.sizes)
                if not why:
                    continue
                yield Answer(link, error=ElaborationError("unreadable", why, relation))
                continue
            yield self._answer(bench, number, link, budget, strict=strict)

    def _answer(
        self, bench: Laboratory, number: int, link: int, budget: Budget, *, strict: bool
    ) -> Answer:
        """What comes out of a relation; with words beside it that may limit it nothing is wrong."""
        found = self._found(bench, number, link, budget, strict=strict)
        written = self.document.statements[number]
        wrong = found.judged is not None and found.judged.finding.outcome in WRONG
        if not (written.doubt and wrong):
            return found
        error = ElaborationError(
            "unreadable", _LIMITED.format(written.doubt), written.relations[link]
        )
        return Answer(link, error=error)

    def _found(
        self, bench: Laboratory, number: int, link: int, budget: Budget, *, strict: bool
    ) -> Answer:
        """The first reading that holds; else one that stays open; else the plainest refuted."""
        tried: list[Answer] = []
        for reading in readings(lambda oracle: self.meaning(number, link, oracle)):
            one = _judged(bench, link, reading, budget)
            if one.judged is not None and one.judged.finding.outcome in HOLDING:
                return one
            tried.append(one)
            if strict or (one.judged and isinstance(one.judged.finding.error, BeyondSight)):
                break
        typed = [one for one in tried if one.judged is not None]
        if typed:
            return _weightiest(typed)
        leniently = self._mismatched(bench, number, link, budget)
        if leniently is not None and tried[0].error and tried[0].error.kind == "ill-shaped":
            return leniently
        why = self.document.errors.get(number) if link == 0 else None  # what it would define
        return replace(tried[0], error=why or tried[0].error)

    def _mismatched(
        self, bench: Laboratory, number: int, link: int, budget: Budget
    ) -> Answer | None:
        """A relation whose shapes do not fit, as a claim that says where they do not."""
        oracle = Oracle(lenient=True)
        try:
            meaning = self.meaning(number, link, oracle)
        except ElaborationError:
            return None
        found = _judged(bench, link, Reading({}, meaning, oracle), budget)
        wrong = found.judged is not None and found.judged.finding.outcome in WRONG
        return found if wrong else None


def _fixes_last_step(claim: Claim) -> bool:
    """Whether it is about some numbers of steps alone: for T = 1 the power is W itself."""
    return any(span.index == "T" for span in claim.ranges)


def _with_indices(expr: Expr, entrywise: frozenset[str]) -> Expr:
    """Entries of names that the text defines entry by entry as further indices of these."""
    match expr:
        case Entry(of=Symbol(name=name) as whole, indices=entries) if name in entrywise:
            return replace(whole, indices=(*whole.indices, *entries), span=expr.span)
    return map_children(expr, lambda part: _with_indices(part, entrywise))


def _weightiest(typed: Sequence[Answer]) -> Answer:
    """What one reading leaves open, else what one refutes; it knows of the others."""
    judged = [one.judged for one in typed if one.judged is not None]
    ranks = [_rank(one.finding.outcome) for one in judged]
    place = ranks.index(min(ranks))
    meanings = [
        Meaning(one.claim, two.definitions)
        for one, two in zip(judged, typed, strict=True)
        if two.definitions is not None
    ]
    judged[place].others = (*meanings[:place], *meanings[place + 1 :])
    return typed[place]


def _rank(outcome: Outcome) -> int:
    return next((i for i, among in enumerate((OPEN, ("different",))) if outcome in among), 2)


def _judged(bench: Laboratory, link: int, reading: Reading[Meaning], budget: Budget) -> Answer:
    meaning = reading.meaning
    if meaning is None:
        return Answer(link, None, None, reading.departures, reading.oracle, reading.error)
    judged = judge(bench, meaning.definitions, meaning.claim, budget=budget)
    answer = Answer(link, judged, meaning.definitions, reading.departures, reading.oracle)
    judged.read, judged.departed = answer.words, answer.departed
    return answer
