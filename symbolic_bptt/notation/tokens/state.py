"""What is known while a text is read from left to right: the tokens so far, and what is open."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ..limits import MAX_DIGITS, MAX_EXPONENT, MAX_PROBLEMS, MAX_WORD
from .remark import Remark
from .token import Kind, Token
from .unicode import Meaning

TEXT_COMMANDS = frozenset((
    r"\text", r"\textrm", r"\textit", r"\textbf", r"\textsf", r"\texttt", r"\textnormal", r"\mbox",
    r"\hbox", r"\fbox", r"\intertext", r"\shortintertext", r"\tag", r"\label", r"\ref", r"\eqref",
    r"\cite", r"\footnote",
))  # fmt: skip
"""Commands whose argument is words of some language, in which any letter may stand."""


@dataclass(slots=True)
class State:
    """The tokens found, and the braces that are open (counted up to where it was last asked).

    closing: whether a brace is to be closed behind the next token.
    joining: whether a second subscript follows that belongs into the brace of the first.
    """

    text: str
    found: list[Token] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    notes: list[Remark] = field(default_factory=list)
    roots: dict[int, str] = field(default_factory=dict)
    closing: bool = False
    joining: bool = False
    _seen: int = 0
    _open: list[str] = field(default_factory=list)
    _last: str = ""

    def add(self, kind: Kind, value: str, start: int, end: int) -> None:
        """One token."""
        self.found.append(Token(kind, value, start, end))

    def add_all(self, meaning: Meaning, start: int, end: int) -> None:
        """Several tokens at one place."""
        self.found.extend(Token(kind, value, start, end) for kind, value in meaning)

    def add_root(self, degree: str, start: int, end: int) -> None:
        """The sign of a root; its radicand is found later."""
        self.roots[len(self.found)] = degree
        self.add("command", r"\sqrt", start, end)

    def add_number(self, value: str, start: int, end: int) -> None:
        """A number; one beyond the bounds is a sign with a problem, so that nobody computes it."""
        digits, _, exponent = value.partition("e")
        if digits.count(".") > 1 and self.context() == "text":
            self.add("sign", value, start, end)  # the number of a section
        elif digits.count(".") > 1:
            message = f"{digits} is no number"
            self.complain(Remark(message, start, end, "write one decimal point"))
            self.add("sign", value, start, end)
        elif len(digits.replace(".", "")) > MAX_DIGITS:
            self.limit(f"a number of more than {MAX_DIGITS} digits", value, start, end)
        elif len(exponent) > 6 or abs(int(exponent or "0")) > MAX_EXPONENT:
            self.limit(f"an exponent beyond {MAX_EXPONENT}", value, start, end)
        else:
            self.add("number", value, start, end)

    def complain(self, remark: Remark) -> None:
        """A problem; beyond the bound only that there are more."""
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(remark)
        elif len(self.problems) == MAX_PROBLEMS:
            message = f"more than {MAX_PROBLEMS} problems: from here on none is listed"
            self.problems.append(Remark(message, remark.start, remark.end, kind="limit"))

    def limit(self, what: str, value: str, start: int, end: int) -> None:
        """A sign that is refused since it is too long."""
        self.complain(Remark(what, start, end, "give it a name of its own", "limit"))
        self.add("sign", value, start, end)

    def too_long(self, word: str, start: int, end: int) -> bool:
        """Whether a word was refused for its length."""
        if len(word) > MAX_WORD:
            self.limit(f"a word of more than {MAX_WORD} letters", word, start, end)
        return len(word) > MAX_WORD

    def refuse_backslash(self, start: int, end: int) -> None:
        """A backslash with no command behind it."""
        hint = r"write a command, such as \sum, or leave it out"
        self.complain(Remark("a backslash without a command behind it", start, end, hint))
        self.add("sign", "\\", start, end)

    def close(self, match: re.Match[str]) -> None:
        """The brace that `^-` opened."""
        self.add("sign", "}", *match.span())
        self.closing = False

    def last(self) -> str:
        """The value of the last token that is not blank."""
        self._catch_up()
        return self._last

    def context(self) -> str:
        """What the innermost open brace belongs to: `^`, `_`, `text`, `$` inside text, or ``."""
        self._catch_up()
        return self._open[-1] if self._open else ""

    def in_script(self) -> bool:
        """Whether what comes now stands in a script."""
        return self.last() in ("^", "_") or self.context() in ("^", "_")

    def _catch_up(self) -> None:
        for token in self.found[self._seen :]:
            if token.kind == "sign" and token.value in "{}$":
                self._bracket(token.value)
            if not token.is_blank:
                self._last = token.value
        self._seen = len(self.found)

    def _bracket(self, sign: str) -> None:
        inner = self._open[-1] if self._open else ""
        if sign == "{":
            text = self._last in TEXT_COMMANDS
            self._open.append(self._last if self._last in ("^", "_") else "text" if text else inner)
        elif sign == "}" and self._open:
            self._open.pop()
        elif sign == "$" and inner == "text":
            self._open.append("$")
        elif sign == "$" and inner == "$":
            self._open.pop()
