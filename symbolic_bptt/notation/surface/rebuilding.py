"""Trees rebuilt with some of their nodes changed; an item that is a part of two nodes stays one."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from ..tokens.token import Token
from .nodes import Node

N = TypeVar("N", bound=Node)


class Rebuilding:
    """Rebuilds every node once. A subclass says in `changed` what becomes of which."""

    def __init__(self) -> None:
        self.made: dict[int, tuple[Node, Node]] = {}

    def changed(self, node: Node) -> Node | None:
        """What stands in the place of a node; None where its parts are to be rebuilt."""
        raise NotImplementedError

    def node(self, node: Node) -> Node:
        """What has become of a node; itself if nothing in it changes."""
        if id(node) not in self.made:
            changed = self.changed(node)
            self.made[id(node)] = node, self._of_parts(node) if changed is None else changed
        return self.made[id(node)][1]

    def same(self, node: N) -> N:
        """The same for a node that stays of its kind."""
        made = self.node(node)
        assert isinstance(made, type(node))
        return made

    def _of_parts(self, node: Node) -> Node:
        new: dict[str, Any] = {}
        for one in fields(node):
            old = getattr(node, one.name)
            made = self._value(old)
            if made is not old:
                new[one.name] = made
        return replace(node, **new) if new else node

    def _value(self, value: object) -> object:
        if isinstance(value, Node):
            return self.node(value)
        if isinstance(value, tuple) and not isinstance(value, Token):
            made = tuple(map(self._value, value))
            same = all(new is old for new, old in zip(made, value, strict=True))
            return value if same else made
        return value
