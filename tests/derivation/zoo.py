"""Recurrent models of many kinds, each written as its literature writes it."""

from __future__ import annotations

HEAD = r"""title = "{name}"
loss = "{loss}"
equations = '''
{equations}
'''
"""

OUTPUT = r"""
\hat y_t = \operatorname{softmax}(V h_t + c)
L_t = -y_t^\top \log \hat y_t
L = \sum_{t=1}^{T} L_t
"""

CLASSES = {"V": "K x n", "c": "K"}
INPUTS = {"x_t": "m", "y_t": "K, one-hot"}


def toml(
    name: str,
    equations: str,
    parameters: dict[str, str],
    inputs: dict[str, str] = INPUTS,
    initial: dict[str, str] | None = None,
    loss: str = "L",
    extra: str = "",
) -> str:
    """A model file."""
    text = HEAD.replace("{name}", name).replace("{loss}", loss)
    text = text.replace("{equations}", equations.strip())
    tables = {"parameters": parameters, "inputs": inputs, "initial": initial or {}}
    for title, entries in tables.items():
        if entries:
            text += f"\n[{title}]\n"
            text += "".join(f"'{key}' = \"{shape}\"\n" for key, shape in entries.items())
    return text + extra


def gates(letters: str, weights: str = "WU") -> dict[str, str]:
    """W_f, U_f, b_f, … for each letter."""
    W, U = weights
    return {
        key: shape
        for letter in letters
        for key, shape in (
            (f"{W}_{letter}", "n x m"),
            (f"{U}_{letter}", "n x n"),
            (f"b_{letter}", "n"),
        )
    }


STATE = {"h_0": "n"}

ZOO: dict[str, str] = {
    "lstm": toml(
        "LSTM",
        r"""
f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)
i_t = \sigma(W_i x_t + U_i h_{t-1} + b_i)
o_t = \sigma(W_o x_t + U_o h_{t-1} + b_o)
\tilde c_t = \tanh(W_c x_t + U_c h_{t-1} + b_c)
c_t = f_t \odot c_{t-1} + i_t \odot \tilde c_t
h_t = o_t \odot \tanh(c_t)
"""
        + OUTPUT.replace(" + c", " + d"),
        {**gates("fioc"), "V": "K x n", "d": "K"},
        initial={"h_0": "n", "c_0": "n"},
    ),
    "lstm-concatenated": toml(
        "LSTM on [h; x]",
        r"""
z_t = [h_{t-1}; x_t]
f_t = \sigma(W_f z_t + b_f)
i_t = \sigma(W_i z_t + b_i)
\tilde c_t = \tanh(W_c z_t + b_c)
o_t = \sigma(W_o z_t + b_o)
c_t = f_t \odot c_{t-1} + i_t \odot \tilde c_t
h_t = o_t \odot \tanh(c_t)
"""
        + OUTPUT.replace("+ c", "+ d"),
        {
            **{f"W_{k}": "n x (n+m)" for k in "fico"},
            **{f"b_{k}": "n" for k in "fico"},
            "V": "K x n",
            "d": "K",
        },
        initial={"h_0": "n", "c_0": "n"},
    ),
    "lstm-inline-concat": toml(
        "LSTM with [h; x] written in each gate",
        r"""
f_t = \sigma(W_f [h_{t-1}; x_t])
i_t = \sigma(W_i [h_{t-1}; x_t])
\tilde c_t = \tanh(W_c [h_{t-1}; x_t])
c_t = f_t \odot c_{t-1} + i_t \odot \tilde c_t
h_t = \tanh(c_t)
"""
        + OUTPUT.replace("+ c", "+ d"),
        {**{f"W_{k}": "n x (n+m)" for k in "fic"}, "V": "K x n", "d": "K"},
        initial={"h_0": "n", "c_0": "n"},
    ),
    "lstm-stacked": toml(
        "LSTM with one stacked weight matrix",
        r"""
a_t = W x_t + U h_{t-1} + b
i_t = \sigma(a_t[0:n])
f_t = \sigma(a_t[n:2n])
o_t = \sigma(a_t[2n:3n])
g_t = \tanh(a_t[3n:4n])
c_t = f_t \odot c_{t-1} + i_t \odot g_t
h_t = o_t \odot \tanh(c_t)
"""
        + OUTPUT.replace("+ c", "+ d"),
        {"W": "4n x m", "U": "4n x n", "b": "4n", "V": "K x n", "d": "K"},
        initial={"h_0": "n", "c_0": "n"},
    ),
    "lstm-peephole": toml(
        "LSTM with peepholes",
        r"""
f_t = \sigma(W_f x_t + U_f h_{t-1} + p_f \odot c_{t-1} + b_f)
i_t = \sigma(W_i x_t + U_i h_{t-1} + p_i \odot c_{t-1} + b_i)
\tilde c_t = \tanh(W_c x_t + U_c h_{t-1} + b_c)
c_t = f_t \odot c_{t-1} + i_t \odot \tilde c_t
o_t = \sigma(W_o x_t + U_o h_{t-1} + p_o \odot c_t + b_o)
h_t = o_t \odot \tanh(c_t)
"""
        + OUTPUT.replace("+ c", "+ d"),
        {
            **gates("fico"),
            "p_f": "n",
            "p_i": "n",
            "p_o": "n",
            "V": "K x n",
            "d": "K",
        },
        initial={"h_0": "n", "c_0": "n"},
    ),
    "gru": toml(
        "GRU",
        r"""
z_t = \sigma(W_z x_t + U_z h_{t-1} + b_z)
r_t = \sigma(W_r x_t + U_r h_{t-1} + b_r)
\tilde h_t = \tanh(W_h x_t + U_h (r_t \odot h_{t-1}) + b_h)
h_t = (1 - z_t) \odot h_{t-1} + z_t \odot \tilde h_t
"""
        + OUTPUT,
        {**gates("zrh"), **CLASSES},
        initial=STATE,
    ),
    "minimal-gated-unit": toml(
        "Minimal gated unit",
        r"""
f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)
\tilde h_t = \tanh(W_h x_t + U_h (f_t \odot h_{t-1}) + b_h)
h_t = (1 - f_t) \odot h_{t-1} + f_t \odot \tilde h_t
"""
        + OUTPUT,
        {**gates("fh"), **CLASSES},
        initial=STATE,
    ),
    "squared-error": toml(
        "Elman network with squared error",
        r"""
h_t = \tanh(W h_{t-1} + U x_t + b)
\hat y_t = V h_t + c
L_t = \frac{1}{2} (\hat y_t - y_t)^\top (\hat y_t - y_t)
L = \frac{1}{T} \sum_{t=1}^{T} L_t
""",
        {"W": "n x n", "U": "n x m", "b": "n", **CLASSES},
        inputs={"x_t": "m", "y_t": "K"},
        initial=STATE,
    ),
    "squared-norm": toml(
        "Elman network, squared norm, no output name, weight decay",
        r"""
h_t = \sigma(W h_{t-1} + U x_t)
L = \frac{1}{2T} \sum_{t=1}^{T} \lVert y_t - V h_t \rVert^2 + \frac{\lambda}{2} \lVert W \rVert^2
""",
        {"W": "n x n", "U": "n x m", "V": "K x n"},
        inputs={"x_t": "m", "y_t": "K", r"\lambda": "scalar"},
        initial=STATE,
    ),
    "bidirectional": toml(
        "Bidirectional RNN",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
g_t = \tanh(Q g_{t+1} + R x_t)
\hat y_t = \operatorname{softmax}(V h_t + Z g_t + c)
L = -\sum_{t=1}^{T} y_t^\top \log \hat y_t
""",
        {
            "W": "n x n",
            "U": "n x m",
            "Q": "p x p",
            "R": "p x m",
            "V": "K x n",
            "Z": "K x p",
            "c": "K",
        },
        initial={"h_0": "n", "g_{T+1}": "p"},
    ),
    "two-layers": toml(
        "Two recurrent layers",
        r"""
g_t = \tanh(W_1 g_{t-1} + U_1 x_t)
h_t = \tanh(W_2 h_{t-1} + U_2 g_t)
"""
        + OUTPUT,
        {"W_1": "p x p", "U_1": "p x m", "W_2": "n x n", "U_2": "n x p", **CLASSES},
        initial={"g_0": "p", "h_0": "n"},
    ),
    "leaky": toml(
        "Leaky RNN with a learned time constant",
        r"""
h_t = (1 - \alpha) h_{t-1} + \alpha \tanh(W h_{t-1} + U x_t + b)
"""
        + OUTPUT,
        {r"\alpha": "scalar", "W": "n x n", "U": "n x m", "b": "n", **CLASSES},
        initial=STATE,
    ),
    "rate-network": toml(
        "Rate network with time constants",
        r"""
a_t = W r_{t-1} + U x_t
h_t = h_{t-1} + \frac{1}{\tau} (a_t - h_{t-1})
r_t = \tanh(h_t)
o_t = V r_t
L = \frac{1}{2} \sum_{t=1}^{T} (o_t - y_t)^\top (o_t - y_t)
""",
        {"W": "n x n", "U": "n x m", "V": "K x n", r"\tau": "scalar"},
        inputs={"x_t": "m", "y_t": "K"},
        initial={"h_0": "n", "r_0": "n"},
    ),
    "rows": toml(
        "Row layout",
        r"""
h_t = \tanh(x_t W_x + h_{t-1} W_h + b)
p_t = \operatorname{softmax}(h_t W_y)
L = -\sum_{t=1}^{T} \log(p_t) y_t^\top
""",
        {"W_x": "m x n", "W_h": "n x n", "b": "1 x n", "W_y": "n x K"},
        inputs={"x_t": "1 x m", "y_t": "1 x K, one-hot"},
        initial={"h_0": "1 x n"},
    ),
    "skip": toml(
        "Skip connection to t - 2",
        r"""
h_t = \tanh(W h_{t-1} + S h_{t-2} + U x_t)
"""
        + OUTPUT,
        {"W": "n x n", "S": "n x n", "U": "n x m", **CLASSES},
        initial={"h_0": "n", "h_{-1}": "n"},
    ),
    "clockwork": toml(
        "Only h_{t-2} is read",
        r"""
h_t = \tanh(S h_{t-2} + U x_t)
o = \operatorname{softmax}(V h_T)
L = -y^\top \log o
""",
        {"S": "n x n", "U": "n x m", "V": "K x n"},
        inputs={"x_t": "m", "y": "K, one-hot"},
        initial={"h_0": "n", "h_{-1}": "n"},
    ),
    "relu": toml(
        "ReLU network (IRNN)",
        r"""
h_t = \operatorname{relu}(W h_{t-1} + U x_t + b)
"""
        + OUTPUT,
        {"W": "n x n", "U": "n x m", "b": "n", **CLASSES},
        initial=STATE,
    ),
    "max": toml(
        "max(0, z) with a named pre-activation",
        r"""
z_t = W h_{t-1} + U x_t
h_t = \max(0, z_t)
"""
        + OUTPUT,
        {"W": "n x n", "U": "n x m", **CLASSES},
        initial=STATE,
    ),
    "jordan": toml(
        "Jordan network: the output is fed back",
        r"""
h_t = \sigma(W_h x_t + U_h y_{t-1} + b_h)
y_t = \sigma(W_y h_t + b_y)
L = \frac{1}{2} \sum_{t=1}^{T} \lVert y_t - d_t \rVert^2
""",
        {"W_h": "n x m", "U_h": "n x K", "b_h": "n", "W_y": "K x n", "b_y": "K"},
        inputs={"x_t": "m", "d_t": "K"},
        initial={"y_0": "K"},
    ),
    "jordan-softmax": toml(
        "Jordan network with a softmax output",
        r"""
h_t = \tanh(U x_t + W \hat y_{t-1})
\hat y_t = \operatorname{softmax}(V h_t)
L = -\sum_{t=1}^{T} y_t^\top \log \hat y_t
""",
        {"U": "n x m", "W": "n x K", "V": "K x n"},
        initial={r"\hat y_0": "K"},
    ),
    "multiplicative": toml(
        "Multiplicative RNN",
        r"""
m_t = (W_{mx} x_t) \odot (W_{mh} h_{t-1})
h_t = \tanh(W_{hm} m_t + W_{hx} x_t)
"""
        + OUTPUT,
        {"W_{mx}": "p x m", "W_{mh}": "p x n", "W_{hm}": "n x p", "W_{hx}": "n x m", **CLASSES},
        initial=STATE,
    ),
    "many-to-one": toml(
        "Many to one",
        r"""
h_t = \tanh(W h_{t-1} + U x_t + b)
o = \operatorname{softmax}(V h_T + c)
L = -y^\top \log o
""",
        {"W": "n x n", "U": "n x m", "b": "n", **CLASSES},
        inputs={"x_t": "m", "y": "K, one-hot"},
        initial=STATE,
    ),
    "mean-pooling": toml(
        "Mean of the states, free targets",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
r = \frac{1}{T} \sum_{t=1}^{T} h_t
o = \operatorname{softmax}(V r)
L = -y^\top \log o
""",
        {"W": "n x n", "U": "n x m", "V": "K x n"},
        inputs={"x_t": "m", "y": "K"},
        initial=STATE,
    ),
    "one-step-loss": toml(
        "The loss of one literal step",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
\hat y_t = \operatorname{softmax}(V h_t)
L_t = -y_t^\top \log \hat y_t
L = L_3
""",
        {"W": "n x n", "U": "n x m", "V": "K x n"},
        initial=STATE,
    ),
    "binary": toml(
        "Logistic output with binary cross-entropy",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
p_t = \sigma(V h_t)
L_t = -(y_t^\top \log p_t + (1 - y_t)^\top \log(1 - p_t))
L = \sum_{t=1}^{T} L_t
""",
        {"W": "n x n", "U": "n x m", "V": "K x n"},
        inputs={"x_t": "m", "y_t": "K"},
        initial=STATE,
    ),
    "binary-scalar": toml(
        "One logistic output at the end",
        r"""
h_t = \tanh(w h_{t-1} + u x_t)
p = \sigma(v h_T)
L = -(y \log p + (1 - y) \log(1 - p))
""",
        {"w": "scalar", "u": "scalar", "v": "scalar"},
        inputs={"x_t": "scalar", "y": "scalar"},
        initial={"h_0": "scalar"},
    ),
    "learned-start": toml(
        "The first state is computed from a parameter",
        r"""
h_0 = \tanh(B k)
h_t = \tanh(W h_{t-1} + U x_t)
"""
        + OUTPUT,
        {"B": "n x q", "k": "q", "W": "n x n", "U": "n x m", **CLASSES},
    ),
    "encoder-decoder": toml(
        "Encoder and decoder",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
r = \tanh(C h_T)
s_t = \tanh(Q s_{t-1} + R r)
\hat y_t = \operatorname{softmax}(V s_t)
L = -\sum_{t=1}^{T} y_t^\top \log \hat y_t
""",
        {
            "W": "n x n",
            "U": "n x m",
            "C": "p x n",
            "Q": "p x p",
            "R": "p x p",
            "V": "K x p",
        },
        initial={"h_0": "n", "s_0": "p"},
    ),
    "shared": toml(
        "One matrix in two places, one parameter that is not used",
        r"""
h_t = \tanh(W h_{t-1} + W x_t)
L = \sum_{t=1}^{T} y_t^\top W h_t
""",
        {"W": "n x n", "V": "K x n"},
        inputs={"x_t": "n", "y_t": "n"},
        initial=STATE,
    ),
    "literal": toml(
        "Written out step by step",
        r"""
h_1 = \tanh(W h_0 + U x_1)
h_2 = \tanh(W h_1 + U x_2)
h_3 = \tanh(W h_2 + U x_3)
\hat y = V h_3
L = \frac{1}{2} (\hat y - y)^\top (\hat y - y)
""",
        {"W": "n x n", "U": "n x m", "V": "K x n"},
        inputs={"x_t": "m", "y": "K"},
        initial=STATE,
    ),
    "undetermined": toml(
        "Open activation functions",
        r"""
z_t = W h_{t-1} + U x_t + b
h_t = f(z_t)
o_t = g(V h_t)
L = \frac{1}{2} \sum_{t=1}^{T} \lVert o_t - y_t \rVert^2
""",
        {"W": "n x n", "U": "n x m", "b": "n", "V": "K x n"},
        inputs={"x_t": "m", "y_t": "K"},
        initial=STATE,
        extra="\n[functions]\nf = 1\ng = 1\n",
    ),
    "attention": toml(
        "Weights over all earlier states, summed in the equation",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
a_t = \sum_{k=1}^{t} \gamma^{t-k} h_k
\hat y_t = \operatorname{softmax}(V a_t)
L = -\sum_{t=1}^{T} y_t^\top \log \hat y_t
""",
        {"W": "n x n", "U": "n x m", "V": "K x n"},
        inputs={"x_t": "m", "y_t": "K, one-hot", r"\gamma": "scalar"},
        initial=STATE,
    ),
    "reversed": toml(
        "Outputs in reverse order",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
\hat y_t = \operatorname{softmax}(V h_{T-t+1})
L = -\sum_{t=1}^{T} y_t^\top \log \hat y_t
""",
        {"W": "n x n", "U": "n x m", "V": "K x n"},
        initial=STATE,
    ),
    "entries": toml(
        "Cross-entropy written with entries",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
\hat y_t = \operatorname{softmax}(V h_t)
L = -\sum_{t=1}^{T} \sum_{k=1}^{K} y_{t,k} \log \hat y_{t,k}
""",
        {"W": "n x n", "U": "n x m", "V": "K x n"},
        initial=STATE,
    ),
    "label-smoothing": toml(
        "Targets that sum to one, and log of the softmax in one",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
L_t = -y_t^\top \log(\operatorname{softmax}(V h_t))
L = \frac{1}{T} \sum_{t=1}^{T} L_t
""",
        {"W": "n x n", "U": "n x m", "V": "K x n"},
        inputs={"x_t": "m", "y_t": "K, sums to one"},
        initial=STATE,
    ),
    "variance": toml(
        "Difference of neighbouring states in the loss",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
L = \frac{1}{2} \sum_{t=2}^{T} \lVert h_t - h_{t-1} \rVert^2
""",
        {"W": "n x n", "U": "n x m"},
        inputs={"x_t": "m"},
        initial=STATE,
    ),
    "zero-based": toml(
        "Counting from zero to T",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
\hat y_t = \operatorname{softmax}(V h_t)
L = -\frac{1}{T+1} \sum_{t=0}^{T} y_t^\top \log \hat y_t
""",
        {"W": "n x n", "U": "n x m", "V": "K x n"},
        initial={"h_{-1}": "n"},
        extra='\n[time]\nfirst = 0\nlast = "T"\n',
    ),
    "double-sum": toml(
        "A loss over pairs of steps, with an index letter that is also a parameter",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
L = k \sum_{t=1}^{T} \sum_{j=1}^{t} \gamma^{t-j} h_j^\top e_t
""",
        {"W": "n x n", "U": "n x m", "k": "scalar"},
        inputs={"x_t": "m", "e_t": "n", r"\gamma": "scalar"},
        initial=STATE,
    ),
    "fast-weights": toml(
        "A state that is a matrix",
        r"""
A_t = \lambda A_{t-1} + \eta h_{t-1} h_{t-1}^\top
h_t = \tanh(W x_t + A_t h_{t-1})
L = \sum_{t=1}^{T} \frac{t}{T} e_t^\top h_t
""",
        {"W": "n x m", r"\lambda": "scalar", r"\eta": "scalar"},
        inputs={"x_t": "m", "e_t": "n"},
        initial={"h_0": "n", "A_0": "n x n"},
    ),
    "pooling-attention": toml(
        "Softmax attention over the steps",
        r"""
h_t = \tanh(W h_{t-1} + U x_t)
z_t = \exp(v^\top h_t)
Z = \sum_{t=1}^{T} z_t
a_t = z_t / Z
r = \sum_{t=1}^{T} a_t h_t
o = \operatorname{softmax}(V r)
L = -y^\top \log o
""",
        {"W": "n x n", "U": "n x m", "V": "K x n", "v": "n"},
        inputs={"x_t": "m", "y": "K, one-hot"},
        initial=STATE,
    ),
    "greek-index": toml(
        "Another letter for the step, and a discount",
        r"""
h_\tau = h_{\tau-1} + \tanh(W h_{\tau-1} + U x_\tau)
L = \sum_{\tau=1}^{T} \gamma^{T-\tau} e_\tau^\top h_\tau
""",
        {"W": "n x n", "U": "n x m", r"\gamma": "scalar"},
        inputs={r"x_\tau": "m", r"e_\tau": "n"},
        initial=STATE,
        extra="\n[time]\nindex = '\\tau'\n",
    ),
}
