"""The figure of a document: the unrolled graph, in LaTeX and in Markdown."""

from __future__ import annotations

from collections.abc import Callable

from ...model.model import Model
from ...notation.tree import Node
from ..graph import COMPACT, picture
from ..graph.mermaid import mermaid as as_mermaid
from ..graph.tikz import tikz as as_tikz


def tikz(model: Model, count: int, printed: Callable[[Node], str]) -> str:
    """The graph as a `tikzpicture`, for a column of a paper."""
    return as_tikz(picture(model, count, spacing=COMPACT), printed)


def mermaid(model: Model, count: int) -> str:
    """The graph as a Mermaid flowchart, which GitHub draws."""
    return as_mermaid(picture(model, count))
