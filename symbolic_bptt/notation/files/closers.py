"""Where a formula that a delimiter opens ends, inside one text; each place is looked at seldom."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from ..limits import MAX_DISPLAY_CHARACTERS, MAX_INLINE_CHARACTERS
from .nesting import Nesting
from .prose import begins_a_sentence, is_sentence

_BOXES = frozenset({
    *("text", "textrm", "textbf", "textit", "textsf", "texttt", "textnormal", "textup"),
    *("mbox", "hbox", "fbox", "intertext", "shortintertext", "tag", "label", "mathrm"),
    *("footnote", "parbox"),
})  # fmt: skip
"""Commands of mathematics whose argument is text: dollars in it open formulas of their own."""

_EVENTS = (
    r"\\(?P<box>[A-Za-z]+)\*?\s?(?P<group>(?=\{))?"
    r"|(?P<escape>\\.)|(?P<dollars>\$\$?)|(?P<blank>\n[ \t\r>]*(?=\n))"
)
_TEX = re.compile(rf"%[^\n]*|{_EVENTS}", re.DOTALL)
_MARKUP = re.compile(_EVENTS, re.DOTALL)
_BLANK = re.compile(r"\n[ \t\r>]*\n")
_LOOK_AHEAD = 200
_DOLLARS = re.compile(r"\\.|(?P<dollars>\$+)|(?P<blank>\n[ \t\r>]*(?=\n))", re.DOTALL)


@dataclass(frozen=True)
class Closed:
    """Where the inside ends and where the delimiter behind it ends."""

    inner_end: int
    end: int


@dataclass
class Closers:
    """Looks for closing delimiters in one text. A failed search is not made again.

    comments: whether `%` hides the rest of its line.
    """

    text: str
    nesting: Nesting
    comments: bool
    _no_dollar_before: int = field(default=0, init=False)
    _no_literal_before: dict[str, int] = field(default_factory=dict, init=False)

    def dollar(self, start: int, stop: int) -> Closed | None:
        """The `$` that closes one whose content begins at `start`: in the same paragraph."""
        if start < self._no_dollar_before:
            return None
        opener, stop = start - 1, min(stop, start + MAX_INLINE_CHARACTERS)
        for match in self.events(start, stop):
            if match["blank"] is not None:
                stop = match.start()
                break
            if match["dollars"] == "$":
                return Closed(*match.span())
            if match["dollars"]:
                if self._opens_display(opener, match.end(), stop):
                    stop = match.start()
                    break
                return Closed(match.start(), match.start() + 1)
        self._no_dollar_before = stop
        return None

    def _opens_display(self, opener: int, after: int, stop: int) -> bool:
        """Whether `$$` inside `$…` opens a display: what closes it is `$$` too, and the dollars of
        the paragraph do not come out even, as those of `$a$$b$$c$` do.
        """
        following = self._next_dollars(after, stop)
        return following is not None and len(following) == 2 and self._is_odd(opener)

    def _next_dollars(self, start: int, stop: int) -> str | None:
        for match in _DOLLARS.finditer(self.text, start, stop):
            if match["blank"] is not None:
                return None
            if match["dollars"]:
                return match["dollars"]
        return None

    def _is_odd(self, opener: int) -> bool:
        """Whether the number of dollars from `opener` to the end of the paragraph is odd."""
        dollars, blanks = self._places
        place = bisect_left(blanks, opener)
        end = blanks[place] if place < len(blanks) else len(self.text)
        return (bisect_left(dollars, end) - bisect_left(dollars, opener)) % 2 == 1

    @cached_property
    def _places(self) -> tuple[list[int], list[int]]:
        """The single dollars and the blank lines of the text."""
        dollars: list[int] = []
        blanks: list[int] = []
        for match in _DOLLARS.finditer(self.text):
            if match["blank"] is not None:
                blanks.append(match.start())
            elif match["dollars"]:
                dollars.extend(range(*match.span()))
        return dollars, blanks

    def dollars(self, start: int, stop: int) -> Closed | int:
        """The `$$` that closes one; else where to go on reading."""
        stop = min(stop, start + MAX_DISPLAY_CHARACTERS + 2)
        for match in self.events(start, stop):
            if match["dollars"] == "$$":
                wrong = begins_a_sentence(self.text, start, match.start())
                return start if wrong else Closed(*match.span())
            if match["dollars"]:
                return match.end() if self._looks_like_a_closer(match) else match.start()
            if match["blank"] is not None and self._sentence_follows(match.end()):
                return match.start()
        return start

    def _looks_like_a_closer(self, match: re.Match[str]) -> bool:
        before, behind = self.text[match.start() - 1], self.text[match.end() : match.end() + 1]
        return not before.isspace() and (not behind or behind.isspace() or behind in ".,;:)")

    def bracket(self, opener: str, closer: str, start: int, stop: int) -> Closed | None:
        r"""The `\]` or `\)` that closes; the same opener again, or a sentence, ends the search."""
        inline = opener == r"\("
        bound = MAX_INLINE_CHARACTERS if inline else MAX_DISPLAY_CHARACTERS + 2
        for match in self.events(start, min(stop, start + bound)):
            if match["escape"] == closer:
                return Closed(*match.span())
            if match["escape"] == opener or (match["dollars"] == "$$" and not inline):
                return None
            if match["blank"] is not None and (inline or self._sentence_follows(match.end())):
                return None
        return None

    def literal(self, closer: str, start: int, stop: int) -> Closed | None:
        r"""The next `\\)` or `\\]` of Jekyll in the paragraph, or over blank lines for `\\]`."""
        if start < self._no_literal_before.get(closer, 0):
            return None
        stop = min(stop, start + MAX_INLINE_CHARACTERS)
        found = self.text.find(closer, start, stop)
        if found < 0:
            self._no_literal_before[closer] = stop
            return None
        if closer.endswith(")") and _BLANK.search(self.text, start, found):
            return None
        return Closed(found, found + len(closer))

    def _sentence_follows(self, start: int) -> bool:
        blank = _BLANK.search(self.text, start + 1, start + _LOOK_AHEAD)
        return is_sentence(self.text[start : blank.start() if blank else start + _LOOK_AHEAD])

    def events(self, start: int, stop: int) -> Iterator[re.Match[str]]:
        r"""What counts inside mathematics, in order; `\text{…}` is stepped over."""
        search, position = (_TEX if self.comments else _MARKUP).search, start
        while (match := search(self.text, position, stop)) is not None:
            yield match
            position = match.end()
            if match["group"] is not None and match["box"] in _BOXES:
                closed = self.nesting.braces.get(position)
                position = closed if closed is not None and closed <= stop else position
