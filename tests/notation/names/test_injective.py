r"""Two written names have one key exactly if they are one name, up to a closed list.

The closed list: braces, spacing, the order of sub- and superscript, the spelling of an accent,
weight and slant, and where among the scripts the step stands.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notation.names.documents import document, parse, understood

BASES = {
    "a": ("a", r"\mathbf a", r"\boldsymbol{a}", "{a}"),
    "A": ("A", r"\mathbf{A}", r"\mathrm A"),
    r"\hat a": (r"\hat a", r"\widehat{a}", r"\hat{\mathbf a}"),
    r"\bar a": (r"\bar a", r"\bar{a}"),
    r"\delta": (r"\delta", r"\boldsymbol\delta"),
    r"\mathcal A": (r"\mathcal A", r"\mathcal{A}"),
    r"\mathrm{net}": (r"\mathrm{net}", r"\text{net}"),
    r"\phi": (r"\phi",),
    r"\varphi": (r"\varphi",),
}
LOW = {
    "q": ("q",),
    "r": ("r", "{r}"),
    "d1": ("d1", r"\mathrm{d1}", r"\mathsf{d1}"),
    "d2": ("d2", r"\mathrm{d2}"),
    "in": ("in", r"\mathrm{in}", r"\text{in}"),
    "out": (r"\mathrm{out}", r"\text{out}"),
    r"\max": (r"\max",),
    r"\gamma": (r"\gamma",),
}
HIGH = {
    "(x)": ("(x)", "{(x)}"),
    "(h)": ("(h)",),
    "[2]": ("[2]",),
    "q": ("q", "{q}"),
    "hx": ("hx", r"\mathrm{hx}"),
    "d1": ("d1", r"\mathrm{d1}"),
    "*": ("*", "{*}"),
    "+": ("+",),
}


@dataclass(frozen=True)
class Name:
    """What a name consists of, whichever way it is written."""

    base: str
    primes: int
    low: tuple[str, ...]
    high: str
    timed: bool


NAMES = st.builds(
    Name,
    st.sampled_from(sorted(BASES)),
    st.integers(0, 2),
    st.lists(st.sampled_from(sorted(LOW)), max_size=2).map(tuple),
    st.sampled_from(["", *sorted(HIGH)]),
    st.booleans(),
)


@st.composite
def spellings(draw: st.DrawFn, name: Name) -> str:
    """One way to write a name."""
    low = [draw(st.sampled_from(LOW[label])) for label in name.low]
    high = draw(st.sampled_from(HIGH[name.high])) if name.high else ""
    if name.timed:
        low.append(draw(st.sampled_from(["t", "t-1", "{t+1}", "T"])))
    scripts = [f"_{{{','.join(low)}}}"] if low else []
    if high:
        scripts.insert(draw(st.integers(0, len(scripts))), f"^{{{high}}}")
    space = draw(st.sampled_from(["", " "]))
    base = draw(st.sampled_from(BASES[name.base]))
    return base + space + "'" * name.primes + "".join(scripts)


@st.composite
def two_names(draw: st.DrawFn) -> tuple[Name, str, Name, str]:
    """Two names, often alike, each written somehow."""
    first = draw(NAMES)
    second = draw(st.one_of(st.just(first), NAMES, st.builds(Name, st.just(first.base),
        st.just(first.primes), NAMES.map(lambda n: n.low), st.just(first.high),
        st.just(first.timed))))  # fmt: skip
    return first, draw(spellings(first)), second, draw(spellings(second))


@given(two_names())
def test_keys_are_equal_exactly_for_equal_names(pair: tuple[Name, str, Name, str]) -> None:
    first, left, second, right = pair
    sign = document(f"{left} = 1\nE = 2 + {right}")
    one = sign.read(0, parse(left))
    two = sign.read(1, parse(right))
    assert not one.why
    assert not two.why
    assert (one.identity == two.identity) == (first == second), (left, right, one.key, two.key)


@given(NAMES.flatmap(spellings))
def test_a_key_reads_as_itself(text: str) -> None:
    sign = document(f"{text} = 1")
    key = sign.read(0, parse(text)).key
    assert sign.read(0, parse(key)).key == key


@given(NAMES.flatmap(lambda name: st.tuples(st.just(name), spellings(name))))
def test_no_script_is_lost(pair: tuple[Name, str]) -> None:
    name, text = pair
    read = document(f"{text} = 1").read(0, parse(text))
    assert read.slots == name.timed
    assert read.key.count("'") == name.primes
    assert not read.entries
    assert not read.after


@pytest.mark.parametrize("order", [("x", r"\mathbf x"), (r"\mathbf x", "x")])
def test_weight_tells_apart_where_both_are_defined(order: tuple[str, str]) -> None:
    sign = document(f"{order[0]}_t = 1\n{order[1]}_t = 2", ())
    keys = [sign.read(n, parse(text + "_t")).key for n, text in enumerate(order)]
    assert len(set(keys)) == 2
    assert any("different" in note for note in sign.notes)
    assert understood(sign, keys[0] + "_t") == f"{keys[0]} [t]"


def test_weight_does_not_tell_apart_else() -> None:
    sign = document("x_t = 1\nE = \\mathbf x_t", ())
    assert understood(sign, r"\mathbf{x}_t", 1) == "x [t]"
    assert any("one quantity" in note for note in sign.notes)


def test_styles_of_labels_tell_apart_where_both_are_defined() -> None:
    sign = document("Q_{in} = 1\nQ_{\\mathrm{in}} = 2", ())
    assert understood(sign, "Q_{in}") != understood(sign, r"Q_{\mathrm{in}}", 1)
