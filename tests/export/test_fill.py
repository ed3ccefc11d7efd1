"""Blocks of a paper: what stands between the markers is the command's, all else the author's."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from symbolic_bptt.cli.blocks import BlockError, blocks

PAPER = "Words.\n% bptt: derive elman --wrt W\n% bptt: end\nMore words.\n"
NOTES = "Words.\n\n<!-- bptt: derive elman --wrt V -->\n<!-- bptt: end -->\n"


def write(path: Path, text: str) -> Path:
    path.write_bytes(text.encode())
    return path


def test_fill_puts_the_derivation_between_the_markers(bptt, tmp_path: Path) -> None:
    paper = write(tmp_path / "paper.tex", PAPER)
    outcome = bptt("fill", "paper.tex")
    assert (outcome.status, outcome.out) == (0, "paper.tex:2: filled in: derive elman --wrt W\n")
    text = paper.read_text()
    assert text.startswith("Words.\n% bptt: derive elman --wrt W\n")
    assert text.endswith("% bptt: end\nMore words.\n")
    assert r"\frac{\partial E}{\partial W} &= \sum_{t=1}^{3}" in text
    assert bptt("fill", "--check", "paper.tex").status == 0


def test_markdown_gets_markdown(bptt, tmp_path: Path) -> None:
    notes = write(tmp_path / "notes.md", NOTES)
    assert bptt("fill", "notes.md").status == 0
    assert "$$\n\\begin{aligned}" in notes.read_text()


def test_a_stale_block_is_told_and_left_alone_by_check(bptt, tmp_path: Path) -> None:
    paper = write(tmp_path / "paper.tex", PAPER)
    outcome = bptt("fill", "--check", "paper.tex")
    assert (outcome.status, outcome.out) == (1, "paper.tex:2: stale: derive elman --wrt W\n")
    assert paper.read_bytes() == PAPER.encode()


def test_a_block_that_somebody_edited_is_stale(bptt, tmp_path: Path) -> None:
    paper = write(tmp_path / "paper.tex", PAPER)
    bptt("fill", "paper.tex")
    paper.write_text(paper.read_text().replace("W^\\top", "W"))
    assert bptt("fill", "--check", "paper.tex").status == 1
    assert bptt("fill", "paper.tex").status == 0
    assert bptt("fill", "--check", "paper.tex").status == 0


def test_nothing_outside_the_markers_changes_by_a_byte(bptt, tmp_path: Path) -> None:
    before, after = b"caf\xe9\tx \r\n\x0c\xff\xfe\r\n", b"\r\nlast line without an end \xe9"
    marked = b"  %  bptt: derive elman --wrt W  \r\nold\r\n%bptt:end"
    paper = tmp_path / "paper.tex"
    paper.write_bytes(before + marked + after)
    paper.chmod(0o640)
    assert bptt("fill", "paper.tex").status == 0
    data = paper.read_bytes()
    assert data.startswith(before + b"  %  bptt: derive elman --wrt W  \r\n")
    assert data.endswith(b"\r\n%bptt:end" + after)
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert paper.stat().st_mode & 0o777 == 0o640


def test_a_paper_that_is_up_to_date_is_not_written(bptt, tmp_path: Path) -> None:
    paper = write(tmp_path / "paper.tex", PAPER)
    bptt("fill", "paper.tex")
    os.utime(paper, (1, 1))
    assert bptt("fill", "paper.tex").out == "paper.tex: up to date\n"
    assert paper.stat().st_mtime == 1


def test_no_paper_is_written_if_one_is_wrong(bptt, tmp_path: Path) -> None:
    good = write(tmp_path / "good.tex", PAPER)
    write(tmp_path / "bad.tex", "% bptt: derive elman\n")
    assert bptt("fill", "good.tex", "bad.tex").status == 2
    assert good.read_bytes() == PAPER.encode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x\n% bptt: end\n", "2: `bptt: end` without a block"),
        ("% bptt: derive elman\nx\n", "1: this block has no `bptt: end`"),
        ("% bptt: show elman\n% bptt: show elman\n% bptt: end\n", "2: the block of line 1"),
        ("% bptt: dance\n% bptt: end\n", "'dance'; there are derive, show, export"),
        ("% bptt:\n% bptt: end\n", "no block is made by ''"),
        ("% bptt: derive elman --wrt\n% bptt: end\n", "1: Option '--wrt' requires an argument"),
        ("% bptt: derive elman -o x.tex\n% bptt: end\n", "have no meaning"),
        ("% bptt: derive 'elman\n% bptt: end\n", "No closing quotation"),
    ],
    ids=["end alone", "no end", "nested", "unknown", "empty", "option", "output", "quote"],
)
def test_malformed_blocks_are_refused_with_their_line(
    bptt, tmp_path: Path, text: str, said: str
) -> None:
    paper = write(tmp_path / "paper.tex", text)
    outcome = bptt("fill", "paper.tex")
    assert outcome.status == 2
    assert "paper.tex:" in outcome.err
    assert said in outcome.err
    assert paper.read_text() == text


def test_markers_shown_in_a_fence_are_no_markers() -> None:
    text = "```\n<!-- bptt: derive elman -->\n```\n<!-- bptt: show elman -->\n<!-- bptt: end -->\n"
    (one,) = blocks(text, "markdown", "notes.md")
    assert (one.line, one.command) == (4, "show elman")


def test_other_files_have_no_blocks(bptt, tmp_path: Path) -> None:
    write(tmp_path / "data.csv", "1,2\n")
    outcome = bptt("fill", "data.csv")
    assert outcome.status == 2
    assert ".tex and .md" in outcome.err


def test_a_model_file_is_found_beside_the_paper(bptt, tmp_path: Path) -> None:
    folder = tmp_path / "paper"
    folder.mkdir()
    model = (
        'loss = "E"\nequations = "E = \\\\frac{1}{2} (u x - y)^2"\n'
        '[parameters]\nu = "scalar"\n[inputs]\nx = "scalar"\ny = "scalar"\n'
    )
    write(folder / "mine.toml", model)
    paper = write(folder / "paper.tex", "% bptt: derive mine.toml\n% bptt: end\n")
    assert bptt("fill", "paper/paper.tex").status == 0
    assert r"\partial u" in paper.read_text()


def test_bptt_check_fails_for_a_stale_block_and_can_fix_it(bptt, tmp_path: Path) -> None:
    paper = write(tmp_path / "paper.tex", PAPER)
    outcome = bptt("check", "elman", "paper.tex")
    assert outcome.status == 1
    assert "paper.tex:2: stale" in outcome.err
    assert bptt("check", "elman", "paper.tex", "--fix-stale").status == 0
    assert r"\sum" in paper.read_text()
    assert bptt("check", "elman", "paper.tex").status == 0


def test_an_export_may_stand_in_a_paper(bptt, tmp_path: Path) -> None:
    text = "% bptt: export elman -T 2 --part forward --notation goodfellow\n% bptt: end\n"
    paper = write(tmp_path / "paper.tex", text)
    assert bptt("fill", "paper.tex").status == 0
    assert r"\mathbf{h}^{(t)}" in paper.read_text()

    assert bptt("fill", "--check", "paper.tex").status == 0


def test_blocks_raise_with_the_line_for_a_program() -> None:
    with pytest.raises(BlockError, match=r"p\.tex:1"):
        blocks("% bptt: show elman\n", "latex", "p.tex")
