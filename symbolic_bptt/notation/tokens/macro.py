"""Macros of a document: each holds from its definition to the next one of its name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from .remark import Remark
from .token import Token

Body = tuple[Token | int, ...]
"""What a macro stands for; a whole number is the argument of that number."""


@dataclass(frozen=True, slots=True)
class Macro:
    r"""`\name` with `arguments` arguments, the first of which is `default` where it is left out.

    start: from where in the document it holds.
    paired: whether it is called as a paired delimiter, `\norm*{x}`, `\norm[\big]{x}`.
    final: whether what it stands for is not expanded again: `\let\old\tanh` keeps what `\tanh`
        was, whatever `\tanh` becomes.
    """

    name: str
    body: Body
    arguments: int = 0
    default: tuple[Token, ...] | None = None
    start: int = 0
    paired: bool = False
    final: bool = False


@dataclass(frozen=True, slots=True)
class Macros:
    """All definitions in the order written, the places they stand at, and what is wrong in some."""

    definitions: tuple[Macro, ...] = ()
    places: tuple[tuple[int, int], ...] = ()
    problems: tuple[Remark, ...] = ()
    _by_name: dict[str, list[Macro]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", _by_name(self.definitions))

    def at(self, name: str, position: int) -> Macro | None:
        """The macro of a name that holds at a position."""
        known = self._by_name.get(name)
        if known is None:
            return None
        index = bisect_right(known, position, key=lambda macro: macro.start)
        return known[index - 1] if index else None


def _by_name(definitions: Iterable[Macro]) -> dict[str, list[Macro]]:
    known: dict[str, list[Macro]] = {}
    for macro in definitions:
        known.setdefault(macro.name, []).append(macro)
    return known
