"""The document of a derivation: complete, readable again, and set by TeX within its column."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.model import library_names, load_model
from symbolic_bptt.notation.files import Kind
from symbolic_bptt.render.document import PARTS, Document, build_document
from symbolic_bptt.render.document.structure import statements
from symbolic_bptt.render.document.write import written
from tests.reading import examination, false_at_a_point
from tests.tex import complaints

DOCUMENT = r"""\documentclass[10pt%s]{article}
\usepackage{amsmath,amssymb,graphicx,tikz}
\hfuzz=0.01pt
\extrafloats{500}
\begin{document}
%s
\end{document}
"""


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """One of each library model, without what only verification adds."""
    parts = tuple(part for part in PARTS if part != "check")
    return {name: build_document(load_model(name), 3, parts=parts) for name in library_names()}


@pytest.fixture(scope="module")
def elman() -> Document:
    return build_document(load_model("elman"), 3)


def test_the_sections_come_in_the_order_of_the_argument(elman: Document) -> None:
    assert tuple(section.key for section in elman.sections) == PARTS
    assert elman.failing == 0
    assert elman.warnings == ()


def test_parts_pick_sections() -> None:
    document = build_document(load_model("elman"), 2, parts=("gradients", "forward"))
    assert [section.key for section in document.sections] == ["forward", "gradients"]


@pytest.mark.parametrize("columns", ["", ",twocolumn"], ids=["one column", "two columns"])
def test_every_model_is_read_in_without_an_overfull_line(
    documents: dict[str, Document], tool: Callable[[str], str], tmp_path: Path, columns: str
) -> None:
    body = "\n\\clearpage\n".join(written(document, ".tex") for document in documents.values())
    source = tmp_path / "document.tex"
    source.write_text(DOCUMENT % (columns, body), encoding="utf-8")
    command = [tool("pdflatex"), "-interaction=nonstopmode", source.name]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=240)
    log = (tmp_path / "document.log").read_text("utf-8", errors="replace")
    assert complaints(log) == []


@pytest.mark.parametrize(("ending", "kind"), [(".tex", "tex"), (".md", "md")])
@pytest.mark.parametrize("name", ["elman", "lstm-peephole", "scalar-multiplicative"])
def test_the_displayed_formulas_are_read_back(
    documents: dict[str, Document], name: str, ending: str, kind: Kind
) -> None:
    document = documents[name]
    text = written(document, ending, standalone=ending == ".tex")
    found = examination(document.model, text, kind)
    assert len(found.formulas) >= len(statements(document))
    assert false_at_a_point(document.model, text, kind) == []


def test_bptt_check_agrees_with_the_document(elman: Document) -> None:
    text = written(elman, ".tex", standalone=True)
    report = check_text(load_model("elman"), text, ".tex")
    assert report.exit_status == 0
    assert report.summary["holds"] > 25


def test_the_check_section_says_what_was_proved_and_how_surely(elman: Document) -> None:
    text = written(elman, ".md")
    section = text[text.index("## What was checked") : text.index("## Sources")]
    assert "27 relations, besides 1 that only give names; all of them hold" in section
    assert "The seed is 0" in section
    assert "sizes $K$, $m$, $n$: " in section
    assert re.search(r"at most \$2\^\{-\d+\}\$", section)
    assert "every number of steps" in section


def test_a_degenerate_model_says_so_before_anything_else() -> None:
    document = build_document(load_model("scalar-literal"), 3, parts=("adjoint", "gradients"))
    assert document.warnings == ("degenerate: E does not depend on u, w and v",)
    text = written(document, ".md")
    assert text.index("degenerate") < text.index("$$")


def test_markdown_for_the_web_has_nothing_that_katex_refuses(elman: Document) -> None:
    text = written(elman, ".md")
    assert not re.search(r"\\(label|nonumber|begin\{align\})", text)
    assert text.count("```mermaid") == 1
    blocks = re.findall(r"^\$\$\n(.*?)\n\$\$$", text, re.DOTALL | re.MULTILINE)
    assert blocks
    assert all("\n\n" not in block and "$" not in block for block in blocks)


def test_paper_equations_have_labels_and_each_label_is_used_once(elman: Document) -> None:
    labels = re.findall(r"\\label\{(eq:[^}]*)\}", written(elman, ".tex", standalone=True))
    assert len(labels) == len(set(labels)) == len(statements(elman))


def test_the_notebook_is_valid_and_its_code_runs(elman: Document) -> None:
    notebook = json.loads(written(elman, ".ipynb"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids))
    (code,) = (cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert "".join(code["source"]).endswith("verify(model, T=3, seed=0)")


def test_the_same_model_gives_the_same_document() -> None:
    one, other = (
        written(build_document(load_model("elman-bias"), 3, seed=5), ".tex") for _ in range(2)
    )
    assert one == other
