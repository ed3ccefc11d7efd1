"""Mistakes put into a right formula: mutations by name, each a slip of the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from ...checking.diagnosis import (
    catalogue,
    factor_rules,
    index_rules,
    name_rules,
    product_rules,
    term_rules,
)
from ...checking.diagnosis.context import Context, from_output
from ...checking.diagnosis.edits import Edit, Rule
from ...checking.diagnosis.positions import Position, positions, replaced_at
from ...model.steps import replace_symbol
from ...notation.tree import (
    Add,
    BigOperator,
    Call,
    Expr,
    Neg,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Symbol,
    Transpose,
    walk,
)


@dataclass(frozen=True)
class Mutation:
    """A rule that turns a right subterm into a wrong one; edits up to `cost` are used.

    `categories` are the classes under which the mistake may rightly be diagnosed.
    """

    kind: str
    rule: Rule
    cost: int = 9
    also: tuple[str, ...] = ()

    @property
    def categories(self) -> frozenset[str]:
        return frozenset({catalogue()[self.kind].category, *self.also})


def unsquared(here: Position, context: Context) -> Iterator[Edit]:
    """1 − s for 1 − s²."""
    match here.node:
        case Add(terms=(Number() as one, Neg(operand=Power(base=base)))):
            yield Edit("activation-unsquared", Add((one, Neg(base))), 1)


def other_activation(here: Position, context: Context) -> Iterator[Edit]:
    """s ⊙ (1 − s) for 1 − s²."""
    match here.node:
        case Add(terms=(Number(), Neg(operand=Power(base=Symbol() as base)))):
            if context.measure(here) != (1, 1):
                form = from_output("sigmoid", base)
                if form is not None:
                    yield Edit("activation-other", form, 1)


def last_only(here: Position, context: Context) -> Iterator[Edit]:
    """a_T for Σ_t a_t."""
    match here.node:
        case BigOperator(kind="sum", ranges=(span,), body=body) if span.upper == Symbol("T"):
            new = replace_symbol(body, span.index, lambda: Symbol("T"))
            yield Edit("sum-left-out", new, 1)


def without_softmax(here: Position, context: Context) -> Iterator[Edit]:
    """−y/ŷ for ŷ − y."""
    match here.node:
        case Add(terms=(Symbol() as prediction, Neg(operand=Symbol() as target))):
            if "hat" in prediction.name:
                yield Edit("softmax-dropped", Neg(Quotient(target, prediction)), 1)


def without_parentheses(here: Position, context: Context) -> Iterator[Edit]:
    """a b + c for a (b + c)."""
    match here.node:
        case Product(factors=(*head, Add(terms=(first, *rest)))) if head:
            if not isinstance(first, Neg):
                yield Edit("parentheses", Add((Product((*head, first)), *rest)), 1)


def inner_for_outer(here: Position, context: Context) -> Iterator[Edit]:
    """aᵀ b for a bᵀ."""
    match here.node:
        case Product(factors=(left, Transpose(operand=right))) if not isinstance(left, Transpose):
            yield Edit("product-kind", Product((Transpose(left), right)), 1)
        case Operation(op="hadamard", left=left, right=right):
            yield Edit("product-kind", Operation("outer", left, right), 1)


def factor_left_out(here: Position, context: Context) -> Iterator[Edit]:
    """A product without one factor: a quantity, an activation's derivative, a function."""
    for edit in factor_rules.extra_factors(here, context):
        if isinstance(edit.wrong, Symbol | Add | Call) or (
            isinstance(edit.wrong, Transpose) and isinstance(edit.wrong.operand, Symbol)
        ):
            yield edit


def term_left_out(here: Position, context: Context) -> Iterator[Edit]:
    """A sum of paths without one of them."""
    match here.node:
        case Add(terms=terms) if any(isinstance(term, Product | Operation) for term in terms):
            if not any(isinstance(term, Number) for term in terms):
                for edit in term_rules.extra_terms(here, context):
                    if edit.wrong is None or not _is_path(edit.wrong, context):
                        continue
                    if _is_path(edit.new, context):  # else it would be another quantity's equation
                        yield edit


def _is_path(term: Expr, context: Context) -> bool:
    """Whether a term carries an adjoint back."""
    return any(isinstance(node, Symbol) and node.name in context.defined for node in walk(term))


MUTATIONS: tuple[Mutation, ...] = (
    Mutation("step-shifted", index_rules.steps, 1),
    Mutation("sum-range", index_rules.bounds, 1, ("missing-path",)),
    Mutation("sum-left-out", last_only, also=("missing-path",)),
    Mutation("transpose", product_rules.transposes, 1, ("factor-order", "shape")),
    Mutation("factor-order", product_rules.placement, 2, ("transpose-or-layout", "shape")),
    Mutation("factor-order", product_rules.order, 2, ("transpose-or-layout", "shape")),
    Mutation("product-kind", inner_for_outer, also=("transpose-or-layout", "factor-order")),
    Mutation("sign", term_rules.signs, 2),
    Mutation("coefficient", term_rules.coefficients, 1, ("path-combination",)),
    Mutation("symbol-swapped", name_rules.symbols, 2),
    Mutation("activation-unsquared", unsquared),
    Mutation("activation-other", other_activation),
    Mutation(
        "factor-missing",
        factor_left_out,
        also=("activation-derivative", "product-node", "softmax"),
    ),
    Mutation("missing-path", term_left_out),
    Mutation("softmax-dropped", without_softmax),
    Mutation("parentheses", without_parentheses),
)
"""The slips that are planted. A drawn mutation is a random one of those that apply."""


@dataclass(frozen=True)
class Mutant:
    """A formula with one mistake in it."""

    expr: Expr
    mutation: Mutation
    right: Expr
    wrong: Expr


def mutants(
    expr: Expr, letters: tuple[str, ...], context: Context, random: Random
) -> Iterator[Mutant]:
    """Wrong forms of an expression in random order, every mutation as likely as any other."""
    order = list(MUTATIONS)
    random.shuffle(order)
    places = list(positions(expr, letters))
    for mutation in order:
        options = [
            (here, edit.new)
            for here in places
            for edit in mutation.rule(here, context)
            if edit.cost <= mutation.cost and edit.new != here.node
        ]
        random.shuffle(options)
        for here, new in options[:6]:
            yield Mutant(replaced_at(expr, here.path, new), mutation, here.node, new)
