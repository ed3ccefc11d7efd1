"""A document in the format that a file's ending asks for."""

from __future__ import annotations

from .html import html_document
from .markdown import Dialect, markdown_document, notebook_document
from .structure import Document
from .tex import latex_document


def written(
    document: Document,
    ending: str,
    *,
    standalone: bool = False,
    dialect: Dialect | None = None,
) -> str:
    """The text of a `.tex`, `.md`, `.html` or `.ipynb` file."""
    match ending:
        case ".tex":
            return latex_document(document, standalone=standalone, dialect=dialect or "paper")
        case ".md":
            return markdown_document(document, dialect or "web")
        case ".html":
            return html_document(document)
        case ".ipynb":
            return notebook_document(document)
    raise ValueError(f"no document is written as {ending}")
