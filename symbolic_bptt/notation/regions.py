r"""Where the mathematics stands in a document: `$…$`, `\[…\]`, environments, ```` ```math ````."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .errors import Problem
from .limits import MAX_INLINE_CHARACTERS, MAX_PROBLEMS
from .mapped import MappedText
from .structure import WRAPPERS

_ENVIRONMENTS = "|".join(sorted(WRAPPERS - {"split", "aligned", "gathered", "subequations"}))

_OPENERS = re.compile(
    rf"\\begin\s*\{{(?P<environment>(?:{_ENVIRONMENTS})\*?)\}}(?:\{{\d+\}})?"
    r"|(?P<display>\\\[)|(?P<inline>\\\()|(?P<double>\$\$)|(?P<single>\$)|\\."
)

_VERBATIM = re.compile(
    r"\\begin\{(verbatim\*?|lstlisting|minted|comment|filecontents\*?)\}.*?(?:\\end\{\1\}|\Z)"
    r"|\\verb\*?([^A-Za-z\s])[^\n]*?\2|(?<!\\)%[^\n]*",
    re.DOTALL,
)

_FENCE = re.compile(
    r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})(?P<kind>[^\n`]*)\n"
    r"(?P<body>.*?)(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)",
    re.DOTALL | re.MULTILINE,
)
_CODE = re.compile(
    r"(?<![`\\])(`+)(?!`)(?:[^`]|(?!\1)`){0,2000}?(?<!`)\1(?!`)|<!--.*?(?:-->|\Z)", re.DOTALL
)
_BLANK = re.compile(r"\n[ \t]*\n")
_ESCAPED = re.compile(r"\\([_*])")


@dataclass(frozen=True)
class Region:
    """One stretch of mathematics, and the environment that holds it, if any."""

    text: MappedText
    environment: str = ""


def tex_prose(text: MappedText) -> MappedText:
    """A LaTeX document without comments and verbatim text."""
    return text.edited((*match.span(), " ") for match in _VERBATIM.finditer(text.text))


def markdown_prose(text: MappedText) -> tuple[MappedText, list[Region]]:
    """A Markdown text without its code, and the ```` ```math ```` blocks in it."""
    regions: list[Region] = []
    edits: list[tuple[int, int, str]] = []
    for match in _FENCE.finditer(text.text):
        if match["kind"].strip().lower() == "math":
            regions.append(Region(text.cut(*match.span("body"))))
        edits.append((*match.span(), "\n\n"))
    text = text.edited(edits)
    text = text.edited((*match.span(), " ") for match in _CODE.finditer(text.text))
    text = text.edited((*m.span(), m[1]) for m in _ESCAPED.finditer(text.text))
    return text, regions


def regions(text: MappedText, strict: bool, problems: list[Problem]) -> Iterator[Region]:
    """Every stretch of mathematics, in order. `strict` asks of `$…$` that it touch its content."""
    position, unclosed = 0, set[str]()
    while (match := _OPENERS.search(text.text, position)) is not None:
        position = match.end()
        if match.lastgroup is None:
            continue
        if match.lastgroup == "single" and strict and not _opens(text.text, match):
            continue
        closer = _closer(match)
        end = None if closer in unclosed else _closing(text.text, match, strict)
        if end is None:
            unclosed |= {closer} - {"$"}
            if len(problems) >= MAX_PROBLEMS:
                return
            if match.lastgroup != "single" or not strict:
                hint = f"close it with {closer}"
                message = f"the mathematics opened by {match[0]} is never closed"
                problems.append(text.problem(message, *match.span(), hint))
            continue
        yield Region(text.cut(match.end(), end[0]), match["environment"] or "")
        position = end[1]


def _closer(match: re.Match[str]) -> str:
    if match["environment"]:
        return rf"\end{{{match['environment']}}}"
    return {"display": r"\]", "inline": r"\)", "double": "$$", "single": "$"}[str(match.lastgroup)]


def _opens(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 1]
    return bool(following) and not following.isspace()


def _closing(text: str, match: re.Match[str], strict: bool) -> tuple[int, int] | None:
    if match.lastgroup != "single":
        closer = _closer(match)
        start = text.find(closer, match.end())
        return None if start < 0 else (start, start + len(closer))
    far = match.end() + MAX_INLINE_CHARACTERS
    blank = _BLANK.search(text, match.end(), far)
    stop = blank.start() if blank else far
    pattern = r"(?<![\s\\])\$(?!\d)" if strict else r"(?<!\\)\$"
    found = re.compile(pattern).search(text, match.end(), stop)
    return found.span() if found else None
