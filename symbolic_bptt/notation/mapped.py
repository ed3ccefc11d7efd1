"""A text that has been rewritten, in which every character still knows where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .errors import NotationError, Problem
from .source import Source
from .tree import Span


@dataclass(frozen=True)
class MappedText:
    """`text[i]` was written at offset `origins[i]` of `source`."""

    text: str
    source: Source
    origins: Sequence[int]

    @classmethod
    def of(cls, source: Source) -> MappedText:
        return cls(source.text, source, range(len(source.text)))

    def cut(self, start: int, end: int) -> MappedText:
        """text[start:end]."""
        return MappedText(self.text[start:end], self.source, self.origins[start:end])

    def stripped(self) -> MappedText:
        """Without white space at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.cut(start, max(start, len(self.text.rstrip())))

    def edited(self, edits: Iterable[tuple[int, int, str]]) -> MappedText:
        """With each text[start:end] replaced; `edits` are in order and do not overlap."""
        parts: list[str] = []
        origins: list[int] = []
        done = 0
        for start, end, replacement in edits:
            parts += self.text[done:start], replacement
            origins += self.origins[done:start]
            origins += [self.offset(start)] * len(replacement)
            done = end
        if not parts:
            return self
        parts.append(self.text[done:])
        origins += self.origins[done:]
        return MappedText("".join(parts), self.source, origins)

    def offset(self, index: int) -> int:
        """Where text[index] was written; just behind the last character for the end."""
        if index < len(self.origins):
            return self.origins[index]
        if self.origins:
            return self.origins[-1] + 1
        return 0

    def span(self, start: int, end: int) -> Span:
        """Where text[start:end] was written."""
        first = self.offset(start)
        last = self.offset(end - 1) + 1 if end > start else first
        return Span(first, max(first, last))

    def problem(self, message: str, start: int, end: int, hint: str = "") -> Problem:
        return Problem(message, self.source, self.span(start, end), hint)

    def error(self, message: str, start: int, end: int, hint: str = "") -> NotationError:
        """An exception for the text between two indices."""
        return NotationError(self.problem(message, start, end, hint))

    def limit(self, message: str, start: int, end: int) -> NotationError:
        """An exception for a bound that was reached."""
        return NotationError(Problem(message, self.source, self.span(start, end), "", "limit"))


def joined(parts: Sequence[MappedText], separator: str = " ") -> MappedText:
    """The parts of one source, one after another."""
    text = separator.join(part.text for part in parts)
    origins: list[int] = []
    for position, part in enumerate(parts):
        if position:
            origins += [parts[position - 1].offset(len(parts[position - 1].text))] * len(separator)
        origins += part.origins
    return MappedText(text, parts[0].source, origins)
