r"""Notes about shapes, `W \in \mathbb R^{n \times m}`, held against the shapes of the model."""

from __future__ import annotations

from collections.abc import Collection

from ..notation.elaboration.document import Document
from ..notation.elaboration.errors import ElaborationError
from ..notation.elaboration.indices import letter_text
from ..notation.sizes import Size
from ..notation.surface.nodes import Item, Name, Number, Operator, Scripted, Sequence, meaningful

_REALS = frozenset((r"\mathbb{R}", r"\mathbf{R}", r"\mathrm{R}", r"\mathcal{R}"))
_NOT_JUDGED = r"the relation \in is read, and not judged"
_ONE = Size(1)


def shape_note(document: Document, line: int, link: int, sizes: Collection[str]) -> str:
    """Why a note about a shape is not taken; "" where the model says the same.

    Sizes of length one count for nothing: `n \\times 1` is a vector.
    """
    said = _space(document.statements[line].operands[link + 1])
    if said is None or not all(one.letters <= set(sizes) for one in said):
        return _NOT_JUDGED
    try:
        axes = document.axes(line, link)
    except ElaborationError:
        return _NOT_JUDGED
    if not all(isinstance(axis, Size) for axis in axes):
        return _NOT_JUDGED
    has = tuple(axis for axis in axes if axis != _ONE)
    if has == tuple(one for one in said if one != _ONE):
        return ""
    shown = " x ".join(map(str, axes)) or "a scalar"
    return f"the shapes differ: here it is {shown}"


def _space(operand: Sequence) -> tuple[Size, ...] | None:
    r"""The sizes that `\mathbb R^{n \times m}` says; None if it is another set."""
    items = meaningful(operand)
    if len(items) != 1:
        return None
    match items[0]:
        case Name(text=text) if text in _REALS:
            return ()
        case Scripted(base=Name(text=text), scripts=(script,)) if text in _REALS:
            return _sizes(meaningful(script.body)) if script.place == "^" else None
    return None


def _sizes(items: tuple[Item, ...]) -> tuple[Size, ...] | None:
    """Letters and numbers with `\\times` between them."""
    found = tuple(map(_size, items[::2]))
    between = all(isinstance(one, Operator) and one.sign == "*" for one in items[1::2])
    sizes = tuple(one for one in found if one is not None)
    return sizes if between and len(items) % 2 == 1 and len(sizes) == len(found) else None


def _size(item: Item) -> Size | None:
    if isinstance(item, Number):
        return Size(int(item.value)) if item.value.denominator == 1 else None
    text = letter_text(item)
    return Size.letter(text) if text is not None else None
