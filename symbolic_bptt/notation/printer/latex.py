"""Trees as LaTeX (amsmath), the way a textbook sets them."""

from __future__ import annotations

from fractions import Fraction

from ..functions import FUNCTIONS, NORMS
from ..tree import (
    BigOperator,
    Call,
    Cases,
    Derivative,
    Expr,
    Held,
    Matrix,
    Node,
    Number,
    Quotient,
    Symbol,
    children,
)
from .base import Printer
from .drawing import Signs
from .names import latex_head
from .numbers import decimal, is_decimal
from .pieces import Piece, Pieces, deeper, joined, solid
from .precedence import PRECEDENCE, Level
from .ranges import RangeSigns

_FRACTIONS = {"partial": r"\partial", "total": "d", "immediate": r"\partial"}

TRANSPOSE = r"\top"
"""How a transpose is written unless a notation says otherwise."""

_TALL = (BigOperator, Matrix, Cases, Held)

_RELATIONS = {
    "=": "=",
    "!=": r"\ne",
    "<": "<",
    "<=": r"\le",
    ">": ">",
    ">=": r"\ge",
    "+=": r"\mathrel{+}=",
}


class LatexPrinter(Printer):
    """LaTeX whose scripts share the places above and below a symbol with its indices."""

    signs = Signs(
        minus=" - ",
        operations={"hadamard": r"\odot", "outer": r"\otimes"},
        relations=_RELATIONS,
        ranges=RangeSigns(_RELATIONS, r"\dots", r"\forall", r" \quad "),
        indicator=r"\mathbb{1}",
        otherwise=r"\text{otherwise}",
        layouts={"paren": "({})", "angle": r"\langle {} \rangle", "bracket": "[{}]", "bare": "{}"},
    )
    precedence = PRECEDENCE

    def __init__(self, transpose: str = TRANSPOSE) -> None:
        super().__init__()
        self._transpose = transpose

    def number(self, value: Fraction) -> str:
        return decimal(value)

    def head(self, head: str) -> str:
        return latex_head(head)

    def subscript(self, sub: str) -> str:
        return sub

    def scripted(self, mark: str, script: str) -> str:
        return _raised(mark, script)

    def constant(self, kind: str, sizes: str) -> str:
        return (r"\mathbf{1}" if kind == "ones" else "I") + _raised("_", sizes)

    def kronecker(self, indices: str) -> str:
        return r"\delta" + _raised("_", indices)

    def parentheses(self, *content: Expr) -> tuple[str, str]:
        tall = any(_is_tall(node) for node in content)
        return (r"\left(", r"\right)") if tall else ("(", ")")

    def quotient(self, numerator: Expr, denominator: Expr) -> Pieces:
        return solid(rf"\frac{{{self.line(numerator)}}}{{{self.line(denominator)}}}")

    def power(self, base: Expr, exponent: Expr) -> Pieces:
        script = _raised("^", self.script(exponent))
        if isinstance(base, Call) and _takes_power(base, exponent):
            return (Piece(FUNCTIONS[base.function].latex + script), *self.arguments(base.arguments))
        return (*self.base(base, exponent), Piece(script))

    def transpose(self, operand: Expr) -> Pieces:
        match operand:
            case Symbol(indices=(_, *_), layout="paren" | "angle" | "bracket"):
                letter = not self._transpose.startswith("\\")  # \rangle T, and not \rangleT
                return solid(self.symbol(operand, sup=" " * letter + self._transpose))
            case _:
                return (*self.operand(operand, Level.ATOM), Piece(_raised("^", self._transpose)))

    def call(self, node: Call) -> Pieces:
        head = self._function(node.function) + "'" * node.primes
        match node.arguments:
            case (argument,) if node.function in NORMS and not node.primes:
                end = r" \rVert" if node.function == "norm" else r" \rVert_2"
                return (Piece(r"\lVert "), *deeper(self.pieces(argument)), Piece(end))
            case (argument,) if node.function == "sqrt" and not node.primes:
                return solid(rf"\sqrt{{{self.line(argument)}}}")
            case (argument,) if self.is_bare(node):
                return solid(f"{head} {self.line(argument)}")
            case arguments:
                return (Piece(head), *self.arguments(arguments))

    def derivative(self, node: Derivative) -> str:
        if node.kind == "gradient":
            return rf"\nabla_{{{self.line(node.wrt)}}} {self.inline(node.of, Level.ATOM)}"
        d = _FRACTIONS[node.kind]
        plus = "^+" if node.kind == "immediate" else ""
        of, wrt = self.inline(node.of, Level.SCRIPTED), self.inline(node.wrt, Level.SCRIPTED)
        return rf"\frac{{{d}{plus} {of}}}{{{d} {wrt}}}"

    def held(self, body: Expr, fixed: tuple[Expr, ...]) -> str:
        fraction = isinstance(body, Derivative) and body.kind != "gradient"
        shown = self.line(body) if fraction else joined(self.group(body))
        return rf"{shown}\Big|_{{{', '.join(self.line(node) for node in fixed)}}}"

    def big_operator(self, kind: str, limits: str) -> str:
        return (r"\sum" if kind == "sum" else r"\prod") + limits

    def _function(self, name: str) -> str:
        if name in FUNCTIONS:
            return FUNCTIONS[name].latex
        return self.symbol(Symbol(name))


def latex(node: Node) -> str:
    r"""The node as LaTeX on one line; parsing it again gives the same tree.

    >>> from symbolic_bptt.notation.tree import Symbol, Transpose
    >>> latex(Transpose(Symbol("W_{hh}")))
    'W_{hh}^\\top'
    """
    return _PRINTER.line(node)


def _raised(mark: str, script: str) -> str:
    r"""`_t`, `_{t-1}`, `^\top`: braces only around more than one sign."""
    if not script:
        return ""
    single = len(script) == 1 or (script.startswith("\\") and script[1:].isalpha())
    return mark + (script if single else f"{{{script}}}")


def _is_tall(node: Node) -> bool:
    """Whether the node is taller than a line with scripts, so that its parentheses must grow."""
    match node:
        case Quotient() | Derivative(kind="partial" | "total" | "immediate"):
            return True
        case Number(value):
            return not is_decimal(value)
        case Symbol():
            return False
        case _:
            return isinstance(node, _TALL) or any(_is_tall(child) for child in children(node))


def _takes_power(base: Call, exponent: Expr) -> bool:
    r"""\tanh^2(z): a whole exponent, since ^{-1} would be an inverse."""
    if base.primes or base.function in {*NORMS, "sqrt"} or base.function not in FUNCTIONS:
        return False
    whole = isinstance(exponent, Number) and exponent.value > 1 and exponent.value.denominator == 1
    return whole and FUNCTIONS[base.function].latex[1:].isalpha()


_PRINTER = LatexPrinter()
