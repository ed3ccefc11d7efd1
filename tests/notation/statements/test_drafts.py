r"""What a draft becomes."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.statements.drafts import Draft, finished
from tests.notation.statements.reading import chain, tree


def draft(text: str) -> Draft:
    return Draft(list(tree(text).items))


def test_a_chain_has_one_operand_more_than_relations() -> None:
    (only,), rest = finished(draft(r"a = b \le c \approx d"))
    assert (len(only.operands), len(only.relations), rest) == (4, 3, [])


def test_implications_part_claims_only() -> None:
    parted, _ = finished(draft(r"a = b \Rightarrow c = d \Rightarrow e = f"))
    whole, _ = finished(draft(r"A \Rightarrow b = c"))
    assert [chain(one) for one in parted] == ["a = b", "c = d", "e = f"]
    assert [chain(one) for one in whole] == [r"A \Rightarrow b = c"]


def test_what_an_implication_parts_is_told_once() -> None:
    one = draft(r"a = b \Rightarrow c = d")
    one.spoil("why", tree("x").items)
    first, second = finished(one)[0]
    assert (first.unread, second.unread) == ("why", "why")
    assert (len(first.rest.items), len(second.rest.items)) == (1, 0)


@pytest.mark.parametrize(
    ("text", "mention"), [("a + b", True), (r"\mathbb 1[t < 5]", False), (r"\sum_{t=1}^T a", True)]
)
def test_a_draft_without_relation_is_a_leftover(text: str, mention: bool) -> None:
    found, (rest,) = finished(draft(text))
    assert not found
    assert rest.mention is mention


def test_the_first_reason_stays() -> None:
    one = draft("a = b")
    one.spoil("first")
    one.spoil("second")
    assert finished(one)[0][0].unread == "first"
