"""What the names that a student defines stand for, and so whether they are defined rightly.

δ_t = … binds a name and claims nothing. But where δ_t equals ∂E/∂s_t, or would have to for the
student's own later lines to be true, or is right in one of its cases, it is meant as ∂E/∂s_t, and
each of its defining equations is right or wrong as a statement about that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..checking.comparison import Claim, first_difference, places
from ..checking.definitions import Definition, Definitions
from ..checking.environment import ClaimEnvironment
from ..checking.named_gradients import differentiated
from ..checking.sheet import Sheet
from ..evaluation.errors import EvaluationError
from ..notation.tree import Derivative, Expr, Range, Symbol, walk
from .candidates import LENGTH, Candidate, Sampler, Table, agree
from .proof import Prover, with_family


@dataclass(frozen=True)
class Meaning:
    """`name`, with as many indices as the candidate has letters, is meant as the candidate.

    `right`: it is defined so that it is that. `sound`: it is so once all other names are taken for
    what they are meant as, also those that are defined after it.
    """

    name: str
    candidate: Candidate
    right: bool
    sound: bool


@dataclass(frozen=True)
class Meanings:
    """The meanings found, and the definitions with every name defined as what it is meant as."""

    found: dict[tuple[str, int], Meaning]
    written: Definitions
    meant: Definitions

    def of(self, definition: Definition) -> Meaning | None:
        """What the name that it defines is meant as."""
        return self.found.get((definition.symbol.name, len(definition.patterns)))

    def with_names_as_meant(self, names: Collection[str]) -> Definitions:
        """The definitions with these names alone defined as what they are meant as."""
        families = {
            name: self.meant.by_name[name] if name in names else family
            for name, family in self.written.by_name.items()
        }
        return Definitions(families)

    @property
    def wrong(self) -> frozenset[str]:
        """Names that are not what they are meant as."""
        return frozenset(name for (name, _), one in self.found.items() if not one.right)


def find_meanings(sheet: Sheet, prover: Prover, sampler: Sampler) -> Meanings:
    """The meaning of every defined name that has one, in the order of their definitions."""
    written = sheet.bound.definitions
    meant = written
    found: dict[tuple[str, int], Meaning] = {}
    failing = [
        posed.claim for posed, judged in sheet.results if not prover.proves(judged)
    ]  # fmt: skip
    for name, family in _families(written):
        search = _search(sampler, meant, name, family)
        symbol, letters = search.symbol, search.letters
        own = sampler.table(symbol, letters, written)
        now = own if meant is written else sampler.table(symbol, letters, meant)
        meaning = search.by_value(own, now) or search.by_name()
        if meaning is None:
            kept = [one for one in _cases_reading(name, found, written) if search.true(one, meant)]
            meaning = search.by_evidence(failing, kept)
        if meaning is not None:
            found[name, len(letters)] = meaning
            if not meaning.right:
                meant = search.meant_as(meaning.candidate)
    for name, family in _families(written):
        if (name, len(family[0].patterns)) in found:
            continue
        search = _search(sampler, meant, name, family)
        failing = [
            one for one in _cases_reading(name, found, written) if not search.true(one, meant)
        ]
        meaning = search.by_evidence(failing, [], own_cases=False)
        if meaning is not None:
            found[name, len(family[0].patterns)] = meaning
            meant = search.meant_as(meaning.candidate)
    return Meanings(_resound(found, sampler, written, meant), written, meant)


def _search(sampler: Sampler, meant: Definitions, name: str, family: list[Definition]) -> _Search:
    letters = tuple(f"i_{place}" for place in range(len(family[0].patterns)))
    symbol = Symbol(name, tuple(map(Symbol, letters)), family[0].symbol.layout)
    return _Search(sampler, meant, family, symbol, letters)


def _cases_reading(
    name: str, found: dict[tuple[str, int], Meaning], written: Definitions
) -> list[Claim]:
    """What the equations that read a name say of the names they define."""
    return [
        _case(one, meaning.candidate)
        for (other, arity), meaning in found.items()
        for one in written.family(other, arity)
        if other != name and _uses(one.body, name)
    ]


def _resound(
    found: dict[tuple[str, int], Meaning],
    sampler: Sampler,
    written: Definitions,
    meant: Definitions,
) -> dict[tuple[str, int], Meaning]:
    """The meanings; a definition that reads wrong ones, also later ones, is as sound as before."""
    settled = {}
    for (name, arity), meaning in found.items():
        if not meaning.sound:
            family = written.family(name, arity)
            letters = tuple(f"i_{place}" for place in range(arity))
            symbol = Symbol(name, tuple(map(Symbol, letters)), family[0].symbol.layout)
            own = sampler.table(symbol, letters, with_family(meant, name, family))
            wanted = sampler.table(meaning.candidate.at(symbol.indices), letters, Definitions())
            meaning = replace(meaning, sound=agree(own, wanted))
        settled[name, arity] = meaning
    return settled


def _families(definitions: Definitions) -> Iterator[tuple[str, list[Definition]]]:
    everything = [
        (min(one.line for one in family), name, arity)
        for name in definitions.by_name
        for arity in definitions.arities(name)
        if (family := definitions.family(name, arity))
    ]
    for _, name, arity in sorted(everything):
        family = definitions.family(name, arity)
        alias = any(isinstance(one.body, Derivative) for one in family)
        if arity <= 2 and not alias and not any(one.entries for one in family):
            yield name, family


@dataclass(frozen=True)
class _Search:
    sampler: Sampler
    meant: Definitions
    family: list[Definition]
    symbol: Symbol
    letters: tuple[str, ...]

    @property
    def _tables(self) -> list[tuple[Candidate, Table]]:
        return self.sampler.tables[len(self.letters)]

    def meant_as(self, candidate: Candidate) -> Definitions:
        body = candidate.at(self.symbol.indices)
        return with_family(self.meant, self.symbol.name, [Definition(self.symbol, (), body)])

    def by_value(self, own: Table, now: Table) -> Meaning | None:
        if not own and not now:
            return None
        for candidate, table in self._tables:
            right = agree(own, table)
            if right or agree(now, table):
                return Meaning(self.symbol.name, candidate, right, sound=True)
        return None

    def by_name(self) -> Meaning | None:
        """dW is ∂E/∂W, whether it is right or wrong."""
        name = self.symbol.name
        if self.letters or not differentiated(name):
            return None
        loss = Symbol(self.sampler.laboratory.model.loss)
        wanted = Derivative("partial", loss, Symbol(differentiated(name)))
        for candidate, _ in self._tables:
            if candidate.expr == wanted:
                return Meaning(name, candidate, right=False, sound=False)
        return None

    def by_evidence(
        self, failing: list[Claim], kept: list[Claim], own_cases: bool = True
    ) -> Meaning | None:
        """What would make a claim true that uses the name, or is right in one of its cases.

        What is true already (`kept`) must stay so.
        """
        using = [claim for claim in failing if _uses(claim.right, self.symbol.name)]
        for evidence in (using, []) if own_cases else (using,):
            for candidate, _ in self._tables:
                definitions = self.meant_as(candidate)
                cases = [_case(one, candidate) for one in self.family]
                if evidence or not own_cases:
                    fits = any(self.true(claim, definitions) for claim in evidence)
                else:
                    fits = any(self.true(claim, definitions) for claim in cases)
                if fits and all(self.true(claim, definitions) for claim in kept):
                    return Meaning(self.symbol.name, candidate, right=False, sound=False)
        return None

    def true(self, claim: Claim, definitions: Definitions) -> bool:
        """Whether a claim holds at a random point, and says something there."""
        laboratory = self.sampler.laboratory
        count = laboratory.model.literal_length or LENGTH
        at = laboratory.field_point(laboratory.instance(count))
        around = ClaimEnvironment(at, definitions, laboratory.blocks)
        something = False
        try:
            with at.domain.scope():
                for place in places(claim, around):
                    if first_difference(place, "=") is not None:
                        return False
                    something = something or bool(np.any(place.left != 0))
        except (EvaluationError, RecursionError, MemoryError):
            return False
        return something


def case_claim(definition: Definition, candidate: Candidate, prover: Prover) -> Claim:
    """What a defining equation says of the quantity that its name is meant as."""
    claim = _case(definition, candidate)
    return prover.claim(claim.left, claim.right, definition.ranges)


def _case(definition: Definition, candidate: Candidate) -> Claim:
    left = candidate.at(definition.patterns)
    letters = {
        node.name: None
        for pattern in definition.patterns
        for node in walk(pattern)
        if isinstance(node, Symbol) and node.name != "T"
    }
    stated = {span.index: span for span in definition.ranges}
    return Claim(left, "=", definition.body, tuple(stated.get(n) or Range(n) for n in letters))


def _uses(expr: Expr, name: str) -> bool:
    return any(isinstance(node, Symbol) and node.name == name for node in walk(expr))
