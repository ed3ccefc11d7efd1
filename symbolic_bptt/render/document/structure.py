"""The parts of a document: prose, displayed statements, steps, tables, a figure.

Formulas are trees everywhere, in prose too: a notation renames them, and a format prints them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ...derivation.steps import Step
from ...model.model import Model
from ...notation.printer.text import text
from ...notation.sizes import Shape
from ...notation.tree import Node, Statement


@dataclass(frozen=True)
class Reference:
    """`Figure 1`, by its label."""

    kind: Literal["figure", "table", "equation"]
    label: str


Inline = str | Node | Shape | Reference
Text = tuple[Inline, ...]
"""Words with formulas and shapes between them."""

PartName = Literal[
    "model", "graph", "forward", "local", "adjoint", "gradients", "expansion", "check", "citation"
]


@dataclass(frozen=True)
class Paragraph:
    """Prose; `kind` says how it stands out: a warning is never overlooked."""

    text: Text
    kind: Literal["plain", "warning"] = "plain"


@dataclass(frozen=True)
class Equations:
    """Statements displayed one under the other, each with a label."""

    statements: tuple[Statement, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Derived:
    """Steps about one quantity under a run-in heading.

    `told`: each step with its rule and reason; else their reasons first, then all statements.
    """

    title: Text
    steps: tuple[Step, ...]
    labels: tuple[str, ...]
    told: bool = True


@dataclass(frozen=True)
class Table:
    """Rows under their heads, with a caption."""

    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: Text
    label: str


@dataclass(frozen=True)
class Figure:
    """The unrolled graph of the model over so many steps."""

    model: Model
    count: int
    caption: Text
    label: str


Block = Paragraph | Equations | Derived | Table | Figure


@dataclass(frozen=True)
class Section:
    """One part of the document."""

    key: PartName
    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document:
    """A derivation of a model's gradients over `count` steps.

    `model` is in the notation of the document.
    `bold` maps names to how they are set, `transpose` is how a transpose is written. `failing`
    counts statements that do not hold.
    """

    model: Model
    count: int
    seed: int
    title: Text
    sections: tuple[Section, ...]
    command: str
    version: str
    failing: int = 0
    transpose: str = r"\top"
    bold: Mapping[str, str] = field(default_factory=dict)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a reader must not overlook, in plain text."""
        return tuple(
            "".join(
                part if isinstance(part, str) else text(part)
                for part in block.text
                if not isinstance(part, Shape | Reference)
            )
            for section in self.sections
            for block in section.blocks
            if isinstance(block, Paragraph) and block.kind == "warning"
        )


def statements(document: Document) -> tuple[Statement, ...]:
    """Every displayed statement, in order."""
    found: list[Statement] = []
    for section in document.sections:
        for block in section.blocks:
            match block:
                case Equations(statements=shown):
                    found += shown
                case Derived(steps=steps):
                    found += (step.statement for step in steps)
    return tuple(found)
