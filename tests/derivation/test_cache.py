"""What was prepared once is found again, and a damaged file is as good as none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from symbolic_bptt.derivation.cache import FOLDER_VARIABLE, load_blocks, save_blocks
from symbolic_bptt.derivation.prepared import Blocks, block_from_json, block_to_json, prepare
from symbolic_bptt.evaluation.unroll import unroll
from symbolic_bptt.model import load_model, settle

SIZES = {"n": 3, "m": 2, "K": 4}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def prepared() -> Blocks:
    blocks: Blocks = {}
    prepare(unroll(load_model("elman"), 3, SIZES), blocks)
    return blocks


def test_blocks_are_found_again_unchanged(folder: Path) -> None:
    model, blocks = load_model("elman"), prepared()
    assert load_blocks(model) == {}
    save_blocks(model, blocks)
    assert load_blocks(model) == blocks
    assert load_blocks(load_model("elman-mse")) == {}


def test_settling_a_function_makes_another_model(folder: Path) -> None:
    model = load_model("scalar-additive")
    blocks: Blocks = {}
    prepare(unroll(model, 2, {"K": 3}), blocks)
    save_blocks(model, blocks)
    assert load_blocks(model)
    assert load_blocks(settle(model, {"f": "tanh"})) == {}


DAMAGE = {
    "cut": lambda text: text[: len(text) // 2],
    "emptied": lambda text: "",
    "altered": lambda text: text.replace('"mul"', '"add"', 1),
    "something else": lambda text: "[1, 2, 3]",
    "nested": lambda text: "[" * 100_000,
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_a_damaged_file_counts_as_empty(folder: Path, kind: str) -> None:
    model = load_model("elman")
    save_blocks(model, prepared())
    [file] = folder.iterdir()
    file.write_text(DAMAGE[kind](file.read_text("utf-8")), "utf-8")
    assert load_blocks(model) == {}


def test_a_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    for value in (str(blocker / "below"), ""):
        monkeypatch.setenv(FOLDER_VARIABLE, value)
        save_blocks(load_model("elman"), prepared())
        assert load_blocks(load_model("elman")) == {}


BAD_BLOCKS = [
    {},
    {"program": {"instructions": [], "outputs": [0]}, "places": [[1, 0, 0, 0]], "sizes": [1, 1]},
    {"program": {"instructions": [["exec", [], 0, "0", "", []]], "outputs": []}},
    {"program": {"instructions": [["mul", [0], 0, "0", "", []]], "outputs": []}},
    {"program": {"instructions": [["number", [], 0, "1e999999999", "", []]], "outputs": []}},
    {"program": {"instructions": [["pow", [], 10**20, "0", "", []]], "outputs": []}},
]


@pytest.mark.parametrize("data", BAD_BLOCKS, ids=str)
def test_no_block_is_made_of_bad_data(data: object) -> None:
    whole = {"places": [], "sizes": [], **data} if isinstance(data, dict) and data else data
    with pytest.raises(ValueError, match=r"block|program|instruction"):
        block_from_json(whole)


def test_a_block_survives_json() -> None:
    for block in prepared().values():
        assert block_from_json(json.loads(json.dumps(block_to_json(block)))) == block


def test_a_warm_start_does_not_import_sympy(folder: Path) -> None:
    save_blocks(load_model("elman"), prepared())
    program = (
        "import sys\n"
        "from symbolic_bptt.model import load_model\n"
        "from symbolic_bptt.derivation.cache import load_blocks\n"
        "from symbolic_bptt.derivation.prepared import prepare\n"
        "from symbolic_bptt.derivation.staged import gradient, point\n"
        "from symbolic_bptt.evaluation.domains.field import FieldDomain\n"
        "from symbolic_bptt.evaluation.instance import draw_point\n"
        "from symbolic_bptt.evaluation.unroll import unroll\n"
        "model = load_model('elman')\n"
        f"graph = unroll(model, 3, {SIZES})\n"
        "field = FieldDomain(0)\n"
        "at = point(prepare(graph, load_blocks(model)), field, draw_point(graph, field, 0))\n"
        "gradient(at)\n"
        "assert 'sympy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
