"""A claim made ready for its obligations: what is asked of the model and of what is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, reduce

from ...model.model import Model
from ...model.steps import linear_step, replace_symbol
from ...notation.printer.text import text
from ...notation.tree import (
    BigOperator,
    Derivative,
    Entry,
    Expr,
    Node,
    Range,
    Symbol,
    walk,
)
from ..decide import Trial
from ..definitions import Definition
from ..extent import extent, reached, uses_numbers
from ..laboratory import View
from ..reach import NOWHERE, Reach, reach
from ..verdict import Instance
from .dependence import Dependence
from .errors import NotSettled
from .gathered import Body, Gatherer, check_linear, is_homogeneous, runs_over_steps, sums
from .linear import Degrees
from .names import LETTER, Partners, partners
from .products import chain, with_jacobians
from .prove import Task
from .shapes import Named, check_extent, check_written
from .steps import named
from .window import Window
from .zones import Look, last_looks, pair_looks, single_looks

LONGEST = 6
"""Steps at the ends, beyond which a claim is not looked at step by step."""


def task(trial: Trial, instance: Instance, view: View) -> Task:
    """What is to be proved; `instance` is one at which the claim was looked at.

    Raises `NotSettled` where no rule covers it.
    """
    return _Maker(Dependence(trial, instance, view)).made()


@dataclass
class _Maker:
    asked: Dependence
    reaches: tuple[int, int] = (1, 0)

    @property
    def trial(self) -> Trial:
        return self.asked.trial

    @property
    def instance(self) -> Instance:
        return self.asked.instance

    @property
    def model(self) -> Model:
        return self.asked.model

    @cached_property
    def written(self) -> list[Definition]:
        """Every definition that the claim reaches."""
        return list(reached(self.trial.claim, self.trial.definitions))

    @cached_property
    def partners(self) -> Partners:
        return partners(self.trial, self.written, self.instance)

    def _reaches(self, exprs: Sequence[Node], among: Sequence[Definition]) -> tuple[int, int]:
        """How far from a step something looks, by way of definitions, and how many steps at the
        ends it or the model names.
        """
        memory, sizes = self.trial.laboratory.memory, self.instance.sizes
        first = self.model.time.first
        parts: list[list[Node]] = [list(exprs)]
        parts += [[one.symbol, one.body, *one.ranges] for one in among]
        found = NOWHERE
        for part in parts:
            own = reduce(Reach.beside, (reach(node, sizes, first) for node in part), NOWHERE)
            found = found.through(own)
        near = memory.reach(sizes) - memory.handed
        literals = max(found.start, found.end, *self._special()) + near
        return max(self.asked.lag, found.around), literals

    def _at_its_step(self, expr: Expr) -> Expr:
        """A partner in the model's own letter, so that its offset is seen."""
        return replace_symbol(expr, LETTER, lambda: Symbol(self.model.time.index))

    def _special(self) -> list[int]:
        """The literal steps at which the model has equations of their own."""
        found = [0]
        for equation in self.model.equations:
            at = None if equation.step is None else linear_step(equation.step, "")
            if at is not None:
                near = at.constant - self.model.time.first
                found.append(abs(at.constant) if at.T_multiple else abs(near) + 1)
        return found

    def made(self) -> Task:
        """The task, once everything is checked."""
        claim = self.trial.claim
        self.asked.check_model()
        check_extent(extent(claim, self.trial.definitions, self.model))
        bodies = [one.body for one in self.written]
        self._check_indices([claim.left, claim.right, *bodies])
        equations = [one.body for one in self.model.equations]
        shaped = Named.of(self.model, self.trial.definitions)
        check_written([claim.left, claim.right, *bodies, *equations], shaped)
        gatherer = Gatherer(self.model, self.asked.is_local, self._body_of)
        sides = gatherer.gathered(claim.left), gatherer.gathered(claim.right)
        letters = tuple(span for span in claim.ranges if self._is_step(span, *sides, *bodies))
        entries = tuple(span for span in claim.ranges if span not in letters)
        chains = tuple(dict.fromkeys(one for side in sides for one in sums(side) if one))
        for side in sides:
            check_linear(side)
            self.asked.check_native(side)
        if chains and not letters and not all(map(is_homogeneous, sides)):
            raise NotSettled("something stands beside its sums over steps")
        for one in self._native:
            self.asked.check_native(one.body)
        self._check_numbers(sides, letters)
        products = {
            letter: chain(self.trial, written, made, self.instance, self.asked.graph)
            for letter, (written, made) in gatherer.products.items()
        }
        plain = [with_jacobians(side, products) for side in sides]
        paired = [one for one in self._native if one.symbol.name in self.partners]
        others = [one for one in self._native if one.symbol.name not in self.partners]
        self.reaches = self._reaches([*plain, *claim.ranges], others)
        looks = tuple(self._looks(plain, letters, chains))
        if any(look.far is not None for look in looks):
            gathered = self.trial.laboratory.memory.after_steps
            degrees = Degrees(gathered, self.partners, self.trial.definitions)
            for side in sides:
                if degrees.of(side, outside=not letters) > 1:
                    raise NotSettled("it is no linear function of what the later steps add")
        ready = replace(claim, left=sides[0], right=sides[1])
        own = [part for one in paired for part in (one.symbol, one.body, *one.ranges)]
        own += [self._at_its_step(one.expr) for one in self.partners.values()]
        factors = [one.body for one in products.values()]
        offset, literals = self._reaches([*own, *factors], others)
        singles = tuple(single_looks(self.model.time.first, offset, literals))
        return Task(ready, letters, entries, chains, self.partners, products, looks, singles)

    def _check_indices(self, exprs: Sequence[Expr]) -> None:
        """Names have a step at most; entries are asked of wholes."""
        if self.trial.claim.op not in ("=", "+="):
            raise NotSettled("it is no equation")
        if any(one.entries for one in self.written):
            raise NotSettled("a name is defined entry by entry")
        for expr in exprs:
            for node in walk(expr):
                if isinstance(node, Symbol) and len(node.indices) > 1:
                    raise NotSettled(f"{text(node)} has more than a step")

    def _is_step(self, span: Range, *exprs: Expr) -> bool:
        return any(
            Symbol(span.index) in set(walk(expr))
            and runs_over_steps(span.index, expr, self.model.time.index)
            for expr in exprs
        )

    # Names

    def _is_wide(self, name: str, within: frozenset[str] = frozenset()) -> bool:
        """Whether what a name of the file stands for gathers over steps."""
        if name in within or name in self.partners:
            return False
        for one in self.trial.definitions.by_name.get(name, ()):
            if any(self._gathers(node) for node in walk(one.body)):
                return True
            if any(self._is_wide(read, within | {name}) for read in one.reads):
                return True
        return False

    def _gathers(self, node: Node) -> bool:
        match node:
            case BigOperator(ranges=ranges, body=body):
                index = self.model.time.index
                return any(runs_over_steps(span.index, body, index) for span in ranges)
            case Derivative(wrt=wrt):
                whole = wrt.of if isinstance(wrt, Entry) else wrt
                if not isinstance(whole, Symbol) or whole.indices:
                    return False
                by = whole.name in self.model.parameters
                return by and node.kind != "immediate" and not self.asked.is_local(node)
            case Symbol(name=name, indices=()):
                return self.asked.is_total(name)
        return False

    def _body_of(self, symbol: Symbol) -> Body | None:
        """What is put in the place of a name that gathers over steps."""
        if not symbol.indices and self.asked.is_total(symbol.name):
            untimed = (e for e in self.model.equations if not e.timed and e.step is None)
            return (), next(e.body for e in untimed if e.target == symbol.name)
        if not self._is_wide(symbol.name):
            return None
        family = self.trial.definitions.by_name[symbol.name]
        letters = [one.name for one in family[0].patterns if isinstance(one, Symbol)]
        plain = len(letters) == len(set(letters)) == len(family[0].patterns)
        if len(family) > 1 or family[0].ranges or not plain or "T" in letters:
            raise NotSettled(f"{symbol.name} is a sum over steps with cases")
        if len(letters) != len(symbol.indices):
            raise NotSettled(f"{symbol.name} has other indices than where it is defined")
        return tuple(letters), family[0].body

    @cached_property
    def _native(self) -> list[Definition]:
        """The definitions that are evaluated as they are."""
        return [one for one in self.written if not self._is_wide(one.symbol.name)]

    # What is evaluated as it is

    def _check_numbers(self, sides: Sequence[Expr], letters: Sequence[Range]) -> None:
        """No step is used as a number."""
        inner = {letter for side in sides for one in sums(side) for letter in one}
        steps = {self.model.time.index, *(span.index for span in letters), *inner}
        own = [(one.body, steps | one.step_letters) for one in self._native]
        for expr, names in [*((side, steps) for side in sides), *own]:
            if uses_numbers(expr, set(names) - set(self.model.sizes)):
                raise NotSettled("a step is a number in it")

    # Where it is looked at

    def _looks(
        self, sides: Sequence[Expr], letters: Sequence[Range], chains: Sequence[tuple[str, ...]]
    ) -> Iterator[Look]:
        first, (offset, literals) = self.model.time.first, self.reaches
        if offset + literals > LONGEST:
            raise NotSettled("too many steps at the ends are named")
        general = [one.body for one in self._native if not _is_special(one)]
        for one in self._native:
            _check_special(one, self.model.sizes)
        spans = [*letters, *(span for one in self._native for span in one.ranges)]
        said = named([*sides, *general], spans, self.model.sizes)
        if any(self.asked.names_end(expr) for expr in [*sides, *general]):
            said = replace(said, last=True)
        count = len(letters) + max(map(len, chains), default=0)
        if said.literal and (count or said.last):
            raise NotSettled("it names a literal step beside another one")
        if count == 0:
            return self._literal_looks(first=said.literal)
        if count == 1 and not said.last:
            return single_looks(first, offset, literals)
        if count > 2 or offset > 1 or literals or (count == 2 and said.last):
            raise NotSettled("it names more steps than two neighbours")
        memory = self.trial.laboratory.memory
        if any(one.after or one.before > 1 for one in memory.carried):
            raise NotSettled(
                "two steps stand in it, and the model looks further than one step back"
            )
        if said.last:
            self.asked.check_last(sides, partners=bool(self.partners))
            return last_looks(first)
        return pair_looks(first)

    def _literal_looks(self, *, first: bool) -> Iterator[Look]:
        """Where a claim is looked at that names steps at one end alone."""
        start, (offset, literals) = self.model.time.first, self.reaches
        z = offset + literals
        if first:
            region = range(start - z, start + z + 1)
            window = Window(2 * z + offset + 2, region, far_end=True, start=True)
            yield Look(window, start, region)
        last = start + 2 * z
        for count in range(1, 2 * z + (1 if first else 2)):
            region = range(last - z, last + 2) if count > 2 * z else range(start - z, last + z)
            window = Window(count, region, far_end=False, start=count <= 2 * z)
            yield Look(window, start, region)


def _is_special(one: Definition) -> bool:
    """Whether it is said of a literal step, as δ_T."""
    return any(letter is None for letter, _ in one.places)


def _check_special(one: Definition, sizes: Sequence[str]) -> None:
    """What is said of a step at one end reads no step of the other."""
    if not _is_special(one):
        return
    own, read = named([one.symbol], (), sizes), named([one.body], (), sizes)
    if (read.last and not own.last) or (read.literal and not own.literal):
        raise NotSettled(f"{text(one.symbol)} reads steps at the other end")
