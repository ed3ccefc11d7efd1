"""Source texts and places in them: file, line, column, and the line with a caret under it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from .tree import Span


@dataclass(frozen=True)
class Source:
    """A text and where it came from. `first_line` is the number of its first line in that file.

    file: the file that it is, where that is another than the one that was asked for.
    """

    text: str
    name: str = "<input>"
    first_line: int = 1
    first_column: int = 1
    file: str = ""

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(i + 1 for i, char in enumerate(self.text) if char == "\n")]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """1-based line and column of a character offset."""
        row = bisect_right(self._line_starts, offset) - 1
        column = offset - self._line_starts[row] + 1
        return self.first_line + row, column + (self.first_column - 1 if row == 0 else 0)

    def excerpt(self, span: Span, width: int = 100) -> str:
        """The line of `span.start` with a caret under it, cut to `width` characters around it."""
        row = bisect_right(self._line_starts, span.start) - 1
        begin = self._line_starts[row]
        end = self.text.find("\n", begin)
        line = self.text[begin : end if end >= 0 else len(self.text)]
        caret = span.start - begin
        left = max(0, caret - width // 2)
        shown = line[left : left + width]
        carets = "^" * max(1, min(span.end, begin + len(line)) - span.start)
        printable = "".join(char if char.isprintable() else " " for char in shown)
        return f"{printable}\n{' ' * (caret - left)}{carets[: max(1, width - (caret - left))]}"
