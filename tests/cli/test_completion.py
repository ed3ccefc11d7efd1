"""Completion in a shell knows commands, options and the library."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def completed(line: str) -> list[str]:
    words = line.split(" ")
    script = "import sys; from symbolic_bptt.cli import main; sys.exit(main())"
    run = subprocess.run(
        [sys.executable, "-c", script],
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "_BPTT_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(words) - 1),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    return run.stdout.splitlines()


def test_commands() -> None:
    assert completed("bptt de") == ["plain,derive"]


def test_model_names_and_files() -> None:
    names = completed("bptt derive elm")
    assert "plain,elman" in names
    assert "plain,elman-bias" in names
    assert any(line.startswith("file,") for line in names)


def test_styles() -> None:
    assert completed("bptt derive elman --style ex") == ["plain,expanded"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_that_the_shell_reads(
    bptt, tmp_path: Path, tool: Callable[[str], str], shell: str
) -> None:
    script = bptt("completion", shell)
    assert script.status == 0
    assert "_BPTT_COMPLETE" in script.out
    if shell == "bash":
        path = tmp_path / "completion.bash"
        path.write_text(script.out)
        subprocess.run([tool("bash"), "-n", str(path)], check=True)
