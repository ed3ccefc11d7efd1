"""A model made ready for checking: instances, prepared derivatives and points, each made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

import numpy as np

from ..derivation.cache import load_blocks, save_blocks
from ..derivation.prepared import Blocks, Prepared, StoredBlocks, prepare
from ..derivation.staged import Point, point
from ..evaluation.domains.ball import BallDomain
from ..evaluation.domains.domain import Array, Domain
from ..evaluation.domains.field import PRIME_BITS, FieldDomain, prime_of
from ..evaluation.domains.floating import FLOAT64
from ..evaluation.domains.normal_form import NormalDomain
from ..evaluation.domains.signs import Signs
from ..evaluation.errors import Undecidable, UndefinedValue
from ..evaluation.graph import Key
from ..evaluation.instance import (
    Targets,
    all_sizes,
    draw_point,
    ordered_sizes,
    sound_sizes,
)
from ..evaluation.unroll import unroll
from ..model.model import Model
from .memory import Memory, memory
from .verdict import Instance

TRIES = 8
"""Points drawn before a model counts as having no value anywhere (a division by zero each time)."""


@dataclass(frozen=True)
class View:
    """How a random point in the field is drawn; what holds in a wider view holds in a narrower one.

    disturbed: quantities that remember are free (`memory`). free_letters: so are T, the sizes and
    the steps where they are used as numbers. normal: functions are seen through their normal form.
    """

    disturbed: bool = False
    free_letters: bool = False
    normal: bool = False


ACTUAL = View()
GENERAL = View(disturbed=True, free_letters=True)


@dataclass
class Laboratory:
    """Instances of one model, with everything about them that claims share.

    `content` is what random points hang on beside the seed: whoever writes a formula must not know
    at which point it will be looked at. `hung` are the texts in it that were asked for.
    """

    model: Model
    seed: int = 0
    blocks: Blocks = field(default_factory=dict)
    content: str = ""
    hung: frozenset[str] = frozenset()
    windows: dict[Any, object] = field(default_factory=dict, repr=False)
    _variants: dict[Any, Laboratory] = field(default_factory=dict)
    _prepared: dict[Any, Prepared] = field(default_factory=dict)
    _points: dict[Any, Point] = field(default_factory=dict)
    _smallest: dict[int, dict[str, int]] = field(default_factory=dict)

    def variant(self, model: Model) -> Laboratory:
        """The laboratory of a related model, made once; derivatives are shared if they can be."""
        if model is self.model:
            return self
        key = (model.equations, model.initial, tuple(model.declarations.items()))
        if key not in self._variants:
            blocks = self.blocks if model.equations == self.model.equations else {}
            self._variants[key] = Laboratory(model, self.seed, blocks, self.content, self.hung)
        return self._variants[key]

    def keyed(self, *texts: str) -> Laboratory:
        """The laboratory whose random points hang on these texts as well; itself if they do."""
        key = tuple(text for text in texts if text not in self.hung)
        if not key:
            return self
        if key not in self._variants:
            content, hung = f"{self.content}|{''.join(key)}", self.hung.union(key)
            self._variants[key] = Laboratory(
                self.model, self.seed, self.blocks, content, hung, _prepared=self._prepared
            )
        return self._variants[key]

    def instance(self, count: int, variant: int = 0) -> Instance:
        """`count` steps at sizes that all differ."""
        return Instance(count, sound_sizes(self.model, variant))

    @cached_property
    def memory(self) -> Memory:
        """What the model carries from step to step."""
        return memory(self.model)

    def smallest_sizes(self, least: int = 2) -> dict[str, int]:
        """Sizes of at least `least` at which the fewest entries are handed from step to step."""
        if least not in self._smallest:
            candidates = [
                ordered_sizes(self.model, max(2, least), falling=False),
                *(one for one in all_sizes(self.model) if min(one.values(), default=0) >= least),
            ]
            self._smallest[least] = min(candidates, key=self._weight)
        return self._smallest[least]

    def _weight(self, sizes: dict[str, int]) -> tuple[int, int]:
        carried = self.memory.forward(sizes) + self.memory.backward(sizes)
        return carried, sum(sizes.values())

    def prepared(self, instance: Instance) -> Prepared:
        """The graph of an instance with its local Jacobians."""
        key = (instance.T, tuple(sorted(instance.sizes.items())))
        if key not in self._prepared:
            graph = unroll(self.model, instance.T, instance.sizes)
            self._prepared[key] = prepare(graph, self.blocks)
        return self._prepared[key]

    def field_point(
        self,
        instance: Instance,
        trial: int = 0,
        view: View = ACTUAL,
        targets: Targets = "sums to one",
    ) -> Point:
        """A random point in GF(p), the same each time it is asked for.

        One-hot targets are drawn on the plane that they span: what holds there holds for them.
        """
        sizes = tuple(sorted(instance.sizes.items()))
        key = (instance.T, sizes, trial, view, targets)
        if key not in self._points:
            self._points[key] = self.fresh_point(instance, trial, view, targets)
        return self._points[key]

    def fresh_point(
        self,
        instance: Instance,
        trial: int = 0,
        view: View = ACTUAL,
        targets: Targets = "sums to one",
        *,
        vertices: Mapping[Key, int] | None = None,
        signs: Signs | None = None,
        bits: int = PRIME_BITS,
    ) -> Point:
        """The same point with a memory of its own for what is asked of its functions."""
        kind = NormalDomain if view.normal else FieldDomain
        secret = f"{self.seed}|{self.content}"
        prime = prime_of(secret, bits)

        def domain(attempt: str) -> Domain:
            return kind(attempt, prime, free_letters=view.free_letters, signs=signs)

        names = self.memory.disturbed if view.disturbed else frozenset[str]()
        seeds = [f"{secret}|{trial}|{attempt}" for attempt in range(TRIES)]
        return self._drawn(self.prepared(instance), domain, seeds, targets, vertices, names)

    def float_point(self, instance: Instance, trial: int = 0) -> Point:
        """A point of short decimals in float64."""
        return self._decimal(instance, FLOAT64, trial, None)

    def ball_point(
        self,
        instance: Instance,
        trial: int = 0,
        precision: int = 128,
        vertices: Mapping[Key, int] | None = None,
    ) -> Point:
        """A point of short decimals, in balls of that precision."""
        return self._decimal(instance, BallDomain(precision), trial, vertices)

    def _decimal(
        self, instance: Instance, domain: Domain, trial: int, vertices: Mapping[Key, int] | None
    ) -> Point:
        sizes = tuple(sorted(instance.sizes.items()))
        places = tuple(sorted((vertices or {}).items()))
        key = (instance.T, sizes, trial, domain.name, places)
        if key not in self._points:
            seeds = [(self.seed * 1_000_003 + trial) * TRIES + attempt for attempt in range(TRIES)]
            self._points[key] = self._drawn(
                self.prepared(instance), lambda _: domain, seeds, "as declared", vertices
            )
        return self._points[key]

    def _drawn(
        self,
        prepared: Prepared,
        domain: Any,
        seeds: list[Any],
        targets: Targets,
        vertices: Mapping[Key, int] | None,
        disturbed: frozenset[str] = frozenset(),
    ) -> Point:
        """The first of a fixed sequence of points at which the model has a value."""
        for seed in seeds:
            made: Domain = domain(seed)
            try:
                with made.scope():
                    drawn = draw_point(prepared.graph, made, seed, targets, vertices)
                    added = _disturbances(prepared, made, seed, disturbed)
                    return point(prepared, made, drawn, added)
            except (UndefinedValue, Undecidable):
                continue
        raise UndefinedValue(f"{self.model.name} has no value at {TRIES} random points")


def _disturbances(
    prepared: Prepared, domain: Domain, seed: str, names: frozenset[str]
) -> dict[Key, Array]:
    generator = Random(f"{seed}|disturbance")
    added: dict[Key, Array] = {}
    for node in prepared.graph.computed:
        if node.key[0] in names:
            array = np.empty(node.shape, dtype=domain.dtype)
            array.ravel()[:] = [domain.draw(generator) for _ in range(array.size)]
            added[node.key] = array
    return added


def open_laboratory(model: Model, seed: int = 0, content: str = "") -> Laboratory:
    """The laboratory of a model, with the derivatives that an earlier run left in the cache."""
    return Laboratory(model, seed, load_blocks(model), content)


def close_laboratory(laboratory: Laboratory) -> None:
    """Leave the derivatives that were new to the next run."""
    if isinstance(laboratory.blocks, StoredBlocks):
        save_blocks(laboratory.model, laboratory.blocks)


def given_values(at: Point) -> Mapping[str, object]:
    """What parameters, inputs and initial states are at a numeric point, as plain lists."""
    shown: dict[str, object] = {}
    for node in at.graph.given:
        name = node.key[0] if node.key[1] is None else f"{node.key[0]}_{{{node.key[1]}}}"
        rows = [[round(float(entry), 6) for entry in row] for row in at.values[node.key]]
        if node.shape == (1, 1):
            shown[name] = rows[0][0]
        else:
            shown[name] = [row[0] for row in rows] if node.shape[1] == 1 else rows
    return shown
