r"""Formulas that delimiters open: `$`, `$$`, `\(`, `\[`, environments."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import environments
from .closers import Closed, Closers
from .definitions import alias, definition_end, definitions_in, own_environment
from .findings import Findings
from .hidden import hidden_end, hidden_in
from .nesting import Nesting
from .region import Region, RegionKind, Stretch

_BEGIN = re.compile(r"\\begin\s{0,50}\{([A-Za-z]{1,40})(\*?)\}")
_QUOTE = re.compile(r" {0,3}(?:> ?)+")
_QUOTED_LINE = re.compile(r"(?<=\n)( {0,3}(?:> ?)+)")
_CONTENT = re.compile(r"[^\s>]")
_PIPE = re.compile(r"\\(?=\|)")
BLANK = re.compile(r"\n[ \t\r>]*\n")


@dataclass
class Mathematics:
    """Reads what a delimiter opens, into `findings`. Each method takes the place of an opener and
    a place that nothing passes, and gives the place where to go on.

    comments: whether `%` hides the rest of its line; quotes: whether `>` marks quotations.
    """

    findings: Findings
    comments: bool
    quotes: bool = False
    in_table: bool = field(default=False, init=False)
    """Whether `\\|` is a bar that a table's cell has escaped."""
    text: str = field(init=False)
    nesting: Nesting = field(init=False)
    closers: Closers = field(init=False)
    _opening: dict[str, str] = field(default_factory=dict, init=False)
    _closing: dict[str, re.Pattern[str]] = field(default_factory=dict, init=False)
    _own: dict[str, str] = field(default_factory=dict, init=False)
    _no_alias_before: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.text = self.findings.source.text
        self.nesting = Nesting.of(self.text, self.comments)
        self.closers = Closers(self.text, self.nesting, self.comments)

    def dollar(self, start: int, stop: int) -> int:
        """An inline formula behind `$`."""
        closed = self.closers.dollar(start + 1, stop)
        return self._found("inline", start, start + 1, closed, "$")

    def dollars(self, start: int, stop: int) -> int:
        """A display behind `$$`."""
        closed = self.closers.dollars(start + 2, stop)
        if isinstance(closed, Closed):
            return self._found("display", start, start + 2, closed, "$$")
        self._unclosed(start, start + 2, "$$")
        return closed

    def bracket(self, start: int, stop: int) -> int:
        r"""A display behind `\[` or an inline formula behind `\(`."""
        opener = self.text[start : start + 2]
        closer, kind = _BRACKETS[opener]
        closed = self.closers.bracket(opener, closer, start + 2, stop)
        return self._found(kind, start, start + 2, closed, closer)

    def environment(self, start: int, stop: int) -> int:
        r"""A display behind `\begin{align}`; another environment is only stepped into."""
        begin = _BEGIN.match(self.text, start, stop)
        if begin is None:
            return start + 2
        name = self._own.get(begin[1] + begin[2], begin[1])
        if name not in environments.MATHEMATICS:
            return begin.end()
        end = self.nesting.environments.get(start)
        closed = Closed(*end) if end and end[1] <= stop else None
        inner, name = environments.body(self.text, name, begin.end(), end[0] if end else stop)
        kind: RegionKind = "inline" if name in environments.INLINE else "display"
        closer = rf"\end{{{begin[1]}{begin[2]}}}"
        return self._found(kind, start, inner, closed, closer, "" if kind == "inline" else name)

    def ensured(self, start: int, brace: int, stop: int) -> int:
        r"""The formula of `\ensuremath{…}`, whose brace stands at `brace`."""
        end = self.nesting.braces.get(brace)
        closed = Closed(end - 1, end) if end and end <= stop else None
        return self._found("inline", start, brace + 1, closed, "}")

    def definition(self, command: re.Match[str], stop: int) -> int:
        """The definition that a command begins; it may name the delimiters of a display."""
        start, end = command.start(), definition_end(self.text, command, self.nesting)
        if end is None or end > stop:
            message = f"the definition that {command[0]} begins is never closed"
            hint = "is a brace missing?"
            self.findings.problem(message, *command.span(), hint)
            return command.end()
        self.findings.add("macro", start, end)
        if own := own_environment(self.text, start, end):
            self._own[own[0]] = own[1]
        if short := alias(self.text, start, end):
            self._name(*short)
        return end

    def _name(self, command: str, what: str) -> None:
        if what.startswith((r"\begin", r"\[")) or (what == "$$" and what not in self._closing):
            self._opening[command] = what
        if what.startswith((r"\end", r"\]", "$$")):
            closing = what.replace(r"\end", r"\begin").replace(r"\]", r"\[")
            self._closing[closing] = re.compile(re.escape(command) + "(?![A-Za-z])")

    def opens(self, command: str) -> bool:
        r"""Whether a command of the text itself opens a display, as `\be` often does."""
        return self._opening.get(command) in self._closing

    def aliased(self, command: re.Match[str], stop: int) -> int:
        r"""The display between `\be` and `\ee`."""
        what = self._opening[command[0]]
        found = None
        if command.end() >= self._no_alias_before:
            found = self._closing[what].search(self.text, command.end(), stop)
            self._no_alias_before = 0 if found else stop
        begin = _BEGIN.match(what)
        name = begin[1] if begin else ""
        closed = Closed(*found.span()) if found else None
        return self._found("display", command.start(), command.end(), closed, command[0], name)

    def add(self, kind: RegionKind, start: int, inner: Stretch, end: int, name: str = "") -> None:
        """A formula whose places are known; its definitions are told apart.

        Dollars around nothing but an environment (`$$\\begin{align} … \\end{align}$$`) are its
        delimiters too.
        """
        if not name and kind == "display":
            inner, name = self._unwrapped(inner)
        skipped = self._quoted(start, inner)
        if self.in_table:
            skipped += [bar.span() for bar in _PIPE.finditer(self.text, *inner)]
        if self.text.find("\\", *inner) >= 0:
            defined = definitions_in(self.text, *inner, self.nesting)
            if defined and self._is_blank(inner, defined):
                for stretch in defined:
                    self.findings.add("macro", *stretch)
                return
            self.findings.definitions.extend(defined)
            skipped = [*skipped, *defined, *hidden_in(self.text, *inner)]
        self.findings.add_mathematics(Region(kind, start, end, *inner, name, merged(skipped)))

    def _unwrapped(self, inner: Stretch) -> tuple[Stretch, str]:
        first = _CONTENT.search(self.text, *inner)
        begin = _BEGIN.match(self.text, first.start(), inner[1]) if first else None
        if first is None or begin is None or begin[1] not in environments.DISPLAYS:
            return inner, ""
        end = self.nesting.environments.get(first.start())
        if end is None or end[1] > inner[1] or _CONTENT.search(self.text, end[1], inner[1]):
            return inner, ""
        start, name = environments.body(self.text, begin[1], begin.end(), end[0])
        return (start, end[0]), name

    def has_delimiters(self, start: int, stop: int) -> bool:
        """Whether formulas are set off in a stretch that may be one formula itself."""
        for event in self.closers.events(start, stop):
            if event["dollars"] or event["escape"] in _BRACKETS:
                return True
            begin = _BEGIN.match(self.text, event.start(), stop)
            if begin and begin[1] in environments.DISPLAYS:
                return True
        return False

    def _is_blank(self, inner: Stretch, skipped: list[Stretch]) -> bool:
        region = Region("display", *inner, *inner, "", tuple(skipped))
        return not any(self.text[start:end].strip() for start, end in region.stretches)

    def _quoted(self, start: int, inner: Stretch) -> list[Stretch]:
        """The marks of the quotation in which a display stands, at its further lines."""
        if not self.quotes:
            return []
        mark = _QUOTE.match(self.text, self.text.rfind("\n", 0, start) + 1)
        if mark is None:
            return []
        depth = mark[0].count(">")
        found = []
        for line in _QUOTED_LINE.finditer(self.text, *inner):
            kept = line[1].split(">", depth)
            length = len(line[1]) - (len(kept[-1]) if len(kept) > depth else 0)
            found.append((line.start(1), line.start(1) + length))
        return found

    def _found(
        self,
        kind: RegionKind,
        start: int,
        inner: int,
        closed: Closed | None,
        closer: str,
        name: str = "",
    ) -> int:
        if closed is None:
            self._unclosed(start, inner, closer)
            return inner
        self.add(kind, start, (inner, closed.inner_end), closed.end, name)
        return closed.end

    def _unclosed(self, start: int, inner: int, closer: str) -> None:
        message = f"the mathematics opened by {self.text[start:inner].strip()} is never closed"
        self.findings.problem(message, start, inner, f"close it with {closer}")

    def withdrawn(self, start: int, inner: int, stop: int) -> int:
        r"""The text that `\iffalse` hides."""
        end = hidden_end(self.text, inner, stop)
        if end is None:
            self.findings.problem(r"\iffalse is never closed", start, inner, r"close it with \fi")
            end = stop
        self.findings.add("withdrawn", start, end)
        return end


_BRACKETS: dict[str, tuple[str, RegionKind]] = {
    r"\[": (r"\]", "display"),
    r"\(": (r"\)", "inline"),
}


def merged(stretches: list[Stretch]) -> tuple[Stretch, ...]:
    """Stretches in order, those that overlap or touch as one."""
    joined: list[Stretch] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
