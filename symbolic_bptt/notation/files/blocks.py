"""The blocks of a Markdown text that are no running text: fences, indented code, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

BlockKind = Literal["fence", "indented", "table", "module"]

_KINDS: dict[str, BlockKind] = {
    "fence": "fence", "code_block": "indented", "table_open": "table"
}  # fmt: skip
_FRONT_MATTER = re.compile(r"(---|\+\+\+)[ \t]*\n(?:.*\n)*?\1[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Block:
    """One block, from the start of its first line to the end of its last.

    inner_start, inner_end: the content of a fence, without the lines of its marks.
    info: what stands behind the opening mark, in small letters.
    is_closed: whether a fence has a closing mark.
    """

    kind: BlockKind
    start: int
    end: int
    inner_start: int
    inner_end: int
    info: str = ""
    is_closed: bool = True


def front_matter(text: str) -> int:
    """Where the YAML or TOML before the text ends; 0 if there is none."""
    match = _FRONT_MATTER.match(text) if text.startswith(("---", "+++")) else None
    return match.end() if match else 0


def blocks(text: str, start: int, indented: bool = True) -> list[Block]:
    """The blocks behind `start`, in order, by the rules of CommonMark and the tables of GitHub.

    `indented` says whether four spaces make code. Which formulas stand in a table's cell is not
    decided here: `|x|` is mathematics.
    """
    parser = MarkdownIt("commonmark").enable("table").disable(["reference", "lheading"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    if not indented:
        parser.disable("code")
    body = text[start:].replace("\r\n", " \n").replace("\r", " ")
    lines = _line_starts(text, start)
    return [_block(text, lines, token) for token in parser.parse(body) if _is_wanted(token)]


def _is_wanted(token: Token) -> bool:
    return token.type in _KINDS and token.map is not None


def _line_starts(text: str, start: int) -> list[int]:
    starts = [start, *(match.end() for match in re.compile("\n").finditer(text, start))]
    return [*starts, len(text)]


def _block(text: str, lines: list[int], token: Token) -> Block:
    first, behind = token.map or (0, 0)
    start, end = lines[first], lines[min(behind, len(lines) - 1)]
    kind = _KINDS[token.type]
    if kind != "fence":
        return Block(kind, start, end, start, end)
    inner = min(lines[first + 1], end)
    last = lines[behind - 1]
    mark = re.escape(token.markup[:1])
    closing = re.compile(rf"[ \t>]*{mark}{{{len(token.markup)},}}[ \t\r]*$", re.MULTILINE)
    is_closed = behind - 1 > first and closing.match(text, last, end) is not None
    inner_end = last if is_closed else end
    return Block(kind, start, end, inner, inner_end, token.info.strip().lower(), is_closed)
