"""The kinds of files that are read, by their endings."""

from __future__ import annotations

from typing import Literal

Kind = Literal["tex", "md", "rmd", "mdx", "rst", "txt", "ipynb"]

KINDS: dict[str, Kind] = {
    ".tex": "tex", ".latex": "tex", ".ltx": "tex",
    ".md": "md", ".markdown": "md", ".mdown": "md", ".mkd": "md",
    ".rmd": "rmd", ".qmd": "rmd", ".mdx": "mdx", ".rst": "rst",
    ".txt": "txt", ".text": "txt", ".ipynb": "ipynb",
}  # fmt: skip
"""The ending of a file to how it is read."""


class UnknownKindError(ValueError):
    """An ending that is not known; says which are."""


def kind_of(ending: str) -> Kind:
    """How a text is read that ends in `.tex`, or is called `tex`, `LaTeX`, `md`.

    Raises `UnknownKindError`: what is not known is refused, not guessed.
    """
    name = ending.strip().lower()
    kind = KINDS.get(name) or KINDS.get(f".{name}")
    if kind is None:
        what = f"{ending!r} is no kind of text" if name else "a file without an ending is not read"
        raise UnknownKindError(f"{what}; the endings that are read: {', '.join(KINDS)}")
    return kind
