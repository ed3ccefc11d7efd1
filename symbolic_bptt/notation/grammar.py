"""The parser that `grammar.lark` describes, made once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput

from .failures import failure
from .mapped import MappedText

Start = Literal["statement", "clause", "additive"]
STARTS: tuple[Start, ...] = ("statement", "clause", "additive")


@cache
def parser() -> Lark:
    """The LALR parser."""
    grammar = (files(__package__) / "grammar.lark").read_text("utf-8")
    return Lark(
        grammar, parser="lalr", lexer="contextual", start=list(STARTS), maybe_placeholders=False
    )


def parse(text: MappedText, start: Start) -> Tree[Token]:
    """lark's tree of one formula; raises `NotationError`."""
    try:
        return parser().parse(text.text, start=start)
    except UnexpectedInput as error:
        raise failure(error, text) from None
