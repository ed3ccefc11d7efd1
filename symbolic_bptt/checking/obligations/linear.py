"""How a claim hangs on what far steps add to the loss and to its sums: linearly, or not."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ...notation.tree import (
    Add,
    BigOperator,
    Call,
    Derivative,
    Entry,
    Expr,
    Neg,
    Operation,
    Product,
    Quotient,
    Symbol,
    Transpose,
    children,
)
from ..definitions import Definitions


@dataclass(frozen=True)
class Degrees:
    """gathered: the names without a step that hang on the steps. partners: the names that are
    derivatives of these.
    """

    gathered: Collection[str]
    partners: Collection[str]
    definitions: Definitions

    def of(self, expr: Expr, *, outside: bool, within: frozenset[str] = frozenset()) -> int:
        """How many quantities that add up over the later steps are multiplied.

        A sum is one, but for an outermost one whose terms are looked at one by one.
        """

        def below(part: Expr, *, still: bool = outside) -> int:
            return self.of(part, outside=still, within=within)

        match expr:
            case Derivative(of=above):
                whole = above.of if isinstance(above, Entry) else above
                if not isinstance(whole, Symbol) or whole.indices:
                    return 0
                return int(whole.name in self.gathered)
            case Symbol(name=name):
                if name in self.partners:
                    return 1
                bodies = () if name in within else self.definitions.by_name.get(name, ())
                names = within | {name}
                found = (self.of(one.body, outside=False, within=names) for one in bodies)
                return max(found, default=0)
            case BigOperator(kind="sum", body=body) if " " in expr.ranges[0].index:
                return below(body, still=False) + int(not outside)
            case Add(terms=terms):
                return max(map(below, terms))
            case Product() | Operation():
                return sum(below(part) for part in children(expr) if isinstance(part, Expr))
            case Neg(operand=part) | Transpose(operand=part) | Entry(of=part):
                return below(part)
            case BigOperator(body=part) | Call(function="diag", arguments=(part,)):
                return below(part)
            case Quotient(numerator=top, denominator=bottom):
                return below(top) + 2 * below(bottom)
        inner = max((below(p) for p in children(expr) if isinstance(p, Expr)), default=0)
        return 2 * inner
