"""The regions of a Markdown text, and of its kin: R Markdown, Quarto, MDX."""

from __future__ import annotations

import re

from .bare import read_formulas
from .blocks import Block, blocks, front_matter
from .findings import Findings
from .inline import InlineReader
from .mathematics import Mathematics
from .nesting import Nesting

_MATHEMATICS = frozenset({"math", "katex", "latex", "tex", "mathjax"})
"""What stands behind the mark of a fence that holds formulas."""

_LANGUAGE = re.compile(r"\{?\s*[.=]?([\w+#-]*)")
_DOCUMENT = re.compile(r"\\(?:documentclass|usepackage|begin\s?\{document\})")
_MODULE = re.compile(r"^(?:import|export)\s(?=.*(?:from|['\"{=(]|function|default))", re.MULTILINE)


def read_markdown(findings: Findings) -> None:
    """The regions of a Markdown file."""
    _read(findings, jsx=False)


def read_mdx(findings: Findings) -> None:
    """The regions of an MDX file: braces, imports and exports are code, an indent is not."""
    _read(findings, jsx=True)


def _read(findings: Findings, jsx: bool) -> None:
    text = findings.source.text
    start = front_matter(text)
    if start:
        findings.add("code", 0, start)
    mathematics = Mathematics(findings, comments=False, quotes=True)
    found = blocks(text, start, indented=not jsx)
    if jsx:
        found = sorted([*found, *_modules(text, mathematics.nesting)], key=lambda b: b.start)
    reader = InlineReader(findings, mathematics, expressions=jsx)
    for block in found:
        if block.start >= start and not findings.is_full:
            reader.read(start, block.start)
            _block(block, reader)
            start = block.end
    reader.read(start, len(text))


def _block(block: Block, reader: InlineReader) -> None:
    findings = reader.findings
    if block.kind == "table":
        _table(block, reader)
    elif block.kind == "fence":
        _fence(block, reader.mathematics)
    else:
        if block.kind == "indented" and "$" in reader.text[block.start : block.end]:
            findings.note("text indented by four spaces is code; the dollars in it open nothing")
        findings.add("code", block.start, block.end)


def _table(block: Block, reader: InlineReader) -> None:
    """Each row by itself: no formula runs from one into the next."""
    reader.mathematics.in_table = True
    position = block.start
    while position < block.end:
        end = reader.text.find("\n", position, block.end) + 1 or block.end
        reader.read(position, end)
        position = end
    reader.mathematics.in_table = False


def _fence(block: Block, mathematics: Mathematics) -> None:
    findings, text = mathematics.findings, mathematics.text
    if not block.is_closed:
        message = "the block that this mark opens is never closed: it goes on to the end"
        findings.problem(message, block.start, block.inner_start, "close it with the same mark")
    language = _LANGUAGE.match(block.info)
    is_document = _DOCUMENT.search(text, block.inner_start, block.inner_end)
    if language is None or language[1] not in _MATHEMATICS or is_document:
        findings.add("code", block.start, block.end)
    else:
        read_formulas(mathematics, block.inner_start, block.inner_end)


def _modules(text: str, nesting: Nesting) -> list[Block]:
    """The imports and exports of MDX, each to a blank line outside of braces."""
    found: list[Block] = []
    position = 0
    while (match := _MODULE.search(text, position)) is not None:
        position = match.start()
        end = _module_end(text, position, nesting)
        found.append(Block("module", position, end, position, end))
        position = end
    return found


def _module_end(text: str, position: int, nesting: Nesting) -> int:
    while True:
        blank = text.find("\n\n", position)
        end = blank + 1 if blank >= 0 else len(text)
        brace = text.find("{", position, end)
        while brace >= 0 and nesting.braces.get(brace, 0) <= end:
            brace = text.find("{", nesting.braces.get(brace, brace + 1), end)
        if brace < 0:
            return end
        position = nesting.braces[brace]
