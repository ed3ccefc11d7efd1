r"""The limits of sums and products."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.statements.bounds import bounds_of
from symbolic_bptt.notation.surface.nodes import Script, Scripted
from tests.notation.statements.reading import span, tree


def limits_of(written: str) -> str:
    """The bounds of `\\sum` with these scripts, or why it has none, behind an exclamation mark."""
    scripts: tuple[Script, ...] = ()
    for item in tree(rf"\sum{written}").items:
        scripts = item.scripts if isinstance(item, Scripted) else scripts
    below = next((script.body for script in scripts if script.place == "_"), None)
    above = next((script.body for script in scripts if script.place == "^"), None)
    found = bounds_of(below, above)
    return f"! {found}" if isinstance(found, str) else "; ".join(map(span, found))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("_{t=1}^{T}", "t in 1..T"),
        ("_t", "t in .."),
        ("_{t'=1}^T", "t' in 1..T"),
        (r"_{k \le t}", "k in ..t"),
        (r"_{t > k}", "t in k<.."),
        (r"_{1\le k\le t}", "k in 1..t"),
        (r"_{1 \le k < t \le T}", "t in 1..T; k in 1..<t"),
        (r"_{t \in \{1,\dots,T\}}", "t in 1..T"),
        (r"_{t \in \{1,3\}}", "t in {1,3}"),
        (r"_{t \in [1, T]}", "t in 1..T"),
        ("_{k=t}^{1}", "k in t..1"),
        (r"_{j \ne i}", "j in .. not i"),
        (r"_{j=1, j \neq i}^{n}", "j in 1..n not i"),
        (r"_{\substack{1 \le i \le n \\ k < t}}", "i in 1..n; k in ..<t"),
        (r"_{\tau \le t}", r"\tau in ..t"),
        ("_{t, k}", "t in ..; k in .."),
        ("_{ij}", "i in ..; j in .."),
        ("_{i,j=1}^n", "i in 1..n; j in 1..n"),
        (r"_{t=1,\dots,T}", "t in 1..T"),
        ("_t^T", "t in ..T"),
    ],
)
def test_bounds(written: str, expected: str) -> None:
    assert limits_of(written) == expected


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (r"_{\tau=1}", r"\tau has a lower limit without an upper one"),
        (r"_{k \le t}^{T}", "two upper limits"),
        ("^T", "over which index"),
        ("", "over which index"),
        ("_{t=1}^{}", "upper limit"),
        ("_{t=1}^{T=2}", "upper limit"),
        ("_{i+j=n}", "isolates"),
        (r"_{x \in X}", "a set of steps"),
        (r"_{t=1,3,\dots,T}", "by one"),
    ],
)
def test_limits_that_say_no_range(written: str, why: str) -> None:
    assert limits_of(written).startswith("! ")
    assert why in limits_of(written)
