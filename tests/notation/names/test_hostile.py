r"""Nothing that the parser lets through breaks the reading of names."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.notation.names.documents import document, parse
from tests.work import calls_of

PIECES = st.sampled_from(
    [
        "a", "s", "W", "E", "t", "T", "i", "j", "k", "l", "n", "d", "12", "1", "-", "+", "=", ",",
        "(", ")", "[", "]", "{", "}", "_", "^", "'", "|", r"\top", r"\hat ", r"\mathbf ", r"\sum",
        r"\delta", r"\Delta", r"\nabla", r"\frac", r"\mathrm{in}", r"\langle ", r"\rangle ", ":",
        r"\text{for}", r"\dots ", " ", r"\partial", r"\max", r"\begin{bmatrix}", r"\end{bmatrix}",
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@settings(max_examples=60)
@given(st.lists(TEXTS, max_size=4), st.booleans())
def test_any_text_gives_a_table(lines: list[str], plain: bool) -> None:
    sign = document("\n".join(lines), plain_text=plain)
    for row in sign.table():
        assert row.key or row.written
        assert row.lines == tuple(sorted(set(row.lines)))


@settings(max_examples=40)
@given(st.lists(TEXTS, max_size=4))
def test_the_same_document_gives_the_same_table(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert document(text).table() == document(text).table()


DEEP = (
    "a" + "_{b" * 60 + "}" * 60,
    "a" + "'" * 2000,
    "a_{" + ",".join(["i"] * 2000) + "}",
    "a_{" + "{" * 60 + "i" + "}" * 60 + "}",
    "(" * 60 + "a" + ")_i" * 60,
    "a" + "^{(x)}_q" * 300,
    r"\hat{" * 60 + "a_t" + "}" * 60,
    "d" * 3000 + " = 1",
    "a^{" + "[i]" * 500 + "}",
)


@pytest.mark.parametrize("text", DEEP, ids=range(len(DEEP)))
def test_deep_and_long_names_take_work_in_proportion(text: str) -> None:
    parse(text)
    work = calls_of(lambda: document(f"{text} = {text}").table())
    assert work < 2_000 * (len(text) + 100)
