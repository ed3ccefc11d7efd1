"""The closed forms read as a textbook prints them, and have the right numbers."""

from __future__ import annotations

import pytest

from symbolic_bptt.derivation.closed_form import closed_form
from symbolic_bptt.model import load_model
from symbolic_bptt.notation.printer import latex, text
from symbolic_bptt.notation.tree import Add, Neg, Number, Product, walk
from tests.derivation.witness import model_of, printed, relative_errors
from tests.derivation.zoo import ZOO
from tests.reading import false_at_a_point

TOLERANCE = 1e-11
LIBRARY = ("elman", "elman-bias", "scalar-additive", "scalar-multiplicative")
SHORTEST = {"variance": 2, "one-step-loss": 3}

MODELS = {
    **{name: lambda name=name: load_model(name) for name in LIBRARY},
    **{name: lambda name=name: model_of(ZOO[name], name) for name in ZOO},
}

each_model = pytest.mark.parametrize("name", MODELS)


@each_model
@pytest.mark.parametrize("literal", [False, True], ids=["any T", "that T"])
def test_the_closed_form_is_the_gradient(name: str, literal: bool) -> None:
    model = MODELS[name]()
    shortest = model.literal_length or SHORTEST.get(name, 1)
    for count in {shortest, model.literal_length or 4}:
        errors = relative_errors(model, count, literal=literal)
        assert {key: error for key, error in errors.items() if not error < TOLERANCE} == {}


@each_model
def test_the_closed_form_is_tidy(name: str) -> None:
    form = closed_form(MODELS[name]())
    for statement in (*form.definitions, *form.gradients.values()):
        for node in walk(statement):
            assert not (isinstance(node, Neg) and isinstance(node.operand, Neg))
            assert not (isinstance(node, Neg) and node.operand == Number(0))
            if isinstance(node, Product):
                assert not {Number(0), Number(1)} & set(node.factors)
                assert len(node.factors) > 1
            if isinstance(node, Add):
                assert Number(0) not in node.terms
                assert not any(isinstance(term, Add) for term in node.terms)


@each_model
def test_the_closed_form_can_be_read_back(name: str) -> None:
    model = MODELS[name]()
    form = closed_form(model)
    shown = [latex(one) for one in (*form.definitions, *form.gradients.values())]
    assert false_at_a_point(model, "".join(rf"\[{one}\]" for one in shown)) == []


GOLDEN = {
    "elman": """
δ_T = Vᵀ (ŷ_T − y_T)
δ_t = Vᵀ (ŷ_t − y_t) + Wᵀ (δ_{t+1} ⊙ (1 − s_{t+1}²)), t = 1, …, T-1
∂E/∂U = Σ_{t=1}^{T} (δ_t ⊙ (1 − s_t²)) x_tᵀ
∂E/∂W = Σ_{t=1}^{T} (δ_t ⊙ (1 − s_t²)) s_{t-1}ᵀ
∂E/∂V = Σ_{t=1}^{T} (ŷ_t − y_t) s_tᵀ
""",
    "elman-bias": """
δ^{(T)} = Vᵀ (ŷ^{(T)} − y^{(T)})
δ^{(t)} = Vᵀ (ŷ^{(t)} − y^{(t)}) + Wᵀ (δ^{(t+1)} ⊙ (1 − (h^{(t+1)})²)), t = 1, …, T-1
∂L/∂U = Σ_{t=1}^{T} (δ^{(t)} ⊙ (1 − (h^{(t)})²)) x^{(t)}ᵀ
∂L/∂W = Σ_{t=1}^{T} (δ^{(t)} ⊙ (1 − (h^{(t)})²)) h^{(t-1)}ᵀ
∂L/∂V = Σ_{t=1}^{T} (ŷ^{(t)} − y^{(t)}) h^{(t)}ᵀ
∂L/∂b = Σ_{t=1}^{T} δ^{(t)} ⊙ (1 − (h^{(t)})²)
∂L/∂c = Σ_{t=1}^{T} (ŷ^{(t)} − y^{(t)})
""",
    "scalar-additive": """
δ_{T-1} = vᵀ (o − y)
δ_t = w δ_{t+1} f′(z_{t+1}), t = 0, …, T-2
∂E/∂u = Σ_{t=0}^{T-1} δ_t f′(z_t) x_t
∂E/∂w = Σ_{t=0}^{T-1} δ_t f′(z_t) s_{t-1}
∂E/∂k = Σ_{t=0}^{T-1} δ_t f′(z_t)
∂E/∂v = s_{T-1} (o − y)
∂E/∂c = o − y
""",
    "scalar-multiplicative": """
δ_{T-1} = vᵀ (o − y)
δ_t = w δ_{t+1} f′(z_{t+1}) a_{t+1}, t = 0, …, T-2
∂E/∂u = Σ_{t=0}^{T-1} δ_t f′(z_t) b_t x_t
∂E/∂w = Σ_{t=0}^{T-1} δ_t f′(z_t) a_t s_{t-1}
∂E/∂v = s_{T-1} (o − y)
∂E/∂c = o − y
""",
    "gru": """
δ_{h,T} = Vᵀ (ŷ_T − y_T)
δ_{h,t} = Vᵀ (ŷ_t − y_t) + U_zᵀ δ_{z,t+1} + U_rᵀ δ_{r,t+1} + U_hᵀ δ_{h̃,t+1} ⊙ r_{t+1} \
+ δ_{h,t+1} ⊙ (1 − z_{t+1}), t = 1, …, T-1
δ_{z,t} = δ_{h,t} ⊙ (h̃_t − h_{t-1}) ⊙ z_t ⊙ (1 − z_t)
δ_{h̃,t} = δ_{h,t} ⊙ z_t ⊙ (1 − h̃_t²)
δ_{r,t} = U_hᵀ δ_{h̃,t} ⊙ h_{t-1} ⊙ r_t ⊙ (1 − r_t)
∂L/∂W_z = Σ_{t=1}^{T} δ_{z,t} x_tᵀ
∂L/∂U_z = Σ_{t=1}^{T} δ_{z,t} h_{t-1}ᵀ
∂L/∂b_z = Σ_{t=1}^{T} δ_{z,t}
∂L/∂W_r = Σ_{t=1}^{T} δ_{r,t} x_tᵀ
∂L/∂U_r = Σ_{t=1}^{T} δ_{r,t} h_{t-1}ᵀ
∂L/∂b_r = Σ_{t=1}^{T} δ_{r,t}
∂L/∂W_h = Σ_{t=1}^{T} δ_{h̃,t} x_tᵀ
∂L/∂U_h = Σ_{t=1}^{T} δ_{h̃,t} (r_t ⊙ h_{t-1})ᵀ
∂L/∂b_h = Σ_{t=1}^{T} δ_{h̃,t}
∂L/∂V = Σ_{t=1}^{T} (ŷ_t − y_t) h_tᵀ
∂L/∂c = Σ_{t=1}^{T} (ŷ_t − y_t)
""",
    "squared-norm": """
δ_T = (1 / T) Vᵀ (V h_T − y_T)
δ_t = (1 / T) Vᵀ (V h_t − y_t) + Wᵀ (δ_{t+1} ⊙ h_{t+1} ⊙ (1 − h_{t+1})), t = 1, …, T-1
∂L/∂W = λ W + Σ_{t=1}^{T} (δ_t ⊙ h_t ⊙ (1 − h_t)) h_{t-1}ᵀ
∂L/∂U = Σ_{t=1}^{T} (δ_t ⊙ h_t ⊙ (1 − h_t)) x_tᵀ
∂L/∂V = (1 / T) Σ_{t=1}^{T} (V h_t − y_t) h_tᵀ
""",
    "rows": """
δ_T = (p_T − y_T) W_yᵀ
δ_t = (p_t − y_t) W_yᵀ + (δ_{t+1} ⊙ (1 − h_{t+1}²)) W_hᵀ, t = 1, …, T-1
∂L/∂W_x = Σ_{t=1}^{T} x_tᵀ (δ_t ⊙ (1 − h_t²))
∂L/∂W_h = Σ_{t=1}^{T} h_{t-1}ᵀ (δ_t ⊙ (1 − h_t²))
∂L/∂b = Σ_{t=1}^{T} δ_t ⊙ (1 − h_t²)
∂L/∂W_y = Σ_{t=1}^{T} h_tᵀ (p_t − y_t)
""",
    "skip": """
δ_T = Vᵀ (ŷ_T − y_T)
δ_{T-1} = Vᵀ (ŷ_{T-1} − y_{T-1}) + Wᵀ (δ_T ⊙ (1 − h_T²))
δ_t = Vᵀ (ŷ_t − y_t) + Wᵀ (δ_{t+1} ⊙ (1 − h_{t+1}²)) + Sᵀ (δ_{t+2} ⊙ (1 − h_{t+2}²)), \
t = 1, …, T-2
∂L/∂W = Σ_{t=1}^{T} (δ_t ⊙ (1 − h_t²)) h_{t-1}ᵀ
∂L/∂S = Σ_{t=1}^{T} (δ_t ⊙ (1 − h_t²)) h_{t-2}ᵀ
∂L/∂U = Σ_{t=1}^{T} (δ_t ⊙ (1 − h_t²)) x_tᵀ
∂L/∂V = Σ_{t=1}^{T} (ŷ_t − y_t) h_tᵀ
∂L/∂c = Σ_{t=1}^{T} (ŷ_t − y_t)
""",
    "leaky": """
δ_T = Vᵀ (ŷ_T − y_T)
δ_t = Vᵀ (ŷ_t − y_t) + (1 − α) δ_{t+1} + Wᵀ ϵ_{t+1}, t = 1, …, T-1
ϵ_t = α δ_t ⊙ (1 − tanh(W h_{t-1} + U x_t + b)²)
∂L/∂α = Σ_{t=1}^{T} δ_tᵀ (tanh(W h_{t-1} + U x_t + b) − h_{t-1})
∂L/∂W = Σ_{t=1}^{T} ϵ_t h_{t-1}ᵀ
∂L/∂U = Σ_{t=1}^{T} ϵ_t x_tᵀ
∂L/∂b = Σ_{t=1}^{T} ϵ_t
∂L/∂V = Σ_{t=1}^{T} (ŷ_t − y_t) h_tᵀ
∂L/∂c = Σ_{t=1}^{T} (ŷ_t − y_t)
""",
    "jordan-softmax": """
δ_{ŷ,T} = ŷ_T − y_T
δ_{ŷ,t} = ŷ_t − y_t + (diag(ŷ_t) − ŷ_t ŷ_tᵀ) Wᵀ δ_{h,t+1}, t = 1, …, T-1
δ_{h,t} = Vᵀ δ_{ŷ,t} ⊙ (1 − h_t²)
∂L/∂U = Σ_{t=1}^{T} δ_{h,t} x_tᵀ
∂L/∂W = Σ_{t=1}^{T} δ_{h,t} ŷ_{t-1}ᵀ
∂L/∂V = Σ_{t=1}^{T} δ_{ŷ,t} h_tᵀ
""",
    "one-step-loss": """
δ_3 = Vᵀ (ŷ_3 − y_3)
δ_t = Wᵀ (δ_{t+1} ⊙ (1 − h_{t+1}²)), t = 1, 2
∂L/∂W = Σ_{t=1}^{3} (δ_t ⊙ (1 − h_t²)) h_{t-1}ᵀ
∂L/∂U = Σ_{t=1}^{3} (δ_t ⊙ (1 − h_t²)) x_tᵀ
∂L/∂V = (ŷ_3 − y_3) h_3ᵀ
""",
    "literal": """
δ_3 = Vᵀ (ŷ − y)
δ_2 = Wᵀ (δ_3 ⊙ (1 − h_3²))
δ_1 = Wᵀ (δ_2 ⊙ (1 − h_2²))
∂L/∂W = (δ_3 ⊙ (1 − h_3²)) h_2ᵀ + (δ_2 ⊙ (1 − h_2²)) h_1ᵀ + (δ_1 ⊙ (1 − h_1²)) h_0ᵀ
∂L/∂U = (δ_3 ⊙ (1 − h_3²)) x_3ᵀ + (δ_2 ⊙ (1 − h_2²)) x_2ᵀ + (δ_1 ⊙ (1 − h_1²)) x_1ᵀ
∂L/∂V = (ŷ − y) h_3ᵀ
""",
}

LSTM = """
δ_{h,T} = Vᵀ (ŷ_T − y_T)
δ_{h,t} = Vᵀ (ŷ_t − y_t) + U_fᵀ δ_{f,t+1} + U_iᵀ δ_{i,t+1} + U_oᵀ δ_{o,t+1} \
+ U_cᵀ δ_{c̃,t+1}, t = 1, …, T-1
δ_{o,t} = δ_{h,t} ⊙ tanh(c_t) ⊙ o_t ⊙ (1 − o_t)
δ_{c,T} = δ_{h,T} ⊙ o_T ⊙ (1 − tanh(c_T)²)
δ_{c,t} = δ_{h,t} ⊙ o_t ⊙ (1 − tanh(c_t)²) + δ_{c,t+1} ⊙ f_{t+1}, t = 1, …, T-1
δ_{f,t} = δ_{c,t} ⊙ c_{t-1} ⊙ f_t ⊙ (1 − f_t)
δ_{i,t} = δ_{c,t} ⊙ c̃_t ⊙ i_t ⊙ (1 − i_t)
δ_{c̃,t} = δ_{c,t} ⊙ i_t ⊙ (1 − c̃_t²)
"""


@pytest.mark.parametrize("name", GOLDEN)
def test_a_key_model_prints_as_in_a_textbook(name: str) -> None:
    assert printed(MODELS[name]()) == GOLDEN[name].strip().splitlines()


def test_the_adjoints_of_an_lstm() -> None:
    form = closed_form(MODELS["lstm"]())
    assert [text(statement) for statement in form.definitions] == LSTM.strip().splitlines()
    assert form.adjoints == {r"\delta_h": "h", r"\delta_c": "c"}
    assert set(form.pre_activations.values()) == {"f", "i", "o", r"\tilde c"}


def test_elman_over_three_steps_in_latex() -> None:
    form = closed_form(load_model("elman"), 3)
    assert [latex(statement) for statement in form.definitions] == [
        r"\delta_3 = V^\top (\hat y_3 - y_3)",
        (
            r"\delta_t = V^\top (\hat y_t - y_t) + W^\top (\delta_{t+1} \odot (1 - s_{t+1}^2)) "
            r"\quad t = 1, 2"
        ),
    ]
    assert latex(form.gradients["W"]).endswith(
        r"= \sum_{t=1}^{3} (\delta_t \odot (1 - s_t^2)) s_{t-1}^\top"
    )


def test_a_long_axis_costs_no_more_than_a_short_one() -> None:
    model = MODELS["lstm"]()
    assert len(closed_form(model, 3000).definitions) == len(closed_form(model, 4).definitions)


def test_what_softmax_cross_entropy_collapses_to_depends_on_the_targets() -> None:
    assert closed_form(load_model("elman")).assumptions == ("y_t sums to one",)
    free = closed_form(MODELS["mean-pooling"]())
    assert free.assumptions == ()
    assert text(free.gradients["V"]) == "∂L/∂V = ((𝟙ᵀ y) o − y) rᵀ"


def test_steps_counted_from_both_ends_need_a_long_enough_axis() -> None:
    assert closed_form(MODELS["variance"]()).assumptions == ("T ≥ 2",)


def test_a_parameter_that_is_not_used_has_derivative_zero() -> None:
    assert text(closed_form(MODELS["shared"]()).gradients["V"]) == "∂L/∂V = 0"


def test_the_softmax_of_one_logit_has_no_gradient() -> None:
    form = closed_form(load_model("scalar-literal"))
    assert form.definitions == ()
    assert {statement.operands[1] for statement in form.gradients.values()} == {Number(0)}


def test_adjoints_take_another_letter_where_the_model_has_a_delta() -> None:
    plain = ZOO["many-to-one"]
    taken = plain.replace("'b'", r"'\delta'").replace(" + b)", r" + \delta)")
    assert list(closed_form(model_of(plain)).adjoints) == [r"\delta"]
    assert list(closed_form(model_of(taken)).adjoints) == [r"\epsilon"]


NESTED = r"""
loss = "E"
equations = '''
h_t = %s
E = -y^\top \log \operatorname{softmax}(h_T)
'''
[parameters]
W = "n x n"
[inputs]
y = "n"
[initial]
h_0 = "n"
"""


@pytest.mark.parametrize(
    "state",
    [
        r"\sigma(\tanh(W h_{t-1}))",
        r"\tanh(\sigma(W h_{t-1}))",
        r"\tanh(\tanh(W h_{t-1}))",
        r"\exp(\tanh(W h_{t-1}))",
        r"\tanh(\operatorname{relu}(W h_{t-1}))",
    ],
)
def test_a_function_in_a_function_has_an_output_of_its_own(state: str) -> None:
    """Where δ is the adjoint inside the outer function, h is not the output of the inner one."""
    model = model_of(NESTED % state)
    for count in (1, 3):
        assert max(relative_errors(model, count).values()) < TOLERANCE
