r"""A toy surface: words parted by spaces, each one node, so that tests need no parser.

`h_t` is a name with a script, `~for~all~` are words, `<<` and `>>` are `\boxed{` and `}`.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_bptt.notation.surface.nodes import (
    Decoration,
    Dots,
    Group,
    Ignored,
    Item,
    Name,
    Number,
    Operator,
    Part,
    Relation,
    Script,
    Scripted,
    Separator,
    Sequence,
    Words,
)
from symbolic_bptt.notation.tokens.token import Token

RELATIONS = {
    **{sign: sign for sign in ("=", "<", ">", ":=", r"\le", r"\ge", r"\ne", r"\in", r"\approx")},
    "<=": r"\le",
    ">=": r"\ge",
    "!=": r"\ne",
    "=>": r"\Rightarrow",
}
SEPARATORS = (",", ";", ".", ":", r"\quad", "&", r"\\", r"\forall")
OPERATORS = ("+", "-", "*", "/", r"\odot")
OPENING = {"(": ")", "[": "]", r"\{": r"\}", "{": "}", "<<": ">>"}


def toy(text: str) -> Sequence:
    """The tree of a toy text."""
    levels: list[tuple[Token | None, list[Item]]] = [(None, [])]
    place = 0
    for word in text.split():
        place = text.index(word, place)
        token = Token("sign", word, place, place + len(word))
        place += len(word)
        if word in OPENING:
            levels.append((token, []))
        elif len(levels) > 1 and word in OPENING.values():
            opened, items = levels.pop()
            assert opened is not None
            levels[-1][1].append(_bracketed(opened, items, token))
        else:
            levels[-1][1].append(_leaf(word, token))
    items = levels[0][1]
    return Sequence(tuple(items), parts=tuple(items))


def _bracketed(opened: Token, items: list[Item], closed: Token) -> Item:
    body = Sequence(tuple(items), parts=tuple(items))
    parts: tuple[Part, ...] = (opened, body, closed)
    if opened.value == "<<":
        return Decoration(r"\boxed", body, parts=parts)
    return Group(opened.value, body, closed.value, parts=parts)


def _leaf(word: str, token: Token) -> Item:
    parts = (token,)
    if word in RELATIONS:
        return Relation(RELATIONS[word], parts=parts)
    if word in SEPARATORS:
        return Separator(word, parts=parts)
    if word in OPERATORS:
        return Operator(word, parts=parts)
    if word == "...":
        return Dots(r"\dots", parts=parts)
    if word == r"\,":
        return Ignored(word, parts=parts)
    if word.startswith("~"):
        return Words(" ".join(word.strip("~").split("~")), parts=parts)
    if word.isdigit():
        return Number(Fraction(word), word, parts=parts)
    if "_" in word:
        base, script = word.split("_", 1)
        body = Sequence((_leaf(script, Token("sign", script, token.start, token.end)),))
        return Scripted(Name(base), (Script("_", body),), parts=parts)
    return Name(word, parts=parts)
