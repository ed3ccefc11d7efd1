r"""Brackets that rows of a display split, `\Big( a \\ & + b \Big)`, are one bracket.

So is `\left( a \right. \\ & \left. + b \right)`. What only breaks the line inside of a bracket
becomes white space, before anything else is read: the row's end, the `&` behind it, and the
`\right.` and `\left.` with which one pair of delimiters is set in two. A bracket with a relation in
it holds rows, and one whose rows no operator joins a column: they stay as they are, as does what
stands in an environment inside of the bracket.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..limits import MAX_DEPTH
from ..tokens.token import Token
from .commands import RELATIONS
from .delimiters import CLOSING, is_delimiter, skip_blanks
from .pairs import environment_name, pairing
from .reader import CELL_STOPS
from .table import listed

_ROW_ENDS = CELL_STOPS - {"&"}
_GAPS = listed(r"& \quad \qquad \enspace \, \: \; \! \> \nonumber \notag \hfill \hskip \hspace")
_OPERATORS = listed(
    r"+ - * / \pm \mp \cdot \times \odot \otimes \circ \ast \star \bullet \div \oslash ,"
)
_CLOSERS = frozenset(CLOSING.values())
_TABLES = listed(
    "matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix psmallmatrix bsmallmatrix cases"
    " dcases rcases drcases array tabular subarray"
)
"""Environments in whose cells every `&` and every row counts."""


@dataclass
class _Split:
    """A `\\left` with its delimiter, and the places of the signs that only split it."""

    delimiter: str
    index: int
    signs: list[int] = field(default_factory=list)


def rejoined(tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens, with white space for what breaks lines inside of brackets. Linear."""
    if not any(token.value in _ROW_ENDS for token in tokens):
        return tokens
    made = list(tokens)
    resumed = _resumed(made)
    for place in _breaks(made, resumed):
        _blank_out(made, place)
    return made


def _blank_out(tokens: list[Token], place: int) -> None:
    tokens[place] = Token("space", " ", tokens[place].start, tokens[place].end)


def _resumed(tokens: list[Token]) -> set[int]:
    r"""Takes out the `\right.` and `\left.` that split a pair; the places of the `\left` kept."""
    stack: list[_Split] = []
    waiting: list[_Split] = []
    found: list[_Split] = []
    for index, token in enumerate(tokens):
        if token.value in (r"\begin", r"\end"):
            waiting = []
        elif token.value in (r"\left", r"\right"):
            place = skip_blanks(tokens, index + 1)
            sign = tokens[place].value if is_delimiter(tokens, place) else ""
            if token.value == r"\left":
                if sign == "." and waiting:
                    stack.append(waiting.pop())
                    stack[-1].signs += (index, place)
                else:
                    stack.append(_Split(sign, index))
            elif stack:
                one = stack.pop()
                if sign == "." and one.delimiter != "." and _row_ends(tokens, place + 1):
                    one.signs += (index, place)
                    waiting.append(one)
                elif one.signs and sign in _CLOSERS:
                    found.append(one)
    for one in found:
        for place in one.signs:
            _blank_out(tokens, place)
    return {one.index for one in found}


def _row_ends(tokens: list[Token], place: int) -> bool:
    r"""Whether nothing but gaps and further `\right.` stands before the end of the row."""
    further = 0
    while place < len(tokens) and tokens[place].value not in _ROW_ENDS:
        token = tokens[place]
        if token.value == r"\right" and further < MAX_DEPTH:
            further += 1
            place = skip_blanks(tokens, place + 1)
            if place >= len(tokens) or tokens[place].value != ".":
                return False
        elif not token.is_blank and token.value not in _GAPS:
            return False
        place += 1
    return place < len(tokens)


def _breaks(tokens: list[Token], resumed: set[int]) -> list[int]:
    """The places that only break the line inside of the outermost brackets."""
    partner = pairing(tokens).partner
    found: list[int] = []
    index = 0
    while index < len(tokens):
        value, close = tokens[index].value, partner.get(index)
        if value == r"\begin" and close is not None:
            name = environment_name(tokens, index)[0].removesuffix("*")
            index = close if name in _TABLES else index
        elif value == "{" and close is not None:
            index = close
        elif close is not None and (value in CLOSING or value == r"\left"):
            if _is_closed(tokens, index, close):
                found += _inside(tokens, index, close, partner, index in resumed)
            index = close
        index += 1
    return found


def _is_closed(tokens: list[Token], index: int, close: int) -> bool:
    r"""Whether a pair has brackets on both sides: `\left\{ … \right.` holds a system."""
    ends = (skip_blanks(tokens, place + 1) for place in (index, close))
    return tokens[index].value != r"\left" or all(
        place < len(tokens) and tokens[place].value not in (".", "|") for place in ends
    )


def _inside(
    tokens: list[Token], index: int, close: int, partner: dict[int, int], resumed: bool
) -> list[int]:
    """The breaks between a bracket and its partner; none, if they part rows."""
    found: list[int] = []
    depth, place = 0, index + 1
    while place < close:
        value = tokens[place].value
        if value in ("{", r"\begin") and partner.get(place, close) < close:
            place = partner[place]
        elif value in CLOSING or value == r"\left":
            depth += 1
        elif value in _CLOSERS or value == r"\right":
            depth -= 1
        elif value in RELATIONS and depth <= 0:
            return []
        elif value in _ROW_ENDS:
            if not (resumed or _goes_on(tokens, place)):
                return []
            found.append(place)
            place = _behind_gaps(tokens, place + 1, found)
            continue
        elif value == "&":
            found.append(place)
        place += 1
    return found if any(tokens[one].value in _ROW_ENDS for one in found) else []


def _behind_gaps(tokens: list[Token], place: int, found: list[int]) -> int:
    """The place behind the gaps that set a further row in."""
    while place < len(tokens) and (tokens[place].is_blank or tokens[place].value in _GAPS):
        if not tokens[place].is_blank:
            found.append(place)
        place += 1
    return place


def _goes_on(tokens: list[Token], place: int) -> bool:
    """Whether an operator stands before the end of a row, or behind it."""
    before, behind = place - 1, place + 1
    while before >= 0 and _is_gap(tokens[before]):
        before -= 1
    while behind < len(tokens) and _is_gap(tokens[behind]):
        behind += 1
    return any(
        0 <= one < len(tokens) and tokens[one].value in _OPERATORS for one in (before, behind)
    )


def _is_gap(token: Token) -> bool:
    return token.is_blank or token.value in _GAPS or token.value in "{}"
