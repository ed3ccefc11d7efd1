"""One display: a stretch of mathematics with all that it says."""

from __future__ import annotations

from dataclasses import dataclass

from .errors import Problem
from .files import Region
from .source import Source
from .statements.statement import Read
from .surface.nodes import Sequence
from .tokens.plain import Dialect


@dataclass(frozen=True)
class Display:
    """One stretch of mathematics: its tree, what it says, how it is written, what is wrong.

    section: how many headings stand before it.
    """

    source: Source
    region: Region
    tree: Sequence
    read: Read
    dialect: Dialect
    problems: tuple[Problem, ...] = ()
    section: int = 0
