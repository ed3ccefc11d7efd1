"""Runs docs/tutorial.ipynb from the top and stores what every cell really shows.

    python scripts/notebook.py            rewrites the notebook
    python scripts/notebook.py --check    only says whether it would change

A cell's last expression is shown as a notebook shows it: as SVG, HTML or LaTeX if it can be, else
as text. A cell that raises ends the run.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOK = ROOT / "docs" / "tutorial.ipynb"
RICH = (
    ("_repr_svg_", "image/svg+xml"),
    ("_repr_html_", "text/html"),
    ("_repr_latex_", "text/latex"),
)


def refreshed(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with the outputs of its code as they are now."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = []
    for number, cell in enumerate(notebook["cells"]):
        new = dict(cell, id=f"cell-{number}")
        if cell["cell_type"] == "code":
            new["execution_count"] = None
            new["outputs"] = _outputs("".join(cell["source"]), names)
        cells.append(new)
    return dict(notebook, cells=cells)


def _outputs(source: str, names: dict[str, Any]) -> list[dict[str, Any]]:
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102  (the tutorial's own cells)
        value = None
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)  # noqa: S307
    outputs: list[dict[str, Any]] = []
    if printed.getvalue():
        text = printed.getvalue().splitlines(keepends=True)
        outputs.append({"output_type": "stream", "name": "stdout", "text": text})
    if value is not None:
        outputs.append({"output_type": "display_data", "metadata": {}, "data": _shown(value)})
    return outputs


def _shown(value: Any) -> dict[str, list[str]]:
    for method, kind in RICH:
        if hasattr(value, method):
            return {kind: getattr(value, method)().splitlines(keepends=True)}
    return {"text/plain": repr(value).splitlines(keepends=True)}


def text_of(notebook: dict[str, Any]) -> str:
    """The notebook as its file holds it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def without_noise(text: str) -> str:
    """The text without the digits that rounding decides: they differ between machines."""
    return re.sub(r"\d(\.\d+)?e[+-]\d+", "0e0", text)


def main() -> int:
    """0 if the notebook was, or now is, what its cells show."""
    sys.path.insert(0, str(ROOT))
    old = NOTEBOOK.read_text("utf-8")
    new = text_of(refreshed(json.loads(old)))
    if "--check" in sys.argv:
        return int(without_noise(old) != without_noise(new))
    NOTEBOOK.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
