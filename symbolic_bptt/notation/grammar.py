"""The parser that `grammar.lark` describes, from its table if that is up to date.

Working a grammar out takes lark a tenth of a second, reading its finished table a few
milliseconds. `grammar.json` is that table; `scripts/grammar_table.py` writes it again. A table of
another grammar, or of another version of lark, is not used.
"""

from __future__ import annotations

import json
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, Literal

import lark
from lark import Lark, Token, Tree
from lark.exceptions import UnexpectedInput
from lark.grammar import Rule
from lark.lexer import TerminalDef

from .failures import failure
from .mapped import MappedText

Start = Literal["statement", "clause", "additive"]
STARTS: tuple[Start, ...] = ("statement", "clause", "additive")


def parse(text: MappedText, start: Start) -> Tree[Token]:
    """lark's tree of one formula; raises `NotationError`."""
    try:
        return parser().parse(text.text, start=start)
    except UnexpectedInput as error:
        raise failure(error, text) from None


@cache
def parser() -> Lark:
    """The LALR parser."""
    grammar = _read("grammar.lark")
    table = json.loads(_read("grammar.json"), object_pairs_hook=_with_numbers)
    if table["digest"] == digest(grammar):
        loaded: Lark = Lark._load_from_dict(  # type: ignore[no-untyped-call]
            table["data"], table["memo"]
        )
        return loaded
    return worked_out(grammar)


def worked_out(grammar: str) -> Lark:
    """The same parser, from the grammar itself."""
    return Lark(
        grammar, parser="lalr", lexer="contextual", start=list(STARTS), maybe_placeholders=False
    )


def digest(grammar: str) -> str:
    """What a table must have been made from."""
    return sha256(f"lark {lark.__version__}\n{grammar}".encode()).hexdigest()


def table() -> str:
    """The text of `grammar.json` for the grammar as it is now."""
    grammar = _read("grammar.lark")
    data, memo = worked_out(grammar).memo_serialize([TerminalDef, Rule])
    content = {"digest": digest(grammar), "lark": lark.__version__, "data": data, "memo": memo}
    return json.dumps(content, separators=(",", ":")) + "\n"


def _read(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def _with_numbers(pairs: list[tuple[str, Any]]) -> dict[str | int, Any]:
    """JSON has only text for keys; the states of the table are numbers."""
    return {int(key) if key.isdigit() else key: value for key, value in pairs}
