"""What the builders pass along: the vocabulary, the indices bound so far, and the source text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from lark import Token, Tree

from ..errors import NotationError
from ..limits import MAX_DEPTH
from ..mapped import MappedText
from ..tree import Expr, Span
from ..vocabulary import Vocabulary

Branch: TypeAlias = "Tree[Token]"
Part: TypeAlias = "Branch | Token"


@dataclass(frozen=True)
class Scope:
    """A vocabulary together with the indices that the sums and products around bind.

    `read` builds an `additive` branch; it is passed along so that names may read their scripts.
    """

    vocabulary: Vocabulary
    text: MappedText
    plain: bool
    read: Callable[[Branch, Scope], Expr]
    bound: frozenset[str] = frozenset()
    depth: int = 0

    def binding(self, *indices: str) -> Scope:
        """The same scope with these indices bound."""
        return replace(self, bound=self.bound | set(indices))

    def deeper(self, part: Part) -> Scope:
        """One level further down; raises where there are too many."""
        if self.depth >= MAX_DEPTH:
            message = f"more than {MAX_DEPTH} levels inside each other"
            raise self.text.limit(message, *extent(part))
        return replace(self, depth=self.depth + 1)

    def is_index(self, letter: str) -> bool:
        """Whether a letter in a script is an index rather than part of a name."""
        vocabulary = self.vocabulary
        return (
            letter in self.bound
            or letter in (vocabulary.time_index, "T")
            or letter in vocabulary.index_letters
            or letter in vocabulary.sizes
        )

    def span(self, *parts: Part) -> Span:
        """Where the parts, first to last, were written."""
        return self.text.span(extent(parts[0])[0], extent(parts[-1])[1])

    def error(self, message: str, part: Part, hint: str = "") -> NotationError:
        """An exception that points at one part."""
        return self.text.error(message, *extent(part), hint)

    def limit(self, message: str, part: Part) -> NotationError:
        return self.text.limit(message, *extent(part))


def extent(part: Part) -> tuple[int, int]:
    """First and last offset of a part, from the tokens at its ends."""
    first = last = part
    while isinstance(first, Tree) and first.children:
        first = first.children[0]
    while isinstance(last, Tree) and last.children:
        last = last.children[-1]
    if isinstance(first, Tree) or isinstance(last, Tree):
        return (0, 0)
    return first.start_pos or 0, last.end_pos or 0


def tokens(part: Part) -> list[Token]:
    """All tokens of a part, in order."""
    if isinstance(part, Token):
        return [part]
    found: list[Token] = []
    pending: list[Part] = [part]
    while pending:
        item = pending.pop()
        if isinstance(item, Token):
            found.append(item)
        else:
            pending.extend(reversed(item.children))
    return found
