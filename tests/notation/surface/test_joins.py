r"""Signs of several tokens are one sign; signs that stand apart are not."""

from __future__ import annotations

import pytest

from tests.notation.surface.reading import problems, spelled


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a := b", "a rel::= b"),
        (r"a \coloneqq b", "a rel::= b"),
        ("a == b", "a rel:= b"),
        ("a += b", "a rel:+= b"),
        (r"a \mathrel{+}= b", "a rel:+= b"),
        (r"a \mathrel{+} = b", "a rel:+= b"),
        (r"a \mathrel{+=} b", "a rel:+= b"),
        ("a {+}{=} b", "a rel:+= b"),
        ("a -= b", "a rel:-= b"),
        ("a <= b", r"a rel:\le b"),
        ("a >= b", r"a rel:\ge b"),
        ("a != b", r"a rel:\ne b"),
        (r"a \not= b", r"a rel:\ne b"),
        (r"a \not\in b", r"a rel:\notin b"),
        (r"a \not\equiv b", r"a rel:\not\equiv b"),
        (r"a \xrightarrow{n} b", r"a rel:\to<n> b"),
        ("a .* b", r"a \odot b"),
        ("a, ..., b", r"a sep:, \dots sep:, b"),
        ("a + = b", "a + rel:= b"),
        ("a = = b", "a rel:= rel:= b"),
        ("=====", "rel:= rel:= rel:="),
    ],
)
def test_joins(text: str, wanted: str) -> None:
    assert spelled(text) == wanted


def test_a_negation_needs_a_relation() -> None:
    assert problems(r"\not x") == [r"\not stands before no relation"]
