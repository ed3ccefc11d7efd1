"""The unrolled graph: its edges are the chain rule, nothing hides anything, text is escaped."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from symbolic_bptt import library_names, load_model
from symbolic_bptt.derivation.flow import gradient_flow, paths_of
from symbolic_bptt.derivation.prepared import prepare
from symbolic_bptt.derivation.staged import point, through
from symbolic_bptt.evaluation.domains.field import FieldDomain
from symbolic_bptt.evaluation.evaluator import evaluate
from symbolic_bptt.evaluation.instance import draw_point, sound_sizes
from symbolic_bptt.evaluation.surroundings import GraphEnvironment
from symbolic_bptt.evaluation.unroll import unroll
from symbolic_bptt.evaluation.value import resolve
from symbolic_bptt.model import Model
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.notation.printer import latex, text
from symbolic_bptt.notation.source import Source
from symbolic_bptt.render.graph import (
    COMPACT,
    WIDE,
    Highlight,
    TooLargeError,
    graph,
    picture,
    render_graph,
)
from symbolic_bptt.render.graph.draw import HighlightError
from symbolic_bptt.render.graph.scripts import runs
from tests.tex import complaints, log_of

PICTURED = ("elman", "lstm", "gru", "bidirectional", "deep", "scalar-additive", "jordan")


def steps_of(model: Model) -> int:
    return model.literal_length or 3


@pytest.mark.parametrize("name", ["elman", "lstm", "gru", "eprop", "scalar-multiplicative"])
def test_what_stands_at_an_arrow_is_sympys_local_derivative(name: str) -> None:
    model = load_model(name)
    graph = unroll(model, 2, sound_sizes(model))
    domain = FieldDomain(7)
    at = point(prepare(graph), domain, draw_point(graph, domain, 7))
    environment = GraphEnvironment(graph, domain, at.values, {})
    compared = 0
    for flow in gradient_flow(graph):
        reader, read = graph.nodes[flow.reader], graph.nodes[flow.read]
        if flow.local is None or 1 not in reader.shape or 1 not in read.shape:
            continue
        size = reader.shape[0] * reader.shape[1]
        back = dict(through(at, reader, _identity(domain, size)))[flow.read]
        scalar = size == 1
        shape = read.shape if scalar else back.shape
        value = evaluate(flow.local, environment)
        written = resolve(domain, value, shape).array
        assert np.array_equal(written.reshape(back.shape), back), text(flow.local)
        compared += 1
    assert compared > 4


def _identity(domain: FieldDomain, size: int) -> np.ndarray:
    from symbolic_bptt.derivation.staged import _identity

    return _identity(domain, size)


def test_paths_of_a_copy_begin_at_its_step() -> None:
    graph = unroll(load_model("elman"), 3, {"n": 2, "m": 2, "K": 3})
    assert {step for name, step in paths_of(graph, "W") if name == "s"} == {1, 2, 3}
    assert {step for name, step in paths_of(graph, "W", 2) if name == "s"} == {2, 3}
    assert {name for name, _ in paths_of(graph, "V")} == {"\\hat y", "E"}


@pytest.mark.parametrize("name", library_names())
def test_every_model_has_a_picture(name: str) -> None:
    model = load_model(name)
    drawn = picture(model, steps_of(model))
    graph = unroll(model, steps_of(model), sound_sizes(model))
    shown = {node.item.key for node in drawn.nodes}
    assert {node.key for node in graph.computed} <= shown
    reads = {(r, n.key) for n in graph.computed for r in n.reads if r in shown}
    assert {
        (a.start.item.key, a.end.item.key) for a in drawn.arrows if a.direction == "forward"
    } == reads
    for arrow in drawn.arrows:
        if arrow.direction == "backward":
            assert arrow.derivative is not None
            assert arrow.label is not None
            assert (arrow.end.item.key, arrow.start.item.key) in reads


@pytest.mark.parametrize("spacing", [WIDE, COMPACT], ids=["wide", "compact"])
@pytest.mark.parametrize("count", [2, 6])
@pytest.mark.parametrize("name", PICTURED)
def test_nothing_lies_on_anything_else(name: str, count: int, spacing: object) -> None:
    drawn = picture(load_model(name), count, spacing=spacing)  # type: ignore[arg-type]
    outlines = [node.outline for node in drawn.nodes]
    for one, other in combinations(outlines, 2):
        apart = abs(one.x - other.x) - one.half_width - other.half_width
        above = abs(one.y - other.y) - one.half_height - other.half_height
        assert max(apart, above) > 4
    boxes = [
        a.label.spot.box for a in drawn.arrows if a.label and not isinstance(a.label.content, int)
    ]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].meets(pair[1])]
    for arrow in drawn.arrows:
        ends = (arrow.start.outline, arrow.end.outline)
        crossed = [
            other
            for other in outlines
            if other not in ends and any(other.holds(point) for point in arrow.curve.samples)
        ]
        assert crossed == []
    for outline in outlines:
        assert outline.x - outline.half_width > 0
        assert outline.x + outline.half_width < drawn.width
        assert outline.y - outline.half_height > 0
        assert outline.y + outline.half_height < drawn.height


def test_every_number_is_explained_once() -> None:
    drawn = picture(load_model("lstm"), 3)
    used = {a.label.content for a in drawn.arrows if a.label and isinstance(a.label.content, int)}
    assert used == {line.number for line in drawn.legend}
    assert len(drawn.legend) == len(used)


def test_a_highlighted_parameter_has_a_copy_at_each_step_and_only_its_paths_shine() -> None:
    drawn = picture(load_model("elman"), 3, Highlight("W"))
    copies = [node for node in drawn.nodes if node.item.kind == "parameter"]
    assert [text(node.item.symbol) for node in copies] == ["W_1", "W_2", "W_3"]
    dim = {text(node.item.symbol) for node in drawn.nodes if not node.item.bright}
    assert dim == {"s_0", *(f"{name}_{t}" for name in "xy" for t in (1, 2, 3))}
    only = picture(load_model("elman"), 3, Highlight("W", 3))
    shining = {text(node.item.symbol) for node in only.nodes if node.item.bright}
    assert shining == {"W_3", "s_3", "ŷ_3", "E_3", "E"}


def test_the_way_back_differs_without_colour_too() -> None:
    drawn = picture(load_model("elman"), 2)
    assert "stroke-dasharray" in render_graph(drawn, "svg")
    assert "densely dashed" in render_graph(drawn, "tikz")
    assert "style=dashed" in render_graph(drawn, "dot")
    assert ".->" in render_graph(drawn, "mermaid")


@pytest.mark.parametrize("format_", ["svg", "tikz", "dot", "mermaid"])
def test_every_format_has_every_local_derivative(format_: str) -> None:
    drawn = picture(load_model("elman"), 2)
    shown = render_graph(drawn, format_)  # type: ignore[arg-type]
    plain = re.sub(r"<[^>]*>", "", shown.replace("#35;", "#"))
    derivatives = [a.derivative for a in drawn.arrows if a.derivative is not None]
    for derivative in derivatives:
        written = latex(derivative) if format_ == "tikz" else text(derivative)
        assert written in plain.replace("#8857;", "⊙")


HOSTILE = '</title><script>alert(1)</script> "]; \\ & \n %'


def test_titles_are_escaped_everywhere() -> None:
    drawn = picture(replace(load_model("elman"), title=HOSTILE), 2)
    svg = render_graph(drawn, "svg")
    ElementTree.fromstring(svg)
    assert "<script" not in svg
    assert '\\"];' in render_graph(drawn, "dot")
    assert "<" not in render_graph(drawn, "mermaid").split("\n")[1]


def test_the_same_model_gives_the_same_bytes() -> None:
    first, second = (render_graph(picture(load_model("gru"), 3)) for _ in range(2))
    assert first == second


def test_runs_of_text() -> None:
    assert [(r.text, r.level) for r in runs("W_{hh}ᵀ h^{(t)}")] == [
        ("W", "line"), ("hh", "sub"), ("ᵀ h", "line"), ("(t)", "super"),
    ]  # fmt: skip


def test_what_nobody_could_read_is_refused() -> None:
    with pytest.raises(TooLargeError, match="smaller -T"):
        picture(load_model("lstm"), 200)


def test_tex_draws_it(tool: Callable[[str], str], tmp_path: Path) -> None:
    body = "\n\n".join(
        render_graph(picture(load_model(name), 2, lit, COMPACT), "tikz")
        for name, lit in (("elman", Highlight("W")), ("scalar-additive", None))
    )
    log = log_of(tool, tmp_path, body, packages="amsmath,amssymb,tikz")
    assert complaints(log) == []


def test_graphviz_takes_it(tool: Callable[[str], str], tmp_path: Path) -> None:
    source = render_graph(picture(load_model("elman"), 2), "dot")
    run = subprocess.run(
        [tool("dot"), "-Kneato", "-n", "-Tplain"], input=source, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert run.stderr == ""
    places = {
        line.split()[1]: line.split()[2:4]
        for line in run.stdout.splitlines()
        if line.startswith("node")
    }
    assert len({tuple(place) for place in places.values()}) == len(places)


def test_a_state_with_the_letter_of_a_parameter_is_no_copy_of_it() -> None:
    written = """
loss = "E"
equations = '''
q_t = \\tanh(q q_{t-1} + x_t)
E = q_T^2
'''
[parameters]
q = "scalar"
[inputs]
x_t = "scalar"
[initial]
q_0 = "scalar"
"""
    model = model_from_source(Source(written, "q.toml"), "q")
    assert graph(model, 2, "q")
    with pytest.raises(HighlightError, match="q_2 is no parameter"):
        graph(model, 2, "q_2")
    assert graph(load_model("elman"), 2, "W_2")
