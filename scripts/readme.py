"""Runs every command that README.md shows and writes what it really prints below it.

    python scripts/readme.py            rewrites README.md
    python scripts/readme.py --check    only says whether it would change

A ```console block holds commands (`$ bptt …`) and their standard output; a block with a NAME
(```toml NAME) is a file that later commands may read; a ```python block is a doctest. All run in
one empty folder.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BLOCK = re.compile(
    r"^```(?P<kind>\w+) ?(?P<name>\S*)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)


def refreshed(text: str) -> str:
    """The text with the output below every command as it is now. Raises if a command fails."""
    with tempfile.TemporaryDirectory() as folder:
        return BLOCK.sub(lambda block: _refreshed_block(block, Path(folder)), text)


def _refreshed_block(block: re.Match[str], folder: Path) -> str:
    body = block["body"]
    match block["kind"]:
        case "console":
            commands = re.findall(r"^\$ (.*)$", body, re.MULTILINE)
            outputs = (f"$ {command}\n{_output(command, folder)}" for command in commands)
            new = "\n".join(outputs)
            return block[0].replace(body, new)
        case _ if block["name"]:
            (folder / block["name"]).write_text(body, "utf-8")
        case "python":
            _run_doctest(body, folder)
    return block[0]


def _output(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    if program != "bptt":
        raise RuntimeError(f"a command that is not bptt: {command}")
    run = _python(folder, "-m", "symbolic_bptt", *arguments)
    if run.returncode not in (0, 1, 3):
        raise RuntimeError(f"{command}\n{run.stderr}")
    return run.stdout


def _run_doctest(body: str, folder: Path) -> None:
    (folder / "session.txt").write_text(body, "utf-8")
    run = _python(folder, "-m", "doctest", "session.txt")
    if run.returncode:
        raise RuntimeError(run.stdout + run.stderr)


def _python(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def without_noise(text: str) -> str:
    """The text without the digits that rounding decides: they differ between machines."""
    return re.sub(r"\d(\.\d+)?e[+-]\d+", "0e0", text)


def main() -> int:
    """0 if README.md was, or now is, what the commands print."""
    path = ROOT / "README.md"
    old = path.read_text("utf-8")
    new = refreshed(old)
    if "--check" in sys.argv:
        return int(without_noise(old) != without_noise(new))
    path.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
