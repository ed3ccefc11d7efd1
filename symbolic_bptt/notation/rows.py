r"""The formulas of one display: rows at `\\`, of which some continue the one above."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .lines import CONTINUATION, LEAD, UNFINISHED
from .mapped import MappedText, joined
from .pieces import claims, has_relation, speaks_of_indices, top_level
from .structure import WRAPPERS

_WRAPPER = re.compile(
    rf"\\(?:begin|end)\s*\{{(?:{'|'.join(sorted(WRAPPERS))})\*?\}}(?:\s*\{{\d+\}}|\[[tbc]\])?"
)
_DROPPED = re.compile(r"\\(?:label|tag\*?)\s*\{[^{}]*\}|\\(?:nonumber|notag)(?![A-Za-z])")
_SYSTEM = re.compile(
    r"(?:\\left\s*\\\{\s*+)?(?P<open>\\begin\s*\{(?P<name>d?cases|array)\}(?:\s*\{[^{}]*\})?)"
    r".*(?P<close>\\end\s*\{(?P=name)\})\s*+(?:\\right\s*\.\s*+)?[.,;]?",
    re.DOTALL,
)
_ROW = re.compile(r"\\\\(?:[ \t]*\[[^\]\n]*\])?|\\(?:newline|cr)(?![A-Za-z])")
_BLOCKS = re.compile(
    r"(?P<open>(?<!\\)\{|\\begin\s*\{(?:[A-Za-z]*matrix|array|d?cases)\*?\})"
    r"|(?P<close>(?<!\\)\}|\\end\s*\{(?:[A-Za-z]*matrix|array|d?cases)\*?\})"
)
"""What a row ends in: not a parenthesis, since one that is never closed must cost one row only."""
_DOTS = re.compile(r"\\[lc]?dots(?![A-Za-z])|\.\.|…")
_INDICES = frozenset("ijklmnpqrtuvτ")
_COMMON = frozenset("ijkltT")


def rows(text: MappedText, environment: str = "") -> Iterator[MappedText]:
    """Every formula with a relation in one stretch of mathematics."""
    text = text.edited((*match.span(), " ") for match in _WRAPPER.finditer(text.text))
    text = text.edited((*match.span(), " ") for match in _DROPPED.finditer(text.text))
    text = text.stripped()
    system = _SYSTEM.fullmatch(text.text)
    if system is not None and text.text.count(system["open"]) == 1:
        text = text.cut(system.end("open"), system.start("close"))
    lines = _joined_rows(text, environment.rstrip("*") == "multline")
    for line in lines:
        for claim in claims(line, _INDICES | {"T"}):
            start = claim.formula
            whole = joined([start, claim.clause], r" \quad ") if claim.clause else start
            if has_relation(start.text) and not is_range(start.text):
                yield whole


def is_range(text: str) -> bool:
    r"""Whether a formula in the prose only names a range: `$t = 1, \dots, T$`, without powers."""
    listed = _DOTS.search(text) is not None
    letters = _INDICES | {"T"} if listed else _COMMON
    named = "^" not in text and any(char.isalpha() for char in text)
    return named and speaks_of_indices(text, letters)


def _joined_rows(text: MappedText, all_one: bool) -> list[MappedText]:
    found: list[list[MappedText]] = []
    position = 0
    ends = [match.span() for match in top_level(text.text, _ROW, _BLOCKS)]
    for start, end in [*ends, (len(text.text), len(text.text))]:
        row = text.cut(position, start)
        position = end
        lead = LEAD.match(row.text)
        row = row.cut(lead.end() if lead else 0, len(row.text)).stripped()
        if not row.text:
            continue
        goes_on = CONTINUATION.match(row.text) is not None
        continues = goes_on or _is_rest(row)
        if found and not goes_on and is_range(row.text):
            found[-1] = [joined([joined(found[-1]), row], r" \quad ")]
        elif found and (all_one or continues or UNFINISHED.search(found[-1][-1].text)):
            found[-1].append(row)
        else:
            found.append([row])
    return [joined(parts) for parts in found]


def _is_rest(row: MappedText) -> bool:
    """A row that closes a bracket, or has no relation and is no remark, goes on with the last.

    The relation of a range clause does not count.
    """
    depth = 0
    for char in row.text:
        depth += (char in "([") - (char in ")]")
        if depth < 0:
            return True
    claimed = any(has_relation(claim.formula.text) for claim in claims(row, _INDICES | {"T"}))
    return not claimed and not row.text.startswith((r"\text", r"\intertext", r"\mbox"))
