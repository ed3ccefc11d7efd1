"""A model made ready for checking: instances, prepared derivatives and points, each made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..derivation.cache import load_blocks, save_blocks
from ..derivation.prepared import Blocks, Prepared, StoredBlocks, prepare
from ..derivation.staged import Point, point
from ..evaluation.domains.ball import BallDomain
from ..evaluation.domains.degree import DegreeDomain
from ..evaluation.domains.domain import Domain
from ..evaluation.domains.field import FieldDomain
from ..evaluation.domains.floating import FLOAT64
from ..evaluation.errors import Undecidable, UndefinedValue
from ..evaluation.instance import Targets, draw_point, sound_sizes
from ..evaluation.unroll import unroll
from ..model.model import Model
from .verdict import Instance

TRIES = 8
"""Points drawn before a model counts as having no value anywhere (a division by zero each time)."""


@dataclass
class Laboratory:
    """Instances of one model, with everything about them that claims share.

    `fresh` says that derivatives were made which no cache has.
    """

    model: Model
    seed: int = 0
    blocks: Blocks = field(default_factory=dict)
    fresh: bool = False
    _variants: dict[Any, Laboratory] = field(default_factory=dict)
    _prepared: dict[Any, Prepared] = field(default_factory=dict)
    _points: dict[Any, Point] = field(default_factory=dict)

    def variant(self, model: Model) -> Laboratory:
        """The laboratory of a related model, made once; derivatives are shared if they can be."""
        if model is self.model:
            return self
        key = (model.equations, model.initial, tuple(model.declarations.items()))
        if key not in self._variants:
            blocks = self.blocks if model.equations == self.model.equations else {}
            self._variants[key] = Laboratory(model, self.seed, blocks)
        return self._variants[key]

    def instance(self, count: int, variant: int = 0) -> Instance:
        """`count` steps at sizes that all differ."""
        return Instance(count, sound_sizes(self.model, variant))

    def prepared(self, instance: Instance) -> Prepared:
        """The graph of an instance with its local Jacobians."""
        key = (instance.T, tuple(sorted(instance.sizes.items())))
        if key not in self._prepared:
            graph = unroll(self.model, instance.T, instance.sizes)
            before = len(self.blocks)
            self._prepared[key] = prepare(graph, self.blocks)
            self.fresh = self.fresh or len(self.blocks) > before
        return self._prepared[key]

    def field_point(
        self, instance: Instance, trial: int = 0, targets: Targets = "as declared"
    ) -> Point:
        """A random point in GF(p)."""
        return self._point(instance, FieldDomain, trial, targets)

    def degree_point(self, instance: Instance, domain: DegreeDomain) -> Point:
        """The same in degrees, counted in that domain from the start."""
        return self._drawn(self.prepared(instance), lambda _: domain, 0, "as declared")

    def float_point(self, instance: Instance) -> Point:
        """The point of short decimals in float64."""
        return self._point(instance, lambda _: FLOAT64, 0, "as declared", 53)

    def ball_point(self, instance: Instance, trial: int = 0, precision: int = 128) -> Point:
        """A point of short decimals, in balls of that precision."""
        return self._point(
            instance, lambda _: BallDomain(precision), trial, "as declared", precision
        )

    def far_point(self, instance: Instance, trial: int = 0, precision: int = 128) -> Point:
        """A point in balls whose quantities are of very different magnitudes, some large."""
        return self._point(
            instance, lambda _: BallDomain(precision), trial, "as declared", precision, spread=True
        )

    def _point(
        self,
        instance: Instance,
        domain: Any,
        trial: int,
        targets: Targets,
        precision: int = 0,
        spread: bool = False,
    ) -> Point:
        sizes = tuple(sorted(instance.sizes.items()))
        key = (instance.T, sizes, trial, targets, precision, spread)
        if key not in self._points:
            prepared = self.prepared(instance)
            self._points[key] = self._drawn(prepared, domain, trial, targets, spread)
        return self._points[key]

    def _drawn(
        self, prepared: Prepared, domain: Any, trial: int, targets: Targets, spread: bool = False
    ) -> Point:
        """The first of a fixed sequence of points at which the model has a value."""
        for attempt in range(TRIES):
            seed = (self.seed * 1_000_003 + trial) * TRIES + attempt
            made: Domain = domain(seed)
            try:
                with made.scope():
                    drawn = draw_point(prepared.graph, made, seed, targets, spread=spread)
                    return point(prepared, made, drawn)
            except (UndefinedValue, Undecidable):
                continue
        raise UndefinedValue(f"{self.model.name} has no value at {TRIES} random points")


def open_laboratory(model: Model, seed: int = 0) -> Laboratory:
    """The laboratory of a model, with the derivatives that an earlier run left in the cache."""
    return Laboratory(model, seed, load_blocks(model))


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
