"""The work of a line is bounded by one count, and a limit that is reached never makes a verdict."""

from __future__ import annotations

import pytest

import symbolic_bptt.checking.typed as typed
from symbolic_bptt import check_text, load_model
from symbolic_bptt.checking.verdict import CheckedClaim
from symbolic_bptt.evaluation.budget import LINE_LIMIT, Budget
from symbolic_bptt.evaluation.errors import LimitReached

RIGHT = r"\frac{\partial E}{\partial V} = \sum_t (\hat y_t - y_t) s_t^\top"
WRONG = r"\frac{\partial E_t}{\partial V} = (y_t - \hat y_t) s_t^\top"
ILL_SHAPED = r"\frac{\partial E_t}{\partial V} = s_t (\hat y_t - y_t)^\top"
RTRL = (
    r"\frac{\partial s_{t,k}}{\partial W_{ij}} = (1 - s_{t,k}^2) (\sum_l W_{lk} "
    r"\frac{\partial s_{t-1,l}}{\partial W_{ij}} + \delta_{ik} s_{t-1,j})"
)
ENDLESS = (
    r"\sum_{i=1}^4 \sum_{j=1}^4 \sum_{k=1}^4 \sum_{l=1}^4 \sum_{p=1}^4 \sum_{q=1}^4 \sum_{r=1}^4 "
    r"\sum_{u=1}^4 W_{ij} W_{kl} W_{pq} W_{ru} = 0"
)


def checked(*lines: str) -> list[CheckedClaim]:
    return list(check_text(load_model("elman"), "\n".join(lines), "txt").claims)


def test_what_a_share_spends_is_spent_of_the_whole() -> None:
    whole = Budget(100)
    share = whole.share(30)
    share.spend(20)
    assert (share.left, whole.left) == (10, 80)
    with pytest.raises(LimitReached):
        share.spend(11)
    assert (share.left, whole.left) == (0, 80)
    whole.share(1_000).spend(70)
    with pytest.raises(LimitReached):
        whole.share(1_000).spend(20)
    with pytest.raises(LimitReached):
        whole.spend(1)


@pytest.mark.parametrize("line", [RIGHT, WRONG, ILL_SHAPED, RTRL, ENDLESS])
def test_everything_about_a_line_together_stays_within_its_budget(
    monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """Every operation that is counted is counted against a budget that is a share of the line's."""
    spent: dict[int, tuple[Budget, int]] = {}
    real = Budget.spend

    def counted(budget: Budget, amount: int) -> None:
        root = budget
        while root.whole is not None:
            root = root.whole
        real(budget, amount)
        if budget is root:
            spent[id(root)] = (root, spent.get(id(root), (root, 0))[1] + amount)

    load_model("elman")
    checked(line)  # what is prepared of the model once is no work of the line
    monkeypatch.setattr(Budget, "spend", counted)
    checked(line)
    counts = sorted((count for _, count in spent.values()), reverse=True)
    assert 0 < counts[0] <= LINE_LIMIT
    assert sum(counts[1:]) < 0.2 * LINE_LIMIT  # forward passes, one after the other


@pytest.mark.parametrize("line", [RIGHT, WRONG, ILL_SHAPED, RTRL])
def test_with_less_work_a_line_is_open_or_has_the_same_verdict(
    monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    (full,) = checked(line)
    found: set[str] = set()
    for limit in (0, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000):
        monkeypatch.setattr(typed, "LINE_LIMIT", limit)
        (claim,) = checked(line)
        found.add(claim.verdict)
        assert claim.verdict in ("undecided", full.verdict)
        if claim.verdict == "holds":
            assert claim.assumptions == full.assumptions
    costs_nothing = line == ILL_SHAPED  # shapes are known before anything is evaluated
    assert found == ({full.verdict} if costs_nothing else {"undecided", full.verdict})


def test_what_a_claim_assumes_is_never_left_out_for_lack_of_work(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = set()
    for limit in range(500, 12_000, 250):
        monkeypatch.setattr(typed, "LINE_LIMIT", limit)
        (claim,) = checked(RIGHT)
        found.add((claim.verdict, claim.assumptions))
    assert found == {("undecided", ()), ("holds", ("y_t sums to one",))}


def test_where_only_the_reasons_cost_too_much_the_verdict_stands_without_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = []
    for limit in range(500, 5_000, 500):
        monkeypatch.setattr(typed, "LINE_LIMIT", limit)
        (claim,) = checked(WRONG)
        found.append((claim.verdict, bool(claim.diagnosis)))
    assert ("fails", False) in found
    assert found[-1] == ("fails", True)


def test_a_line_that_takes_too_much_costs_itself_alone() -> None:
    found = checked(RIGHT, ENDLESS, WRONG)
    assert [claim.verdict for claim in found] == ["holds", "undecided", "fails"]
    assert "more work than is allowed" in found[1].message
    assert found[2].diagnosis
