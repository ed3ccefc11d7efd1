"""`bptt read`: what it prints for real documents, and how it ends."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from tests.cli.conftest import Run

DOCUMENTS = {
    "paper.tex": r"""
\documentclass{article}
\newcommand{\dd}[2]{\frac{\partial #1}{\partial #2}}
\begin{document}
\begin{align*}
  \dd{E}{V} &= \sum_{t=1}^T (\hat y_t - y_t) s_t^\top \\
  \delta_t &= \dd{E}{s_t}, \qquad \delta_t = \delta_t
\end{align*}
\end{document}
""",
    "notes.md": "With $\\delta\\_t = V^\\top (\\hat y\\_t - y\\_t)$ we get\n\n"
    "$$\n\\frac{\\partial s_t}{\\partial s_{t-1}} = (1 - s_t^2) W\n$$\n",
    "answer.txt": "δ_t = Vᵀ (ŷ_t − y_t)\n∂E/∂W = Σ_{t=1}^T (δ_t ⊙ (1 − s_t²)) s_{t-1}ᵀ\n",
}
UNREADABLE = "W = W\ns_t ∝ x_t\nq_t = V + W\n"


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_of_which_all_is_read(bptt: Run, name: str) -> None:
    Path(name).write_text(DOCUMENTS[name], "utf-8")
    outcome = bptt("read", "elman", name)
    assert (outcome.status, outcome.err) == (0, "")
    assert f"{name}:" in outcome.out
    assert f"names in {name}" in outcome.out
    assert "δ_t   vector of n" in outcome.out
    assert outcome.out.rstrip().endswith("about this model")


def test_text_shows_what_is_written_and_what_was_understood(bptt: Run) -> None:
    Path("notes.md").write_text(DOCUMENTS["notes.md"], "utf-8")
    lines = bptt("read", "elman", "notes.md").out.splitlines()
    assert lines[:3] == [
        r"notes.md:1: definition  \delta\_t = V^\top (\hat y\_t - y\_t)",
        "  δ_t = Vᵀ (ŷ_t − y_t)",
        "    vector of n; every step t",
    ]
    assert "  ∂s_t/∂s_{t-1} = diag(1 − s_t²) W" in lines
    assert "    forced by the shapes: vector beside a matrix as diag: 1 - s_t^2" in lines
    assert lines[-1] == "2 displays, 2 read, 2 about this model"


def test_what_was_not_read_has_a_caret_and_ends_with_3(bptt: Run) -> None:
    Path("answer.txt").write_text(UNREADABLE, "utf-8")
    outcome = bptt("read", "elman", "answer.txt")
    assert outcome.status == 3
    assert "answer.txt:2: NOT UNDERSTOOD  s_t ∝ x_t\n" in outcome.out
    assert "answer.txt:3:7: ill-shaped: a matrix K x n cannot be added to a matrix n x n" in (
        outcome.out
    )
    assert "    s_t ∝ x_t\n        ^\n" in outcome.out
    assert "3 displays, 2 read, 3 about this model; 2 places without a meaning" in outcome.out


def test_in_a_notebook_the_cell_is_named(bptt: Run) -> None:
    sources = ["$$\\delta_t = V^T (\\hat y_t - y_t)$$", "$s_t \\propto \\delta_t$"]
    cells = [{"cell_type": "markdown", "metadata": {}, "source": [one]} for one in sources]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    Path("n.ipynb").write_text(json.dumps(notebook), "utf-8")
    outcome = bptt("read", "elman", "n.ipynb")
    assert outcome.status == 3
    assert "n.ipynb cell 1:1: definition" in outcome.out
    assert "n.ipynb cell 2:1:6: not read" in outcome.out
    assert "defined here          cell 1, line 1" in outcome.out


def test_nothing_is_judged(bptt: Run) -> None:
    Path("wrong.txt").write_text("∂E/∂W = 7 W\n", "utf-8")
    outcome = bptt("read", "elman", "wrong.txt")
    assert outcome.status == 0
    assert "fails" not in outcome.out.lower()
    assert bptt("check", "elman", "wrong.txt").status == 1


def test_a_file_without_a_formula_is_told(bptt: Run) -> None:
    Path("prose.md").write_text("Only words.\n", "utf-8")
    outcome = bptt("read", "elman", "prose.md")
    assert (outcome.status, outcome.out) == (3, "no formula\n")
    assert "prose.md: no formula" in outcome.err.splitlines()


@pytest.mark.parametrize("name", [*DOCUMENTS, "unreadable.txt"])
def test_json_is_what_the_schema_promises(bptt: Run, name: str) -> None:
    Path(name).write_text(DOCUMENTS.get(name, UNREADABLE), "utf-8")
    result = json.loads(bptt("read", "elman", name, "--format", "json").out)
    jsonschema.Draft202012Validator(json.loads(bptt("schema", "read").out)).validate(result)
    (file,) = result["files"]
    assert file["file"] == name
    text = Path(name).read_text("utf-8")
    for statement in file["statements"]:
        start, end = statement["span"]
        assert " ".join(text[start:end].split()) == statement["written"]


def test_json_of_check_says_how_each_link_was_read(bptt: Run) -> None:
    Path("chain.txt").write_text("∂s_t/∂s_{t-1} = diag(1 - s_t²) W = W\ns_t ∝ x_t\n", "utf-8")
    result = json.loads(bptt("check", "elman", "chain.txt", "--format", "json").out)
    jsonschema.Draft202012Validator(json.loads(bptt("schema", "check").out)).validate(result)
    first, second, unread = result["claims"]
    assert [first["link"], second["link"], unread["link"]] == [1, 2, 1]
    assert first["span"] == second["span"] == [0, 36]
    choice = {"kind": "layout", "read": "numerator", "text": "∂s_t/∂s_{t-1}"}
    assert choice in first["choices"]
    assert second["choices"] == []
    assert result["displays"] == {"found": 2, "read": 1, "about_the_model": 2}
    (one,) = result["unread"]
    assert (one["file"], one["line"], one["text"]) == ("chain.txt", 2, "∝")
    assert one["why"]


def test_check_ends_with_how_much_was_read(bptt: Run) -> None:
    Path("answer.txt").write_text(UNREADABLE, "utf-8")
    lines = bptt("check", "elman", "answer.txt").out.splitlines()
    assert lines[-1] == "3 displays, 2 read, 3 about this model"


class Page(HTMLParser):
    """The tags of a page, each closed in its turn, and all of its text."""

    VOID = frozenset(("meta", "link"))

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_is_one_page_that_holds_all_it_needs(bptt: Run) -> None:
    for name, content in DOCUMENTS.items():
        Path(name).write_text(content, "utf-8")
    Path("bad.txt").write_text("W = <script>alert(1)</script>\n", "utf-8")
    outcome = bptt("read", "elman", *DOCUMENTS, "bad.txt", "-o", "page.html")
    assert (outcome.status, outcome.out) == (3, "")
    markup = Path("page.html").read_text("utf-8")
    page = Page(markup)
    assert page.open == []
    assert "script" not in page.seen
    assert "src=" not in markup
    assert page.seen.count("math") > 6
    assert r"\dd{E}{V} &= \sum_{t=1}^T" in page.text
    assert "forced by the shapes: vector beside a matrix as diag" in page.text


def test_usage(bptt: Run) -> None:
    Path("a.txt").write_text("W = W\n", "utf-8")
    for arguments in (
        ["a.txt"],
        ["elman"],
        ["elman", "absent.txt"],
        ["nosuch", "a.txt"],
        ["elman", "a.txt", "-o", "x.pdf"],
        ["elman", "a.txt", "-o", "x.json", "--format", "html"],
        ["elman", "a.txt", "-o", "a.txt"],
        ["elman", "a.docx"],
    ):
        Path("a.docx").write_text("W = W\n", "utf-8")
        assert bptt("read", *arguments).status == 2, arguments


def test_a_model_of_ones_own_comes_first(bptt: Run) -> None:
    Path("mine.toml").write_text(
        'loss = "E"\nequations = """\nh_t = f(w h_{t-1} + x_t)\nE = h_T^2\n"""\n'
        '[parameters]\nw = "scalar"\n[inputs]\nx_t = "scalar"\n'
        '[initial]\nh_0 = "scalar"\n[functions]\nf = 1\n',
        "utf-8",
    )
    Path("a.txt").write_text("dE/dw = sum_{t=1}^T dE/dh_t f'(w h_{t-1} + x_t) h_{t-1}\n", "utf-8")
    outcome = bptt("read", "mine.toml", "a.txt")
    assert (outcome.status, "f′(w h_{t-1} + x_t)" in outcome.out) == (0, True)
    assert bptt("read", "mine.toml", "a.txt", "--let", "f=tanh").status == 0
