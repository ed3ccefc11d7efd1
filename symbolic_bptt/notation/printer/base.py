"""What all ways of writing share: where parentheses stand, and where lines may break."""

from __future__ import annotations

from fractions import Fraction
from itertools import chain

from ..tree import (
    Add,
    BigOperator,
    Call,
    Cases,
    Concat,
    Constant,
    Derivative,
    Entry,
    Expr,
    Held,
    Indicator,
    KroneckerDelta,
    Matrix,
    Neg,
    Node,
    Number,
    Operation,
    Power,
    Product,
    Quotient,
    Range,
    Slice,
    Statement,
    Symbol,
    Transpose,
)
from .numbers import is_decimal
from .pieces import (
    OPERATION_DEPTH,
    PRODUCT_DEPTH,
    RELATION_DEPTH,
    SUM_DEPTH,
    Piece,
    Pieces,
    deeper,
    joined,
    solid,
)
from .precedence import Level
from .ranges import RangePrinter
from .scripts import ScriptPrinter


class Printer(ScriptPrinter):
    """Prints a tree so that reading it gives the same tree; a subclass draws the signs."""

    def __init__(self) -> None:
        self.ranges = RangePrinter(self.signs.ranges, self.script)

    def pieces(self, node: Node) -> Pieces:
        """The node as pieces between which a line may be broken."""
        match node:
            case Number():
                return self._number(node)
            case Symbol():
                return solid(self.symbol(node))
            case Entry(of, indices):
                return solid(self._entry(of, indices))
            case Slice(of, ranges):
                bounds = ", ".join(f"{self._bound(a)}:{self._bound(b)}" for a, b in ranges)
                return (*self.operand(of, Level.SCRIPTED), Piece(f"[{bounds}]"))
            case Constant(kind, sizes):
                return solid(self.constant(kind, self.indices(sizes)))
            case KroneckerDelta(left, right):
                return solid(self.kronecker(self.indices((left, right))))
            case Indicator(left, op, right):
                claim = Statement((left, right), (op,))
                return (Piece(self.signs.indicator + "["), *deeper(self.pieces(claim)), Piece("]"))
            case Add(terms):
                return self._sum(terms)
            case Neg(operand):
                return (Piece(self.signs.minus.strip()), *self.operand(operand, Level.OPERATION))
            case Product(factors):
                return self._product(factors)
            case Operation():
                return self._operation(node)
            case Quotient(numerator, denominator):
                return self.quotient(numerator, denominator)
            case Power(base, exponent):
                return self.power(base, exponent)
            case Transpose(operand):
                return self.transpose(operand)
            case Call():
                return self.call(node)
            case Derivative():
                return solid(self.derivative(node))
            case Held(body, fixed):
                return solid(self.held(body, fixed))
            case BigOperator(kind, ranges, body):
                level = Level.OPERATION if kind == "sum" else Level.FACTOR
                head = self.big_operator(kind, self.ranges.limits(ranges))
                return (Piece(head + " "), *self.operand(body, level))
            case Concat(parts, separator):
                items = self._separated(parts, separator + " ")
                return (Piece("["), *items, Piece("]"))
            case Matrix(rows):
                return self.matrix(rows)
            case Cases(branches):
                return solid(self._cases(branches))
            case Range():
                return solid(self.ranges.listed(node))
            case Statement():
                return tuple(chain.from_iterable(self.claims(node)))
            case _:
                raise TypeError(f"{type(node).__name__} has no printed form")

    def level(self, node: Node) -> Level:
        """How tightly this node binds as it is printed."""
        match node:
            case Number(value) if value < 0:
                return Level.SUM
            case Number(value) if not is_decimal(value):
                return self.precedence[Quotient]
            case Symbol() | Entry() if self.superscript_taken(node):
                return Level.SCRIPTED
            case Call() if self.is_bare(node):
                return Level.FACTOR
            case Derivative(kind="gradient"):
                return Level.FACTOR
            case _:
                return self.precedence[type(node)]

    def is_bare(self, node: Call) -> bool:
        r"""Whether the function is written without parentheses: \log \hat y_t."""
        match node:
            case Call("log", (Symbol(layout=layout),), 0):
                return layout != "bare"
            case Call("log", (Entry(Symbol(layout=layout) as of),), 0):
                return layout != "bare" and self.joins_entries(of)
            case _:
                return False

    def base(self, base: Expr, exponent: Expr) -> Pieces:
        """What is raised: (y_t)^k in brackets, since y_t^k is the entry k of y_t."""
        letter = isinstance(exponent, Symbol | Add) and isinstance(base, Symbol) and base.indices
        return self.group(base) if letter else self.operand(base, Level.ATOM)

    def operand(self, node: Expr, minimum: Level) -> Pieces:
        """The node, in parentheses if it binds less tightly than its place needs."""
        return self.pieces(node) if self.level(node) >= minimum else self.group(node)

    def inline(self, node: Expr, minimum: Level) -> str:
        """The same, in one unbreakable string."""
        return joined(self.operand(node, minimum))

    def group(self, node: Expr) -> Pieces:
        """The node in parentheses."""
        left, right = self.parentheses(node)
        return (Piece(left), *deeper(self.pieces(node)), Piece(right))

    def arguments(self, parts: tuple[Expr, ...]) -> Pieces:
        """The parts in one pair of parentheses, with commas."""
        left, right = self.parentheses(*parts)
        return (Piece(left), *self._separated(parts, ", "), Piece(right))

    def _number(self, node: Number) -> Pieces:
        value = node.value
        if value < 0:
            return self.pieces(Neg(Number(-value)))
        if is_decimal(value):
            return solid(self.number(value))
        parts = (Number(Fraction(part)) for part in (value.numerator, value.denominator))
        return self.quotient(*parts)

    def _bound(self, node: Expr | None) -> str:
        return "" if node is None else self.script(node)

    def _entry(self, of: Expr, indices: tuple[Expr, ...]) -> str:
        if isinstance(of, Symbol) and self.joins_entries(of):
            if of.indices and of.layout == "sub":
                return self.symbol(of, ",".join(self.script(index) for index in indices))
            return self.symbol(of, self.indices(indices))
        return joined(self.group(of)) + self.scripted("_", self.indices(indices))

    def _sum(self, terms: tuple[Expr, ...]) -> Pieces:
        pieces: list[Piece] = []
        for position, term in enumerate(terms):
            subtracted = isinstance(term, Neg) or (isinstance(term, Number) and term.value < 0)
            if position == 0:
                pieces += self.operand(term, Level.SUM if subtracted else Level.OPERATION)
                continue
            pieces.append(Piece(self.signs.minus if subtracted else " + ", SUM_DEPTH))
            pieces += self.operand(_opposite(term) if subtracted else term, Level.OPERATION)
        return tuple(pieces)

    def _product(self, factors: tuple[Expr, ...]) -> Pieces:
        pieces: list[Piece] = []
        for position, factor in enumerate(factors):
            if position:
                pieces.append(Piece(" ", PRODUCT_DEPTH))
            last = position == len(factors) - 1
            if self._needs_group(factor, first=position == 0, last=last):
                pieces += self.group(factor)
            else:
                pieces += self.pieces(factor)
        return tuple(pieces)

    def _needs_group(self, factor: Expr, first: bool, last: bool) -> bool:
        if isinstance(factor, BigOperator):
            return not last
        if isinstance(factor, Number) and not first:
            return True
        return self.level(factor) < Level.FACTOR or (not last and self._is_open(factor))

    def _operation(self, node: Operation) -> Pieces:
        mixed = isinstance(node.left, Operation) and node.left.op != node.op
        left = self.group(node.left) if mixed or ends_open(node.left) else self._left(node.left)
        sign = Piece(f" {self.signs.operations[node.op]} ", OPERATION_DEPTH)
        return (*left, sign, *self.operand(node.right, Level.PRODUCT))

    def slashed(self, numerator: Expr, denominator: Expr) -> Pieces:
        """A fraction on one line, `a b / c`: what stands under it is always one factor."""
        above, below = (
            self.operand(numerator, Level.PRODUCT),
            self.operand(denominator, Level.FACTOR),
        )
        return (*above, Piece(" / ", OPERATION_DEPTH), *below)

    def _left(self, node: Expr) -> Pieces:
        return self.operand(node, Level.OPERATION)

    def _is_open(self, factor: Expr) -> bool:
        """A prefix whose operand would swallow the next factor."""
        match factor:
            case Call():
                return self.is_bare(factor)
            case Derivative(kind="gradient"):
                return True
            case _:
                return False

    def _separated(self, parts: tuple[Expr, ...], separator: str) -> Pieces:
        sign, space = separator[:-1], separator[-1]
        rows = (
            (*((Piece(sign), Piece(space, RELATION_DEPTH)) if i else ()), *self.pieces(part))
            for i, part in enumerate(parts)
        )
        return deeper(tuple(chain.from_iterable(rows)))

    def matrix(self, rows: tuple[tuple[Expr, ...], ...]) -> Pieces:
        """The blocks in rows and columns."""
        body = r" \\ ".join(" & ".join(_cell(self.line(entry)) for entry in row) for row in rows)
        return solid(rf"\begin{{bmatrix}} {body} \end{{bmatrix}}")

    def bracketed(self, rows: tuple[tuple[Expr, ...], ...]) -> Pieces:
        """The same on one line: `[a, b; c, d]`."""
        parts = chain.from_iterable(
            (*((Piece(";"), Piece(" ", RELATION_DEPTH)) if i else ()), *self._separated(row, ", "))
            for i, row in enumerate(rows)
        )
        return (Piece("["), *deeper(tuple(parts)), Piece("]"))

    def _cases(self, branches: tuple[tuple[Expr, tuple[Range, ...]], ...]) -> str:
        rows = r" \\ ".join(
            f"{_cell(self.inline(value, Level.SUM))} & {self._condition(ranges)}"
            for value, ranges in branches
        )
        return rf"\begin{{cases}} {rows} \end{{cases}}"

    def _condition(self, ranges: tuple[Range, ...]) -> str:
        return ", ".join(map(self.ranges.condition, ranges)) if ranges else self.signs.otherwise

    def claims(self, node: Statement) -> tuple[Pieces, ...]:
        """The first operand; then each further one with its relation, the last with the ranges."""
        first, *rest = (self.operand(operand, Level.CASES) for operand in node.operands)
        signs = (Piece(f" {self.signs.relations[op]} ", RELATION_DEPTH) for op in node.operators)
        claims = [first, *((sign, *operand) for sign, operand in zip(signs, rest, strict=True))]
        if node.ranges:
            claims[-1] = (*claims[-1], Piece(self.ranges.clause(node.ranges), RELATION_DEPTH))
        return tuple(claims)


def ends_open(node: Expr) -> bool:
    """Whether the expression ends in a sum or product that would swallow what follows."""
    match node:
        case BigOperator():
            return True
        case Neg(operand):
            return ends_open(operand)
        case Product(factors):
            return ends_open(factors[-1])
        case Operation(right=right):
            return ends_open(right)
        case _:
            return False


def _cell(text: str) -> str:
    r"""In braces if it begins with a bracket, which would belong to the \\ before it."""
    return f"{{{text}}}" if text.startswith("[") else text


def _opposite(term: Expr) -> Expr:
    match term:
        case Neg(operand):
            return operand
        case Number(value):
            return Number(-value)
    raise AssertionError("only a subtracted term has an opposite")
