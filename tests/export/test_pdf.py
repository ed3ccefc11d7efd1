"""PDFs: made by an engine that is confined, in bounded time, the same bytes each time."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from symbolic_bptt.model import load_model
from symbolic_bptt.render.document import build_document
from symbolic_bptt.render.document.pdf import ENGINES, TypesettingError, engine, typeset
from symbolic_bptt.render.document.write import written

WRAPPED = r"\documentclass{article}\begin{document}%s\end{document}"


@pytest.fixture(scope="module")
def source() -> str:
    document = build_document(load_model("elman"), 2, parts=("model", "graph", "adjoint"))
    return written(document, ".tex", standalone=True)


@pytest.mark.parametrize("name", ["pdflatex", "lualatex"])
def test_two_runs_give_the_same_bytes(tool: Callable[[str], str], source: str, name: str) -> None:
    tool(name)
    first = typeset(source, engine(name))
    assert first.startswith(b"%PDF")
    assert typeset(source, engine(name)) == first


def test_references_are_settled(tool: Callable[[str], str], source: str, tmp_path: Path) -> None:
    import subprocess

    reader = tool("pdftotext")
    (tmp_path / "document.pdf").write_bytes(typeset(source, engine("pdflatex")))
    command = [reader, str(tmp_path / "document.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Figure 1 shows" in text
    assert "??" not in text


def test_a_document_cannot_run_a_program(tool: Callable[[str], str], tmp_path: Path) -> None:
    tool("pdflatex")
    witness = tmp_path / "witness"
    typeset(WRAPPED % rf"x\immediate\write18{{touch {witness}}}", engine("pdflatex"))
    assert not witness.exists()


@pytest.mark.parametrize("read", [r"\input{/etc/passwd}", r"\input{../outside}"])
def test_a_document_reads_nothing_outside_its_folder(
    tool: Callable[[str], str], read: str, tmp_path: Path
) -> None:
    tool("pdflatex")
    with pytest.raises(TypesettingError, match="pdflatex failed"):
        typeset(WRAPPED % f"x{read}", engine("pdflatex"))


def test_a_document_without_end_is_ended(tool: Callable[[str], str]) -> None:
    tool("pdflatex")
    begin = time.monotonic()
    with pytest.raises(TypesettingError, match="longer than 2 s"):
        typeset(WRAPPED % r"\loop\iftrue\repeat", engine("pdflatex"), limit=2.0)
    assert time.monotonic() - begin < 20


def test_the_complaint_of_the_engine_is_told(tool: Callable[[str], str]) -> None:
    tool("pdflatex")
    with pytest.raises(TypesettingError, match="Undefined control sequence"):
        typeset(WRAPPED % r"\nosuchcommand", engine("pdflatex"))


def test_without_an_engine_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(TypesettingError, match=r"latexmk, pdflatex, lualatex .* or tectonic"):
        engine()


def test_every_engine_is_told_to_run_no_programs() -> None:
    for one in ENGINES:
        assert any("no-shell-escape" in word or "untrusted" in word for word in one.arguments)


def test_the_latex_is_written_where_no_pdf_can_be(bptt, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    outcome = bptt("export", "elman", "-T", "2", "--part", "forward", "-o", "x.pdf")
    assert outcome.status == 2
    assert "tectonic" in outcome.err
    assert "x.tex" in outcome.err
    assert r"\begin{document}" in (tmp_path / "x.tex").read_text("utf-8")
    assert not (tmp_path / "x.pdf").exists()
