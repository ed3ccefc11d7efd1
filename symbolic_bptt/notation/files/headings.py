r"""Where headings stand: what is said for a part of a text ends with the next one.

Sees the headings of Markdown (`## …`, underlined lines), of HTML, of LaTeX and of reStructuredText;
in plain text the lines that begin with a hash.
"""

from __future__ import annotations

import re

from .kinds import Kind
from .region import Region

_LATEX = r"\\(?:part|chapter|(?:sub){0,2}section|(?:sub)?paragraph)\*?\s{0,20}[\[{]"
_HASH = r"^[ \t]{0,3}#{1,6}[ \t]"
_HTML = r"<h[1-6][ >]"
_UNDERLINED = r"^(?=[^\n]*\w)[^\n]+\n {0,3}(?:=+|-+)[ \t]*$"
_ADORNED = r"^(?=[^\n]*\w)[^\n]+\n([=\-~^\"'`#*+.:_])\1{2,}[ \t]*$"

_MARKDOWN = (_HASH, _UNDERLINED, _HTML, _LATEX)
_FORMS: dict[Kind, tuple[str, ...]] = {
    "tex": (_LATEX,),
    "txt": (_HASH, _LATEX),
    "rst": (_ADORNED,),
    "md": _MARKDOWN,
    "rmd": _MARKDOWN,
    "mdx": _MARKDOWN,
    "ipynb": _MARKDOWN,
}
"""How a kind of file writes a heading."""


def headings(text: str, kind: Kind, regions: tuple[Region, ...]) -> tuple[int, ...]:
    """The places at which headings begin, outside of formulas and code, in order."""
    pattern = re.compile("|".join(_FORMS[kind]), re.MULTILINE)
    words = ("prose", "comment") if kind == "txt" else ("prose",)
    return tuple(
        match.start()
        for region in regions
        if region.kind in words
        for match in pattern.finditer(text, region.start, region.end)
    )
