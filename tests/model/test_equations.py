"""The equations of a model file: odd names, plain text, and what is refused with a place."""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path

import pytest

from symbolic_bptt.model import load_model
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.printer.text import text
from symbolic_bptt.notation.source import Source

HOSTILE = json.loads(
    (Path(__file__).parent.parent / "notation" / "data" / "hostile.json").read_text("utf-8")
)
HOSTILE |= {
    "functions": r"\log " * 500 + "x_t",
    "gradients": r"\nabla_x " * 500 + "x_t",
    "sums": r"\sum_t " * 500 + "x_t",
    "parentheses": "(" * 300 + "x_t" + ")" * 300,
    "terms": "x+" * 2_000 + "x_t",
    "names": "+".join(f"q_{{{n}}}" for n in range(500)),
}


def model(equations: str, parameters: str = "", inputs: str = "", **more: str) -> Model:
    sections = {"parameters": parameters, "inputs": inputs, **more}
    tables = "\n".join(f"[{name}]\n{table}" for name, table in sections.items())
    written = f"loss = 'E'\nequations = '''\n{equations}\n'''\n{tables}"
    return model_from_source(Source(written, "model.toml"), "model")


def refusals(equations: str, parameters: str = "", inputs: str = "", **more: str) -> list[str]:
    with pytest.raises(NotationError) as caught:
        model(equations, parameters, inputs, **more)
    return [str(problem) for problem in caught.value.problems]


def body(loaded: Model, target: str) -> str:
    return next(text(one.body) for one in loaded.equations if one.target == target)


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("q", "q_t"),
        ("r", "r_t"),
        ("i", "i_t"),
        ("z_q", "z_q^{(t)}"),
        ("z_q", "z_{q,t}"),
        ("k^{(1)}", "k_t^{(1)}"),
        ("W^{(x)}", "W_t^{(x)}"),
        (r"\hat y", r"\hat y_t"),
        (r"\hat y", r"\hat{y}_t"),
        (r"\mathcal L", r"\mathcal{L}_t"),
        (r"\overrightarrow h", r"\overrightarrow{h}_t"),
        ("V'", "V'_t"),
        ("b", "b^t"),
        ("net", "net_t"),
        (r"d\gamma_o", r"d\gamma_{o,t}"),
        ("a", r"a^{\langle t\rangle}"),
        ("a", "a(t)"),
    ],
)
def test_a_quantity_may_have_any_name(name: str, step: str) -> None:
    equations = rf"{step} = \tanh(w x_t)" + "\n" + rf"E = \sum_t {step} {step}"
    loaded = model(equations, 'w = "scalar"', 'x_t = "scalar"')
    assert (name, True) in loaded.declarations


def test_names_without_a_command_are_read_in_a_model_of_commands() -> None:
    equations = r"h_t = tanh(W_{xi} x_t)" + "\n" + r"E = \sum_t softmax(h_t)^\top h_t"
    loaded = model(equations, "'W_{xi}' = 'n x m'", "x_t = 'm'")
    assert body(loaded, "h") == "tanh(W_{xi} x_t)"


def test_a_model_in_plain_text() -> None:
    equations = "h_t = tanh(W x_t)\nyhat_t = V h_t\nE = sum_t yhat_t^2"
    loaded = model(equations, 'W = "n x m"\nV = "1 x n"', 'x_t = "m"')
    assert body(loaded, r"\hat y") == "V h_t"


def test_a_factor_stands_where_it_is_written() -> None:
    assert body(load_model("scalar-additive"), "q") == "v s_{T-1} + c"


def test_a_number_is_added_to_each_entry() -> None:
    loaded = model(
        "h_t = (a x_t + b) \\odot x_t\nE = \\sum_t \\mathbf 1^\\top h_t",
        'a = "scalar"\nb = "scalar"',
        'x_t = "n"',
    )
    assert body(loaded, "h") == "(a x_t + b 𝟙_n) ⊙ x_t"


def test_a_vector_is_no_diagonal_matrix() -> None:
    found = refusals("h_t = W + x_t\nE = \\sum_t x_t^\\top h_t x_t", 'W = "n x n"', 'x_t = "n"')
    assert "a matrix n x n cannot be added to a vector of n" in found[0]


@pytest.mark.parametrize(
    ("equation", "message"),
    [
        ("some words about it", "one symbol = one expression"),
        ("h_t - x_t", "one symbol = one expression"),
        ("h_t = x_t = 3", "one symbol = one expression"),
        (r"h_t = x_t, t = 1, \dots, 3", "one symbol = one expression"),
        ("h_{t,i} = x_t", "define the whole vector"),
        ("w x_t = 3", "define the whole vector"),
        ("w^2 = 3", "is a power"),
        ("h_{2t} = x_t", "its step must be t"),
        (r"h_t^\top = x_t", "is a transpose"),
        (r"h_t = \unheard x_t", "is not in the notation"),
        ("h_t = Q x_t + P x_t", "P is never defined"),
        ("h_t = (x_t", "never closed"),
    ],
)
def test_a_refusal_names_line_and_reason(equation: str, message: str) -> None:
    equations = f"E = \\sum_t w x_t\n{equation}"
    found = refusals(equations, 'w = "scalar"', 'x_t = "scalar"')
    assert any(one.startswith("model.toml:4:") and message in one for one in found), found


def test_every_name_that_is_not_defined_is_told() -> None:
    found = refusals("E = \\sum_t P Q x_t\nF = R", "", 'x_t = "m"')
    assert [one.split(": ")[2].split()[0] for one in found] == ["P", "Q", "R"]


@pytest.mark.parametrize("attack", HOSTILE.values(), ids=list(HOSTILE))
def test_an_attack_is_read_or_refused_in_words_with_work_in_proportion(attack: str) -> None:
    """Guards: no equation costs more calls than its length in characters allows."""
    count, before = 0, sys.getprofile()

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    written = f"loss = 'E'\nequations = '''\nE = {attack}\n'''\n[inputs]\nx_t = 'n'"
    sys.setprofile(note)
    try:
        with contextlib.suppress(NotationError):
            model_from_source(Source(written), "model")
    finally:
        sys.setprofile(before)
    assert count <= 5_000 * (len(attack) + 100)


def test_shapes_are_named_where_a_new_quantity_has_none() -> None:
    found = refusals("h_t = W x_t\nE = \\sum_t h_t^\\top h_t", 'W = "n x n"', 'x_t = "m"')
    said = "a matrix n x n cannot be multiplied by a vector of m"
    assert f"in the equation of h_t: {said}" in found[0]


@pytest.mark.parametrize("function", ["f", r"\sigma"])
def test_a_quantity_may_have_the_letter_of_a_function(function: str) -> None:
    equations = f"{function}_t = {function}(x_t)\nE = \\sum_t {function}({function}_t)^\\top x_t"
    loaded = model(equations, "", 'x_t = "n"', functions="f = 1")
    calls = {"f": "f(f_t)", r"\sigma": "σ(σ_t)"}
    assert body(loaded, "E") == f"Σ_t {calls[function]}ᵀ x_t"
