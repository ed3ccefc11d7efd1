"""The documentation is true: its notebook shows what its cells show, its pages the code."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"script_{name}", ROOT / "scripts" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def notebook() -> ModuleType:
    return script("notebook")


@pytest.fixture(scope="module")
def docs() -> ModuleType:
    return script("docs")


def tutorial() -> dict:
    return json.loads((DOCS / "tutorial.ipynb").read_text("utf-8"))


def test_the_tutorial_shows_what_it_computes(notebook: ModuleType) -> None:
    """If this fails because an output changed for the better: python scripts/notebook.py."""
    stored = notebook.without_noise((DOCS / "tutorial.ipynb").read_text("utf-8"))
    now = notebook.text_of(notebook.refreshed(tutorial()))
    assert notebook.without_noise(now) == stored


def test_the_tutorial_finds_the_mistake_of_its_question() -> None:
    shown = ["".join(output["data"].get("text/html", ""))
             for cell in tutorial()["cells"] for output in cell.get("outputs", [])]  # fmt: skip
    rows = [row for html in shown for row in re.findall(r"<tr>.*?</tr>", html, re.DOTALL)]
    wrong = [row for row in rows if "FAILS" in row]
    assert len(wrong) == 2
    assert r"\frac{\partial z_1}{\partial a_1} = 1" in wrong[0]
    assert "z_t is a product" in wrong[0]


def test_a_failing_cell_would_be_seen(notebook: ModuleType) -> None:
    cell = {"cell_type": "code", "metadata": {}, "source": ["1 / 0"], "outputs": []}
    with pytest.raises(ZeroDivisionError):
        notebook.refreshed({"cells": [cell]})


def test_every_page_is_in_the_navigation_and_there(docs: ModuleType) -> None:
    named = re.findall(r"[\w/-]+\.md", (ROOT / "mkdocs.yml").read_text("utf-8"))
    written = {name for name, _ in docs.pages()}
    assert set(named) == written | {path.name for path in DOCS.glob("*.md")}


def test_no_formula_is_left_as_tex(docs: ModuleType) -> None:
    texts = [text for _, text in docs.pages()]
    texts += [path.read_text("utf-8") for path in DOCS.glob("*.md")]
    for text in texts:
        page = SimpleNamespace(meta={})
        marked = docs.on_page_markdown(text, page=page)
        assert "$" not in docs.FENCE.sub("", marked)
        shown = docs.on_page_content(marked, page=page)
        assert shown.count("<math") >= len(page.meta["formulas"])
        assert not [f for f in page.meta["formulas"] if re.search(r"\\[a-z]", f)]


def test_every_command_and_public_name_has_its_section(docs: ModuleType) -> None:
    import symbolic_bptt
    from symbolic_bptt.cli.app import COMMANDS

    pages = dict(docs.pages())
    assert re.findall(r"^## bptt (\w+)$", pages["reference/commands.md"], re.M) == list(COMMANDS)
    names = re.findall(r"^## (\w+)$", pages["reference/python.md"], re.M)
    assert names == [name for name in symbolic_bptt.__all__ if not name.startswith("__")]


def test_commands_in_the_how_to_exist() -> None:
    from symbolic_bptt.cli.app import COMMANDS

    used = re.findall(r"bptt ([a-z]+)", (DOCS / "how-to.md").read_text("utf-8"))
    assert set(used) <= set(COMMANDS)
