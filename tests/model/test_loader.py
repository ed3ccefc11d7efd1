"""From model files to models: what is read, what is inferred, and every error with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from symbolic_bptt.model import ModelError, catalogue, library_names, load_model
from symbolic_bptt.model.loader import model_from_source
from symbolic_bptt.model.model import Model
from symbolic_bptt.notation.errors import NotationError
from symbolic_bptt.notation.printer.text import text
from symbolic_bptt.notation.source import Source
from symbolic_bptt.notation.tree import Call, Operation, Product, Symbol, Transpose, walk

ELMAN = r"""
loss = "E"
equations = '''
s_t = \tanh(U x_t + W s_{t-1})
\hat y_t = \operatorname{softmax}(V s_t)
E_t = -y_t^\top \log \hat y_t
E = \sum_{t=1}^{T} E_t
'''
[parameters]
U = "n x m"
W = "n x n"
V = "K x n"
[inputs]
x_t = "m"
y_t = "K, one-hot"
[initial]
s_0 = "n"
"""


def model(text: str) -> Model:
    return model_from_source(Source(text, "model.toml"), "model")


def problems(text: str) -> list[str]:
    with pytest.raises(NotationError) as caught:
        model(text)
    return [str(problem) for problem in caught.value.problems]


def test_shapes_of_defined_quantities_follow_from_the_equations() -> None:
    shapes = {(e.target, e.timed): str(e.shape) for e in model(ELMAN).equations}
    assert shapes == {
        ("s", True): "n",
        (r"\hat y", True): "K",
        ("E", True): "scalar",
        ("E", False): "scalar",
    }


def test_the_order_of_equations_does_not_matter() -> None:
    head, rest = ELMAN.split("'''\n", 1)
    equations, tail = rest.split("'''", 1)
    turned = "\n".join(reversed(equations.strip().splitlines()))
    assert set(model(f"{head}'''\n{turned}\n'''{tail}").equations) == set(model(ELMAN).equations)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("U x_t", "Q x_t", "model.toml:4:13", "Q is never defined"),
        ("W s_{t-1}", "W x_t", "model.toml:4:", "cannot be multiplied by a vector of m"),
        ("+ W s_{t-1}", "+ W W", "model.toml:4:", "cannot be added to a vector of n"),
        ("V s_t", r"V \hat y_t", "model.toml:5:", "circular definition"),
        (r"E_t = -y_t^\top", r"s_t = -y_t^\top", "model.toml:6:", "defined twice"),
        (r"\sum_{t=1}^{T} E_t", r"\sum_{t=1}^{T} s_t", "model.toml:7:", "must be a scalar"),
        (r"\tanh(U x_t", r"\tanh((U x_t", "model.toml:4:", "never closed"),
        ("E = ", "L = ", "model.toml:2:1", "no equation defines the loss"),
        ('s_0 = "n"', "", "model.toml:4:", "s_{t-1} is read where no equation gives it"),
        ('W = "n x n"', 'W = "n x"', "model.toml:11:1", "shape of W"),
        ('W = "n x n"', "W = 3", "model.toml:11:1", "in quotes"),
        ("one-hot", "onehot", "model.toml:15:1", "one-hot"),
        ("[inputs]", "[imputs]", "model.toml:13:1", "did you mean inputs"),
        ('loss = "E"', "loss = E", "model.toml:2:", "not TOML"),
        ("[parameters]", '[time]\nlast = "T*2"\n[parameters]', "model.toml:10:1", "last step"),
        ("[parameters]", '[parameters]\nx_t = "m"', "model.toml:10:1", "a parameter has no step"),
        ("[parameters]", '[parameters]\nT = "n"', "model.toml:10:1", "T is already"),
    ],
)
def test_errors_name_the_place_and_the_symbol(old: str, new: str, place: str, words: str) -> None:
    assert old in ELMAN
    found = problems(ELMAN.replace(old, new, 1))
    assert any(one.startswith(place) and words in one for one in found), found


TWICE = [
    ("[inputs]", 's_0 = "n"\n[inputs]', "as a parameter (s_0) and as an initial state"),
    ("[inputs]", 's_1 = "n"\n[inputs]', "s_t is already declared as a parameter (s_1)"),
    ("[inputs]", 'x_2 = "m"\n[inputs]', "as a parameter (x_2) and as an input"),
    ("[initial]", 's_0 = "n"\n[initial]', "as an input (s_0) and as an initial state"),
    ("[initial]", '[initial]\nx_1 = "m"', "as an input (x_t) and as an initial state"),
    ("[initial]", '[initial]\nx_T = "m"', "as an input (x_t) and as an initial state"),
    ("[initial]", '[initial]\ns_1 = "n"', "s_t is already declared as an initial state (s_1)"),
    ("E = ", "s_0 = 0\nE = ", "s_0 is already declared as an initial state (s_0)"),
]


@pytest.mark.parametrize(("old", "new", "words"), TWICE)
def test_what_is_written_alike_is_declared_once(old: str, new: str, words: str) -> None:
    found = [one for one in problems(ELMAN.replace(old, new, 1)) if words in one]
    assert found
    line, caret = found[0].splitlines()[1:3]
    name = words.split(" is ")[0] if " is " in words else new.replace(old, "").split()[0]
    assert line[caret.index("^") : caret.rindex("^") + 1] in (name, "s_0", "x_t")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[inputs]", 's = "n x n"\n[inputs]'),
        ("[inputs]", 'x = "m"\n[inputs]'),
        ("[initial]", '[initial]\nx_0 = "m"'),
        ("[initial]", "[initial]\n'x_{T+1}' = \"m\""),
        ("[initial]", "[initial]\n's_{-1}' = \"n\""),
    ],
)
def test_a_name_without_a_step_and_other_steps_are_other_quantities(old: str, new: str) -> None:
    assert model(ELMAN.replace(old, new, 1))


def test_a_circle_names_its_members() -> None:
    text = ELMAN.replace("V s_t", r"V s_t + a_t").replace("E_t = -y", "a_t = \\hat y_t\nE_t = -y")
    assert any("ŷ_t" in one and "a_t" in one for one in problems(text))


def test_all_errors_are_told_at_once() -> None:
    text = ELMAN.replace("U x_t", "Q x_t").replace("V s_t", "V s_t + p").replace("one-hot", "hot")
    found = problems(text)
    assert len(found) == 3


def test_errors_show_the_line_with_a_caret_under_the_symbol() -> None:
    line, caret = problems(ELMAN.replace("U x_t", "Q x_t"))[0].splitlines()[1:3]
    assert line[caret.index("^")] == "Q"


@pytest.mark.parametrize(
    "text", ["", "loss = 3", "x", "[[", "\x00", 'equations = ""', "a" * 300_000]
)
def test_hostile_files_are_refused_in_words(text: str) -> None:
    assert problems(text)


def test_two_equal_vectors_are_an_inner_product_where_the_loss_needs_a_scalar() -> None:
    text = ELMAN.replace(r"-y_t^\top \log", r"-y_t \log")
    body = next(e.body for e in model(text).equations if (e.target, e.timed) == ("E", True))
    assert any(isinstance(node, Transpose) for node in walk(body))


def test_two_equal_vectors_are_multiplied_elementwise_elsewhere() -> None:
    text = ELMAN.replace("U x_t", "U x_t s_{t-1}")
    body = next(e.body for e in model(text).equations if e.target == "s")
    assert any(isinstance(node, Operation) and node.op == "hadamard" for node in walk(body))


def test_a_copy_of_a_parameter_in_an_equation_is_the_parameter() -> None:
    text = ELMAN.replace("U x_t", "U_t x_t")
    assert model(text).equations[0].body == model(ELMAN).equations[0].body


@pytest.mark.parametrize("step", ["{t-1}", "{t+1}", "1", "T"])
def test_the_copy_of_another_step_is_not_taken_for_the_one_of_this_step(step: str) -> None:
    """Guards: of a parameter U only U_t is read as U; U_{t-1} stays what was written."""
    body = model(ELMAN.replace("U x_t", f"U_{step} x_t")).equations[0].body
    assert text(body) == f"tanh(U_{step} x_t + W s_{{t-1}})"
    assert body != model(ELMAN).equations[0].body


def test_an_equation_for_the_next_step_is_moved_to_this_one() -> None:
    text = ELMAN.replace(r"s_t = \tanh(U x_t + W s_{t-1})", r"s_{t+1} = \tanh(U x_{t+1} + W s_t)")
    assert model(text).equations[0].body == model(ELMAN).equations[0].body


def test_a_model_written_out_step_by_step_has_its_own_length() -> None:
    text = r"""
loss = "E"
equations = '''
h_1 = \tanh(w x_1)
h_2 = \tanh(w x_2 + u h_1)
E = (h_2 - y)^2
'''
[parameters]
w = "scalar"
u = "scalar"
[inputs]
x_1 = "scalar"
x_2 = "scalar"
y = "scalar"
"""
    assert model(text).literal_length == 2


def test_composite_sizes() -> None:
    text = r"""
loss = "E"
equations = '''
h_t = \tanh(W [h_{t-1}; x_t])
E = \sum_t h_t^\top h_t
'''
[parameters]
W = "n x (n+m)"
[inputs]
x_t = "m"
[initial]
h_0 = "n"
"""
    assert str(model(text).declarations["W", False].shape.columns) == "m+n"
    assert problems(text.replace("n+m", "2n"))


@pytest.mark.parametrize("name", library_names())
def test_every_library_model_has_a_source_and_loads(name: str) -> None:
    loaded = load_model(name)
    assert loaded.title
    assert loaded.source
    assert all(
        not isinstance(node, Product) or len(node.factors) > 1
        for equation in loaded.equations
        for node in walk(equation.body)
    )


def test_the_catalogue_tells_of_each_model_what_it_says_itself() -> None:
    models = [load_model(name) for name in library_names()]
    assert [(one.name, one.title, one.source) for one in catalogue()] == [
        (model.name, model.title, model.source) for model in models
    ]


def test_let_settles_a_function_and_keeps_its_name_readable() -> None:
    settled = load_model("scalar-additive", {"f": "sigmoid"})
    calls = {n.function for e in settled.equations for n in walk(e.body) if isinstance(n, Call)}
    assert calls == {"sigmoid", "softmax", "log"}
    assert settled.settled == {"f": "sigmoid"}


@pytest.mark.parametrize("let", [{"g": "tanh"}, {"f": "softmax"}, {"f": "nonsense"}, {"f": "max"}])
def test_let_refuses_what_it_cannot_settle(let: dict[str, str]) -> None:
    with pytest.raises(ModelError):
        load_model("scalar-additive", let)


@pytest.mark.parametrize(
    ("name", "words"),
    [("elmann", "did you mean elman"), ("nothing.toml", "cannot be read"), ("/", "no model")],
)
def test_unknown_models(name: str, words: str) -> None:
    with pytest.raises(ModelError, match=words):
        load_model(name)


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "model.toml"
    path.write_bytes(b"\xff\xfe\x00bad")
    with pytest.raises(ModelError, match="UTF-8"):
        load_model(path)


def test_formulas_beside_a_model_file_come_with_it(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(ELMAN, encoding="utf-8")
    (tmp_path / "own.formulas.tex").write_text("$s_t = s_t$", encoding="utf-8")
    assert load_model(tmp_path / "own.toml").formulas == "$s_t = s_t$"


def test_the_founding_models_are_there() -> None:
    founding = {"elman", "elman-bias", "scalar-additive", "scalar-literal", "scalar-multiplicative"}
    assert founding <= set(library_names())
    assert ("s", True) in load_model("elman").declarations
    assert Symbol("s") != Symbol("s", (Symbol("t"),))
