r"""The reader: a place in the tokens, and the recursive descent that all constructs share.

A handler reads what begins with one command or sign and appends it to the parts of the sequence in
which it stands. Every handler takes at least one token, and none looks behind the end that its
sequence has; so each token is read once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Sequence as Tokens
from dataclasses import dataclass
from typing import TypeAlias

from ..errors import Kind, Problem
from ..limits import MAX_DEPTH, MAX_PROBLEMS
from ..source import Source
from ..tokens.token import Token
from ..tree import Span
from .commands import LIMITS
from .making import number_of, sequence_of
from .nodes import Group, Item, Name, Node, Part, Sequence, Unknown
from .pairs import pairing

Handler: TypeAlias = "Callable[[Reader, list[Part]], None]"
Leaf: TypeAlias = Callable[[Token], Item]

NO_STOPS: frozenset[str] = frozenset()
CELL_STOPS = frozenset(("&", r"\\", r"\cr", r"\tabularnewline", r"\newline"))
SCRIPT_SIGNS = frozenset(("_", "^", "'"))
_BEFORE_SCRIPTS = SCRIPT_SIGNS | LIMITS | {" "}
_BLANK = ("space", "comment")
_NO_ARGUMENT = frozenset(("_", "^", "'", "&", r"\\", "}", r"\right", r"\end", r"\over"))


@dataclass(frozen=True)
class Language:
    """What each command and sign is: those that are one node, and those that read on."""

    leaves: Mapping[str, Leaf]
    handlers: Mapping[str, Handler]
    word: Handler
    attach: Handler
    """Reads the scripts behind the last part."""
    bars: Callable[[Reader, list[Part]], None]
    """Settles what the bars of one sequence are, once it is read."""


class Reader:
    """The tokens of one text, how far they are read, and what is wrong with them."""

    def __init__(self, tokens: Tokens[Token], source: Source, language: Language) -> None:
        self.tokens = tokens
        self.values = [" " if token.kind in _BLANK else token.value for token in tokens]
        self.values.append("")
        self.source = source
        self.language = language
        self.pos = 0
        self.end = len(tokens)
        self.stops = NO_STOPS
        self.depth = 0
        self.bars = False
        self.problems: list[Problem] = []
        self.partner: dict[int, int] = {}
        self._pair()

    def _pair(self) -> None:
        pairs = pairing(self.tokens)
        self.partner = pairs.partner
        for fault in pairs.faults:
            self.report(self.tokens[fault.index], fault.message, fault.hint)

    def report(self, at: Token | Node, message: str, hint: str, kind: Kind = "unreadable") -> None:
        """Note what is wrong there, and what to write instead."""
        if len(self.problems) < MAX_PROBLEMS:
            span = Span(at.start, max(at.end, at.start + 1))
            self.problems.append(Problem(message, self.source, span, hint, kind))

    # Sequences

    def sequence(self, end: int, stops: frozenset[str] = NO_STOPS) -> Sequence:
        """All items up to `end`, or up to the first of `stops` at this level."""
        outer = self.end, self.stops, self.bars
        self.end, self.stops, self.bars = end, stops, False
        self.depth += 1
        parts: list[Part] = []
        if self.depth > MAX_DEPTH:
            self._flat(parts)
        else:
            self._fill(parts)
        if self.bars:
            self.language.bars(self, parts)
        self.depth -= 1
        self.end, self.stops, self.bars = outer
        return sequence_of(parts)

    def rest(self) -> Sequence:
        """All items up to the end of the sequence that is being read."""
        return self.sequence(self.end, self.stops)

    def _fill(self, parts: list[Part]) -> None:
        tokens, values, stops = self.tokens, self.values, self.stops
        while self.pos < self.end:
            value = values[self.pos]
            if value == " ":
                parts.append(tokens[self.pos])
                self.pos += 1
            elif value in stops:
                return
            else:
                self.atom(parts)
                value = values[self.pos]
                if value in SCRIPT_SIGNS or (
                    value in _BEFORE_SCRIPTS and values[self.pos + 1] in _BEFORE_SCRIPTS
                ):
                    self.language.attach(self, parts)

    def _flat(self, parts: list[Part]) -> None:
        """The same tokens, unread."""
        first = self.tokens[self.pos] if self.pos < self.end else None
        if first is not None:
            self._too_deep(first)
        while self.pos < self.end:
            self.unknown(parts)

    def _too_deep(self, token: Token) -> None:
        message = f"nested more than {MAX_DEPTH} levels deep"
        self.report(token, message, "define a name for an inner part and use it", "limit")

    # Atoms

    def atom(self, parts: list[Part]) -> None:
        """One thing, without the scripts behind it."""
        token = self.tokens[self.pos]
        kind = token.kind
        if kind == "letter":
            self.pos += 1
            parts.append(Name(token.value, parts=(token,)))
            return
        if kind == "number":
            self.pos += 1
            parts.append(number_of(token))
            return
        leaf = self.language.leaves.get(token.value)
        if leaf is not None:
            self.pos += 1
            parts.append(leaf(token))
            return
        handler = self.language.handlers.get(token.value)
        if handler is not None:
            handler(self, parts)
        elif kind == "word":
            self.language.word(self, parts)
        else:
            self.unknown(parts)

    def unknown(self, parts: list[Part]) -> None:
        """The token here, as what nobody knows."""
        token = self.tokens[self.pos]
        self.pos += 1
        parts.append(token if token.kind in _BLANK else Unknown(token.value, parts=(token,)))

    def take(self, parts: list[Part]) -> Token:
        """The token here, as it stands."""
        token = self.tokens[self.pos]
        self.pos += 1
        parts.append(token)
        return token

    def blanks(self, parts: list[Part]) -> None:
        """White space and comments, if any stand here."""
        while self.pos < self.end and self.tokens[self.pos].kind in _BLANK:
            self.take(parts)

    def after_blanks(self) -> str:
        """The value of the next token that is not blank; empty at the end of the sequence."""
        place = self.pos
        while place < self.end and self.tokens[place].kind in _BLANK:
            place += 1
        return self.values[place] if place < self.end else ""

    # Arguments

    def argument(self, parts: list[Part], wanted: str, at: Token) -> Sequence:
        """One argument as TeX takes it: what stands in braces, or one thing. `at` wants it."""
        self.blanks(parts)
        if not self.has_argument():
            return self.missing(parts, wanted, at)
        if self.values[self.pos] == "{":
            body = self.braced()
        elif self.tokens[self.pos].kind == "letter":
            body = self._letter()
        else:
            body = self._single()
        parts.append(body)
        return body

    def _letter(self) -> Sequence:
        token = self.tokens[self.pos]
        self.pos += 1
        content = (Name(token.value, parts=(token,)),)
        return Sequence(content, parts=content)

    def content(self, parts: list[Part], wanted: str, at: Token) -> Sequence:
        """One argument, which must not be empty."""
        body = self.argument(parts, wanted, at)
        if not body.items:
            self.report(
                at, f"{wanted} of {at.value} is empty", "write something between the braces"
            )
        return body

    def has_argument(self) -> bool:
        """Whether an argument may begin here."""
        value = self.values[self.pos]
        return self.pos < self.end and value not in _NO_ARGUMENT and value not in self.stops

    def missing(self, parts: list[Part], wanted: str, at: Token) -> Sequence:
        """Nothing, where something is wanted."""
        self.report(at, f"{wanted} is missing behind {at.value}", "write it in braces: {…}")
        body = Sequence((Unknown(""),))
        parts.append(body)
        return body

    def braced(self) -> Sequence:
        """What stands between the brace here and its partner, with both."""
        close = self.partner.get(self.pos)
        if close is None:
            return self._single()
        opening = self.tokens[self.pos]
        self.pos += 1
        body = self.sequence(close)
        self.pos = close + 1
        items = body.items
        if len(items) == 1 and isinstance(items[0], Group) and items[0].opening == "{":
            items = items[0].body.items
        return Sequence(items, parts=(opening, *body.parts, self.tokens[close]))

    def _single(self) -> Sequence:
        parts: list[Part] = []
        self.depth += 1
        if self.depth > MAX_DEPTH:
            self._too_deep(self.tokens[self.pos])
            self.unknown(parts)
        else:
            outer, self.bars = self.bars, False
            self.atom(parts)
            if self.bars:
                self.language.bars(self, parts)
            self.bars = outer
        self.depth -= 1
        return sequence_of(parts)

    def raw(self, parts: list[Part]) -> str:
        """An argument that is no mathematics, as tokens; its text."""
        self.blanks(parts)
        if not self.has_argument():
            return ""
        close = self.partner.get(self.pos) if self.values[self.pos] == "{" else None
        if close is None:
            return self.take(parts).value
        self.take(parts)
        first = len(parts)
        while self.pos < close:
            self.take(parts)
        text = "".join(part.value for part in parts[first:] if isinstance(part, Token))
        self.take(parts)
        return text

    def optional(self, parts: list[Part]) -> Sequence | None:
        """What stands in brackets here, `[3]` of a root; None if there are none."""
        if self.after_blanks() != "[":
            return None
        self.blanks(parts)
        close = self.partner.get(self.pos)
        if close is None or self.values[close] != "]":
            return None
        self.take(parts)
        body = self.sequence(close)
        parts.append(body)
        self.take(parts)
        return body
