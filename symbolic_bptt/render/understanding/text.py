"""How files were understood, as unicode plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...checking.understanding import FileUnderstood, Link, NotUnderstood, Understanding, Understood
from ...notation.printer import text
from ..table import plain_table
from .words import HEAD, KINDS, choice, letters, name_row, notes, shapes, sums, why


def as_text(understanding: Understanding) -> str:
    """Every statement in order, what was not read, the names and notes of each file; the sums."""
    blocks = [block for file in understanding.files for block in _file(file)]
    return "\n\n".join(filter(None, [*blocks, sums(understanding)])) + "\n"


def _file(file: FileUnderstood) -> Iterator[str]:
    for statement in file.statements:
        yield "\n".join(_statement(statement))
    for one in file.unread:
        yield _unread(one)
    yield _names(file)
    yield _section(f"notes on {file.name}", notes(file))


def _statement(one: Understood) -> Iterator[str]:
    yield f"{one.source}:{one.line}: {KINDS[one.kind]}  {one.written}"
    for link in one.links:
        yield f"  {text(link.said)}"
        yield from (f"    {line}" for line in _link(link))


def _link(link: Link) -> Iterator[str]:
    yield "; ".join(filter(None, [shapes(link), letters(link)]))
    for one in link.choices:
        yield f"{choice(one)}: {one.text}" if one.text else choice(one)


def _unread(one: NotUnderstood) -> str:
    caret = "\n".join(f"    {line}" for line in one.excerpt.split("\n"))
    return f"{one.source}:{one.line}:{one.column}: {why(one)}\n{caret}"


def _names(file: FileUnderstood) -> str:
    rows = [(text(one.symbol), *name_row(file, one)) for one in file.names]
    return f"names in {file.name}\n" + plain_table(HEAD, rows, indent="  ") if rows else ""


def _section(title: str, lines: Iterable[str]) -> str:
    told = [f"  {line}" for line in lines]
    return "\n".join([title, *told]) if told else ""
