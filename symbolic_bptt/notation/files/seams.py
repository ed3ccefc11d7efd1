r"""Equations that are split over several formulas of a line: `$a$ = $b$`, `| $a$ | = | $b$ |`.

Formulas with nothing but one sign between them are one formula; what stands between the sign and
the delimiters is skipped. An equals sign beside a formula that joins nothing is told.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from .findings import Findings
from .region import Region, Stretch
from .signs import has_relation_of_its_own

_BLANK = r"(?:[\s*_~|&]|&nbsp;|\\[,;:! ]|\\q?quad(?![A-Za-z])|\{\}|</?[A-Za-z][^<>\n]{0,60}>)*"
"""White space and marks of layout; a table's `|` and `&` among them."""

_EQUALS = re.compile(rf"{_BLANK}(?P<sign>:?=|＝|≔|≡){_BLANK}")
_ADDS = re.compile(rf"{_BLANK}(?<=\s)(?P<sign>[-+−])(?=\s){_BLANK}")
_NOTHING = re.compile(_BLANK)
_PARAGRAPH = re.compile(r"\n[ \t\r>]*\n")
_VALUE = re.compile(
    rf"{_BLANK}(?P<sign>=){_BLANK}(?P<value>[-−]?\d+(?:\.\d+)?)(?![\w^/*(]|\.\d|\s?[$\\])"
)
_BEGINS = re.compile(r"\s*&?\s*(?::?=|[≤≥≈≡≔]|\\(?:leq?|geq?|equiv|approx|coloneqq)(?![A-Za-z]))")
_ENDS = re.compile(r"(?:=|[≤≥≈≡≔]|\\(?:leq?|geq?|equiv|approx|coloneqq))\s*\Z")
_EQUAL_WORDS = re.compile(
    rf"{_BLANK}(?:(?:is|are|being|ist|est|es)\s+)?"
    r"(?:equals?(?:\s+to)?|the\s+same\s+as|identical\s+to|gleich|égale?s?(?:\s+à)?|igual\s+a"
    rf"|等于|等於|は|와\s*같다){_BLANK}",
    re.IGNORECASE,
)
_IS = re.compile(
    rf"{_BLANK}(?:(?:is|are|ist|est|es|为|是)(?:\s+(?:then|thus|just|simply|given\s+by|gegeben\s+durch|"
    rf"donnée?\s+par|dada\s+por))?|becomes|reads|wird|devient){_BLANK}",
    re.IGNORECASE,
)
_CELLS = re.compile(r"[\s*_]*(?:\||&|</td>\s*<td[^<>\n]{0,60}>)[\s*_]*")
_DERIVATIVE = re.compile(r"\\partial|\\nabla|\\frac\s*\{\s*d|[∂∇]")
_COMPUTED = re.compile(
    r"\\(?:sum|prod|odot|otimes|circ|top|tanh|sigma\s*\(|exp|log|operatorname|diag)(?![A-Za-z])|\^T"
    r"|[∑∏⊙⊗]"
)
_TOUCHES = re.compile(rf"(?!\s*\n\s*==){_BLANK}=(?!=){_BLANK}(?P<right>[^\s$]{{0,60}})")
_TOUCHED = re.compile(r"(?P<left>[^\s=]{0,60})[ \t]*(?<![=<>!:])=(?:[ \t]|\*\*)*\Z")
_WRITTEN = re.compile(r"(?<![^\W\d_])[^\W\d_]'?[.,;]?\Z|[^\W\d_][_^/(*+'′]|[)∂∇∑∏√\d}\\]")
"""What is written as a formula, in a word of running text."""


_MORE = re.compile(r"[ ]{1,9}(?:\$(?!\s)|\\\(|[^\W\d_](?=[\s.,;:]|\Z))")
"""What goes on with a formula in running text: another one, or a letter on its own."""

_WINDOW = 300
"""Characters of a line that are looked at."""

_SPLIT = "an equation whose sides stand in formulas of their own is not read"
_HINT = "write both sides in one formula"


def with_seams(findings: Findings) -> list[Region]:
    """The regions found, those of one equation as one; equals signs that join nothing are told.

    `$z$ = $a$ $b$` joins nothing: its right side goes on behind the second.
    """
    text, made = findings.source.text, list[Region]()
    found = sorted(findings.regions, key=lambda one: one.start)
    for place, region in enumerate(found):
        last = _with_value(text, made.pop(), region.start) if made else None
        next_start = found[place + 1].start if place + 1 < len(found) else len(text)
        open_end = _goes_on(text, region, next_start)
        joint = _joint(text, last, region) if last is not None and not open_end else None
        if last is None:
            made.append(region)
        elif joint is None:
            made += (last, region)
        else:
            made.append(_joined(last, region, joint))
    if made:
        made.append(_with_value(text, made.pop(), len(text)))
    _tell(findings, made)
    return made


def _joint(text: str, left: Region, right: Region) -> Stretch | None:
    """The sign between two formulas that are one, or an empty stretch where none is needed."""
    if not left.kind == right.kind == "inline":
        return None
    place = (left.end, right.start)
    between = text[slice(*place)]
    if len(between) > 200 or _PARAGRAPH.search(between):
        return None
    before, behind = _inside(text, left), _inside(text, right)
    if _NOTHING.fullmatch(between):
        return (left.end, left.end) if _ENDS.search(before) or _BEGINS.match(behind) else None
    found = _EQUALS.fullmatch(text, *place)
    if found is None and has_relation_of_its_own(before) and not has_relation_of_its_own(behind):
        found = _ADDS.fullmatch(text, *place)
    return found.span("sign") if found is not None else None


def _goes_on(text: str, region: Region, behind: int) -> bool:
    """Whether more of the formula stands behind it: `$a$ $b$`, `$a$ u`."""
    if _ENDS.search(_inside(text, region)):
        return False
    return _MORE.match(text, region.end, min(len(text), behind + 2)) is not None


def _joined(left: Region, right: Region, joint: Stretch) -> Region:
    """Both as one region, in which only the sign stands between them."""
    gaps = ((left.inner_end, joint[0]), (joint[1], right.inner_start))
    kept = tuple(gap for gap in gaps if gap[0] < gap[1])
    skipped = (*left.skipped, *kept, *right.skipped)
    return Region(
        "inline", left.start, right.end, left.inner_start, right.inner_end, skipped=skipped
    )


def _with_value(text: str, region: Region, end: int) -> Region:
    """A formula with the number that stands behind an equals sign: `$T$ = 3`."""
    found = _VALUE.match(text, region.end, end) if region.kind == "inline" else None
    if found is None:
        return region
    gaps = ((region.inner_end, found.start("sign")), (found.end("sign"), found.start("value")))
    kept = tuple(gap for gap in gaps if gap[0] < gap[1])
    end = found.end("value")
    return replace(region, end=end, inner_end=end, skipped=(*region.skipped, *kept))


def _inside(text: str, region: Region) -> str:
    return "".join(text[slice(*stretch)] for stretch in region.stretches)


def _tell(findings: Findings, regions: list[Region]) -> None:
    """The equations that words, cells or other text split."""
    text = findings.source.text
    for left, right in pairwise(regions):
        if _goes_on(text, right, len(text)) or _goes_on(text, left, right.start):
            continue  # named in passing, as `$z$ = $a$ $b$` in a title
        if left.is_mathematics and right.is_mathematics and _is_split(text, left, right):
            findings.problem(_SPLIT, left.start, right.end, _HINT)
        elif left.is_mathematics and (end := _right_side(text, left.end, right)):
            findings.problem(_SPLIT, left.start, end, _HINT)
        elif right.is_mathematics and (start := _left_side(text, left.end, right.start)):
            findings.problem(_SPLIT, start, right.end, _HINT)
    _tell_ends(findings, regions)


def _tell_ends(findings: Findings, regions: list[Region]) -> None:
    """The same before the first formula and behind the last."""
    text = findings.source.text
    if not regions:
        return
    first, last = regions[0], regions[-1]
    start = _left_side(text, 0, first.start) if first.is_mathematics else None
    if start is not None:
        findings.problem(_SPLIT, start, first.end, _HINT)
    if last.is_mathematics and (end := _right_side(text, last.end, None)):
        findings.problem(_SPLIT, last.start, end, _HINT)


def _is_split(text: str, left: Region, right: Region) -> bool:
    """Whether words or a table say that two formulas are equal."""
    if not left.kind == right.kind == "inline" or right.start - left.end > 200:
        return False
    between = (left.end, right.start)
    if _PARAGRAPH.search(text, *between):
        return False
    if _EQUAL_WORDS.fullmatch(text, *between):
        return True
    before, behind = _inside(text, left), _inside(text, right)
    if (
        has_relation_of_its_own(before)
        or has_relation_of_its_own(behind)
        or not _COMPUTED.search(behind)
    ):
        return False
    if _IS.fullmatch(text, *between):
        return _DERIVATIVE.search(before) is not None
    return _CELLS.fullmatch(text, *between) is not None and _fill_cells(text, left, right)


def _fill_cells(text: str, left: Region, right: Region) -> bool:
    """Whether the cells of two formulas hold nothing else, and the left one names something."""
    line = text.rfind("\n", max(0, left.start - _WINDOW), left.start) + 1
    end = text.find("\n", right.end, right.end + _WINDOW)
    before = text[line : left.start].rstrip(" \t*_")
    behind = text[right.end : end if end >= 0 else right.end + _WINDOW].lstrip(" \t*_")
    names = _DERIVATIVE.search(_inside(text, left)) or not _COMPUTED.search(_inside(text, left))
    alone = before.endswith(("|", "&")) or not before
    return bool(names) and alone and (not behind or behind.startswith(("|", "&", "\\\\")))


def _right_side(text: str, start: int, following: Region | None) -> int | None:
    """Where something ends that is written as a formula, behind an equals sign at a place."""
    end = following.start if following is not None else len(text)
    found = _TOUCHES.match(text, start, end)
    if found is None:
        return None
    touches = following is not None and following.kind != "code" and found.end() == end
    return found.end() if touches or _WRITTEN.search(found["right"]) else None


def _left_side(text: str, start: int, end: int) -> int | None:
    """Where something begins that is written as a formula, with an equals sign before a place."""
    found = _TOUCHED.search(text, max(start, end - 100), end)
    if found is None or not _WRITTEN.search(found["left"]) or _is_option(text, found.start()):
        return None
    return found.start("left")


def _is_option(text: str, place: int) -> bool:
    """Whether a place stands in the brackets of an option, `[label=$x$]`, or in a tag."""
    line = text[text.rfind("\n", max(0, place - _WINDOW), place) + 1 : place][-_WINDOW:]
    return line.rfind("[") > line.rfind("]") or line.rfind("<") > line.rfind(">")
