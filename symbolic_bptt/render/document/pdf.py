"""From LaTeX to PDF with an engine that is installed: confined, in bounded time, reproducibly."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

TIME_LIMIT = 180.0
"""Seconds for all runs together."""

INSTALL = (
    "no LaTeX engine was found; install one of latexmk, pdflatex, lualatex (TeX Live: "
    "`apt-get install texlive-latex-recommended texlive-pictures lmodern`) or tectonic"
)

_CONFINED = {
    "openin_any": "p",  # nothing above or outside the working folder is read or written
    "openout_any": "p",
    "shell_escape": "f",
    "FORCE_SOURCE_DATE": "1",
}


class TypesettingError(RuntimeError):
    """A document that no engine made a PDF of; says why, or what to install."""


@dataclass(frozen=True)
class Engine:
    """A program, its arguments for `document.tex`, and how often it has to run."""

    name: str
    arguments: tuple[str, ...]
    runs: int
    needs: tuple[str, ...] = ()


_PLAIN = ("-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error")

ENGINES: tuple[Engine, ...] = (
    Engine(
        "latexmk",
        (
            *("-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error"),
            "-pdflatex=pdflatex -no-shell-escape %O %S",
        ),
        1,
        needs=("pdflatex",),
    ),
    Engine("pdflatex", _PLAIN, 3),
    Engine("lualatex", _PLAIN, 3),
    Engine("tectonic", ("--untrusted", "--chatter", "minimal"), 1),
)
"""In the order in which they are tried."""


def engine(name: str | None = None) -> Engine:
    """The first engine on the path, or the one of that name. Raises `TypesettingError`."""
    for one in ENGINES:
        if name in (None, one.name) and all(map(shutil.which, (one.name, *one.needs))):
            return one
    raise TypesettingError(INSTALL if name is None else f"{name} was not found on the path")


def typeset(source: str, with_engine: Engine | None = None, limit: float = TIME_LIMIT) -> bytes:
    """The PDF of a whole LaTeX document, the same bytes for the same source and engine.

    Raises `TypesettingError`, with the first complaint of the engine.
    """
    chosen = with_engine or engine()
    with tempfile.TemporaryDirectory(prefix="bptt-") as name:
        folder = Path(name)
        (folder / "document.tex").write_text(source, encoding="utf-8")
        for _ in range(chosen.runs):
            before = _auxiliary(folder)
            _run(chosen, folder, limit)
            if _auxiliary(folder) == before:
                break
        return (folder / "document.pdf").read_bytes()


def _run(chosen: Engine, folder: Path, limit: float) -> None:
    program = shutil.which(chosen.name)
    assert program is not None
    process = subprocess.Popen(
        [program, *chosen.arguments, "document.tex"],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=limit)
    except BaseException as error:
        _end(process)
        if isinstance(error, subprocess.TimeoutExpired):
            message = f"{chosen.name} took longer than {limit:g} s"
            raise TypesettingError(message) from None
        raise
    if process.returncode or not (folder / "document.pdf").exists():
        said = output.decode("utf-8", errors="replace")
        raise TypesettingError(f"{chosen.name} failed: {_complaint(said)}")


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends an engine with whatever it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def _environment(folder: Path) -> Mapping[str, str]:
    kept = {key: os.environ[key] for key in ("PATH", "LANG", "TEXMFHOME") if key in os.environ}
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "0")
    home = {"HOME": str(folder), "TEXMFVAR": str(folder / "texmf-var")}
    return {**kept, **home, **_CONFINED, "SOURCE_DATE_EPOCH": epoch}


def _auxiliary(folder: Path) -> bytes:
    """What one run leaves for the next: when it no longer changes, all references are right."""
    found = (folder / "document").with_suffix(".aux")
    return found.read_bytes() if found.exists() else b""


def _complaint(log: str) -> str:
    found = re.search(r"^(?:! |error: ).*(?:\n.*){0,3}", log, re.MULTILINE)
    return found[0] if found else log[-500:] or "it said nothing"
