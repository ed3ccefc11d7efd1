"""Brackets, bars and alignment: pairs what belongs together, and drops what only sets the page.

`|` becomes an opening or closing bar, or an evaluation bar before `_`; `&` and `\\\\` stay only
inside matrices and cases; comments, labels and wrappers such as `aligned` go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .limits import MAX_DEPTH
from .lines import CONTINUATION, LEAD, UNFINISHED
from .mapped import MappedText

_MARKS = re.compile(
    r"""(?P<text>\\(?:text|textrm|textit|textbf|mbox|textnormal)\s*\{[^{}$]*\})
    | (?P<label>\\(?:label|tag\*?|eqref|ref|footnote|vspace|hspace|phantom|mathstrut)\s*\{[^{}]*\})
    | (?P<begin>\\begin\s*\{(?P<opened>[A-Za-z]+\*?)\})
    | (?P<end>\\end\s*\{(?P<closed>[A-Za-z]+\*?)\})
    | (?P<row>\\\\(?:[ \t]*\[[^\]\n]*\])?)
    | (?P<null>\\(?:left|right)\s*\.)
    | (?P<angle>\^\s*(?:\{(?:[^{}<>\n^]|\{[^{}]*\})*?<(?=[^<>{}=]{1,40}>\s*\})
      |<(?=[^<>{}=]{1,40}>)))
    | (?P<doublebar>(?:(?:\\[bB]igg?[lrm]?|\\left|\\right|\\middle)\s*)?\\(?:\||Vert(?![A-Za-z])))
    | (?P<bar>(?:(?:\\[bB]igg?[lrm]?|\\left|\\right|\\middle)\s*)?(?:\||\\vert(?![A-Za-z])))
      (?P<held>(?=\s*_))?
    | (?P<open>[([{]|\\\{|\\langle(?![A-Za-z])|\\l[vV]ert(?![A-Za-z])|\\lbrack(?![A-Za-z]))
    | (?P<close>[)\]}]|\\\}|\\rangle(?![A-Za-z])|\\r[vV]ert(?![A-Za-z])|\\rbrack(?![A-Za-z]))
    | (?P<align>&)
    | (?P<comment>(?<!\\)%[^\n]*)
    | (?P<other>\\[A-Za-z]+|\\[^A-Za-z])""",
    re.VERBOSE,
)

_CLOSED_BY = {
    "(": ")", "[": "]", "{": "}", r"\{": r"\}", r"\langle": r"\rangle",
    r"\lvert": r"\rvert", r"\lVert": r"\rVert",
}  # fmt: skip

_ALIASES = {r"\lbrack": "[", r"\rbrack": "]"}

_TABLES = re.compile(r"([bp]?matrix|smallmatrix|array|d?cases)\*?")
WRAPPERS = frozenset(
    (
        "equation",
        "align",
        "aligned",
        "alignat",
        "gather",
        "gathered",
        "multline",
        "split",
        "eqnarray",
        "displaymath",
        "math",
        "flalign",
        "subequations",
    )
)
"""Environments that only set the page; their rows are formulas of their own."""


@dataclass
class _Scan:
    """Edits collected so far, and the brackets still open: (opener, start, end)."""

    text: MappedText
    comments: bool
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    open: list[tuple[str, int, int]] = field(default_factory=list)


def settled(text: MappedText, comments: bool = True) -> MappedText:
    """The text with bars paired and the page's marks dropped; raises on unmatched brackets."""
    scan = _Scan(text, comments)
    for match in _MARKS.finditer(text.text):
        _settle(scan, match)
    if scan.open:
        raise _unclosed(scan, scan.open[-1])
    return text.edited(scan.edits)


def _settle(scan: _Scan, match: re.Match[str]) -> None:
    kind = match.lastgroup if match.lastgroup != "held" else "bar"
    start, end = match.span()
    match kind:
        case "label" | "null":
            scan.edits.append((start, end, " "))
        case "comment" if scan.comments:
            scan.edits.append((start, end, " "))
        case "row":
            _row(scan, start, end)
        case "align" if not _in_table(scan):
            scan.edits.append((start, end, " "))
        case "angle":
            _angle(scan, match)
        case "bar":
            _bar(scan, match, "v")
        case "doublebar":
            _bar(scan, match, "V")
        case "open":
            written = match["open"]
            if written in _ALIASES:
                scan.edits.append((start, end, _ALIASES[written]))
            _push(scan, _ALIASES.get(written, written), start, end)
        case "close":
            written = match["close"]
            if written in _ALIASES:
                scan.edits.append((start, end, _ALIASES[written]))
            _pop(scan, _ALIASES.get(written, written), start, end)
        case _ if match["begin"]:
            _environment(scan, match["opened"], start, end, opening=True)
        case _ if match["end"]:
            _environment(scan, match["closed"], start, end, opening=False)


def _push(scan: _Scan, opener: str, start: int, end: int) -> None:
    scan.open.append((opener, start, end))
    if len(scan.open) > MAX_DEPTH:
        message = f"more than {MAX_DEPTH} brackets inside each other"
        raise scan.text.limit(message, start, end)


def _pop(scan: _Scan, closer: str, start: int, end: int) -> None:
    if not scan.open:
        raise scan.text.error(f"this {closer} closes nothing", start, end, "delete it, or open it")
    opener = scan.open[-1]
    expected = _closer(opener[0])
    if expected != closer:
        if any(_closer(item[0]) == closer for item in scan.open):
            raise _unclosed(scan, opener)
        hint = f"the {opener[0]} before it needs {expected}"
        raise scan.text.error(f"this {closer} closes nothing", start, end, hint)
    scan.open.pop()


def _closer(opener: str) -> str:
    return _CLOSED_BY.get(opener, rf"\end{{{opener}}}")


def _unclosed(scan: _Scan, opener: tuple[str, int, int]) -> Exception:
    name, start, end = opener
    written = name if name in _CLOSED_BY else rf"\begin{{{name}}}"
    kind = {"(": "parenthesis", "[": "bracket", "{": "brace"}.get(name, "bracket")
    message = f"the {kind} {written} opened here is never closed"
    return scan.text.error(message, start, end, f"add {_closer(name)}")


def _in_table(scan: _Scan) -> bool:
    """Whether the innermost environment is one whose `&` and rows have a meaning."""
    names = (name for name, *_ in reversed(scan.open) if name not in _CLOSED_BY)
    return _TABLES.fullmatch(next(names, "")) is not None


def _row(scan: _Scan, start: int, end: int) -> None:
    if _in_table(scan):
        return
    text = scan.text.text
    lead = LEAD.match(text, end)
    continues = CONTINUATION.match(text, lead.end() if lead else end)
    unfinished = UNFINISHED.search(text[max(0, start - 20) : start])
    inside = any(name in _CLOSED_BY for name, *_ in scan.open)
    if not (continues or unfinished or inside):
        hint = "write each formula in its own line or display"
        raise scan.text.error("a second formula begins after this \\\\", start, end, hint)
    scan.edits.append((start, end, " "))


def _angle(scan: _Scan, match: re.Match[str]) -> None:
    """`^{<t>}` and `^<t>`: the signs are brackets here, not relations."""
    text = scan.text.text
    for position in range(match.start(), match.end() - 1):
        char = text[position]
        if char in "{[(":
            _push(scan, char, position, position + 1)
        elif char in "}])":
            _pop(scan, char, position, position + 1)
    opening = match.end() - 1
    closing = text.index(">", opening)
    braced = bool(re.match(r"\^\s*\{", match[0]))
    scan.edits.append((opening, opening + 1, r"\langle " if braced else r"{\langle "))
    scan.edits.append((closing, closing + 1, r"\rangle " if braced else r"\rangle }"))


def _bar(scan: _Scan, match: re.Match[str], letter: str) -> None:
    start, end = match.span()
    opener = rf"\l{letter}ert"
    if scan.open and scan.open[-1][0] == opener:
        scan.open.pop()
        scan.edits.append((start, end, rf"\r{letter}ert "))
    elif letter == "v" and match["held"] is not None:
        scan.edits.append((start, end, r"\evaluated "))
    else:
        _push(scan, opener, start, end)
        scan.edits.append((start, end, opener + " "))


def _environment(scan: _Scan, name: str, start: int, end: int, opening: bool) -> None:
    wrapper = name.rstrip("*") in WRAPPERS
    if not wrapper and not _TABLES.fullmatch(name):
        hint = "bmatrix and pmatrix are matrices, cases distinguishes cases"
        raise scan.text.error(f"unknown environment {name}", start, end, hint)
    if wrapper:
        scan.edits.append((start, end, " "))
    if opening:
        _push(scan, name, start, end)
    else:
        _pop(scan, rf"\end{{{name}}}", start, end)
