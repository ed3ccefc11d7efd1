"""A document: its statements, its names with their types, and what every line could define."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...core.terms import Term
from ..statements.statement import Statement
from .choices import Oracle
from .context import Context, Signature
from .equations import Equation, Sides, equation
from .errors import ElaborationError
from .given import Given
from .targets import Target


@dataclass
class Document:
    """Statements in order, with everything found out about their names.

    `targets` has, for each line that could define something, what; `errors` why a name has no type;
    `bodies` the right side that gave it one, by default.
    """

    given: Given
    statements: tuple[Statement, ...]
    signature: Signature
    context: Context
    targets: dict[int, Target] = field(default_factory=dict)
    errors: dict[int, ElaborationError] = field(default_factory=dict)
    bodies: dict[int, Term] = field(default_factory=dict)

    def sides(self, line: int, link: int) -> Sides:
        """The two sides of a link of the chain on a line."""
        statement = self.statements[line]
        left, right = statement.operands[link], statement.operands[link + 1]
        return Sides(line, left, right, statement.clauses, statement.operands[0])

    def equation(self, line: int, link: int, oracle: Oracle) -> Equation:
        """What a link means. Raises `ElaborationError`."""
        return equation(self.context, oracle, self.sides(line, link))
