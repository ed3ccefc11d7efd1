"""Tokens: what a text of mathematics consists of, each with its place; nothing is left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["command", "letter", "word", "number", "sign", "space", "comment"]


@dataclass(frozen=True, slots=True)
class Token:
    r"""One token, and where it stands in its source.

    kind: `command` is a control sequence or what means one (`\frac`, `\,`, `∂` as `\partial`);
        `letter` one Latin letter; `word` several letters of plain text that belong together
        (`softmax`, `yhat`); `number` a decimal literal; `sign` any other single sign, braces,
        scripts and `&` among them; `space` and `comment` mean nothing.
    value: the normalised spelling, in LaTeX: `\delta` for δ, `-` for the minus sign U+2212.
    start, end: half-open, in the source. All tokens that one sign or one macro call stands for
        have its place: `x²` gives `x`, `^`, `{`, `2`, `}`, of which four stand at the ².
    """

    kind: Kind
    value: str
    start: int
    end: int

    @property
    def is_blank(self) -> bool:
        """Whether it is white space or a comment."""
        return self.kind in ("space", "comment")
