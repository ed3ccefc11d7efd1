"""What the tests of this folder share: the formulas of a text, and hostile fragments."""

from __future__ import annotations

from hypothesis import strategies as st

from symbolic_bptt.notation.files import Document, Kind, read_regions
from symbolic_bptt.notation.source import Source

KINDS: tuple[Kind, ...] = ("tex", "md", "rmd", "mdx", "rst", "txt")

FRAGMENTS = (
    *("$", "$$", "$$$", r"\(", r"\)", r"\[", r"\]", r"\\(", r"\\)", r"\\[", r"\\]", "$`", "`$"),
    *(r"\begin{align}", r"\end{align}", r"\begin{equation*}", r"\end{equation*}", r"\begin{"),
    *(r"\begin{cases}", r"\end{cases}", r"\begin{verbatim}", r"\end{verbatim}", r"\begin{math}"),
    *(r"\text{", r"\intertext{", "{", "}", r"\{", r"\$", r"\%", r"\\", "\\", r"\_", r"\verb|", "|"),
    *(r"\newcommand{\a}{", r"\newcommand{\a}[1][x]{b}", r"\def\b#1{", r"\let\c=\d", "[1]"),
    *(r"\newcommand{\be}{\begin{equation}}", r"\newcommand{\ee}{\end{equation}}", r"\be", r"\ee"),
    *(r"\iffalse", r"\ifx", r"\else", r"\fi", r"\sout{", r"\ensuremath{", r"\end{document}"),
    *("%", "%\n", "#", "<!--", "-->", "<pre>", "</pre>", "<del>", "</del>", "~~", "<", ">"),
    *("`", "``", "```", "```math\n", "```python\n", "~~~\n", "\n", "\n\n", "\n\n    ", "\n> "),
    *("\n- ", "\n1. ", "\n| a | b |\n|---|---|\n", "---\n", "import x from 'y'\n", "{/*", "*/}"),
    *(
        ".. math::\n\n   ",
        ".. math:: ",
        ":math:`",
        "::\n\n   ",
        ".. note\n",
        "\n=== \n",
        ":label: a",
    ),
    *(
        "a = b",
        "E",
        "5",
        " ",
        "x_t",
        "costs ",
        "，",
        "损失",
        "ŷ",
        "\u2028",
        "\r",
        "\t",
        "= c",
        "+ d",
    ),
    *("- e = f", "(1) ", "&", "⊙ g", "≤ h", "  # note", "\u0302", "\U0001d7d9"),
)
TEXTS = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map("".join)


def read(text: str, kind: Kind) -> Document:
    return read_regions(Source(text), kind)


def joined(document: Document) -> str:
    text = document.source.text
    return "".join(text[region.start : region.end] for region in document.regions)


def formulas(text: str, kind: Kind) -> list[str]:
    """The mathematics of a text, without what is skipped in it, at its edges trimmed."""
    return [
        "".join(text[start:end] for start, end in region.stretches).strip()
        for region in read(text, kind).regions
        if region.is_mathematics
    ]


def pieces(text: str, kind: Kind, what: str) -> list[str]:
    """The stretches of a text that are of one sort."""
    regions = read(text, kind).regions
    return [text[region.start : region.end] for region in regions if region.kind == what]


def messages(text: str, kind: Kind) -> list[str]:
    return [problem.message for problem in read(text, kind).problems]
