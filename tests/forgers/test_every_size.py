"""Formulas that are wrong at some step, length or size: no obligation of one step proves them.

They are put to the obligations directly, though most are refuted before: what proves a claim for
every length and size must not lean on what was looked at first. Each is near a form that is proved.
"""

from __future__ import annotations

from itertools import permutations

import pytest

from symbolic_bptt.checking.guessing import unguessable
from symbolic_bptt.checking.laboratory import GENERAL
from symbolic_bptt.checking.obligations.settled import EverySize, every_size
from symbolic_bptt.checking.sheet import examined
from symbolic_bptt.notation.displays import read_text
from symbolic_bptt.notation.source import Source
from tests.forgers.models import VECTOR, laboratory

SOFTMAX = r"""
loss = "E"
equations = '''
s_t = \tanh(U x_t + W s_{t-1})
p_t = \operatorname{softmax}(V s_t)
E_t = -y_t^\top \log p_t
E = \sum_t E_t
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

TWO_STATES = r"""
loss = "E"
equations = '''
c_t = f_t \odot c_{t-1} + x_t
f_t = \operatorname{sigmoid}(W h_{t-1})
h_t = \tanh(c_t)
E_t = y_t^\top h_t
E = \sum_t E_t
'''
[parameters]
W = "n x n"
[inputs]
x_t = "n"
y_t = "n"
[initial]
h_0 = "n"
c_0 = "n"
"""

DELAYED = r"""
loss = "E"
equations = '''
v_t = \tanh(W v_{t-1} + b_{t-1} + x_t)
a_t = \tanh(v_{t-1})
b_t = \tanh(a_{t-1})
E = \sum_t y_t^\top v_t
'''
[parameters]
W = "n x n"
[inputs]
x_t = "n"
y_t = "n"
[initial]
v_0 = "n"
a_0 = "n"
b_0 = "n"
"""

SCALARS = r"""
loss = "E"
equations = '''
h_t = \tanh(w h_{t-1} + u g_{t-1} + x_t)
g_t = \tanh(u h_{t-1} + w g_{t-1})
E_t = y_t h_t
E = \sum_t E_t
'''
[parameters]
w = "scalar"
u = "scalar"
[inputs]
x_t = "scalar"
y_t = "scalar"
[initial]
h_0 = "scalar"
g_0 = "scalar"
"""

ZERO_START = VECTOR.replace('h_0 = "n"', 'h_0 = "n, zero"')


def settled(model: str, *lines: str) -> EverySize:
    """What the obligations say of the last line, whatever else is known of it."""
    source = Source("\n".join(lines), "lines.txt")
    sheet = examined(laboratory(model, 0), read_text(source, "txt"))
    posed, judged = sheet.results[-1]
    definitions = posed.definitions or sheet.bound.definitions
    bench = unguessable(sheet.bench, definitions, judged.claim)
    trial = judged.trial(bench, definitions)
    return every_size(trial, sheet.bench.instance(4), GENERAL)


STEPWISE = r"(1 - h_t^2) \odot (y_t + W^\top \delta_{t+1})"
LAST = r"\delta_T = (1 - h_T^2) \odot y_T"
RECURSION = (LAST, rf"\delta_t = {STEPWISE}")
GRADIENT = r"\frac{\partial E}{\partial W}"
ABOVE = r"\frac{\partial E}{\partial h_t}"
BETWEEN = r"\frac{\partial h_t}{\partial h_k}"
LOSS = r"\frac{\partial E_t}{\partial h_t}"
OWN = r"\frac{\partial^+ h_k}{\partial W}"


def summed(first: str, last: str, term: str = r"\delta_t h_{t-1}^\top") -> str:
    return rf"{GRADIENT} = \sum_{{t={first}}}^{{{last}}} {term}"


def double(low: str, high: str) -> str:
    return rf"{GRADIENT} = \sum_{{t=1}}^T \sum_{{k={low}}}^{{{high}}} {LOSS} {BETWEEN} {OWN}"


NEARLY = (
    r"(\frac{\partial h_t}{\partial h_k} - "
    r"\frac{\partial h_t}{\partial h_{k+1}} \frac{\partial h_{t-1}}{\partial h_k}) "
    r"(\frac{\partial h_{t-1}}{\partial h_k} - \frac{\partial h_t}{\partial h_{k+1}})"
)
"""0 where t is at most two steps after k, and nowhere else."""


def later(state: str, weight: str = "") -> str:
    """What the steps behind k + 1 add to the derivative by a state, times a weight of each."""
    above, by = r"\frac{\partial E%s}{\partial %s_k}", state
    near = [weight.replace("t", step) + above % (f"_{step}", by) for step in ("k", "{k+1}")]
    whole = rf"\sum_{{t=k}}^T {weight} {above % ('_t', by)}" if weight else above % ("", by)
    return rf"({whole} - {near[0]} - {near[1]})"


TRUE = {
    "a sum of a recursion": (VECTOR, *RECURSION, summed("1", "T")),
    "its terms one step later": (
        VECTOR,
        *RECURSION,
        summed("0", "T-1", r"\delta_{t+1} h_t^\top"),
    ),
    "the first term is 0": (ZERO_START, *RECURSION, summed("2", "T")),
    "a double sum": (VECTOR, double("1", "t")),
    "the other order": (
        VECTOR,
        rf"{GRADIENT} = \sum_{{k=1}}^T \sum_{{t=k}}^T {LOSS} {BETWEEN} {OWN}",
    ),
    "a sum over the later steps": (
        VECTOR,
        r"\frac{\partial E}{\partial h_k} = \sum_{t=k}^T \frac{\partial E_t}{\partial h_k}",
    ),
    "a recursion forward": (
        VECTOR,
        (
            r"\frac{\partial h_t}{\partial W} = \frac{\partial^+ h_t}{\partial W} + "
            r"\frac{\partial h_t}{\partial h_{t-1}} \frac{\partial h_{t-1}}{\partial W}"
        ),
    ),
    "a product": (
        VECTOR,
        rf"{BETWEEN} = \prod_{{j=k+1}}^t \operatorname{{diag}}(1 - h_j^2) W, k \le t",
    ),
    "a name for a sum": (
        VECTOR,
        r"\lambda_k = \sum_{t=k}^T \frac{\partial E_t}{\partial h_k}",
        r"\frac{\partial E}{\partial h_k} = \lambda_k",
    ),
    "the last step": (VECTOR, r"\frac{\partial E}{\partial h_T} = y_T"),
    "a softmax": (
        SOFTMAX,
        r"\frac{\partial E_t}{\partial V} = (p_t - y_t) s_t^\top",
    ),
    "two states": (
        TWO_STATES,
        (
            r"\frac{\partial E}{\partial c_t} = (1 - h_t^2) \odot " + ABOVE + " + "
            r"f_{t+1} \odot \frac{\partial E}{\partial c_{t+1}}, t < T"
        ),
    ),
}

FORGED = {
    "truncated at a depth": (VECTOR, *RECURSION, summed("T-3", "T")),
    "without the first term": (VECTOR, *RECURSION, summed("2", "T")),
    "without the last term": (VECTOR, *RECURSION, summed("1", "T-1")),
    "of another step": (VECTOR, *RECURSION, summed("1", "T", r"\delta_t h_t^\top")),
    "transposed": (VECTOR, *RECURSION, summed("1", "T", r"h_{t-1} \delta_t^\top")),
    "a factor 0 at T = 3": (VECTOR, *RECURSION, summed("1", "T", r"(T-2) \delta_t h_{t-1}^\top")),
    "a factor 1 at n = 4": (VECTOR, *RECURSION, summed("1", "T", r"(n-3) \delta_t h_{t-1}^\top")),
    "the first steps alone": (
        VECTOR,
        *RECURSION,
        summed("1", "T", r"\mathbb 1[t < 9] \delta_t h_{t-1}^\top"),
    ),
    "two neighbours alone": (VECTOR, double("t-1", "t")),
    "no term of its own": (VECTOR, double("1", "t-1")),
    "the next step alone": (
        VECTOR,
        r"\frac{\partial E}{\partial h_k} = \sum_{t=k}^{k+1} \frac{\partial E_t}{\partial h_k}",
    ),
    "not the last loss": (
        VECTOR,
        r"\frac{\partial E}{\partial h_k} = \sum_{t=k}^{T-1} \frac{\partial E_t}{\partial h_k}",
    ),
    "nothing from before": (
        VECTOR,
        (
            r"\frac{\partial h_t}{\partial W} - \frac{\partial^+ h_t}{\partial W} = "
            r"\frac{\partial h_t}{\partial h_{t-1}} \frac{\partial^+ h_{t-1}}{\partial W}"
        ),
    ),
    "squares of a sum": (
        VECTOR,
        (
            r"\frac{\partial E}{\partial h_k}^\top \frac{\partial E}{\partial h_k} = "
            r"\sum_{t=k}^T \frac{\partial E_t}{\partial h_k}^\top \frac{\partial E_t}{\partial h_k}"
        ),
    ),
    "the first step of a product": (
        VECTOR,
        (
            r"\frac{\partial h_t}{\partial h_0} = "
            r"\prod_{j=2}^t \operatorname{diag}(1 - h_j^2) W"
        ),
    ),
    "a boundary of its own": (
        VECTOR,
        r"\delta_T = y_T",
        rf"\delta_t = {STEPWISE}",
        summed("1", "T"),
    ),
    "a wrong step before the last": (
        VECTOR,
        LAST,
        r"\delta_{T-1} = y_T",
        rf"\delta_t = {STEPWISE}",
        summed("1", "T"),
    ),
    "a wrong first step": (
        VECTOR,
        r"\delta_1 = y_1",
        *RECURSION,
        summed("1", "T"),
    ),
    "a lost path": (
        TWO_STATES,
        (
            r"\frac{\partial h_t}{\partial h_k} = "
            r"\prod_{j=k+1}^t \frac{\partial h_j}{\partial h_{j-1}}, k \le t"
        ),
    ),
    "a state forgotten": (
        TWO_STATES,
        r"\frac{\partial E}{\partial c_t} = (1 - h_t^2) \odot " + ABOVE + ", t < T",
    ),
    "0 up to two steps later": (VECTOR, rf"\sum_{{t=k}}^T {NEARLY} = 0"),
    "0 up to two steps before": (VECTOR, rf"\sum_{{k=1}}^t {NEARLY} = 0"),
    "0 up to two steps apart": (VECTOR, rf"{NEARLY} = 0, k \le t"),
    "one later step alone": (
        SCALARS,
        f"{later('h')} {later('g', 'x_t')} = {later('g')} {later('h', 'x_t')}",
    ),
    "a path of three steps": (
        DELAYED,
        (
            r"\frac{\partial v_t}{\partial v_k} = "
            r"\prod_{j=t}^{k+1} \frac{\partial v_j}{\partial v_{j-1}}, k \le t"
        ),
    ),
    "a step beyond those looked at": (
        VECTOR,
        r"\delta_5 = y_5",
        *RECURSION,
        summed("1", "T"),
    ),
    "a constant at every step": (
        VECTOR,
        *RECURSION,
        rf"{GRADIENT} + W = \sum_{{t=1}}^T (\delta_t h_{{t-1}}^\top + W)",
    ),
    "an entry that few sizes have": (VECTOR, r"(h_t)_9 = 0"),
    "a literal entry": (VECTOR, r"\sum_{i=1}^3 (h_t)_i = \sum_i (h_t)_i"),
    "a determinant": (SOFTMAX, r"\det(V^\top V) = 0"),
    "Cayley and Hamilton": (VECTOR, r"W W = \operatorname{tr}(W) W - \det(W) I"),
    "steps from the end": (
        VECTOR,
        r"\sum_{t=1}^T x_t^\top h_t = \sum_{t=1}^T x_t^\top h_{T-t+1}",
    ),
}


@pytest.mark.parametrize("kind", TRUE)
def test_the_true_form_is_proved_at_every_size(kind: str) -> None:
    found = settled(*TRUE[kind])
    assert found.proved, found.reason
    assert found.bound is not None
    assert found.bound < -60


@pytest.mark.parametrize("kind", FORGED)
def test_no_forged_formula_is_proved(kind: str) -> None:
    found = settled(*FORGED[kind])
    assert not found.proved
    assert found.reason


def gram(names: list[str]) -> str:
    """det (aᵀb) over all pairs of vectors, written out: 0 where they have fewer entries."""
    terms = []
    for order in permutations(range(len(names))):
        odd = sum(a > b for i, a in enumerate(order) for b in order[i + 1 :]) % 2
        factors = [rf"({names[i]}^\top {names[j]})" for i, j in enumerate(order)]
        terms.append(("-" if odd else "+") + " ".join(factors))
    return " ".join(terms).lstrip("+")


@pytest.mark.parametrize("count", [4, 5])
def test_sizes_of_at_least_the_number_of_letters_are_looked_at(count: int) -> None:
    """A Gram determinant of k vectors has k letters: it vanishes at all sizes below k, not at k."""
    vectors = ["x_t", "y_t", "h_t", "h_{t-1}", "x_{t-1}"][:count]
    assert not settled(VECTOR, f"{gram(vectors)} = 0").proved


def test_a_sum_of_quotients_is_looked_at_at_more_than_one_size() -> None:
    """Σ_k p_k/p_k = K, though every letter of it occurs in a factor."""
    for size in range(2, 9):
        assert not settled(SOFTMAX, rf"p_t^\top (1 / p_t) = {size}").proved
