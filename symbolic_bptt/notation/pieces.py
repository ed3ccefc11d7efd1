"""Cuts a text at separators that stand outside all brackets: formulas, range clauses, relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .lines import LEAD, RELATION
from .mapped import MappedText, joined

_NESTING = re.compile(
    r"(?P<skip>\\(?:text|textrm|mbox|mathrm|operatorname\*?)\s*\{[^{}]*\})"
    r"|(?P<open>[([{]|\\\{|\\langle(?![A-Za-z])|\\l[vV]ert(?![A-Za-z])|\\begin\s*\{[a-z*]+\})"
    r"|(?P<close>[)\]}]|\\\}|\\rangle(?![A-Za-z])|\\r[vV]ert(?![A-Za-z])|\\end\s*\{[a-z*]+\})"
)

_RELATION = re.compile(RELATION)

_WORDS = r"for\s+all|for\s+every|for\s+each|for|where|with|when|if|and"
_SEPARATOR = re.compile(
    rf"\\(?:qquad|quad|enspace)(?![A-Za-z])|[,;]"
    rf"|\\(?:text|textrm|mbox|mathrm|textnormal)\s*\{{[^{{}}a-zA-Z]*(?:{_WORDS})?[^{{}}a-zA-Z]*\}}"
    rf"|(?<![A-Za-z\\_^{{}}])(?:{_WORDS})(?![A-Za-z_^({{])"
    rf"|\\(?:implies|Rightarrow|Longrightarrow|iff|Leftrightarrow)(?![A-Za-z])"
    rf"|(?=\\forall(?![A-Za-z]))"
)

# A clause speaks of indices alone: t = 1,\dots,T-1, k \le t, \forall t.
_CLAUSE_TOKEN = re.compile(
    rf"\s+|{RELATION}|\\forall|\\in(?![A-Za-z])|\\[,;:! ]|\\[{{}}]|[-+*,;(){{}}/]|\.\.\.?"
    r"|\d{1,6}(?:\^(?:\d|\{\d{1,3}\}))?"
    r"|\\(?:dots|ldots|cdots|dotsc|quad|qquad|tau|left|right|cdot)(?![A-Za-z])"
    r"|(?P<letter>[A-Za-z])(?![A-Za-z])"
)
_THIN = (r"\,", r"\;", r"\:", r"\!", r"\.")
_CLAUSE_END = re.compile(r"\(\s*(?P<inside>[^()]*)\)\s*$")


@dataclass(frozen=True)
class Claim:
    """One formula and the range clauses behind it."""

    formula: MappedText
    clause: MappedText | None = None


def top_level(
    text: str, pattern: re.Pattern[str], nesting: re.Pattern[str] | None = None
) -> Iterator[re.Match[str]]:
    """Every match of the pattern outside all brackets, or what else nests."""
    inside = list(_bracketed(text, nesting or _NESTING))
    position = 0
    for match in pattern.finditer(text):
        while position < len(inside) and inside[position][1] <= match.start():
            position += 1
        if position == len(inside) or match.start() < inside[position][0]:
            yield match


def _bracketed(text: str, nesting: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The outermost bracketed stretches, in order."""
    depth = start = 0
    for match in nesting.finditer(text):
        if match["open"]:
            start = match.start() if depth == 0 else start
            depth += 1
        elif match["close"] and depth:
            depth -= 1
            if depth == 0:
                yield start, match.end()
    if depth:
        yield start, len(text)


def has_relation(text: str) -> bool:
    """Whether the formula claims or defines something."""
    return next(top_level(text, _RELATION), None) is not None


def left_side(text: MappedText) -> MappedText:
    """What stands before the first relation; the whole text if there is none."""
    found = next(top_level(text.text, _RELATION), None)
    return text.cut(0, found.start()) if found else text


def claims(text: MappedText, indices: frozenset[str]) -> list[Claim]:
    """The formulas of one line, `a = b, \\quad c = d`, each with its range clauses."""
    formulas: list[list[tuple[int, int]]] = []
    clauses: list[list[tuple[int, int]]] = []
    text = _unpunctuated(text)
    for start, end in _fields(text.text):
        piece = text.text[start:end]
        if formulas and _continues_clause(piece, indices, bool(clauses[-1])):
            clauses[-1].append((start, end))
        elif formulas and not has_relation(piece):
            formulas[-1].append((start, end))
            if clauses[-1]:  # a list that goes on behind what looked like a clause
                formulas[-1] = [(formulas[-1][0][0], end)]
                clauses[-1] = []
        else:
            formulas.append([(start, end)])
            clauses.append([])
    return [
        _claim(text, (parts[0][0], parts[-1][1]), clause, indices)
        for parts, clause in zip(formulas, clauses, strict=True)
    ]


def _fields(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for separator in top_level(text, _SEPARATOR):
        if text[position : separator.start()].strip():
            yield position, separator.start()
        position = separator.end()
    if text[position:].strip():
        yield position, len(text)


def _continues_clause(piece: str, indices: frozenset[str], begun: bool) -> bool:
    if begun:
        return _letters(piece) is not None
    said = has_relation(piece) or r"\forall" in piece or r"\in" in piece
    return said and speaks_of_indices(piece, indices)


def speaks_of_indices(piece: str, indices: frozenset[str]) -> bool:
    """Whether the piece is a range clause rather than a formula: `t = 1`, `k \\le t`, `\\dots`."""
    letters = _letters(piece)
    if letters is None:
        return False
    if letters[:1] == ["T"]:
        letters = letters[1:] or letters
    return not letters or letters[0] in indices


def _letters(piece: str) -> list[str] | None:
    """The letters of a piece that holds only letters, numbers, signs and dots; else None."""
    position, stripped = 0, piece.strip()
    letters: list[str] = []
    while position < len(stripped):
        token = _CLAUSE_TOKEN.match(stripped, position)
        if token is None:
            return None
        letters += [token["letter"]] if token["letter"] else []
        position = token.end()
    return letters


def _claim(
    text: MappedText, whole: tuple[int, int], fields: list[tuple[int, int]], indices: frozenset[str]
) -> Claim:
    formula = text.cut(*whole)
    lead = LEAD.match(formula.text)
    formula = formula.cut(lead.end() if lead else 0, len(formula.text)).stripped()
    if fields:
        clause = joined([text.cut(*field) for field in fields], ",")
        return Claim(_unpunctuated(formula), _unpunctuated(clause))
    found = _CLAUSE_END.search(formula.text)
    if found and has_relation(formula.text[: found.start()]) and _is_clause(found[1], indices):
        before = formula.cut(0, found.start())
        return Claim(_unpunctuated(before), formula.cut(*found.span("inside")))
    return Claim(_unpunctuated(formula))


def _is_clause(piece: str, indices: frozenset[str]) -> bool:
    return has_relation(piece) and speaks_of_indices(piece, indices)


def _unpunctuated(text: MappedText) -> MappedText:
    """Without the spaces, and the full stop or comma, that end the sentence."""
    written, end = text.text, len(text.text)
    while end and (written[end - 1] in ".,; \n\\" or written[max(0, end - 2) : end] in _THIN):
        if written[:end].endswith(".."):
            break
        end -= 2 if written[max(0, end - 2) : end] in _THIN else 1
    return text.cut(0, end).stripped()
