r"""Braces that only group: `{s}` is s."""

from __future__ import annotations

from ..surface.nodes import Group, Item, Sequence, meaningful


def single(item: Item) -> Item:
    """An item without the braces and sequences of one item around it."""
    while True:
        inside = item.body if isinstance(item, Group) and item.opening == "{" else item
        if not isinstance(inside, Sequence):
            return item
        items = meaningful(inside)
        if len(items) != 1:
            return item
        item = items[0]


def unbraced(body: Sequence) -> tuple[Item, ...]:
    """The items of a sequence, or of the braces around all of it."""
    items = meaningful(body)
    while len(items) == 1:
        inside = items[0]
        if isinstance(inside, Group) and inside.opening == "{":
            inside = inside.body
        if not isinstance(inside, Sequence) or not inside.items:
            break
        items = meaningful(inside)
    return items
