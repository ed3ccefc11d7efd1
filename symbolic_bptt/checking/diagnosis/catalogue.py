"""The catalogue of misconceptions, read from its data file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

CATEGORIES = (
    "time-index",
    "activation-derivative",
    "missing-path",
    "path-combination",
    "immediate-for-total",
    "transpose-or-layout",
    "sum-range",
    "product-node",
    "factor-order",
    "copy-paste",
    "loss-scale-or-sign",
    "shape",
    "softmax",
    "missing-factor",
)
"""The classes of mistakes."""


@dataclass(frozen=True)
class Misconception:
    """One mistake: its name and class, what is said about it, and an example of it."""

    name: str
    category: str
    sentence: str
    model: str = ""
    right: str = ""
    wrong: str = ""

    def message(self, **about: str) -> str:
        """The sentence with its places filled; those that nothing fills are left empty."""
        fields = {name for _, name, _, _ in Formatter().parse(self.sentence) if name}
        return self.sentence.format(**{**dict.fromkeys(fields, ""), **about})


@cache
def catalogue() -> Mapping[str, Misconception]:
    """Every misconception, by name."""
    text = (files(__package__) / "misconceptions.toml").read_text("utf-8")
    known = (Misconception(**table) for table in tomllib.loads(text)["misconception"])
    return {one.name: one for one in known}
