"""Constants of the language: 𝟙, 𝟎, I, e_i, e^x, where the document has no quantity of that name."""

from __future__ import annotations

from collections.abc import Sequence as Many

from ...core.terms import Apply, Constant, Term, scalar
from ...core.types import SCALAR, Type
from ..sizes import Size
from ..surface.nodes import Item, Name, Operator, Script, Scripted, Sequence, meaningful
from ..surface.nodes import Number as Written
from .context import Elaboration
from .errors import unreadable
from .indices import index, letter_text
from .scripts import is_transpose, scripted

ONES = frozenset((r"\mathbb{1}", "1", r"\mathbf{1}", r"\mathbb 1"))
ZEROS = frozenset((r"\mathbb{0}", "0", r"\mathbf{0}", r"\mathbb 0"))
IDENTITY = frozenset(("I", r"\mathbb{I}"))
EULER = frozenset(("e", r"\mathrm{e}"))


def constant(e: Elaboration, item: Item) -> Term | None:
    """The constant that a written name is; None for any other name."""
    return _ones(e, item) or _zeros(e, item) or _exponential(e, item) or _unit(e, item)


def _ones(e: Elaboration, item: Item) -> Term | None:
    """𝟙, I, with their sizes below them."""
    base, scripts = (item.base, item.scripts) if isinstance(item, Scripted) else (item, ())
    if not isinstance(base, Name):
        return None
    is_one = base.text in ONES and (base.style == "bold" or base.text.startswith("\\"))
    is_identity = base.text in IDENTITY and (base.text, 0) not in e.context.types
    if not (is_one or is_identity):
        return None
    return _constant(e, item, scripts, is_identity)


def _zeros(e: Elaboration, item: Item) -> Term | None:
    """𝟎, which is 0 in the shape that its place says; a size below it says no more."""
    base, scripts = (item.base, item.scripts) if isinstance(item, Scripted) else (item, ())
    if not isinstance(base, Name) or base.text not in ZEROS:
        return None
    plain = all(is_transpose(one) or _is_shape(e, one) for one in scripts)
    return scalar(0) if plain else None


def _is_shape(e: Elaboration, script: Script) -> bool:
    """Whether a script says a size: 𝟎_n, 𝟎_{n × m}."""
    parts = [one for one in meaningful(script.body) if not _is_times(one)]
    sizes = (Sequence((one,), parts=(one,)) for one in parts)
    return script.place == "_" and bool(parts) and all(is_size(e, one) for one in sizes)


def _is_times(item: Item) -> bool:
    return isinstance(item, Operator) and item.sign == "*"


def ones_of(e: Elaboration, item: Scripted) -> Term:
    """A vector of ones written 1, with a size or a transpose."""
    made = _constant(e, item, item.scripts, is_identity=False)
    if made is None:
        raise unreadable("1 with a script that is no size", item)
    return made


def _constant(e: Elaboration, item: Item, scripts: Many[Script], is_identity: bool) -> Term | None:
    """1 or I of a size that is written below it, or that its place says."""
    sizes = [script for script in scripts if script.place == "_"]
    if is_identity and scripts and any(key == "I" for key, _ in e.context.types):
        return None
    if sizes and not (len(sizes) == 1 and is_size(e, sizes[0].body)):
        return None
    axis = _size(sizes[0].body) if sizes else e.sizes.hole()
    rest = [script for script in scripts if script.place != "_"]
    if is_identity:
        return scripted(e, Constant(Type((axis,), (axis,)), "identity"), rest, item)
    return scripted(e, Constant(Type((axis,)), "ones"), rest, item)


def is_size(e: Elaboration, sequence: Sequence) -> bool:
    """Whether a script names a size: 𝟙_n, I_3."""
    items = meaningful(sequence)
    if len(items) != 1:
        return False
    if isinstance(items[0], Written):
        return True
    return letter_text(items[0]) in e.context.sizes


def _size(sequence: Sequence) -> Size:
    (item,) = meaningful(sequence)
    if isinstance(item, Written):
        return Size(int(item.value))
    return Size.letter(letter_text(item) or "")


def _unit(e: Elaboration, item: Item) -> Term | None:
    """e_i, where e is no quantity: the vector whose i-th entry is 1."""
    if not isinstance(item, Scripted) or not isinstance(item.base, Name):
        return None
    low = [script for script in item.scripts if script.place == "_"]
    known = any(key.startswith("e") for key, _ in e.context.types if key in ("e", item.base.text))
    if item.base.text != "e" or known or len(low) != 1 or low[0] is not item.scripts[0]:
        return None
    axis = e.sizes.hole()
    made = Constant(Type((axis,)), "unit", index(e, low[0].body, axis))
    return scripted(e, made, item.scripts[1:], item)


def _exponential(e: Elaboration, item: Item) -> Term | None:
    """e^{x}, where e is no quantity."""
    base, scripts = (item.base, item.scripts) if isinstance(item, Scripted) else (item, ())
    if not isinstance(base, Name) or base.text not in EULER:
        return None
    if any(key == base.text for key, _ in e.context.types) or len(scripts) > 1:
        return None
    if not scripts:
        return Apply(SCALAR, "exp", (scalar(1),))
    if scripts[0].place != "^" or is_transpose(scripts[0]):
        return None
    exponent = e.expression(scripts[0].body)
    return Apply(e.type_of(exponent).plain, "exp", (exponent,))
