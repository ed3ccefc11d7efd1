"""A tree with one of its names written otherwise; every token and every place stays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

from .nodes import Big, Name, Node, Script, Scripted, meaningful
from .rebuilding import Rebuilding

N = TypeVar("N", bound=Node)


def renamed(node: N, texts: Mapping[str, str], found: list[Name], *, indices: bool = False) -> N:
    r"""The node with the texts of its names replaced; what was replaced is added to `found`.

    An item that is a part of two nodes stays one item. What stands below a base or in brackets in
    a script is a label or an index, and stays, but for `indices`: then a name stays that is alone
    above anything but a sum, `W^\tau`, which is a power.
    """

    def is_power(script: Script) -> bool:
        return _is_power(script, texts)

    kept = is_power if indices else _is_label
    return _Renaming(texts, found, kept).same(node)


def _is_label(script: Script) -> bool:
    return script.place == "_" or bool(script.wrapped)


def _is_power(script: Script, texts: Mapping[str, str]) -> bool:
    items = meaningful(script.body)
    alone = len(items) == 1 and isinstance(items[0], Name) and items[0].text in texts
    return alone and script.place == "^" and not script.wrapped


class _Renaming(Rebuilding):
    """Scripts that are `kept` stay, but for the limits of a sum."""

    def __init__(
        self, texts: Mapping[str, str], found: list[Name], kept: Callable[[Script], bool]
    ) -> None:
        super().__init__()
        self.texts = texts
        self.found = found
        self.kept = kept
        self.limits: set[int] = set()

    def changed(self, node: Node) -> Node | None:
        if isinstance(node, Name):
            if node.text not in self.texts:
                return node
            self.found.append(node)
            return replace(node, text=self.texts[node.text])
        if isinstance(node, Script) and id(node) not in self.limits and self.kept(node):
            return node
        if isinstance(node, Scripted) and isinstance(node.base, Big):
            self.limits.update(map(id, node.scripts))
        return None
