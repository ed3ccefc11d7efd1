"""The regions of plain text: one relation a line, and lines that continue the one above."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from ..limits import MAX_DISPLAY_CHARACTERS
from .definitions import SIGNATURES
from .findings import Findings
from .mathematics import BLANK, Mathematics
from .region import Region, Stretch
from .signs import ADDS, CONTINUES, UNFINISHED, has_relation_of_its_own, is_words
from .tex import TexReader

_QUOTE = re.compile(r"[ \t]*>(?!=)[> \t]*")
_NUMBER = re.compile(
    r"[ \t]*(?:\(\d{1,4}[a-z]?\)|\d{1,4}[a-z]?[.)]|[•◦]|\*(?=[ \t][^=\n]*=))[ \t]+(?=\S)"
)
_DASH = re.compile(r"[-–—][ \t]+(?=\S)")
_LAST_NUMBER = re.compile(r"(?:[ \t]{3,}|\t)[ \t]*\(\d{1,3}(?:\.\d{1,3})?[a-z]?\)\Z")
_COMMENT = re.compile(r"(?<=[ \t])(?:%|#[ \t])")
_COMMAND = re.compile(r"\\[A-Za-z]+")
_ONE_DASH = "a single line that begins with a dash: it is read as a minus sign, not as a list"
_SPACE = re.compile(r"\s*")
_OPENERS = re.compile(r"\\begin|\\.|\{", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line: where it starts and ends, where its content stands, and what it is."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    text: str

    @property
    def parts(self) -> bool:
        """Whether it is blank or a comment."""
        return not self.text or self.text[0] in "%#"


@dataclass
class _Reader:
    """Reads plain text into findings."""

    findings: Findings
    mathematics: Mathematics
    _blanks: list[int] = field(default_factory=list, init=False)
    _items: frozenset[int] = field(default_factory=frozenset, init=False)
    """Where lines start that are items of a list, behind a dash."""

    def __post_init__(self) -> None:
        self.text = self.findings.source.text
        self._blanks = [match.start() for match in BLANK.finditer(self.text)]
        self._items = _listed(self._every_line())

    def read(self) -> None:
        position = 0
        while position < len(self.text) and not self.findings.is_full:
            line = self._line(position)
            if line.parts:
                if line.text:
                    self.findings.add("comment", line.inner_start, line.inner_end)
                position = line.end
            else:
                position = self._content(line)

    def _every_line(self) -> Iterator[_Line]:
        position = 0
        while position < len(self.text):
            line = self._line(position)
            yield line
            position = line.end

    def _line(self, start: int) -> _Line:
        """The line that starts there, without quotation marks and the comment behind it."""
        end = self.text.find("\n", start) + 1 or len(self.text)
        quote = _QUOTE.match(self.text, start, end)
        content = quote.end() if quote else start
        comment = _COMMENT.search(self.text, content, end)
        written = self.text[content : comment.start() if comment else end]
        if comment and not written.strip():
            written = self.text[content:end]
        inner = content + len(written) - len(written.lstrip())
        stripped = written.strip()
        return _Line(start, end, inner, inner + len(stripped), stripped)

    def _content(self, line: _Line) -> int:
        if line.inner_end - line.inner_start > MAX_DISPLAY_CHARACTERS:
            self._display([line])
            return line.end
        behind = self._definitions(line.inner_start)
        if behind > line.inner_start:
            return behind
        if self.mathematics.has_delimiters(line.inner_start, line.inner_end):
            end = self._set_off(line)
            if end is not None:
                return end
        return self._logical(line)

    def _definitions(self, position: int) -> int:
        """Where the definitions end that stand there."""
        while (command := _COMMAND.match(self.text, position)) and command[0] in SIGNATURES:
            space = _SPACE.match(self.text, self.mathematics.definition(command, len(self.text)))
            position = space.end() if space else position
        return position

    def _set_off(self, line: _Line) -> int | None:
        """A line with formulas in dollars or brackets; None if they are none after all."""
        known, wrong = len(self.findings.regions), len(self.findings.problems)
        reader, position, end = TexReader(self.findings, self.mathematics), line.start, line.end
        while position < end:
            position = max(reader.read(position, len(self.text), end), end)
            following = self.text.find("\n", position - 1) + 1 or len(self.text)
            end = following if position > end else end
        if len(self.findings.regions) == known and not self.findings.is_full:
            del self.findings.problems[wrong:]
            return None
        return end

    def _logical(self, first: _Line) -> int:
        """A line and all that continue it: one display."""
        if is_words(first.text):
            return first.end
        lines = [first]
        reach = self._reach(first)
        while lines[-1].end < len(self.text):
            following = self._line(lines[-1].end)
            is_open = reach >= following.start
            if following.parts or not (is_open or self._continues(lines[-1], following)):
                break
            lines.append(following)
            reach = max(reach, self._reach(following))
        self._display(lines)
        return lines[-1].end

    def _continues(self, line: _Line, following: _Line) -> bool:
        if following.start in self._items:
            return False
        if self.mathematics.has_delimiters(following.inner_start, following.inner_end):
            return False
        if CONTINUES.match(following.text):
            return True
        if ADDS.match(following.text):
            return not has_relation_of_its_own(following.text)
        return UNFINISHED.search(line.text[-40:]) is not None and not is_words(following.text)

    def _reach(self, line: _Line) -> int:
        r"""How far braces and environments that a line opens run, inside the paragraph."""
        place = bisect_left(self._blanks, line.inner_start)
        stop = self._blanks[place] if place < len(self._blanks) else len(self.text)
        reach = 0
        nesting = self.mathematics.nesting
        for match in _OPENERS.finditer(self.text, line.inner_start, line.inner_end):
            end = nesting.environments.get(match.start(), (0, 0))[1]
            end = max(end, nesting.braces.get(match.start(), 0))
            reach = max(reach, end if end <= stop else 0)
        return reach - 1

    def _display(self, lines: list[_Line]) -> None:
        first, last = lines[0], lines[-1]
        start = self._behind_mark(first, last.inner_end)
        behind = _LAST_NUMBER.search(self.text, max(last.inner_start, start), last.inner_end)
        end = behind.start() if behind else last.inner_end
        skipped = self._between(lines)
        region = Region("display", first.inner_start, last.inner_end, start, end, "", skipped)
        self.findings.add_mathematics(region)

    def _behind_mark(self, first: _Line, end: int) -> int:
        """Where a formula begins behind its number, or the dash of its list."""
        start = first.inner_start
        if dash := _DASH.match(self.text, start, end):
            if first.start not in self._items:
                self.findings.note(_ONE_DASH)
                return start
            start = dash.end()
        number = _NUMBER.match(self.text, start, end)
        return number.end() if number else start

    def _between(self, lines: list[_Line]) -> tuple[Stretch, ...]:
        """Quotation marks and comments between the lines of one formula; line ends stay."""
        gaps: list[Stretch] = []
        for line, following in pairwise(lines):
            gaps += [(line.inner_end, line.end - 1), (following.start, following.inner_start)]
        return tuple(gap for gap in gaps if self.text[slice(*gap)].strip())


def _listed(lines: Iterable[_Line]) -> frozenset[int]:
    """Where the items of lists start: lines one behind the other, each behind a dash and a blank.

    A line behind a dash that states no relation goes on with the line above, and neither parts a
    list nor makes one. One item alone is no list: its dash may be a minus sign.
    """
    found: set[int] = set()
    run: list[int] = []
    for line in lines:
        dash = _DASH.match(line.text)
        content = line.text[dash.end() :] if dash else line.text
        if line.parts or not (has_relation_of_its_own(content) or is_words(content)):
            continue
        if dash:
            run.append(line.start)
        else:
            found.update(run if len(run) > 1 else ())
            run = []
    return frozenset(found.union(run if len(run) > 1 else ()))


def read_plain(findings: Findings) -> None:
    """The regions of a text file."""
    _Reader(findings, Mathematics(findings, comments=True)).read()
