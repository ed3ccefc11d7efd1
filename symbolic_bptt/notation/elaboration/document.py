"""A document: its statements, its names with their types, and what every line could define."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...core.axes import Axis
from ...core.terms import Term
from ..statements.statement import Statement
from ..surface.nodes import Name, Sequence
from .choices import Oracle
from .context import Context, Signature
from .equations import Equation, Sides, equation, opened
from .errors import ElaborationError
from .given import Given
from .targets import Target


@dataclass
class Document:
    """Statements in order, with everything found out about their names.

    `targets` has, for each line that could define something, what; `errors` why a name has no type;
    `bodies` the right side that gave it one, by default. `relettered` has, for each line, the names
    that are read as another letter than they are written with, and as what.
    """

    given: Given
    statements: tuple[Statement, ...]
    signature: Signature
    context: Context
    targets: dict[int, Target] = field(default_factory=dict)
    errors: dict[int, ElaborationError] = field(default_factory=dict)
    bodies: dict[int, Term] = field(default_factory=dict)
    relettered: dict[int, tuple[tuple[str, Name], ...]] = field(default_factory=dict)

    def sides(self, line: int, link: int) -> Sides:
        """The two sides of a link of the chain on a line."""
        statement = self.statements[line]
        left, right = statement.operands[link], statement.operands[link + 1]
        return Sides(line, left, right, statement.clauses, statement.operands[0])

    def axes(self, line: int, link: int) -> tuple[Axis, ...]:
        """The axes of an operand of the chain on a line. Raises `ElaborationError`."""
        e = opened(self.context, Oracle(), line)
        found = e.expression(self.statements[line].operands[link]).type
        return tuple(e.sizes.find(axis) for axis in found.axes)

    def equation(self, line: int, link: int, oracle: Oracle) -> Equation:
        """What a link means. Raises `ElaborationError`."""
        sides = self.sides(line, link)
        for words, name in self.relettered.get(line, ()):
            here = _holds(name, (sides.left, sides.right))
            if here or not _holds(name, self.statements[line].operands):  # in a clause behind it
                oracle.force("letter", words, name)
        return equation(self.context, oracle, sides)


def _holds(name: Name, sequences: Iterable[Sequence]) -> bool:
    """Whether a name is written in one of them."""
    return any(one.start <= name.start < one.end for one in sequences)
