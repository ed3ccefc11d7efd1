r"""Running text of Markdown: formulas, inline code, comments, what is struck out."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from ..limits import MAX_INLINE_CHARACTERS
from .definitions import SIGNATURES
from .findings import Findings
from .mathematics import BLANK, Mathematics
from .prose import has_signs, is_formula, is_price, is_sentence
from .region import RegionKind

_TAGS: dict[str, RegionKind] = {
    "pre": "code", "code": "code", "script": "code", "style": "code", "kbd": "code",
    "samp": "code", "textarea": "code", "del": "withdrawn", "s": "withdrawn",
    "strike": "withdrawn",
}  # fmt: skip
_EVENTS = (
    r"\$`|`+|\$+|\\\\[(\[]|\\(?:[A-Za-z@]+|.)|<!--|~~(?!~)"
    rf"|<(?P<tag>{'|'.join(_TAGS)})(?=[\s>])[^<>]{{0,500}}>"
)
_MARKDOWN = re.compile(rf"{_EVENTS}|(?P<brace>(?!))", re.DOTALL | re.IGNORECASE)
_MDX = re.compile(rf"{_EVENTS}|(?P<brace>\{{)", re.DOTALL | re.IGNORECASE)
_LOOK_AHEAD = 100
_ROLE = "{math}"
_TICKS = re.compile("`+")
_LITERALS: dict[str, tuple[str, RegionKind]] = {
    r"\\(": (r"\\)", "inline"),
    r"\\[": (r"\\]", "display"),
}


@dataclass
class InlineReader:
    """Reads running text into findings. A pair of delimiters that is not there is sought once.

    expressions: whether braces hold code, as in MDX.
    """

    findings: Findings
    mathematics: Mathematics
    expressions: bool = False
    _ticks: dict[int, list[int]] = field(default_factory=dict, init=False)
    _blanks: list[int] = field(default_factory=list, init=False)
    _last: int = field(default=0, init=False)
    _missing: dict[str, int] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.text = self.findings.source.text
        for match in _TICKS.finditer(self.text):
            self._ticks.setdefault(len(match[0]), []).append(match.start())
        self._blanks = [match.start() for match in BLANK.finditer(self.text)]

    def read(self, start: int, stop: int) -> None:
        """Everything between two places; nothing passes `stop`."""
        position, pattern = start, _MDX if self.expressions else _MARKDOWN
        while (match := pattern.search(self.text, position, stop)) is not None:
            self._last = position
            position = self._next(match, stop)
            if self.findings.is_full:
                return

    def _next(self, match: re.Match[str], stop: int) -> int:
        start, what = match.start(), match[0]
        if what == "$`":
            return self._quoted_formula(start, stop)
        if what[0] == "`":
            return self._ticked(match, stop)
        if what[0] == "$":
            return self._dollars(match, stop)
        if what[0] == "\\":
            return self._command(match, stop)
        if what == "~~":
            return self._pair(match, "~~", "withdrawn", self._paragraph(start, stop))
        if what == "<!--":
            return self._pair(match, "-->", "comment", stop)
        if match["brace"]:
            return self._expression(start, stop)
        tag = match["tag"].lower()
        return self._pair(match, f"</{tag}>", _TAGS[tag], stop)

    def _paragraph(self, start: int, stop: int) -> int:
        """Where the paragraph ends at the latest."""
        place = bisect_left(self._blanks, start)
        return min(stop, self._blanks[place]) if place < len(self._blanks) else stop

    def _pair(self, match: re.Match[str], closer: str, kind: RegionKind, stop: int) -> int:
        end = -1
        if match.start() >= self._missing.get(closer, 0):
            end = self.text.find(closer, match.end(), stop)
            if end < 0:
                self._missing[closer] = stop
        if end >= 0:
            self.findings.add(kind, match.start(), end + len(closer))
            return end + len(closer)
        if match[0].startswith("<!"):
            message = "the comment that <!-- opens is never closed"
            self.findings.problem(message, *match.span(), "close it with -->")
        return match.end()

    def _ticked(self, match: re.Match[str], stop: int) -> int:
        places = self._ticks[len(match[0])] if self._is_run(match) else []
        place = bisect_left(places, match.end())
        if place == len(places) or places[place] >= self._paragraph(match.start(), stop):
            return match.end()
        inner, end = (match.end(), places[place]), places[place] + len(match[0])
        role = match.start() - len(_ROLE)
        if self.text.startswith(_ROLE, role) and role >= self._last:
            self.mathematics.add("inline", role, inner, end)
        else:
            self.findings.add("code", match.start(), end)
        return end

    def _expression(self, start: int, stop: int) -> int:
        end = self.mathematics.nesting.braces.get(start)
        if end is None or end > stop:
            return start + 1
        is_comment = self.text.startswith("/*", start + 1)
        self.findings.add("comment" if is_comment else "code", start, end)
        return end

    def _is_run(self, match: re.Match[str]) -> bool:
        return match.start() == 0 or self.text[match.start() - 1] != "`"

    def _quoted_formula(self, start: int, stop: int) -> int:
        """The formula of GitHub in a dollar and a backtick."""
        end = self.text.find("`$", start + 2, min(start + MAX_INLINE_CHARACTERS, stop))
        if end < 0 or end > self._paragraph(start, stop):
            return start + 1
        self.mathematics.add("inline", start, (start + 2, end), end + 2)
        return end + 2

    def _command(self, match: re.Match[str], stop: int) -> int:
        what, start = match[0], match.start()
        if what in _LITERALS:
            closer, kind = _LITERALS[what]
            closed = self.mathematics.closers.literal(closer, match.end(), stop)
            if closed is None:
                return match.end()
            self.mathematics.add(kind, start, (match.end(), closed.inner_end), closed.end)
            return closed.end
        if what in (r"\(", r"\["):
            return self._bracket(start, stop)
        if what == r"\begin":
            return self.mathematics.environment(start, stop)
        if what in SIGNATURES:
            return self.mathematics.definition(match, stop)
        if self.mathematics.opens(what):
            return self.mathematics.aliased(match, stop)
        return match.end()

    def _bracket(self, start: int, stop: int) -> int:
        r"""`\[` and `\(`; Markdown also escapes a bracket of its own so: `\[1\]`, `\(a note\)`."""
        following = self.text[start + 2 : min(stop, start + _LOOK_AHEAD)]
        if following.startswith((r"\(", r"\[")):
            return start + 2
        inner, *closing = re.split(r"\\[\])]", following, maxsplit=1)
        signs = has_signs(inner)
        if closing and not signs and (_is_number(inner) or not is_formula(inner)):
            return start + 2
        if not closing and not signs:
            return start + 2
        return self.mathematics.bracket(start, stop)

    def _dollars(self, match: re.Match[str], stop: int) -> int:
        start = match.start()
        if len(match[0]) == 1:
            return self._dollar(start, stop)
        if len(match[0]) == 2:
            return self.mathematics.dollars(start, stop)
        return match.end()

    def _dollar(self, start: int, stop: int) -> int:
        """A dollar opens a formula, or it is money: what lies before the next one decides."""
        closed = self.mathematics.closers.dollar(start + 1, self._paragraph(start, stop))
        if closed is None:
            self._lonely(start, stop)
            return start + 1
        inner = self.text[start + 1 : closed.inner_end]
        following = self.text[closed.end : closed.end + 1]
        if not self._is_mathematics(inner, following):
            return start + 1
        self.mathematics.add("inline", start, (start + 1, closed.inner_end), closed.end)
        return closed.end

    def _is_mathematics(self, inner: str, following: str) -> bool:
        is_tight = bool(inner) and not (inner[0].isspace() or inner[-1].isspace())
        if not inner.strip() or (is_price(inner) and not (is_tight and has_signs(inner))):
            return _is_number(inner) and not following.isdigit()
        if not is_tight:
            return is_formula(inner)
        if following.isdigit() and not has_signs(inner):
            return False
        return inner[0] == "\\" or not is_sentence(inner)

    def _lonely(self, start: int, stop: int) -> None:
        """A dollar that nothing closes is a mistake if mathematics stands behind it."""
        line = self.text[start + 1 : min(stop, start + 200)].split("\n")[0]
        if line[:1].strip() and not line[0].isdigit() and re.match(_STRONG, line):
            message = "the mathematics opened by $ is never closed"
            self.findings.problem(message, start, start + 1, r"close it with $, or write \$")


_STRONG = re.compile(r"\\[A-Za-z]|[^\W\d_]{1,3}\s?(?:[_^=]|\\[A-Za-z])")


def _is_number(inner: str) -> bool:
    """`$0$`, `$10$`: a number in dollars on both sides is mathematics."""
    return re.fullmatch(r"\d+(?:[.,]\d+)*", inner) is not None
