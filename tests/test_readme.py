"""README.md tells the truth: every command in it runs and prints what stands below it."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


@pytest.fixture(scope="module")
def readme() -> ModuleType:
    """scripts/readme.py, which also writes the outputs."""
    spec = importlib.util.spec_from_file_location("readme", ROOT / "scripts/readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_outputs_are_real(readme: ModuleType) -> None:
    """If this fails because an output changed for the better: python scripts/readme.py."""
    now = readme.refreshed(README)
    assert readme.without_noise(now) == readme.without_noise(README)


def test_a_wrong_output_would_be_seen(readme: ModuleType) -> None:
    text = "```console\n$ bptt --version\nbptt, version nonsense\n```\n"
    assert "nonsense" not in readme.refreshed(text)


def test_a_failing_command_would_be_seen(readme: ModuleType) -> None:
    with pytest.raises(RuntimeError, match="nosuch"):
        readme.refreshed("```console\n$ bptt show nosuch\n```\n")
    with pytest.raises(RuntimeError, match="Expected"):
        readme.refreshed("```python\n>>> 1 + 1\n3\n```\n")


def test_the_files_it_names_exist() -> None:
    named = re.findall(r"`((?:scripts|symbolic_bptt|tests)/[\w./-]*)`", README)
    named += re.findall(r"\]\(([\w./-]+)\)", README)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
