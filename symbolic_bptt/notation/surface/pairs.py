r"""Which bracket is closed by which: one pass over the tokens, before anything else is read.

Braces and environments are the strongest; then `\left … \right` and `$ … $` inside of text; then
written brackets, which never reach out of a stronger pair. `[0, 1)` and `(a, b]` are pairs as they
stand. Bars are no brackets here (see `bars`). Brackets inside of text are only text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..tokens.token import Token
from .delimiters import CLOSING, is_delimiter, skip_blanks
from .table import listed

BAR_CLOSERS = frozenset((r"\rvert", r"\rVert"))
"""Closing bars, which are bars like any other where nothing opens them."""

_OPENING = {closing: opening for opening, closing in CLOSING.items()}
_SAME = {r"\lbrace": r"\{", r"\lbrack": "[", r"\llbracket": "["}
_DELIMITED = frozenset((r"\left", r"\right", r"\middle"))
_HARD, _MIDDLE, _SOFT = 2, 1, 0

TEXT_COMMANDS = listed(
    r"\text \textrm \textnormal \mbox \hbox \textup \textsf \texttt \textbf \textit \emph \textsc"
    r" \textsl \intertext \shortintertext \label \tag \ref \eqref \cite \color \footnote"
)
"""Commands whose argument is text: no bracket, script or bar in it is mathematics."""

_KEYS = {"{": "{", "}": "{", r"\begin": r"\begin", r"\end": r"\begin", "$": "$", ",": ",", ";": ","}


@dataclass(frozen=True)
class Fault:
    """A bracket without its partner, or with a wrong one: the place and the words."""

    index: int
    message: str
    hint: str


@dataclass(frozen=True)
class Pairing:
    """The partner of each opening token, by their places in the sequence, and what is wrong."""

    partner: dict[int, int]
    faults: list[Fault]


@dataclass(slots=True)
class _Frame:
    key: str
    index: int
    rank: int
    text: bool = False
    commas: int = 0
    name: str = ""


@dataclass(slots=True)
class _Scan:
    tokens: Sequence[Token]
    stack: list[_Frame] = field(default_factory=list)
    heights: dict[str, list[int]] = field(default_factory=dict)
    """For each kind of opening, how deep in the stack its open ones are."""
    ranks: tuple[list[int], list[int], list[int]] = field(default_factory=lambda: ([], [], []))
    partner: dict[int, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def open(self, frame: _Frame) -> None:
        height = len(self.stack)
        self.heights.setdefault(frame.key, []).append(height)
        self.ranks[frame.rank].append(height)
        self.stack.append(frame)

    def pop(self) -> _Frame:
        frame = self.stack.pop()
        self.heights[frame.key].pop()
        self.ranks[frame.rank].pop()
        return frame

    def barrier(self, rank: int) -> int:
        """The height of the innermost pair stronger than `rank`; -1 if there is none."""
        return max((heights[-1] for heights in self.ranks[rank + 1 :] if heights), default=-1)

    def innermost(self, key: str, rank: int) -> int:
        """The height of the innermost opening of this kind that may be closed here, or -1."""
        heights = self.heights.get(key)
        return heights[-1] if heights and heights[-1] > self.barrier(rank) else -1

    def close(self, height: int, index: int) -> None:
        """Pair the opening at `height` with the token at `index`; what lies between is unclosed."""
        while len(self.stack) - 1 > height:
            self.unclosed(self.pop())
        self.partner[self.pop().index] = index

    def unclosed(self, frame: _Frame) -> None:
        shown, wanted = _shown(self.tokens, frame), _wanted(self.tokens, frame)
        self.fault(frame.index, f"{shown} is never closed", f"write {wanted} where it ends")

    def stray(self, index: int, opening: str, shown: str = "") -> None:
        shown = shown or self.tokens[index].value
        hint = f"delete it, or write {opening} where it begins"
        self.fault(index, f"{shown} closes nothing", hint)

    def fault(self, index: int, message: str, hint: str) -> None:
        self.faults.append(Fault(index, message, hint))


def pairing(tokens: Sequence[Token]) -> Pairing:
    """The partner of every bracket, brace, `\\left`, `\\begin` and `$`."""
    scan = _Scan(tokens)
    texts: set[int] = set()
    done = -1
    for index in [place for place, token in enumerate(tokens) if token.value in _RELEVANT]:
        if index > done:
            done = _step(scan, index, tokens[index].value, texts)
    while scan.stack:
        scan.unclosed(scan.pop())
    return Pairing(scan.partner, scan.faults)


_RELEVANT = frozenset((*CLOSING, *_OPENING, *_KEYS, *_DELIMITED, *TEXT_COMMANDS))


def _step(scan: _Scan, index: int, value: str, texts: set[int]) -> int:
    """Read one token of interest; the place of the last token that is done with."""
    inside_text = bool(scan.stack) and scan.stack[-1].text
    if value == "{":
        scan.open(_Frame("{", index, _HARD, text=inside_text or index in texts))
    elif value == "}":
        _close_brace(scan, index)
    elif value == "$":
        _dollar(scan, index, inside_text)
    elif inside_text:
        pass
    elif value in TEXT_COMMANDS:
        texts.add(_argument(scan.tokens, index + 1))
    elif value in _DELIMITED:
        return _delimited(scan, index, value)
    elif value in (r"\begin", r"\end"):
        return _environment(scan, index, value)
    elif value in (",", ";"):
        if scan.stack:
            scan.stack[-1].commas += 1
    elif value in CLOSING:
        scan.open(_Frame(_SAME.get(value, value), index, _SOFT))
    else:
        _close_written(scan, index, value)
    return index


def _argument(tokens: Sequence[Token], index: int) -> int:
    """Where the argument of a command begins, behind a star if there is one."""
    place = skip_blanks(tokens, index)
    if place < len(tokens) and tokens[place].value == "*":
        return skip_blanks(tokens, place + 1)
    return place


def _close_brace(scan: _Scan, index: int) -> None:
    heights = scan.heights.get("{")
    if heights:
        scan.close(heights[-1], index)
    else:
        scan.stray(index, "{")


def _dollar(scan: _Scan, index: int, inside_text: bool) -> None:
    height = scan.innermost("$", _MIDDLE)
    if inside_text:
        scan.open(_Frame("$", index, _MIDDLE))
    elif height >= 0:
        scan.close(height, index)
    else:
        scan.fault(index, "a dollar sign inside a formula", "delete it")


def _delimited(scan: _Scan, index: int, value: str) -> int:
    delimiter = skip_blanks(scan.tokens, index + 1)
    if value == r"\left":
        scan.open(_Frame(r"\left", index, _MIDDLE))
    elif value == r"\right":
        height = scan.innermost(r"\left", _MIDDLE)
        if height < 0:
            scan.stray(index, r"\left")
        else:
            scan.close(height, index)
    return delimiter if is_delimiter(scan.tokens, delimiter) else index


def _environment(scan: _Scan, index: int, value: str) -> int:
    name, after = environment_name(scan.tokens, index)
    if value == r"\begin":
        scan.open(_Frame(r"\begin", index, _HARD, name=name))
        return after - 1
    height = _environment_height(scan, name)
    if height < 0:
        scan.stray(index, rf"\begin{{{name}}}", rf"\end{{{name}}}")
        return after - 1
    opened = scan.stack[height].name
    if opened != name:
        message = rf"\begin{{{opened}}} is closed by \end{{{name}}}"
        scan.fault(index, message, rf"write \end{{{opened}}}")
    scan.close(height, index)
    return after - 1


def _environment_height(scan: _Scan, name: str) -> int:
    """The environment that an `\\end` closes: of the same name among the inner three, else any."""
    heights = scan.heights.get(r"\begin") or [-1]
    named = (
        height for height in heights[:-4:-1] if height >= 0 and scan.stack[height].name == name
    )
    return next(named, heights[-1])


def _close_written(scan: _Scan, index: int, value: str) -> None:
    opening = _OPENING[value]
    opening = _SAME.get(opening, opening)
    barrier = scan.barrier(_SOFT)
    top = scan.stack[-1] if len(scan.stack) - 1 > barrier else None
    height = scan.innermost(opening, _SOFT)
    if value in BAR_CLOSERS and height < 0:
        return
    if top is None:
        scan.stray(index, opening)
    elif top.key == opening or _half_open(top, value):
        scan.close(len(scan.stack) - 1, index)
    elif height >= 0:
        scan.close(height, index)
    else:
        right = CLOSING[top.key]
        scan.fault(index, f"{top.key} is closed by {value!r} instead of {right}", f"write {right}")
        scan.close(len(scan.stack) - 1, index)


def _half_open(opening: _Frame, closing: str) -> bool:
    return opening.key in "([" and closing in (")", "]") and opening.commas == 1


def _shown(tokens: Sequence[Token], frame: _Frame) -> str:
    if frame.key == r"\left":
        return rf"\left{_delimiter(tokens, frame)}"
    return rf"\begin{{{frame.name}}}" if frame.key == r"\begin" else frame.key


def _wanted(tokens: Sequence[Token], frame: _Frame) -> str:
    if frame.key == r"\left":
        delimiter = _delimiter(tokens, frame)
        return rf"\right{CLOSING.get(delimiter, delimiter) or '.'}"
    wanted = {"{": "}", "$": "$", r"\begin": rf"\end{{{frame.name}}}"}
    return wanted.get(frame.key) or CLOSING[tokens[frame.index].value]


def _delimiter(tokens: Sequence[Token], frame: _Frame) -> str:
    place = skip_blanks(tokens, frame.index + 1)
    return tokens[place].value if is_delimiter(tokens, place) else ""


def environment_name(tokens: Sequence[Token], index: int) -> tuple[str, int]:
    r"""The name behind the `\begin` or `\end` at `index`, and the place after its brace."""
    place = skip_blanks(tokens, index + 1)
    if place >= len(tokens) or tokens[place].value != "{":
        return "", index + 1
    letters: list[str] = []
    for after in range(place + 1, min(place + 40, len(tokens))):
        value = tokens[after].value
        if value == "}":
            return "".join(letters).strip(), after + 1
        letters.append(value)
    return "", index + 1
