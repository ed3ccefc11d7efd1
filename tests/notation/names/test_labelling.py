r"""Labels that are timed names: `\delta_{s_t}` is `\delta_s` at step t."""

from __future__ import annotations

import pytest

from tests.notation.names.documents import document, understood


@pytest.mark.parametrize(
    ("item", "read"),
    [
        (r"\delta_{s_t}", r"\delta_{s} [t]"),
        (r"\delta_{s_{t-1}}", r"\delta_{s} [t-1]"),
        (r"\delta_{s_T}", r"\delta_{s} [T]"),
        (r"\delta_{s_1}", r"\delta_{s} [1]"),
        (r"\delta_{s^{(t)}}", r"\delta_{s} [t]"),
        (r"\delta_{s_{t,i}}", r"\delta_{s} [t] (i)"),
        (r"\delta_{\hat y_t}", r"\delta_{\hat y} [t]"),
        (r"\delta_{i_t}", r"\delta_{i} [t]"),  # a gate i, and no index
        (r"\delta_{z_{f,t}}", r"\delta_{z,f} [t]"),
        (r"\delta^{s_{t+1}}", r"\delta^{s} [t+1]"),
    ],
)
def test_a_timed_label(item: str, read: str) -> None:
    assert understood(document(f"{item} = E"), item) == read


def test_an_entry_behind_a_timed_label() -> None:
    sign = document(r"\delta_{s_t,i} = s_{t,i}")
    assert understood(sign, r"\delta_{s_t,i}") == r"\delta_{s} [t] (i)"


def test_its_step_is_any_index_of_the_document() -> None:
    sign = document(r"\delta_{s_t} = s_t" + "\n" + r"E = \sum_{k=1}^T \delta_{s_k}")
    assert understood(sign, r"\delta_{s_k}", 1) == r"\delta_{s} [k]"
    assert {(row.key, row.slots) for row in sign.table()} >= {(r"\delta_{s}", 1)}


@pytest.mark.parametrize(
    ("text", "item", "read"),
    [
        ("e^{s_t} = s_t", "e^{s_t}", "e power s_{t}"),
        ("E = b^{s_t}", "b^{s_t}", "b power s_{t}"),
        ("E = p_{y_t}", "p_{y_t}", "p_{y_{t}}"),  # nowhere defined
        ("W_{s_t} = V", "W_{s_t}", "W_{s_{t}}"),  # W is the model's
    ],
)
def test_what_is_no_timed_label(text: str, item: str, read: str) -> None:
    assert understood(document(text), item) == read
