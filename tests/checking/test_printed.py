"""What the deriver got wrong is not handed out, in any style, by any command."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

import symbolic_bptt
from symbolic_bptt.checking.laboratory import Laboratory
from symbolic_bptt.checking.printed import LONGEST, confirm, derive
from symbolic_bptt.checking.steps import confirm_steps
from symbolic_bptt.checking.verification import verify
from symbolic_bptt.checking.witness import UnconfirmedError
from symbolic_bptt.cli import main
from symbolic_bptt.derivation import derive as derivation
from symbolic_bptt.derivation.algebra import Algebra
from symbolic_bptt.derivation.steps import Manner, derivation_steps
from symbolic_bptt.model import Model, library_names, load_model
from symbolic_bptt.notation.printer import text
from symbolic_bptt.notation.tree import (
    Expr,
    Indicator,
    Neg,
    Number,
    Symbol,
    Transpose,
    map_children,
)
from tests.derivation.witness import model_of


@pytest.mark.parametrize("style", ["named", "general"])
@pytest.mark.parametrize("name", library_names())
def test_every_library_model_is_confirmed(name: str, style: str) -> None:
    confirm(derivation.derive(load_model(name), None, (), style))  # type: ignore[arg-type]


@pytest.mark.parametrize("style", ["expanded", "entries"])
@pytest.mark.parametrize("name", ["scalar-additive", "scalar-literal", "scalar-multiplicative"])
def test_so_is_what_sympy_wrote_out(name: str, style: str) -> None:
    confirm(derivation.derive(load_model(name), None, (), style))  # type: ignore[arg-type]


@pytest.mark.parametrize("manner", [Manner(), Manner("denominator"), Manner(inner=True)])
@pytest.mark.parametrize("name", ["elman", "lstm", "gru-row", "bidirectional", "scalar-literal"])
def test_so_is_every_step(name: str, manner: Manner) -> None:
    confirm_steps(derivation_steps(load_model(name), 3, manner))


def written(*equations: str) -> Model:
    return model_of(
        "loss = 'E'\nequations = '''\n"
        + "\n".join(equations)
        + "\nE = \\sum_t \\frac12 (v^\\top h_t - y_t)^2\n'''\n"
        "[parameters]\nW = 'n x n'\nU = 'n x m'\nv = 'n'\ng = 'n'\nb = 'n'\n"
        "[inputs]\nx_t = 'm'\ny_t = 'scalar'\n[initial]\nh_0 = 'n'\nm_0 = 'n'\n"
    )


WRITTEN = {
    "a name for what stands deeper than the outermost argument": [
        r"d_t = W h_{t-1} + U x_t - \frac1n \mathbf 1 \mathbf 1^\top h_{t-1}",
        r"r_t = \frac1n d_t^\top d_t",
        r"h_t = \tanh(g \odot d_t / \sqrt{r_t + 1} + b)",
    ],
    "a name for what stands in a function of two arguments": [
        r"a_t = W h_{t-1} + g",
        r"c_t = U x_t + b",
        r"m_t = \max(c_t + m_{t-1}, a_t)",
        r"h_t = \exp(a_t - m_t) \odot h_{t-1} + c_t",
    ],
    "two symbols that are one quantity at the first step": [
        r"h_t = \tanh(W h_{t-1} + g \odot h_0 + U x_t)"
    ],
    "an inverse": [r"h_t = \tanh((I + W W^\top)^{-1} h_{t-1} + U x_t)"],
}


@pytest.mark.parametrize("manner", [Manner(), Manner("denominator"), Manner(inner=True)])
@pytest.mark.parametrize("name", WRITTEN)
def test_every_step_holds_of_models_that_are_written_otherwise(name: str, manner: Manner) -> None:
    model = written(*WRITTEN[name])
    confirm_steps(derivation_steps(model, 3, manner))
    confirm(derivation.derive(model, None, (), "general"))


def without_transposes(expr: Expr) -> Expr:
    expr = map_children(expr, without_transposes)
    return expr.operand if isinstance(expr, Transpose) else expr


def later(expr: Expr) -> Expr:
    """Every state of the step before is that of the step itself."""
    if isinstance(expr, Symbol) and expr.name == "s" and expr.indices:
        return replace(expr, indices=(Symbol("t"),))
    return map_children(expr, later)


def slope_of(expr: Expr) -> Expr:
    """1 − s² without its square."""
    if type(expr).__name__ == "Power":
        return expr.base  # type: ignore[attr-defined]
    return map_children(expr, slope_of)


@pytest.mark.parametrize("change", [without_transposes, later, slope_of, Neg])
@pytest.mark.parametrize("style", ["named", "general"])
def test_a_wrong_gradient_is_not_handed_out(change: object, style: str) -> None:
    found = derivation.derive(load_model("elman"), None, ("W",), style)  # type: ignore[arg-type]
    wrong = replace(
        found.partials[0],
        forms=tuple(map(change, found.partials[0].forms)),  # type: ignore[call-overload]
    )
    with pytest.raises(UnconfirmedError, match="∂E/∂W is not printed"):
        confirm(replace(found, partials=(wrong,)))


@pytest.mark.parametrize("change", [without_transposes, later, slope_of])
def test_nor_is_one_that_rests_on_a_wrong_adjoint(change: object) -> None:
    found = derivation.derive(load_model("elman"), 3, ("W",))
    definitions = tuple(
        replace(one, operands=(one.operands[0], change(one.operands[1])))  # type: ignore[operator]
        for one in found.definitions
    )
    with pytest.raises(UnconfirmedError):
        confirm(replace(found, definitions=definitions))


def test_nor_one_that_lacks_a_boundary() -> None:
    found = derivation.derive(load_model("elman"), 3, ("W",))
    without = tuple(one for one in found.definitions if "δ_3" not in text(one.operands[0]))
    assert len(without) < len(found.definitions)
    with pytest.raises(UnconfirmedError):
        confirm(replace(found, definitions=without))


def test_a_sign_in_a_written_out_derivative_is_seen() -> None:
    found = derivation.derive(load_model("scalar-additive"), 2, ("u",), "expanded")
    wrong = replace(found.partials[0], forms=(Neg(found.partials[0].forms[0]),))
    with pytest.raises(UnconfirmedError):
        confirm(replace(found, partials=(wrong,)))


def test_nor_one_that_assumes_a_boundary() -> None:
    """δ_{T+1} = 0 is true, and not written."""
    found = derivation.derive(load_model("elman"), 3, ("W",))
    (general,) = (one for one in found.definitions if one.ranges)
    with pytest.raises(UnconfirmedError, match=r"δ_{T\+1}"):
        confirm(replace(found, definitions=(replace(general, ranges=()),)))


def test_where_signs_decide_one_point_is_not_enough() -> None:
    """Over one step of one unit, a slope that is always 1 is right in one pattern of two."""
    model = model_of(
        "loss = 'E'\nequations = '''\nh_t = \\max(0, w x_t + b)\n"
        "E = \\sum_t (h_t - y_t)^2\n'''\n"
        "[parameters]\nw = 'scalar'\nb = 'scalar'\n[inputs]\nx_t = 'scalar'\ny_t = 'scalar'\n"
    )
    found = derivation.derive(model, 1)

    def always_on(expr: Expr) -> Expr:
        expr = map_children(expr, always_on)
        return Number(Fraction(1)) if isinstance(expr, Indicator) else expr

    wrong = replace(
        found,
        definitions=tuple(
            replace(one, operands=tuple(map(always_on, one.operands))) for one in found.definitions
        ),
        partials=tuple(
            replace(one, forms=tuple(map(always_on, one.forms))) for one in found.partials
        ),
    )
    for seed in range(20):
        confirm(found, seed)
        with pytest.raises(UnconfirmedError):
            confirm(wrong, seed)


def test_the_message_names_the_formula_the_reason_and_a_way_out() -> None:
    found = derivation.derive(load_model("elman"), 3, ("U",))
    wrong = replace(
        found.partials[0], forms=tuple(map(without_transposes, found.partials[0].forms))
    )
    with pytest.raises(UnconfirmedError) as raised:
        confirm(replace(found, partials=(wrong,)))
    message = str(raised.value)
    assert "∂E/∂U is not printed" in message
    assert "does not fit" in message
    assert "expanded" in message


def test_over_many_steps_the_form_for_every_T_is_evaluated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []
    real = Laboratory.prepared

    def noted(self: Laboratory, instance: object) -> object:
        asked.append(instance.T)  # type: ignore[attr-defined]
        return real(self, instance)  # type: ignore[arg-type]

    monkeypatch.setattr(Laboratory, "prepared", noted)
    for name in ("elman", "lstm", "elman-last", "linear-rnn", "deep"):
        found = derive(load_model(name), 1000)
        assert found.count == 1000
    assert max(asked) <= LONGEST


@pytest.fixture
def mistaken(monkeypatch: pytest.MonkeyPatch) -> None:
    """A deriver that forgets the transpose in every chain rule."""
    real = Algebra.transpose

    def forgotten(self: Algebra, x: Expr) -> Expr:
        return x if isinstance(x, Symbol) and x.name in ("W", "V") else real(self, x)

    monkeypatch.setattr(Algebra, "transpose", forgotten)


@pytest.mark.usefixtures("mistaken")
@pytest.mark.parametrize(
    "arguments",
    [
        ["derive", "elman", "-T", "3"],
        ["derive", "elman", "--style", "general", "--format", "latex"],
        ["derive", "elman", "-T", "1000", "--format", "json"],
        ["explain", "elman"],
        ["export", "elman", "-o", "out.tex"],
        ["export", "elman", "-o", "out.md", "--part", "gradients"],
    ],
    ids=" ".join,
)
def test_no_command_prints_what_is_wrong(
    arguments: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "is not printed" in printed.err
    assert "Traceback" not in printed.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("mistaken")
def test_neither_does_python() -> None:
    with pytest.raises(UnconfirmedError):
        symbolic_bptt.derive(load_model("elman"), T=3)


CASES = model_of(
    "loss = 'E'\nequations = '''\nh_t = \\tanh(W h_{t-1} + U x_t)\ne_t = v^\\top h_t - y_t\n"
    "l_t = \\begin{cases} \\frac12 e_t^2 & t < 3 \\\\ e_t & t \\ge 3 \\end{cases}\n"
    "E = \\sum_t l_t\n'''\n"
    "[parameters]\nW = 'n x n'\nU = 'n x m'\nv = 'n'\n"
    "[inputs]\nx_t = 'm'\ny_t = 'scalar'\n[initial]\nh_0 = 'n'\n"
)


@pytest.mark.parametrize(("count", "last"), [(2, "δ_2 = e_2 v"), (3, "δ_3 = v"), (5, "δ_5 = v")])
def test_a_case_on_the_step_is_decided_where_the_step_is_known(count: int, last: str) -> None:
    assert text(derive(CASES, count).definitions[0]) == last


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_its_derivative_is_that_of_each_step(count: int) -> None:
    confirm(derivation.derive(CASES, count))
    confirm(derivation.derive(CASES, None, (), "general"))
    assert {row.verdict for row in verify(CASES, count).rows} == {"holds"}
