"""The regions of reStructuredText: `.. math::`, the role `math`, code, comments."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..limits import MAX_INLINE_CHARACTERS
from .bare import read_formulas
from .findings import Findings
from .mathematics import Mathematics
from .tex import TexReader

_EVENT = re.compile(
    r"^(?P<indent>[ \t]*)\.\.[ \t]+(?P<directive>[A-Za-z][\w-]*)::[ \t]*(?P<argument>[^\n]*)"
    r"|^(?P<comment>[ \t]*)\.\.(?=[ \t]*\n|[ \t]+(?![_\[|]))[^\n]*"
    r"|(?P<role>:math:`)|(?P<literal>``)|(?P<block>::[ \t]*\n(?=[ \t]*\n))|\\.",
    re.MULTILINE | re.DOTALL,
)
_CODE = frozenset({
    *("code", "code-block", "sourcecode", "highlight", "parsed-literal", "doctest", "testcode"),
    *("literalinclude", "ipython", "plot"),
})  # fmt: skip
_INDENT = re.compile(r"[ \t]*")


@dataclass
class _Reader:
    """Reads reStructuredText into findings."""

    findings: Findings
    mathematics: Mathematics

    def __post_init__(self) -> None:
        self.text = self.findings.source.text

    def read(self) -> None:
        position = 0
        while (match := _EVENT.search(self.text, position)) is not None:
            position = self._next(match)
            if self.findings.is_full:
                return

    def _next(self, match: re.Match[str]) -> int:
        if match["directive"]:
            return self._directive(match)
        if match["comment"] is not None:
            end = self._block_end(match.end(), match["comment"])
            self.findings.add("comment", match.start(), end)
            return end
        if match["role"]:
            return self._span(match, "`")
        if match["literal"]:
            return self._span(match, "``")
        if match["block"]:
            line = self.text.rfind("\n", 0, match.start()) + 1
            end = self._block_end(match.end(), self._indent(line))
            self.findings.add("code", match.end(), end)
            return end
        return match.end()

    def _directive(self, match: re.Match[str]) -> int:
        name, start = match["directive"].lower(), match.start("argument")
        is_latex = name == "raw" and match["argument"].strip().lower() == "latex"
        if name not in _CODE and name not in ("math", "raw"):
            return start
        end = self._block_end(match.end(), match["indent"])
        if is_latex:
            TexReader(self.findings, self.mathematics).read(match.end(), end)
        elif name == "math":
            read_formulas(self.mathematics, start, end)
        else:
            self.findings.add("code", match.start(), end)
        return end

    def _span(self, match: re.Match[str], closer: str) -> int:
        """The formula of a role, or inline code, to the mark that closes it."""
        end = self.text.find(closer, match.end(), match.end() + MAX_INLINE_CHARACTERS)
        blank = self.text.find("\n\n", match.end(), end) if end >= 0 else -1
        if end < 0 or blank >= 0:
            if not match["role"]:
                return match.end()
            message = f"what {match[0]} opens is never closed"
            self.findings.problem(message, *match.span(), f"close it with {closer}")
            return match.end()
        if match["role"]:
            self.mathematics.add("inline", match.start(), (match.end(), end), end + 1)
        else:
            self.findings.add("code", match.start(), end + 2)
        return end + len(closer)

    def _indent(self, line: int) -> str:
        match = _INDENT.match(self.text, line)
        return match[0] if match else ""

    def _block_end(self, position: int, indent: str) -> int:
        """The end of the lines behind `position` that are blank or indented more than `indent`."""
        end = position = self.text.find("\n", max(position - 1, 0)) + 1 or len(self.text)
        while position < len(self.text):
            line_end = self.text.find("\n", position) + 1 or len(self.text)
            if self.text[position:line_end].strip():
                if len(self._indent(position).expandtabs()) <= len(indent.expandtabs()):
                    break
                end = line_end
            position = line_end
        return end


def read_rst(findings: Findings) -> None:
    """The regions of a reStructuredText file. Dollars open nothing there."""
    _Reader(findings, Mathematics(findings, comments=False)).read()
