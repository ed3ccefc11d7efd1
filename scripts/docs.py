"""The hook of `mkdocs build`: pages written from the code, the tutorial, formulas as MathML."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

FENCE = re.compile(r"(^```.*?^```$|`[^`\n]+`|<div class=\"cell\">.*?^</div>$)", re.M | re.S)
DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
MARK = re.compile("\ue000(\\d+)\ue001")
INLINE = re.compile(r"\$([^$\n]+)\$")


def on_files(files: Any, config: Any) -> Any:
    """Adds the generated pages."""
    from mkdocs.structure.files import File

    for name, content in pages():
        files.append(File.generated(config, name, content=content))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Formulas outside of code become marks, so that Markdown leaves them alone."""
    found: list[str] = []
    pieces = FENCE.split(markdown)
    marked = [p if place % 2 else _marked(p, found) for place, p in enumerate(pieces)]
    page.meta["formulas"] = found
    return "".join(marked)


def on_page_content(html: str, page: Any, **_: Any) -> str:
    """The marks become MathML: no page needs a script to show it."""
    return MARK.sub(lambda mark: page.meta["formulas"][int(mark[1])], html)


def _marked(text: str, formulas: list[str]) -> str:
    from symbolic_bptt.render.mathml import aligned, inline, written

    def marked(markup: str) -> str:
        formulas.append(markup)
        return f"\ue000{len(formulas) - 1}\ue001"

    def display(found: re.Match[str]) -> str:
        body = re.sub(r"\\(begin|end)\{aligned\}", "", found[1]).strip()
        rows = re.split(r"\\\\(?!\w)", body)
        return f"\n\n{marked(written(aligned(rows)))}\n\n"

    text = DISPLAY.sub(display, text)
    return INLINE.sub(lambda found: marked(written(inline(found[1]))), text)


def pages() -> Iterator[tuple[str, str]]:
    """Names and contents of all pages that are written from the code."""
    yield "tutorial.md", tutorial()
    yield "reference/commands.md", commands()
    yield "reference/python.md", python()
    yield "reference/models.md", models()
    yield "reference/rules.md", rules()


def tutorial() -> str:
    """The notebook, with what its cells showed."""
    notebook = json.loads((ROOT / "docs" / "tutorial.ipynb").read_text("utf-8"))
    parts = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        parts.append(source if cell["cell_type"] == "markdown" else f"```python\n{source}\n```")
        parts += [_output(output) for output in cell.get("outputs", ())]
    return "\n\n".join(parts) + "\n"


def _output(output: dict[str, Any]) -> str:
    data = output.get("data", {"text/plain": output.get("text", [])})
    kind, lines = next(iter(data.items()))
    shown = "".join(lines)
    if kind == "text/latex":
        return shown
    if kind == "text/plain":
        return f"```\n{shown}\n```"
    return f'<div class="cell">{" ".join(shown.split())}\n</div>'


def commands() -> str:
    """--help of every command."""
    import click

    from symbolic_bptt.cli.app import COMMANDS, bptt

    parts = ["# Commands", _help(bptt, "bptt", None)]
    parent = click.Context(bptt, info_name="bptt")
    for name in COMMANDS:
        command = bptt.get_command(parent, name)
        assert command is not None
        parts += [f"## bptt {name}", _help(command, name, parent)]
    return "\n\n".join(parts) + "\n"


def _help(command: Any, name: str, parent: Any) -> str:
    import click

    context = click.Context(command, info_name=name, parent=parent, max_content_width=96)
    return f"```\n{command.get_help(context)}\n```"


def python() -> str:
    """The public names with their signatures and docstrings."""
    import symbolic_bptt

    parts = ["# Python", inspect.getdoc(symbolic_bptt).split("\n", 1)[0]]
    for name in symbolic_bptt.__all__:
        value = getattr(symbolic_bptt, name)
        if not callable(value):
            continue
        shown = name + str(inspect.signature(value)) if inspect.isfunction(value) else name
        parts += [
            f"## {name}",
            f"```python\n{shown}\n```",
            f"```text\n{inspect.getdoc(value)}\n```",
        ]
    return "\n\n".join(parts) + "\n"


def models() -> str:
    """The library: equations and symbols of every model."""
    from symbolic_bptt import library_names, load_model
    from symbolic_bptt.render import render_model

    shown = (render_model(load_model(name), "markdown") for name in library_names())
    lower = (re.sub(r"^(#+) ", r"#\1 ", text, flags=re.MULTILINE) for text in shown)
    return "# Models\n\n" + "\n\n".join(lower)


def rules() -> str:
    """What each rule of a derivation says."""
    from symbolic_bptt.derivation.steps.rules import RULES

    parts = ["# Rules of a derivation", "Each printed step names one of these."]
    for rule, meaning in RULES.items():
        parts += [f"## {rule.capitalize()}", f"{meaning.says}.", f"*To ask first:* {meaning.hint}"]
    return "\n\n".join(parts) + "\n"
