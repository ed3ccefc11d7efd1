"""The regions of a LaTeX text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from . import environments
from .definitions import SIGNATURES
from .findings import Findings
from .mathematics import Mathematics
from .region import RegionKind

_EVENT = re.compile(r"%[^\n]*(?:\n[ \t]*%[^\n]*)*|\$+|\\(?:[A-Za-z@]+|.)", re.DOTALL)
_NAMED = re.compile(r"\\(?:begin|end)\s{0,50}\{([A-Za-z]{1,40}\*?)\}")
_VERB = re.compile(r"\*?([^\sA-Za-z*])")
_MAX_VERB = 1_000
_LISTING = re.compile(
    r"(?:\[[^\]\n]{0,200}\])?(?:\{[A-Za-z+#-]{1,30}\})?"
    r"(?:\{[^{}\n]{0,1000}\}|([^\sA-Za-z{\[])[^\n]{0,1000}?\1)"
)
_ADDRESS = re.compile(r"\s?\{[^{}\n]{0,2000}\}")
_BRACE = re.compile(r"\s{0,50}(\{)")

_CODE = {
    r"\lstinline": _LISTING, r"\mintinline": _LISTING,
    r"\url": _ADDRESS, r"\href": _ADDRESS, r"\nolinkurl": _ADDRESS, r"\path": _ADDRESS,
}  # fmt: skip
"""Commands whose argument is set as it stands: no `%` and no `$` in it means anything."""

_STRUCK = frozenset({r"\sout", r"\xout", r"\st", r"\cancel", r"\bcancel", r"\xcancel", r"\hcancel"})
"""Commands that strike their argument out."""


@dataclass
class TexReader:
    """Reads LaTeX into findings."""

    findings: Findings
    mathematics: Mathematics
    _unclosed: set[str] = field(default_factory=set, init=False)

    @classmethod
    def of(cls, findings: Findings) -> TexReader:
        """A reader of a text that is LaTeX as a whole."""
        return cls(findings, Mathematics(findings, comments=True))

    def read(self, start: int, stop: int, until: int | None = None) -> int:
        """Everything that begins in `start … until`; nothing passes `stop`. Where it ended."""
        text, position = self.findings.source.text, start
        until = stop if until is None else until
        while (match := _EVENT.search(text, position, stop)) and match.start() < until:
            position = self._next(match, stop)
            if self.findings.is_full:
                break
        return position

    def _next(self, match: re.Match[str], stop: int) -> int:
        start, what = match.start(), match[0]
        if what[0] == "%":
            self.findings.add("comment", *match.span())
            return match.end()
        if what[0] == "$":
            return self._dollars(match, stop)
        if what in (r"\[", r"\("):
            return self.mathematics.bracket(start, stop)
        if what in (r"\begin", r"\end"):
            return self._environment(match, stop)
        if what in SIGNATURES:
            return self.mathematics.definition(match, stop)
        if what == r"\iffalse":
            return self.mathematics.withdrawn(start, match.end(), stop)
        return self._command(match, stop)

    def _dollars(self, match: re.Match[str], stop: int) -> int:
        if len(match[0]) == 1:
            return self.mathematics.dollar(match.start(), stop)
        if len(match[0]) == 2:
            return self.mathematics.dollars(match.start(), stop)
        message = f"{len(match[0])} dollars in a row open nothing"
        end = min(match.end(), match.start() + 10)
        self.findings.problem(message, match.start(), end, "write $ or $$")
        return match.end()

    def _command(self, match: re.Match[str], stop: int) -> int:
        text, what = self.findings.source.text, match[0]
        if what == r"\verb":
            return self._verb(match, stop)
        if what in _CODE and (argument := _CODE[what].match(text, match.end(), stop)):
            self.findings.add("code", match.start(), argument.end())
            return argument.end()
        if what in _STRUCK or what == r"\ensuremath":
            return self._group(match, stop)
        if self.mathematics.opens(what):
            return self.mathematics.aliased(match, stop)
        return match.end()

    def _verb(self, match: re.Match[str], stop: int) -> int:
        text = self.findings.source.text
        delimiter = _VERB.match(text, match.end(), stop)
        if delimiter is None:
            return match.end()
        line = text.find("\n", delimiter.end(), min(stop, delimiter.end() + _MAX_VERB))
        bound = line if line >= 0 else min(stop, delimiter.end() + _MAX_VERB)
        end = text.find(delimiter[1], delimiter.end(), bound)
        if end < 0:
            return match.end()
        self.findings.add("code", match.start(), end + 1)
        return end + 1

    def _group(self, match: re.Match[str], stop: int) -> int:
        brace = _BRACE.match(self.findings.source.text, match.end(), stop)
        if brace is None:
            return match.end()
        if match[0] == r"\ensuremath":
            return self.mathematics.ensured(match.start(), brace.start(1), stop)
        end = self.mathematics.nesting.braces.get(brace.start(1))
        if end is None or end > stop:
            message = f"{match[0]} has no closing brace"
            self.findings.problem(message, match.start(), brace.end(), "close it with }")
            return brace.end()
        self.findings.add("withdrawn", match.start(), end)
        return end

    def _environment(self, match: re.Match[str], stop: int) -> int:
        text = self.findings.source.text
        named = _NAMED.match(text, match.start(), stop)
        if named is None:
            return match.end()
        name = named[1].rstrip("*")
        if match[0] == r"\end":
            return self._end(named, name, stop)
        if name in environments.CODE:
            return self._verbatim(named, "code", stop)
        if name in environments.COMMENTS:
            return self._verbatim(named, "comment", stop)
        return self.mathematics.environment(match.start(), stop)

    def _end(self, named: re.Match[str], name: str, stop: int) -> int:
        if name != "document":
            return named.end()
        self.findings.add("withdrawn", named.end(), stop)
        return stop

    def _verbatim(self, begin: re.Match[str], kind: RegionKind, stop: int) -> int:
        closer = rf"\end{{{begin[1]}}}"
        end = -1
        if closer not in self._unclosed:
            end = self.findings.source.text.find(closer, begin.end(), stop)
        if end < 0:
            self._unclosed.add(closer)
            self.findings.problem(f"{begin[0]} is never closed", *begin.span(), f"write {closer}")
            return begin.end()
        self.findings.add(kind, begin.start(), end + len(closer))
        return end + len(closer)


def read_tex(findings: Findings) -> None:
    """The regions of a LaTeX file."""
    TexReader.of(findings).read(0, len(findings.source.text))
