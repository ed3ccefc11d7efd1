"""Headless Chromium as a witness: what it draws for a file, and what it complains about."""

from __future__ import annotations

import html
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HARNESS = """<!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
<iframe id="page" style="width:%(width)dpx;height:2000px;border:0" src="%(file)s"></iframe>
<pre id="found"></pre><script>
document.getElementById("page").onload = event => {
  const page = event.target.contentDocument, view = event.target.contentWindow;
  const size = node => { const r = node.getBoundingClientRect(); return [r.width, r.height]; };
  const all = (words, from) => [...(from || page).querySelectorAll(words)];
  const why = all("details.step p").map(p => p.checkVisibility());
  all("details.step").forEach(step => { step.open = true; });
  document.getElementById("found").textContent = JSON.stringify({
    formulas: all("math").map(size),
    fractions: all(".formula mfrac").map(size),
    letters: all(".formula mi").map(size),
    shapes: all("svg .shape").map(size),
    closed: why,
    open: all("details.step p").map(p => p.checkVisibility()),
    told: all(".sym").map(node => node.getAttribute("title")),
    overflow: page.documentElement.scrollWidth - page.documentElement.clientWidth,
    paper: view.getComputedStyle(page.body).backgroundColor,
    drawn: view.getComputedStyle(page.querySelector("svg .paper")).fill,
    fetched: view.performance.getEntriesByType("resource").map(entry => entry.name),
    scripts: all("script").length,
  });
};
</script>"""


@dataclass(frozen=True)
class Seen:
    """What the harness measured, and what was written to the console."""

    found: dict[str, Any]
    console: list[str]


def look(
    tool: Callable[[str], str], folder: Path, file: Path, *, width: int = 800, dark: bool = False
) -> Seen:
    """The file in a frame of that width, measured once it is loaded."""
    harness = folder / f"harness-{width}-{dark}.html"
    harness.write_text(HARNESS % {"width": width, "file": file.name}, "utf-8")
    command = [
        tool("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
        "--allow-file-access-from-files", "--enable-logging=stderr", "--virtual-time-budget=4000",
        f"--user-data-dir={folder / 'profile'}",
        f"--blink-settings=preferredColorScheme={0 if dark else 1}",
        harness.as_uri(),
    ]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    shown = re.search(r'<pre id="found">(.*?)</pre>', run.stdout, re.DOTALL)
    assert shown is not None, run.stderr[-2000:]
    assert shown[1], run.stderr[-2000:]
    console = [line for line in run.stderr.splitlines() if "CONSOLE" in line]
    return Seen(json.loads(html.unescape(shown[1])), console)
