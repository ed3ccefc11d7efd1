"""One derivative, total in one line and immediate in another: the verdict says so."""

from __future__ import annotations

from functools import cache

from symbolic_bptt.checking.check import check_text
from symbolic_bptt.checking.two_ways import TwoWays
from symbolic_bptt.checking.verdict import CheckedClaim
from symbolic_bptt.model import Model, load_model
from symbolic_bptt.notation.elaboration.choices import Differentiated

IMMEDIATE = r"\frac{\partial s_{t,i}}{\partial W_{jk}} = (1 - s_{t,i}^2) \delta_{ij} s_{t-1,k}"
TOTAL = (
    r"\frac{\partial E}{\partial W_{jk}} = \sum_t \sum_i "
    r"\frac{\partial E_t}{\partial s_{t,i}} \frac{\partial s_{t,i}}{\partial W_{jk}}"
)
SHORT = (
    r"\frac{\partial E}{\partial W} = \sum_t "
    r"\frac{\partial E}{\partial s_t} \frac{\partial s_t}{\partial W}"
)
ONE_STEP = r"\frac{\partial s_t}{\partial s_{t-1}} = \operatorname{diag}(1 - s_t^2) W"


@cache
def model(name: str) -> Model:
    return load_model(name)


def claims(*lines: str) -> tuple[CheckedClaim, ...]:
    return check_text(model("elman"), "\n\n".join(f"$${one}$$" for one in lines), ".md").claims


def test_a_line_that_reads_it_otherwise_than_one_before_says_which() -> None:
    first, second = claims(IMMEDIATE, TOTAL)
    assert (first.verdict, second.verdict) == ("holds", "holds")
    assert first.message == ""
    assert second.message == "∂s/∂W is read as total here, as immediate in line 1"


def test_it_counts_from_either_side_and_by_name_not_by_step() -> None:
    first, second = claims(TOTAL, IMMEDIATE)
    assert (first.message, second.message) == (
        "",
        "∂s/∂W is read as immediate here, as total in line 1",
    )


def test_lines_that_read_it_alike_say_nothing() -> None:
    assert [one.message for one in claims(IMMEDIATE, SHORT, ONE_STEP)] == ["", "", ""]


def test_a_line_that_fails_says_nothing_of_it() -> None:
    _, second = claims(IMMEDIATE, TOTAL.replace("=", "= 2"))
    assert second.verdict == "fails"
    assert "∂s/∂W" not in second.message


def test_where_total_and_immediate_are_one_nothing_is_told() -> None:
    """∂s_t/∂s_{t−1} has one path; ∂s_t/∂W has as many as there are steps."""
    ways = TwoWays(model("elman"))
    assert not ways.differ(Differentiated("s", "s", 1))
    assert ways.differ(Differentiated("s", "W"))
    assert not ways.differ(Differentiated(r"\hat y", "V"))
    gated = TwoWays(model("lstm"))
    assert gated.differ(Differentiated("c", "c", 1))
    assert not gated.differ(Differentiated("c", "f", 0))
