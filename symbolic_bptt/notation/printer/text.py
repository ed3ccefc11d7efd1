"""Trees as unicode plain text, on one line: ∂E/∂W = Σ_{t=1}^{3} (δ_t ⊙ (1 − s_t²)) s_{t-1}ᵀ."""

from __future__ import annotations

from fractions import Fraction

from ..functions import FUNCTIONS
from ..tree import (
    Call,
    Derivative,
    Expr,
    Node,
    Statement,
    Symbol,
)
from .base import Printer
from .drawing import Signs
from .names import text_head
from .numbers import decimal
from .pieces import Piece, Pieces, joined
from .precedence import LINEAR_PRECEDENCE, Level
from .ranges import RangeSigns

_FRACTIONS = {"partial": ("∂", "∂"), "total": ("d ", "d "), "immediate": ("∂⁺", "∂")}

_RAISED = {"2": "²", "3": "³"}

_RELATIONS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥", "+=": "+="}


class TextPrinter(Printer):
    """Unicode plain text in which a fraction is `a / b` and a transpose is ᵀ."""

    signs = Signs(
        minus=" − ",
        operations={"hadamard": "⊙", "outer": "⊗"},
        relations=_RELATIONS,
        ranges=RangeSigns(_RELATIONS, "…", "for all", ", "),
        indicator="𝟙",
        otherwise="otherwise",
        layouts={"paren": "({})", "angle": "⟨{}⟩", "bracket": "[{}]", "bare": "{}"},
    )
    precedence = LINEAR_PRECEDENCE

    def number(self, value: Fraction) -> str:
        return decimal(value)

    def head(self, head: str) -> str:
        return text_head(head)

    def subscript(self, sub: str) -> str:
        return text_head(sub)

    def scripted(self, mark: str, script: str) -> str:
        return _scripted(mark, script)

    def constant(self, kind: str, sizes: str) -> str:
        return ("𝟙" if kind == "ones" else "I") + _scripted("_", sizes)

    def kronecker(self, indices: str) -> str:
        return "δ" + _scripted("_", indices)

    def parentheses(self, *content: Expr) -> tuple[str, str]:
        return "(", ")"

    def quotient(self, numerator: Expr, denominator: Expr) -> Pieces:
        return self.slashed(numerator, denominator)

    def matrix(self, rows: tuple[tuple[Expr, ...], ...]) -> Pieces:
        return self.bracketed(rows)

    def power(self, base: Expr, exponent: Expr) -> Pieces:
        script = self.script(exponent)
        raised = _RAISED.get(script) or _scripted("^", script)
        return (*self.base(base, exponent), Piece(raised))

    def transpose(self, operand: Expr) -> Pieces:
        taken = isinstance(operand, Symbol) and operand.layout != "bare"
        return (*self.operand(operand, Level.SCRIPTED if taken else Level.ATOM), Piece("ᵀ"))

    def call(self, node: Call) -> Pieces:
        head = self._function(node.function) + "′" * node.primes
        if self.is_bare(node):
            return (Piece(f"{head} {self.line(node.arguments[0])}"),)
        return (Piece(head), *self.arguments(node.arguments))

    def derivative(self, node: Derivative) -> str:
        of, wrt = self.inline(node.of, Level.SCRIPTED), self.inline(node.wrt, Level.SCRIPTED)
        if node.kind == "gradient":
            return f"∇_{{{self.line(node.wrt)}}} {self.inline(node.of, Level.ATOM)}"
        above, below = _FRACTIONS[node.kind]
        return f"{above}{of}/{below}{wrt}"

    def held(self, body: Expr, fixed: tuple[Expr, ...]) -> str:
        shown = joined(self.group(body))
        return f"{shown}|_{{{', '.join(self.line(node) for node in fixed)}}}"

    def big_operator(self, kind: str, limits: str) -> str:
        return ("Σ" if kind == "sum" else "Π") + limits

    def _function(self, name: str) -> str:
        if name == "sigmoid":
            return "σ"
        return name if name in FUNCTIONS else self.symbol(Symbol(name))


def text(node: Node) -> str:
    """The node as unicode plain text; parsing it in dialect "plain" gives the same tree.

    >>> from symbolic_bptt.notation.tree import Symbol, Transpose
    >>> text(Transpose(Symbol("W_{hh}")))
    'W_{hh}ᵀ'
    """
    return _PRINTER.line(node)


def text_claims(statement: Statement) -> tuple[str, ...]:
    """The first operand; then ` = b`, ` = c`, … for each further one."""
    return tuple(joined(claim) for claim in _PRINTER.claims(statement))


def _scripted(mark: str, script: str) -> str:
    if not script:
        return ""
    return mark + (script if len(script) == 1 else f"{{{script}}}")


_PRINTER = TextPrinter()
