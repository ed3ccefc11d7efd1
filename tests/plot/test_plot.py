"""Contributions through time add up to the gradient; their picture is the same every time."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from symbolic_bptt import load_model
from symbolic_bptt.cli import main
from symbolic_bptt.derivation.paths import contributions, pairs
from symbolic_bptt.derivation.prepared import prepare
from symbolic_bptt.derivation.staged import gradient, point
from symbolic_bptt.evaluation.domains.floating import FLOAT64
from symbolic_bptt.evaluation.instance import sound_sizes
from symbolic_bptt.evaluation.unroll import unroll
from symbolic_bptt.evaluation.weights import WeightsError, numbers, read_weights, sizes_of
from symbolic_bptt.render.plot import PlotError, Series, medians, plot


@pytest.mark.parametrize("name", ["elman", "lstm", "bidirectional", "elman-last", "elman-mse"])
def test_contributions_add_up_to_the_gradient(name: str) -> None:
    model = load_model(name)
    graph = unroll(model, 4, sound_sizes(model))
    at = point(prepare(graph), FLOAT64, numbers(graph, {}, seed=1, gain=1.0))
    for parameter, whole in gradient(at).items():
        parts = [m for p, _, _, m in pairs(at) if p == parameter]
        total = sum(parts).reshape(whole.shape)
        np.testing.assert_allclose(total, whole.astype(float), rtol=1e-9, atol=1e-12)


def test_a_linear_network_forgets_and_explodes_geometrically() -> None:
    """∂E_j/∂W through k steps carries Wᵏ: for W = g I the norm goes like gᵏ."""
    model = load_model("linear-rnn")
    sizes = sound_sizes(model)
    for factor in (0.5, 2.0):
        weights = {"W_{hh}": factor * np.eye(sizes["h"] if "h" in sizes else _hidden(model, sizes))}
        graph = unroll(model, 12, sizes)
        given = numbers(graph, weights, 0, 0.1)
        # Only the last loss counts: its error is common to all of its contributions.
        found = [
            one for one in contributions(model, 12, sizes, given)
            if one.parameter == "W_{hx}" and one.source == 12
        ]  # fmt: skip
        scale = {one.length: one.norm / np.linalg.norm(given[("x", one.copy)]) for one in found}
        for length in range(1, 8):
            assert scale[length + 1] / scale[length] == pytest.approx(factor, rel=1e-6)


def _hidden(model, sizes) -> int:
    return model.declarations[("W_{hh}", False)].shape.rows.value(sizes)


def test_medians_leave_out_what_no_logarithm_shows() -> None:
    from symbolic_bptt.derivation.paths import Contribution

    found = [Contribution("W", 3, 2, 1.0), Contribution("W", 2, 1, 3.0), Contribution("W", 1, 1, 0)]
    assert medians(found, "W") == {1: 2.0}


@pytest.mark.parametrize("format_", ["svg", "png"])
def test_the_same_numbers_give_the_same_bytes(format_: str) -> None:
    pytest.importorskip("matplotlib")
    model = load_model("elman")
    sizes = sound_sizes(model)
    given = numbers(unroll(model, 5, sizes), {}, 0, 1.0)
    series = [Series("", contributions(model, 5, sizes, given))]
    first, second = (plot(series, "costs $5", format_) for _ in range(2))  # type: ignore[arg-type]
    assert first == second
    assert first.startswith(b"<?xml" if format_ == "svg" else b"\x89PNG")


def test_nothing_to_draw_is_said() -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(PlotError, match="no gradient passes"):
        plot([Series("", ())], "empty")


def test_weights_come_from_files_and_fix_the_sizes(tmp_path: Path) -> None:
    model = load_model("elman")
    np.savez(tmp_path / "w.npz", W=np.eye(7), U=np.ones((7, 2)))
    weights = read_weights(tmp_path / "w.npz", model)
    sizes = sizes_of(model, weights, {"n": 4, "m": 3, "K": 5})
    assert sizes == {"n": 7, "m": 2, "K": 5}
    given = numbers(unroll(model, 3, sizes), weights, 0, 1.0)
    assert np.array_equal(given[("W", None)], np.eye(7))


@pytest.mark.parametrize(
    ("content", "said"),
    [({"Q": [[1]]}, "no parameter Q"), ({"W": [[1, 2]]}, "n x n would be"), ([1], "no .npz")],
)
def test_unfitting_weights_are_refused(tmp_path: Path, content: object, said: str) -> None:
    model = load_model("elman")
    (tmp_path / "w.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(WeightsError, match=said):
        sizes_of(model, read_weights(tmp_path / "w.json", model), sound_sizes(model))


def test_pickles_are_never_opened(tmp_path: Path) -> None:
    np.savez(tmp_path / "w.npz", W=np.array([object()], dtype=object))
    with pytest.raises(WeightsError):
        read_weights(tmp_path / "w.npz", load_model("elman"))


def test_the_command_writes_a_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.chdir(tmp_path)
    assert main(["plot", "elman", "-T", "4", "-o", "p.svg"]) == 0
    assert (tmp_path / "p.svg").read_bytes().startswith(b"<?xml")
    assert main(["plot", "elman", "-T", "4", "-o", "p.gif"]) == 2
    assert ".svg, .png" in capsys.readouterr().err
