"""Left sides that may define something."""

from __future__ import annotations

from dataclasses import dataclass

from ..names.types import NameRead
from ..surface.nodes import Item, Name, Number, meaningful


@dataclass(frozen=True)
class Target:
    """A left side that is one written name: what it would define.

    `turned`: a transpose stands on the left, `a_t^\\top = …`.
    """

    read: NameRead
    item: Item
    turned: bool = False

    @property
    def identity(self) -> tuple[str, int]:
        """The key and the number of its indices."""
        return self.read.identity

    @property
    def is_special(self) -> bool:
        """Whether all its indices are fixed: δ_T, c_0."""
        items = [item for part in self.read.indices for item in meaningful(part)]
        names = {item.text for item in items if isinstance(item, Name)}
        numbers = any(isinstance(item, Number) for item in items)
        return bool(items) and names <= {"T"} and (bool(names) or numbers)
