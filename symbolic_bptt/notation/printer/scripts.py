"""Symbols with their scripts: the name's own, indices, entries, in every layout."""

from __future__ import annotations

from ..tree import Entry, Expr, Layout, Node, Symbol
from .drawing import Drawing
from .names import split_name
from .pieces import joined


class ScriptPrinter(Drawing):
    """The part of a printer that knows what stands above and below a symbol."""

    def line(self, node: Node) -> str:
        """The node on one line."""
        return joined(self.pieces(node))

    def symbol(self, node: Symbol, entries: str = "", sup: str = "") -> str:
        """A name with its own scripts, its indices, and scripts that stand outside the indices."""
        name = split_name(node.name)
        below, above = [self.subscript(name.sub)], [name.sup]
        if node.indices and node.layout == "sub":
            below += [self.script(index) for index in node.indices]
        elif node.indices:
            first, *further = node.indices
            above.append(self.signs.layouts[_layout(node)].format(self.script(first)))
            below += [self.script(index) for index in further]
        sub = self.scripted("_", ",".join(filter(None, [*below, entries])))
        raised = self.scripted("^", "".join([*above, sup]))
        return self.head(name.head) + (sub + raised if name.sub else raised + sub)

    def indices(self, indices: tuple[Expr, ...]) -> str:
        """Indices as they stand in a script: `t-1`, `ij`, `t,k`, `1,2`."""
        if len(indices) > 1 and all(_is_letter(index) for index in indices):
            return "".join(self.script(index) for index in indices)
        return ",".join(self.script(index) for index in indices)

    def script(self, node: Expr) -> str:
        """An expression in a script, without spaces around its signs."""
        text = self.line(node)
        return text.replace(self.signs.minus, "-").replace(" + ", "+").replace("−", "-")

    def superscript_taken(self, node: Symbol | Entry) -> bool:
        """Whether the place of an exponent is already used: h^{(t)}, h^{(t)}_i."""
        match node:
            case Symbol(name, indices, layout):
                return "^" in name or (bool(indices) and layout != "sub")
            case Entry(Symbol() as of):
                return self.joins_entries(of) and self.superscript_taken(of)
            case _:
                return False

    def joins_entries(self, symbol: Symbol) -> bool:
        r"""W_{ij} and h^{(t)}_i, but (W_{hh})_{ij}: where the name has no script of its own.

        And (\delta_t)_i, since \delta_{t,i} is Kronecker's.
        """
        kronecker = symbol.name == r"\delta" and symbol.indices and symbol.layout == "sub"
        return "_" not in symbol.name and "^" not in symbol.name and not kronecker


def _layout(symbol: Symbol) -> Layout:
    """z^t, but z^{(T)}: a bare z^T would be a transpose."""
    return (
        "paren" if symbol.layout == "bare" and symbol.indices[0] == Symbol("T") else symbol.layout
    )


def _is_letter(index: Expr) -> bool:
    return isinstance(index, Symbol) and not index.indices and len(index.name) == 1
