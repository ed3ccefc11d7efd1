"""Runs every command that README.md shows and writes what it really prints below it.

    python scripts/readme.py            rewrites README.md
    python scripts/readme.py --check    only says whether it would change

A ```console block holds commands (`$ bptt …`) and their standard output; a ```toml NAME block is a
file that later commands may read; a ```python block is a doctest. All run in one empty folder.
"""

from __future__ import annotations

import doctest
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
        case "toml" if block["name"]:
            (folder / block["name"]).write_text(body, "utf-8")
        case "python":
            _run_doctest(body)
    return block[0]


def _output(command: str, folder: Path) -> str:
    program, *arguments = shlex.split(command)
    if program == "cat":
        return "".join((folder / name).read_text("utf-8") for name in arguments)
    assert program == "bptt", f"README shows a command that is not bptt: {command}"
    run = subprocess.run(
        [sys.executable, "-m", "symbolic_bptt", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if run.returncode not in (0, 1, 3):
        raise RuntimeError(f"{command}\n{run.stderr}")
    return run.stdout


def _run_doctest(body: str) -> None:
    example = doctest.DocTestParser().get_doctest(body, {}, "README.md", "README.md", 0)
    complaints: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS)
    if runner.run(example, out=complaints.append).failed:
        raise RuntimeError("".join(complaints))


def without_noise(text: str) -> str:
    """The text without the digits that rounding decides: they differ between machines."""
    return re.sub(r"\d(\.\d+)?e-\d+", "0e-0", text)


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
