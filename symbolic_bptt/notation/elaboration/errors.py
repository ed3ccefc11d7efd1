"""Why a formula has no meaning, and at which part of it."""

from __future__ import annotations

from typing import Literal

from ...core.types import Type, shown
from ..surface.nodes import Item

Kind = Literal["ill-shaped", "undefined", "unreadable"]


class ElaborationError(ValueError):
    """A formula that has no typed term. `item` is the smallest part concerned."""

    def __init__(
        self, kind: Kind, message: str, item: Item, hint: str = "", name: str = ""
    ) -> None:
        super().__init__(message)
        self.name = name
        self.kind = kind
        self.message = message
        self.item = item
        self.hint = hint


def ill_shaped(message: str, item: Item, hint: str = "") -> ElaborationError:
    """Shapes that do not fit."""
    return ElaborationError("ill-shaped", message, item, hint)


VERBS: dict[str, str] = {
    "+": "cannot be added to",
    "product": "cannot be multiplied by",
    "⊙": "cannot be multiplied elementwise by",
    "/": "cannot be divided by",
}
"""What did not fit, as a verb between two shapes."""


def mismatch(left: Type, operation: str, right: Type, item: Item) -> ElaborationError:
    """Two shapes that an operation does not take, in words."""
    a, b = noun(left), noun(right)
    words = f"{a} {VERBS.get(operation, '')} {b}"
    if operation == "=":
        words = f"the left side is {a}, the right side is {b}"
    return ill_shaped(words, item, _fitting(left, right) if operation == "product" else "")


def _fitting(left: Type, right: Type) -> str:
    """What would make a product fit, if one small change does."""
    if left == right and (left.is_vector or left.is_row):
        return r"write \odot for an elementwise product"
    if left.out and left.out == right.out:
        return "the transpose of the first factor would fit"
    if left.into and left.into == right.into:
        return "the transpose of the second factor would fit"
    return ""


def noun(kind: Type) -> str:
    """A type as a person names it: `a vector of n`, `a matrix n x m`, `a scalar`."""
    if kind.is_scalar:
        return "a scalar"
    if kind.is_vector:
        return f"a vector of {shown(kind)}"
    if kind.is_row:
        return f"a row of {shown(kind)[4:]}"
    return f"a matrix {shown(kind)}"


def undefined(message: str, item: Item, name: str) -> ElaborationError:
    """A name that nobody introduced; `name` is its key, empty where it is none."""
    return ElaborationError("undefined", message, item, name=name)


def unreadable(message: str, item: Item, hint: str = "") -> ElaborationError:
    """What the notation does not have."""
    return ElaborationError("unreadable", message, item, hint)
