"""A picture in each format: a literal table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from .dot import dot
from .layout import Picture
from .mermaid import mermaid
from .svg import svg
from .tikz import tikz

PictureFormat = Literal["svg", "tikz", "dot", "mermaid"]

PICTURES: Mapping[PictureFormat, Callable[[Picture], str]] = {
    "svg": svg,
    "tikz": tikz,
    "dot": dot,
    "mermaid": mermaid,
}


def render_graph(drawn: Picture, format: PictureFormat = "svg") -> str:  # noqa: A002
    """The picture, written in one of the formats."""
    return PICTURES[format](drawn)
