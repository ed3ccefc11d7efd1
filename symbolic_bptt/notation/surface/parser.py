r"""The surface of a text: its tokens as a tree, by recursive descent, with nothing decided.

The language is the union of the tables of the modules beside this one; a command in none of them
is `Unknown`. A text that is broken is read all the same, and every fault is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Sequence as Tokens
from dataclasses import dataclass

from ..errors import Problem
from ..source import Source
from ..tokens.token import Token
from . import (
    bars,
    brackets,
    commands,
    decorations,
    environments,
    fractions,
    joins,
    names,
    scripts,
    spacing,
    words,
)
from .nodes import Big, Dots, Ignored, Item, Name, Operator, Relation, Separator, Sequence
from .reader import Handler, Language, Leaf, Reader


@dataclass(frozen=True)
class Surface:
    """What stands in a text, and what is wrong with it, in the order of the places."""

    tree: Sequence
    problems: tuple[Problem, ...]


def surface(tokens: Tokens[Token], source: Source) -> Surface:
    """The tree of the tokens: its leaves are they, in their order, none left out.

    Promises to read anything, in time linear in the number of tokens, and no deeper than
    `limits.MAX_DEPTH`. Does not see whether what stands there means something.
    """
    reader = Reader(tokens, source, LANGUAGE)
    tree = reader.sequence(len(tokens))
    problems = sorted(reader.problems, key=lambda problem: problem.span.start)
    return Surface(tree, tuple(problems))


def _leaf(kind: Callable[..., Item], text: str) -> Leaf:
    def leaf(token: Token) -> Item:
        return kind(text, parts=(token,))

    return leaf


def _leaves() -> dict[str, Leaf]:
    tables: tuple[tuple[Callable[..., Item], Mapping[str, str]], ...] = (
        (Name, {symbol: symbol for symbol in commands.SYMBOLS}),
        (Name, commands.SYMBOL_SPELLINGS),
        (Name, {"\\" + name: "\\" + name for name in commands.FUNCTIONS}),
        (Operator, commands.OPERATORS),
        (Relation, commands.RELATIONS),
        (Separator, commands.SEPARATORS),
        (Dots, commands.DOTS),
        (Big, {sign: sign for sign in commands.BIG}),
        (Ignored, {text: text for text in commands.IGNORED}),
    )
    found = {key: _leaf(kind, text) for kind, table in tables for key, text in table.items()}
    return {key: leaf for key, leaf in found.items() if key not in joins.SECOND_SIGNS}


def _handlers() -> dict[str, Handler]:
    modules = (
        bars, brackets, decorations, environments, fractions, joins, names, scripts, spacing, words
    )  # fmt: skip
    return {key: handler for module in modules for key, handler in module.HANDLERS.items()}


LANGUAGE = Language(_leaves(), _handlers(), words.word, scripts.attach, bars.settle)
