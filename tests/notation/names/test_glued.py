r"""`\delta 4`, `dW`: names of two symbols, where a document has them on left sides."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.surface.nodes import meaningful
from tests.notation.names.documents import ELMAN, document, parse, understood


@pytest.mark.parametrize(
    ("text", "item", "key"),
    [
        (r"\delta 4 = s_t", r"\delta 4", r"\delta 4"),
        ("dW_{hh} = s_t", "dW_{hh}", "dW_{hh}"),
        (r"d\gamma = s_t", r"d\gamma", r"d\gamma"),
        ("dh_{raw} = s_t", "dh_{raw}", "dh_{raw}"),
        ("dS_t = dS_{t+1}", "dS_{t+1}", "dS [t+1]"),
        (r"\Delta W = \delta b", r"\Delta W", r"\Delta W"),
        (r"\nabla W = s_t", r"\nabla W", r"\nabla W"),
        (r"\delta b_h = s_t", r"\delta b_h", r"\delta b_{h}"),
    ],
)
def test_pairs(text: str, item: str, key: str) -> None:
    sign = document(text)
    assert understood(sign, item) == key
    if "[" not in key:
        assert understood(sign, key) == key


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("E = d W", "d W"),
        ("d = 3\nd E = 3 E", "d E"),
        ("W 2 = 2 W", "W 2"),
        (r"\nabla = 2" + "\n" + r"\nabla E = 2 E", r"\nabla E"),
        ("U W = s_t", "U W"),
        ("dWs = s_t", "dW"),
    ],
)
def test_products(text: str, item: str) -> None:
    assert understood(document(text), item) == "none"


def test_a_fraction_of_differentials_is_no_pair() -> None:
    sign = document("dW = s_t\n" + r"\frac{dE}{dW} = dW")
    assert {row.key for row in sign.table() if 1 in row.lines} == {"E", "W", "dW"}


def test_the_place_matters() -> None:
    sign = document("dW = s_t")
    items = meaningful(parse("E dW"))
    assert sign.read_glued(0, items, 0) is None
    found = sign.read_glued(0, items, 1)
    assert found is not None
    assert (found[0].key, found[1]) == ("dW", 2)
    assert sign.read_glued(0, items, 2) is None
    assert {row.key: row.kind for row in sign.table()}["dW"] == "defined"


def test_numbered_names_are_apart() -> None:
    sign = document(r"\delta 4 = \delta 3" + "\n" + r"\delta 3 = 1", ELMAN)
    assert understood(sign, r"\delta 4") != understood(sign, r"\delta 3")
