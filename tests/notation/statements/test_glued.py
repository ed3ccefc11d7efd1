r"""Words written as letters."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.statements.glued import with_words
from symbolic_bptt.notation.surface.nodes import Words
from tests.notation.statements.reading import tree


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (r"\delta_t = 0 for all t < T", ["for", "all"]),
        ("a = b if t = T", ["if"]),
        ("a = b where c = d", ["where"]),
        ("f o r", []),
        ("for_t = 1", []),
        ("if(x) = 1", []),
        ("a = xforx", []),
        ("net = b", []),
    ],
)
def test_words_stand_apart(text: str, words: list[str]) -> None:
    found = with_words(tree(text).items)
    assert [item.text for item in found if isinstance(item, Words)] == words
