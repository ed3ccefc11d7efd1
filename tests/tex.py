"""pdfTeX as a witness: what it says about a document."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

DOCUMENT = r"""\documentclass{article}
\usepackage{%p}
\hfuzz=0.01pt
\begin{document}
%s
\end{document}
"""


def log_of(
    tool: Callable[[str], str], folder: Path, body: str, packages: str = "amsmath,amssymb"
) -> str:
    """The log of pdflatex for a one-column 10pt article with this body."""
    source = folder / "document.tex"
    source.write_text(DOCUMENT.replace("%p", packages).replace("%s", body), encoding="utf-8")
    command = [tool("pdflatex"), "-interaction=nonstopmode", "-halt-on-error", source.name]
    subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=120)
    return (folder / "document.log").read_text("utf-8", errors="replace")


def complaints(log: str) -> list[str]:
    """Errors, and lines too wide for the column."""
    return re.findall(r"^(?:Overfull \\hbox.*|! .*)$", log, re.MULTILINE)
