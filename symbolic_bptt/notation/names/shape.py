r"""What a script looks like: a number, letters, a sum of letters, a word. Not what it is.

Computed is what must be worked out, `10^{11}`, `T^2`, `2 \cdot 3`, `\frac{T}{2}`, `1.5`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..surface.nodes import (
    Dots,
    Group,
    Item,
    Name,
    Number,
    Operator,
    Quotient,
    Relation,
    Script,
    Scripted,
    Separator,
    Sequence,
    Words,
    meaningful,
)
from .braces import single
from .spelling import spelling

Kind = Literal[
    "empty", "number", "letters", "sum", "word", "signs", "relation", "range", "computed", "other"
]

_WORDS = frozenset((
    r"\max", r"\min", r"\tanh", r"\sinh", r"\cosh", r"\sin", r"\cos", r"\tan", r"\exp", r"\log",
    r"\ln", r"\arg", r"\sup", r"\inf", r"\det", r"\dim", r"\ker", r"\lim", r"\tr", r"\infty",
))  # fmt: skip
_PLAIN_WORD = re.compile(r"(?:\\mathrm\{)?([A-Za-z]{2})\}?")
_UPRIGHT = (r"\mathrm", r"\operatorname", r"\text", r"\mathit", r"\mathsf")


@dataclass(frozen=True)
class Shape:
    r"""The look of a script.

    letters: the letters in it, in order, each with its primes and the like: `t'`.
    upright: whether it is one letter that is upright, `\mathrm{h}`.
    """

    kind: Kind
    letters: tuple[str, ...] = ()
    upright: bool = False

    @property
    def letter(self) -> str:
        """The letter, where there is exactly one and nothing else."""
        return self.letters[0] if self.kind == "letters" and len(self.letters) == 1 else ""

    @property
    def glued(self) -> bool:
        """Whether it is several letters side by side: `ij`."""
        return self.kind == "letters" and len(self.letters) > 1


def shape_of(body: Sequence, steps: frozenset[str] = frozenset(), *, plain: bool = False) -> Shape:
    """The shape of a script; a scripted letter such as `t_0` counts as one letter if in `steps`.

    plain: in plain text, `W_ij` has a word where LaTeX has two letters.
    """
    items = tuple(single(item) for item in meaningful(body))
    if not items:
        return Shape("empty")
    if plain and len(items) == 1 and (word := _PLAIN_WORD.fullmatch(spelling(items[0]))):
        return Shape("letters", tuple(word.group(1)))
    marks: dict[type, Kind] = {Relation: "relation", Separator: "range", Dots: "range"}
    for item in items:
        if type(item) in marks:
            return Shape(marks[type(item)])
    if all(isinstance(item, Operator) for item in items):
        return Shape("signs")
    return _of_operands(items, steps)


def _of_operands(items: tuple[Item, ...], steps: frozenset[str]) -> Shape:
    letters: list[str] = []
    numbers = signs = 0
    for item in items:
        if isinstance(item, Number) and item.text.isdigit():
            numbers += 1
        elif isinstance(item, Operator) and item.sign in ("+", "-"):
            signs += 1
        elif letter := letter_of(item, steps):
            letters.append(letter)
        elif _is_computed(items, steps):
            return Shape("computed")
        else:
            return Shape("word" if all(map(_is_wordlike, items)) else "other")
    if signs:
        return Shape("sum" if letters else "number", tuple(letters))
    if numbers and letters:
        if isinstance(items[0], Number) and len(items) == 2:
            return Shape("sum", tuple(letters))
        return Shape("word")
    if numbers:
        return Shape("number" if numbers == 1 else "word")
    upright = len(items) == 1 and isinstance(items[0], Name) and items[0].style == "upright"
    return Shape("letters", tuple(letters), upright)


_COMPUTING = ("+", "-", "*", r"\cdot", "/", "!")


def _is_computed(items: tuple[Item, ...], steps: frozenset[str]) -> bool:
    """Whether numbers and letters of `steps` are put together by arithmetic, and nothing else."""
    kinds = [_part_of_arithmetic(item, steps) for item in items]
    return all(kinds) and "number" in kinds


def _part_of_arithmetic(item: Item, steps: frozenset[str]) -> Literal["number", "sign", ""]:
    match single(item):
        case Number():
            return "number"
        case Operator(sign=sign):
            return "sign" if sign in _COMPUTING else ""
        case Name(text=text):
            return "number" if text in steps else ""
        case Scripted(base=base, scripts=(Script(place="^", wrapped="", body=body),)):
            parts = [single(base), *map(single, meaningful(body))]
        case Group(opening="(" | "{", body=body):
            parts = list(map(single, meaningful(body)))
        case Quotient(top=top, bottom=bottom):
            parts = list(map(single, (*meaningful(top), *meaningful(bottom))))
        case _:
            return ""
    return "number" if parts and all(_part_of_arithmetic(one, steps) for one in parts) else ""


def _is_wordlike(item: Item) -> bool:
    if isinstance(item, Number):
        return item.text.isdigit()
    return isinstance(item, (Words, Name))


def letter_of(item: Item, steps: frozenset[str] = frozenset()) -> str:
    r"""The text of a letter that may be an index: `t`, `\tau`, `t'`, `t^{*}`; else nothing."""
    if isinstance(item, Name):
        return "" if _is_word(item.text) else item.text
    if not isinstance(item, Scripted) or not isinstance(item.base, Name):
        return ""
    if not all(_is_short(script.body) for script in item.scripts) or _is_word(item.base.text):
        return ""
    text = spelling(item)
    starred = all(script.place == "'" or _is_star(script.body) for script in item.scripts)
    return text if starred or text in steps else ""


def _is_short(body: Sequence) -> bool:
    """Whether a script is one sign at most, as in `t_0` and `t^*`."""
    items = meaningful(body)
    return len(items) < 2 and all(isinstance(item, (Name, Number, Operator)) for item in items)


def _is_star(body: Sequence) -> bool:
    items = meaningful(body)
    return len(items) == 1 and spelling(items[0]) in ("*", r"\star", r"\ast", r"\prime")


def _is_word(text: str) -> bool:
    plain = not text.startswith("\\") and len(text) > 1
    return plain or text in _WORDS or text.startswith(_UPRIGHT)
