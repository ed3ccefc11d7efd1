"""Closed forms of models that nobody wrote: random recurrences over vectors and scalars."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbolic_bptt.notation.errors import NotationError
from tests.derivation.witness import model_of, relative_errors
from tests.derivation.zoo import toml

VECTORS = ("h_{t-1}", "g_{t-1}", "h_{t-2}", "b", "d", "e_t", r"\tanh(b)", "(W h_{t-1})", "(U x_t)")
SCALARS = (
    "s",
    r"\sigma(p)",
    "q_t",
    r"\frac{1}{T}",
    "2",
    "(1 - s)",
    "(b^\\top d)",
    "(b^\\top h_{t-1})",
)
FUNCTIONS = (r"\tanh", r"\sigma", r"\sin", r"\operatorname{softplus}", r"\operatorname{softmax}")
LOSSES = (
    r"-y_t^\top \log(\operatorname{softmax}(V {h}))",
    r"\frac{1}{2} \lVert {h} - {g} \rVert^2",
    r"b^\top {h}",
    r"s {h}^\top {g}",
    r"-(q_t \log \sigma({h}^\top b) + (1 - q_t) \log(1 - \sigma({h}^\top b)))",
)
PARAMETERS = {
    "W": "n x n",
    "U": "n x m",
    "V": "K x n",
    "b": "n",
    "d": "n",
    "s": "scalar",
    "p": "scalar",
}
INPUTS = {"x_t": "m", "y_t": "K, one-hot", "q_t": "scalar", "e_t": "n"}
INITIAL = {"h_0": "n", "h_{-1}": "n", "g_0": "n"}


def vectors(extra: tuple[str, ...] = ()) -> st.SearchStrategy[str]:
    """Formulas of n entries, bounded so that nothing overflows."""
    leaves = st.sampled_from(VECTORS + extra)
    scalars = st.sampled_from(SCALARS)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda pair: f"({pair[0]} + {pair[1]})"),
            st.tuples(inner, inner).map(lambda pair: f"({pair[0]} - {pair[1]})"),
            st.tuples(inner, inner).map(lambda pair: f"({pair[0]} \\odot {pair[1]})"),
            st.tuples(scalars, inner).map(lambda pair: f"({pair[0]} {pair[1]})"),
            st.tuples(st.sampled_from(FUNCTIONS), inner).map(lambda pair: f"{pair[0]}({pair[1]})"),
            inner.map(lambda body: f"(W {body})"),
            inner.map(lambda body: f"(W^\\top {body})"),
            inner.map(lambda body: f"((1 - {body}) \\odot b)"),
            inner.map(lambda body: f"\\frac{{{body}}}{{1 + s^2}}"),
            inner.map(lambda body: f"({body} / (2 + \\sin({body})))"),
            st.tuples(inner, inner).map(lambda pair: f"({pair[0]}^\\top {pair[1]}) d"),
        ),
        max_leaves=5,
    )


@st.composite
def models(draw: st.DrawFn) -> str:
    gate = draw(st.booleans())
    lines = [rf"z_t = {draw(vectors())}"] if gate else []
    now = ("z_t",) if gate else ()
    lines.append(rf"g_t = \tanh({draw(vectors(now))})")
    lines.append(rf"h_t = \sin({draw(vectors((*now, 'g_t')))})")
    loss = draw(st.sampled_from(LOSSES))
    where = draw(st.sampled_from(["every", "last", "third", "mean"]))
    if where in ("every", "mean"):
        term = loss.replace("{h}", "h_t").replace("{g}", "g_t")
        front = r"\frac{1}{T}" if where == "mean" else ""
        lines += [f"L_t = {term}", rf"L = {front} \sum_{{t=1}}^{{T}} L_t"]
    else:
        step = "T" if where == "last" else "3"
        term = loss.replace("{h}", f"h_{step}").replace("{g}", f"g_{step}")
        lines.append("L = " + term.replace("y_t", f"y_{step}").replace("q_t", f"q_{step}"))
    return toml("random", "\n".join(lines), PARAMETERS, INPUTS, INITIAL)


@settings(max_examples=40)
@given(models(), st.booleans(), st.sampled_from([3, 4]))
def test_the_closed_form_of_a_random_model_is_its_gradient(
    source: str, literal: bool, count: int
) -> None:
    try:
        model = model_of(source)
    except NotationError as error:
        assume("does not fit" not in str(error))
        raise
    errors = relative_errors(model, count, literal=literal)
    assert {key: error for key, error in errors.items() if not error < 1e-8} == {}
