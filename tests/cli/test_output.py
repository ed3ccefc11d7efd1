"""-o: the format by the ending, whole or not at all, and nothing overwritten unasked."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from symbolic_bptt.cli.output import ENDINGS, FORMATS, write_whole


def test_every_format_has_an_ending() -> None:
    assert set(ENDINGS.values()) == set(FORMATS)


@pytest.mark.parametrize(("ending", "format_"), ENDINGS.items())
@pytest.mark.parametrize(
    "command", [("models",), ("show", "elman"), ("derive", "elman", "-T", "2")]
)
def test_the_ending_chooses_the_format(
    bptt, tmp_path: Path, command: tuple[str, ...], ending: str, format_: str
) -> None:
    printed = bptt(*command, "--format", format_)
    written = bptt(*command, "-o", f"result{ending}")
    assert (printed.status, written.status, written.out) == (0, 0, "")
    assert (tmp_path / f"result{ending}").read_text("utf-8") == printed.out
    assert printed.out.endswith("\n")


def test_json_is_json(bptt) -> None:
    assert json.loads(bptt("derive", "elman", "--format", "json").out)["model"] == "elman"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "result.docx"], ".docx"),
        (["-o", "result"], "names no format"),
        (["-o", "result.tex", "--format", "json"], "latex"),
        (["-o", "missing/result.tex"], "no folder"),
        (["-o", "folder.tex"], "folder.tex"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_any_work(
    bptt, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "folder.tex").mkdir()
    outcome = bptt("models", *arguments)
    assert outcome.status == 2
    assert said in outcome.err
    assert list(tmp_path.iterdir()) == [tmp_path / "folder.tex"]


def test_an_existing_file_is_replaced_only_by_force(bptt, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("precious")
    outcome = bptt("models", "-o", "mine.txt")
    assert (outcome.status, path.read_text()) == (2, "precious")
    assert "--force" in outcome.err
    assert bptt("models", "-o", "mine.txt", "--force").status == 0
    assert path.read_text() == bptt("models").out


def test_a_device_is_never_replaced(bptt) -> None:
    assert bptt("models", "-o", os.devnull, "--format", "text", "--force").status == 2
    assert not Path(os.devnull).is_file()


def test_an_interrupted_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.txt"
    path.write_text("old")

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(path, b"new", replace=True)
    assert (path.read_text(), list(tmp_path.iterdir())) == ("old", [path])


def test_a_file_that_appears_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "late.txt"
    path.write_text("theirs")
    with pytest.raises(FileExistsError):
        write_whole(path, b"ours", replace=False)
    assert (path.read_text(), list(tmp_path.iterdir())) == ("theirs", [path])


def test_a_file_system_without_hard_links_will_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", unsupported)
    path = tmp_path / "new.txt"
    write_whole(path, b"ours", replace=False)
    with pytest.raises(FileExistsError):
        write_whole(path, b"again", replace=False)
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"ours", [path])


def test_modes_and_links_are_those_of_an_ordinary_write(tmp_path: Path) -> None:
    real, link, plain = (tmp_path / name for name in ("real.txt", "link.txt", "plain.txt"))
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    plain.write_text("")
    write_whole(link, b"new", replace=True)
    assert link.is_symlink()
    assert (real.read_bytes(), real.stat().st_mode & 0o777) == (b"new", 0o640)
    fresh = tmp_path / "fresh.txt"
    write_whole(fresh, b"", replace=False)
    assert fresh.stat().st_mode == plain.stat().st_mode
