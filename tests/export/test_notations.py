"""A notation changes how a derivation is written, and nothing of what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from symbolic_bptt.model import library_names, load_model
from symbolic_bptt.notation.printer import text
from symbolic_bptt.render.description import equations
from symbolic_bptt.render.document import PARTS, Document, build_document
from symbolic_bptt.render.document.printing import Printing
from symbolic_bptt.render.document.structure import statements
from symbolic_bptt.render.document.write import written
from symbolic_bptt.render.notations import (
    Notation,
    NotationFileError,
    load_notation,
    notation_names,
    renamed_model,
)
from symbolic_bptt.render.notations.notation import CHOICES
from symbolic_bptt.render.notations.rename import new_names
from symbolic_bptt.render.notations.roles import roles
from tests.reading import false_at_a_point

OWN = r"""
title = "mine"
step = "angle"
transpose = '\mathsf T'
derivative = "nabla"
layout = "denominator"
adjoint = "pre-activations"
adjoint_sign = '\lambda'
bold = "vectors"

[names]
W = "A"

[roles]
state = "a"
"""

PROVED = ("elman", "elman-bias", "gru", "elman-row", "scalar-multiplicative")
"""Models whose derivation is proved anew in each notation; the others are read back."""


@pytest.fixture
def own(tmp_path: Path) -> Notation:
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf-8")
    return load_notation(str(path))


def in_notation(name: str, notation: Notation, *, proved: bool) -> Document:
    parts = PARTS if proved else tuple(part for part in PARTS if part != "check")
    return build_document(load_model(name), 3, parts=parts, notation=notation)


def assert_reads_back(document: Document) -> None:
    printing = Printing(str, str, transpose=document.transpose, bold=document.bold)
    text = "".join(rf"\[{printing.latex(one)}\]" for one in statements(document))
    assert false_at_a_point(document.model, text) == []


@pytest.mark.parametrize("style", notation_names())
@pytest.mark.parametrize("name", library_names())
def test_every_formula_reads_back_in_every_notation(name: str, style: str) -> None:
    assert_reads_back(in_notation(name, load_notation(style), proved=False))


@pytest.mark.parametrize("style", notation_names())
@pytest.mark.parametrize("name", PROVED)
def test_every_formula_is_proved_in_every_notation(name: str, style: str) -> None:
    document = in_notation(name, load_notation(style), proved=True)
    assert (document.failing, document.warnings) == (0, ())


@pytest.mark.parametrize("name", [*PROVED, "lstm"])
def test_a_notation_of_ones_own(name: str, own: Notation) -> None:
    document = in_notation(name, own, proved=True)
    assert document.failing == 0
    assert_reads_back(document)


def test_every_field_shows(own: Notation) -> None:
    shown = written(in_notation("elman", own, proved=False), ".tex", standalone=True)
    for sign in (
        r"\mathbf{a}^{\langle t\rangle}",
        r"A^{\mathsf T}",
        r"\nabla_{A} E",
        r"\boldsymbol{\lambda}",
    ):
        assert sign.replace(r"\langle t\rangle", r"\langle t \rangle") in shown
    assert r"\delta" not in shown


@pytest.mark.parametrize("name", library_names())
@pytest.mark.parametrize("style", notation_names())
def test_renaming_back_gives_the_same_model(name: str, style: str) -> None:
    model, notation = load_model(name), load_notation(style)
    there = renamed_model(model, Notation(names=new_names(model, notation)))
    back = {new: old for old, new in new_names(model, notation).items()}
    assert equations(renamed_model(there, Notation(names=back))) == equations(model)


def test_roles_are_found_from_the_equations() -> None:
    found = roles(load_model("elman-bias"))
    assert found == {
        "state": "h",
        "pre-activation": "a",
        "input": "x",
        "target": "y",
        "logits": "o",
        "prediction": r"\hat y",
        "loss": "L",
        "input weights": "U",
        "recurrent weights": "W",
        "output weights": "V",
        "hidden bias": "b",
        "output bias": "c",
    }


def test_an_lstm_has_no_single_state_and_keeps_its_letters() -> None:
    assert roles(load_model("lstm")) == {"loss": "L"}


def test_karpathy_writes_dh_and_w_hh() -> None:
    model = load_model("elman")
    document = build_document(model, 3, parts=("adjoint",), notation=load_notation("karpathy"))
    first = text(statements(document)[0])
    assert first == "dh_t = ∂L/∂h_t"
    assert any("W_{hh}ᵀ" in text(one) for one in statements(document))


def test_a_role_does_not_take_a_name_that_another_quantity_has() -> None:
    model = load_model("elman")  # whose x cannot become y, the target's name
    assert new_names(model, Notation(roles={"input": "y"})) == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("colour = 'red'", "no field 'colour'"),
        ("step = 'above'", "'sub', 'paren', 'angle', 'bracket'"),
        ("[roles]\nfriend = 'f'", "no role 'friend'"),
        ("[names]\nW = '1 + 2'", "is no name"),
        (r"adjoint_sign = '\bar'", "is no name"),
        ("names = 3", "must be a table"),
        ("= 3", "line 1"),
    ],
)
def test_a_file_that_means_nothing_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(NotationFileError, match=said):
        load_notation(str(path))


def test_an_unknown_notation_is_answered_with_those_there_are() -> None:
    with pytest.raises(NotationFileError, match="d2l, goodfellow, karpathy, wildml"):
        load_notation("bishop")


def test_two_quantities_never_get_one_name() -> None:
    with pytest.raises(NotationFileError, match="V already"):
        renamed_model(load_model("elman"), Notation(names={"W": "V"}))


NOTATIONS = st.builds(
    Notation,
    roles=st.dictionaries(
        st.sampled_from(["state", "loss", "recurrent weights", "input"]),
        st.sampled_from(["h", "s", r"\xi", "J", "W_{hh}", "R", r"\Theta", "v", r"\hat x", "net"]),
    ),
    step=st.sampled_from([None, *CHOICES["step"]]),
    transpose=st.sampled_from(CHOICES["transpose"]),
    derivative=st.sampled_from(CHOICES["derivative"]),
    layout=st.sampled_from(CHOICES["layout"]),
    adjoint=st.sampled_from(CHOICES["adjoint"]),
    adjoint_sign=st.sampled_from([r"\delta", r"\lambda", "d", "g"]),
    bold=st.sampled_from(CHOICES["bold"]),
)


@example(Notation(step="angle", transpose="T"), "elman")  # \rangle T, and not \rangleT
@settings(max_examples=20, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(notation=NOTATIONS, name=st.sampled_from(["elman", "leaky", "scalar-additive", "pascanu"]))
def test_any_notation_reads_back_and_is_proved(notation: Notation, name: str) -> None:
    document = in_notation(name, notation, proved=True)
    assert (document.failing, document.warnings) == (0, ())
    assert_reads_back(document)
