"""What was prepared once is found again, and nothing that the folder holds changes a verdict."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.derivation.block import Block, block_from_json, block_to_json
from symbolic_bptt.derivation.cache import FOLDER_VARIABLE, LARGEST_FILE, load_blocks, save_blocks
from symbolic_bptt.derivation.prepared import StoredBlocks, prepare, signature
from symbolic_bptt.derivation.tested import trusted
from symbolic_bptt.evaluation.domains.opaque import OpaqueDomain
from symbolic_bptt.evaluation.graph import Graph, GraphNode
from symbolic_bptt.evaluation.instance import sound_sizes
from symbolic_bptt.evaluation.unroll import unroll
from symbolic_bptt.model import Model, library_names, load_model, settle
from tests.derivation.witness import model_of
from tests.derivation.zoo import ZOO

SIZES = {"n": 3, "m": 2, "K": 4}

FORMULAS = r"""
\frac{\partial s_t}{\partial s_{t-1}} = \operatorname{diag}(1 - s_t^2) W
\frac{\partial s_t}{\partial s_{t-1}} = 2 \operatorname{diag}(1 - s_t^2) W
\frac{\partial E}{\partial V} = \sum_t (\hat y_t - y_t) s_t^\top
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    return tmp_path


def graph_of(model: Model) -> Graph:
    return unroll(model, model.literal_length or 3, sound_sizes(model))


def derived(model: Model) -> StoredBlocks:
    """The blocks of a model, derived anew."""
    blocks = StoredBlocks({})
    prepare(graph_of(model), blocks)
    return blocks


def verdicts(model: Model) -> list[str]:
    return [claim.verdict for claim in check_text(model, FORMULAS).claims]


def test_blocks_are_found_again_unchanged(folder: Path) -> None:
    model = load_model("elman")
    blocks = derived(model)
    assert blocks.renewed
    save_blocks(model, blocks)
    found = load_blocks(model)
    assert found.stored.keys() == blocks.keys()
    prepare(graph_of(model), found)
    assert found == blocks
    assert not found.renewed
    assert not found.stored
    assert not load_blocks(load_model("elman-mse")).stored


def test_what_is_not_new_is_not_written_again(folder: Path) -> None:
    model = load_model("elman")
    verdicts(model)
    [file] = folder.iterdir()
    before = file.stat().st_ino, file.read_bytes()
    verdicts(model)
    assert before == (file.stat().st_ino, file.read_bytes())


def test_other_sizes_join_what_is_stored(folder: Path) -> None:
    model = load_model("elman")
    save_blocks(model, derived(model))
    more = load_blocks(model)
    prepare(unroll(model, 3, SIZES), more)
    save_blocks(model, more)
    assert load_blocks(model).stored.keys() == {*derived(model), *more}
    assert len(more) < len(load_blocks(model).stored)


def test_settling_a_function_makes_another_model(folder: Path) -> None:
    model = load_model("scalar-additive")
    save_blocks(model, derived(model))
    assert load_blocks(model).stored
    assert not load_blocks(settle(model, {"f": "tanh"})).stored


@pytest.mark.parametrize("name", [*library_names(), *ZOO])
def test_every_block_that_is_derived_passes_its_test(name: str) -> None:
    model = load_model(name) if name in library_names() else model_of(ZOO[name])
    graph = graph_of(model)
    prepared = prepare(graph)
    for node in {signature(graph, node): node for node in graph.computed}.values():
        block = prepared.block_of[node.key]
        assert trusted(json.loads(json.dumps(block_to_json(block))), graph, node) == block


def block_at(graph: Graph, name: str) -> tuple[GraphNode, dict[str, Any]]:
    node = next(node for node in graph.computed if node.key[0] == name)
    return node, block_to_json(prepare(graph).block_of[node.key])


def appended(data: dict[str, Any], *rows: list[Any]) -> dict[str, Any]:
    """The block with its first output replaced by the last of these instructions.

    In their arguments "out" is the first output, "x" the first input, −1 the row before.
    """
    changed = copy.deepcopy(data)
    instructions = changed["program"]["instructions"]
    names = {
        "out": changed["program"]["outputs"][0],
        "x": next((i for i, row in enumerate(instructions) if row[0] == "input"), 0),
    }
    for op, arguments, *rest in rows:
        at = len(instructions)
        places = [names[a] if a in names else at + a for a in arguments]
        instructions.append([op, places, *rest])
    changed["program"]["outputs"][0] = len(instructions) - 1
    return changed


def number(value: int | str) -> list[Any]:
    return ["number", [], 0, str(value), "", []]


def mul(*arguments: object) -> list[Any]:
    return ["mul", list(arguments), 0, "0", "", []]


def add(*arguments: object) -> list[Any]:
    return ["add", list(arguments), 0, "0", "", []]


def call(function: str, *arguments: object, order: int = 0) -> list[Any]:
    return ["call", list(arguments), 0, "0", function, [order] * len(arguments)]


PLANTED: dict[str, list[list[Any]]] = {
    "doubled": [number(2), mul("out", -1)],
    "a little larger": [number(f"{10**60 + 1}/{10**60}"), mul("out", -1)],
    "a constant that is 1 modulo a known prime": [number(2**127), mul("out", -1)],
    "negated": [number(-1), mul("out", -1)],
    "far away": [number(-1000), add("x", -1), call("step", -1), add("out", -1)],
    "where a sign is negative": [mul("x", "x"), call("sqrt", -1), add("out", -1)],
    "with what cancels": [call("log", "x"), number(-1), mul(-2, -1), add("out", -1, -3)],
    "of another function": [call("sin", "x"), add("out", -1)],
    "plus nothing of an open function": [call("f", "x"), number(0), mul(-2, -1), add("out", -1)],
}


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize(("model", "name"), [("elman", "s"), ("lstm", "c"), ("pascanu", "x")])
def test_a_planted_slope_is_thrown_away(kind: str, model: str, name: str) -> None:
    graph = graph_of(load_model(model))
    node, data = block_at(graph, name)
    assert trusted(data, graph, node) is not None
    assert trusted(appended(data, *PLANTED[kind]), graph, node) is None


def test_where_a_block_was_tested_it_is_not_tested_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Guards: the point is drawn anew each time, so that no slope can be right there alone."""
    graph = graph_of(load_model("elman"))
    node, data = block_at(graph, "s")
    drawn, real = [], OpaqueDomain.draw

    def noted(domain: OpaqueDomain, generator: Random) -> Any:
        drawn.append(real(domain, generator))
        return drawn[-1]

    monkeypatch.setattr(OpaqueDomain, "draw", noted)
    assert trusted(data, graph, node) is not None
    points = drawn.copy()
    assert len(points) > 1
    for point in points:
        away = [number(str(-int(str(point)))), add("x", -1), add("out", -1)]
        assert trusted(appended(data, *away), graph, node) is None
    assert not {str(point) for point in drawn[len(points) :]} & {str(point) for point in points}


def test_the_sign_of_a_root_that_the_equation_has_is_tested() -> None:
    """√(x²) x⁻¹ is 1 or −1: its square may stand in a block, it itself may not."""
    text = (
        'title = "root"\nloss = "E"\nequations = """\n'
        "E = a x_1 + \\\\sqrt{x_1^2}\n"
        '"""\n[parameters]\na = "scalar"\n[inputs]\nx_t = "scalar"\n'
    )
    model = model_of(text)
    graph = graph_of(model)
    node, data = block_at(graph, "E")
    assert trusted(data, graph, node) is not None
    root = next(i for i, row in enumerate(data["program"]["instructions"]) if row[4] == "sqrt")
    place = root - len(data["program"]["instructions"])
    sign = [["pow", ["x"], -1, "0", "", []], mul(-1, place - 1)]
    planted = appended(data, *sign, mul("out", -1))
    assert all(trusted(planted, graph, node) is None for _ in range(20))
    assert trusted(appended(data, *sign, mul("out", -1, -1)), graph, node) is not None


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "an output of another entry": lambda d: d["program"]["outputs"].reverse(),
    "an entry at another place": lambda d: d["places"].reverse(),
    "fewer entries": lambda d: (d["places"].pop(), d["program"]["outputs"].pop()),
    "a place for nothing": lambda d: d["places"].append(d["places"][0]),
    "great sizes": lambda d: d.update(sizes=[10**9] * len(d["sizes"])),
    "a great inner size": lambda d: d["sizes"].insert(-1, 10**9),
    "a size of no quantity": lambda d: d["sizes"].insert(-1, 0),
    "other sizes": lambda d: d["sizes"].reverse(),
    "sizes that are no list": lambda d: d.update(sizes=7),
    "no places": lambda d: d.update(places=[]),
    "a place outside": lambda d: d["places"].__setitem__(0, [1, 0, 10**6, 0]),
    "an input far away": lambda d: first(d, "input").__setitem__(2, 10**6),
    "an input before the first": lambda d: first(d, "input").__setitem__(2, -1),
    "division by zero": lambda d: first(d, "number").__setitem__(3, "1/0"),
    "an exponent in a number": lambda d: first(d, "number").__setitem__(3, "1e999999999"),
    "a long number": lambda d: first(d, "number").__setitem__(3, "9" * 10_000),
    "a great exponent": lambda d: first(d, "pow").__setitem__(2, 10**9),
    "a great whole number": lambda d: first(d, "mul").__setitem__(2, 10**30),
    "a boolean": lambda d: first(d, "pow").__setitem__(2, True),
    "an argument after itself": lambda d: first(d, "mul").__setitem__(1, [10**6]),
    "no argument": lambda d: first(d, "mul").__setitem__(1, []),
    "an operation that is none": lambda d: first(d, "mul").__setitem__(0, "exec"),
    "an operation that is a list": lambda d: first(d, "mul").__setitem__(0, ["mul"]),
    "what nothing uses": lambda d: d["program"]["instructions"].append(number(1)),
    "an output that is none": lambda d: d["program"]["outputs"].__setitem__(0, 10**6),
    "no program": lambda d: d.pop("program"),
    "a program that is a number": lambda d: d.update(program=3),
    "a row too short": lambda d: first(d, "mul").pop(),
}


def first(data: dict[str, Any], op: str) -> list[Any]:
    row: list[Any] = next(row for row in data["program"]["instructions"] if row[0] == op)
    return row


@pytest.mark.parametrize("kind", CHANGES)
def test_a_block_that_was_changed_is_thrown_away(kind: str) -> None:
    graph = graph_of(load_model("elman"))
    node, data = block_at(graph, "s")
    CHANGES[kind](data)
    assert trusted(data, graph, node) is None


WRONG_BUT_WHOLE = {"an output of another entry", "an entry at another place", "fewer entries"}


@pytest.mark.parametrize("kind", [kind for kind in CHANGES if kind not in WRONG_BUT_WHOLE])
def test_data_that_are_no_block_are_refused_before_they_run(kind: str) -> None:
    _, data = block_at(graph_of(load_model("elman")), "s")
    CHANGES[kind](data)
    with pytest.raises(ValueError, match=r"block|program|instruction|output"):
        block_from_json(data, READS, 0, 4, {})


READS = [8, 2, 16, 4]
"""The entries of what s_t = tanh(U x_t + W s_{t−1}) reads."""

BAD_CALLS = [
    call("tanh", "x", "x"),
    call("softmax", "x"),
    call("g", *["x"] * 30),
    call("tanh", "x", order=-1),
    call("g", "x"),
    ["call", ["x"], 0, "0", None, [0]],
    ["call", ["x"], 0, "0", "tanh", []],
]


@pytest.mark.parametrize("row", BAD_CALLS, ids=str)
def test_a_call_that_no_block_has_is_refused(row: list[Any]) -> None:
    graph = graph_of(load_model("elman"))
    node, data = block_at(graph, "s")
    changed = appended(data, row, number(0), mul(-2, -1), add("out", -1))
    assert trusted(changed, graph, node) is None
    with pytest.raises(ValueError, match="instruction"):
        block_from_json(changed, READS, 0, 4, {})


@pytest.mark.parametrize("data", [None, 3, "block", [], [1], {}, {"program": {}}], ids=str)
def test_what_is_no_block_is_none(data: object) -> None:
    graph = graph_of(load_model("elman"))
    node, _ = block_at(graph, "s")
    assert trusted(data, graph, node) is None
    with pytest.raises(ValueError, match="not a block"):
        block_from_json(data, [1], 0, 1, {})


def plant(file: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    stored = json.loads(file.read_text("utf-8"))
    file.write_text(json.dumps({name: change(block) for name, block in stored.items()}), "utf-8")


def test_planted_blocks_change_no_verdict_and_are_replaced(folder: Path) -> None:
    model = load_model("elman")
    wanted = verdicts(model)
    assert wanted == ["holds", "fails", "holds"]
    [file] = folder.iterdir()
    good = file.read_bytes()
    plant(file, lambda block: appended(block, *PLANTED["doubled"]))
    assert verdicts(model) == wanted
    assert file.read_bytes() == good


FILES: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_text(""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:100]),
    "no text": lambda path: path.write_bytes(b"\xff\xfe\x00"),
    "a list": lambda path: path.write_text("[1, 2, 3]"),
    "nested": lambda path: path.write_text("[" * 100_000),
    "names of nothing": lambda path: path.write_text('{"a": 1, "(0, ": []}'),
    "a number too long": lambda path: path.write_text('{"a": ' + "9" * 100_000 + "}"),
    "too long": lambda path: path.write_text('"' + "a" * LARGEST_FILE + '"'),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "an endless device": lambda path: (path.unlink(), path.symlink_to("/dev/zero")),
    "a link to a file": lambda path: (
        path.rename(path.with_suffix(".x")),
        path.symlink_to(path.with_suffix(".x")),
    ),
    "a pipe": lambda path: (path.unlink(), os.mkfifo(path)),
}


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes and devices as files")
@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_none_of_ours_counts_as_empty(folder: Path, kind: str) -> None:
    model = load_model("elman")
    save_blocks(model, derived(model))
    [file] = folder.iterdir()
    FILES[kind](file)
    found = load_blocks(model)
    prepare(graph_of(model), found)
    assert found.renewed
    assert found == derived(model)
    save_blocks(model, found)


def test_a_folder_that_cannot_be_written_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    for value in (str(blocker / "below"), ""):
        monkeypatch.setenv(FOLDER_VARIABLE, value)
        model = load_model("elman")
        save_blocks(model, derived(model))
        assert not load_blocks(model).stored


def test_a_block_survives_json() -> None:
    graph = graph_of(load_model("elman"))
    node, data = block_at(graph, "s")
    read = block_from_json(json.loads(json.dumps(data)), READS, 0, 4, {})
    assert isinstance(read, Block)
    for reads, outputs in ((READS[:3], 4), ([*READS, 1], 4), ([9, 2, 16, 4], 4), (READS, 5)):
        with pytest.raises(ValueError, match="block"):
            block_from_json(data, reads, 0, outputs, {})
    assert read == prepare(graph).block_of[node.key]


def test_a_warm_start_does_not_import_sympy(folder: Path) -> None:
    model = load_model("elman")
    save_blocks(model, derived(model))
    program = (
        "import sys\n"
        "from symbolic_bptt.model import load_model\n"
        "from symbolic_bptt.derivation.cache import load_blocks\n"
        "from symbolic_bptt.derivation.prepared import prepare\n"
        "from symbolic_bptt.derivation.staged import gradient, point\n"
        "from symbolic_bptt.evaluation.domains.field import FieldDomain\n"
        "from symbolic_bptt.evaluation.instance import draw_point, sound_sizes\n"
        "from symbolic_bptt.evaluation.unroll import unroll\n"
        "model = load_model('elman')\n"
        "graph = unroll(model, 3, sound_sizes(model))\n"
        "field = FieldDomain(0)\n"
        "at = point(prepare(graph, load_blocks(model)), field, draw_point(graph, field, 0))\n"
        "gradient(at)\n"
        "assert 'sympy' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
