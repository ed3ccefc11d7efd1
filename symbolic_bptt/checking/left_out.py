r"""Names whose step is left out: `a_f = W_f z_t + b_f` in a document about one time step.

A name without an index whose right side has the step t free is at that step: nothing else gives it
a value. It is read as `a_{f,t}` everywhere, and that is told. A document that also defines it with
a step has two names, and nothing is read so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from ..core.terms import Symbol
from ..core.traversal import walk
from ..notation.elaboration.choices import Oracle
from ..notation.elaboration.document import Document
from ..notation.elaboration.errors import ElaborationError
from ..notation.names.written import Piece, Written, written
from ..notation.statements.statement import Statement
from ..notation.surface.nodes import (
    Decoration,
    Item,
    Name,
    Node,
    Script,
    Scripted,
    Separator,
    Sequence,
    meaningful,
)
from ..notation.surface.rebuilding import Rebuilding

WORDS = "a step left out"

N = TypeVar("N", bound=Node)
Spelt = tuple[str, tuple[tuple[str, str, str], ...]]
"""A base, and the scripts below it."""


def without_step(document: Document) -> frozenset[Spelt]:
    """The names that a document defines without their step."""
    timed = {target.read.key for target in document.targets.values() if target.read.slots}
    found: set[Spelt] = set()
    for line, target in document.targets.items():
        read = target.read
        if read.slots or read.entries or target.turned or read.key in timed:
            continue
        name = written(target.item)
        if name is not None and _is_at_step(document, line):
            found.add(_spelt(name))
    return frozenset(found)


def _is_at_step(document: Document, line: int) -> bool:
    """Whether the right side is made of what has a step, and the step is the free one."""
    try:
        found = document.equation(line, 0, Oracle())
    except ElaborationError:
        return False
    timed = any(isinstance(node, Symbol) and node.indices for node in walk(found.right))
    return timed and document.given.time_index in found.letters


def _spelt(name: Written) -> Spelt:
    return name.base.text, tuple(piece.slot for piece in name.pieces if _is_label(piece))


def _is_label(piece: Piece) -> bool:
    return piece.place == "_" or bool(piece.wrapped)


def with_steps(
    statements: list[Statement], names: frozenset[Spelt], time_index: str
) -> tuple[list[Statement], dict[int, tuple[tuple[str, Name], ...]]]:
    """The statements with the step on these names, and for each line where that was done."""
    made: list[Statement] = []
    places: dict[int, tuple[tuple[str, Name], ...]] = {}
    for number, statement in enumerate(statements):
        stepping = _Stepping(names, time_index)
        operands = tuple(map(stepping.same, statement.operands))
        made.append(replace(statement, operands=operands) if stepping.found else statement)
        if stepping.found:
            places[number] = tuple((WORDS, name) for name in stepping.found)
    return made, places


class _Stepping(Rebuilding):
    def __init__(self, names: frozenset[Spelt], time_index: str) -> None:
        super().__init__()
        self.names = names
        self.time_index = time_index
        self.found: list[Name] = []

    def changed(self, node: Node) -> Node | None:
        name = written(node) if isinstance(node, Name | Scripted | Decoration) else None
        if name is not None and _spelt(name) in self.names and not isinstance(node, Decoration):
            self.found.append(name.base)
            return self._stepped(node)
        if isinstance(node, Script) and node.place == "_":
            return node
        if name is not None and isinstance(node, Scripted):  # another name, and its exponents
            return replace(node, scripts=tuple(map(self.same, node.scripts)))
        return node if name is not None else None

    def item(self, item: Item) -> Item:
        """What has become of an item."""
        made = self.node(item)
        assert isinstance(made, type(item) | Scripted)
        return made

    def _stepped(self, node: Node) -> Item:
        """The name with the step behind what stands below it."""
        step = Name(self.time_index)
        assert isinstance(node, Name | Scripted)
        if isinstance(node, Name):
            script = Script("_", Sequence((step,)))
            return Scripted(node, (script,), parts=node.parts)
        low = next((one for one in node.scripts if one.place == "_"), None)
        if low is None:
            inner = node.base
            if isinstance(inner, Name):
                return replace(node, scripts=(Script("_", Sequence((step,))), *node.scripts))
            return replace(node, base=self.item(inner))
        body = Sequence((*meaningful(low.body), Separator(","), step), parts=low.body.parts)
        scripts = tuple(replace(one, body=body) if one is low else one for one in node.scripts)
        return replace(node, scripts=scripts)
