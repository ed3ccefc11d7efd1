r"""Relations as bounds: what they say is what they mean."""

from __future__ import annotations

from itertools import product
from operator import ge, gt, le, lt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_bptt.notation.statements.clauses import clause
from symbolic_bptt.notation.statements.fields import fields
from symbolic_bptt.notation.statements.letters import letter, linear
from symbolic_bptt.notation.statements.statement import Bounds, Clause
from symbolic_bptt.notation.surface.nodes import Sequence
from tests.notation.statements.toy import toy

LETTERS = ("k", "t", "i")
SIGNS = {"<": lt, "<=": le, ">": gt, ">=": ge}
Point = dict[str, int]


def value(expression: Sequence, point: Point) -> int:
    """The value of an index expression."""
    found = linear(expression.items)
    assert found is not None
    return int(sum(factor * (point[name] if name else 1) for name, factor in found.items()))


def holds(one: Bounds, point: Point) -> bool:
    """Whether a point is within bounds."""
    here = point[letter(one.letter)]
    low = value(one.lower, point) + one.lower_strict if one.lower else here
    high = value(one.upper, point) - one.upper_strict if one.upper else here
    among = not one.values or here in [value(other, point) for other in one.values]
    return low <= here <= high and among and all(here != value(x, point) for x in one.unequal)


def said(text: str) -> Clause:
    """The clause that a toy text is."""
    found = clause(fields(toy(text).items))
    assert isinstance(found, Clause), found
    return found


def satisfied(found: Clause, point: Point) -> bool:
    """Whether a point satisfies a clause."""
    compare = {r"\le": le, r"\ge": ge, "<": lt, ">": gt}
    return all(holds(one, point) for one in found.bounds) and all(
        compare[one.relation](value(one.left, point), value(one.right, point))
        for one in found.conditions
    )


operands = st.sampled_from([*LETTERS, "1", "2", "3", "t - 1", "k + 1"])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(operands, min_size=2, max_size=4),
    st.sampled_from([("<", "<="), (">", ">=")]),
    st.lists(st.booleans(), min_size=3, max_size=3),
)
def test_a_chain_of_inequalities_means_what_it_says(
    chain: list[str], way: tuple[str, str], strict: list[bool]
) -> None:
    if not any(name in operand for operand in chain for name in LETTERS):
        return
    names = [operand for operand in chain[1:-1] if operand in LETTERS]
    if len(names) != len(set(names)):
        return
    signs = [way[0] if one else way[1] for one in strict[: len(chain) - 1]]
    text = chain[0] + "".join(
        f" {sign} {right}" for sign, right in zip(signs, chain[1:], strict=True)
    )
    found = said(text) if len(set(chain)) == len(chain) else None
    for values in product(range(4), repeat=len(LETTERS)):
        point = dict(zip(LETTERS, values, strict=True))
        numbers = [value(toy(operand), point) for operand in chain]
        pairs = zip(numbers, signs, numbers[1:], strict=False)
        expected = all(SIGNS[sign](left, right) for left, sign, right in pairs)
        if found is not None:
            assert satisfied(found, point) == expected, text


@pytest.mark.parametrize("last", [1, 2, 5])
@pytest.mark.parametrize("first", [0, 1, 2])
def test_ways_to_write_one_range(first: int, last: int) -> None:
    ways = [
        f"t = {first} , ... , {last}",
        f"{first} <= t <= {last}",
        rf"t \in \{{ {first} , ... , {last} \}}",
        rf"t \in [ {first} , {last} ]",
        f"t >= {first} , t <= {last}",
        f"~for~ t ~from~ {first} ~to~ {last}",
        f"( t = {first} ... {last} )",
    ]
    for way in ways:
        steps = {t for t in range(8) if satisfied(said(way), {"t": t})}
        assert steps == set(range(first, last + 1)), way


@pytest.mark.parametrize(
    "text",
    ["t = 1 , 3 , ... , T", "t = ... , T", "t = 1 , ... , 3 , ... , T", "1 <= t = T", "t > 1 , 2"],
)
def test_what_is_no_range_says_so(text: str) -> None:
    assert isinstance(clause(fields(toy(text).items)), str)
