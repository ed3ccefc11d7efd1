from __future__ import annotations

from symbolic_bptt.notation.names.types import NameRow
from tests.notation.names.documents import document

TEXT = r"""\delta_t = \hat y_t - y_t
\delta_t^{a} = W^\top \delta_{t+1}
E = \sum_{k=1}^T n \mathbf s_k"""


def test_the_table() -> None:
    rows = {(row.key, row.slots): row for row in document(TEXT).table()}
    assert rows[r"\delta", 1] == NameRow(
        r"\delta", 1, (r"\delta_{t}", r"\delta_{t+1}"), "defined", (0, 1), 0
    )
    assert rows[r"\delta^{a}", 1].born == 1
    assert rows["W", 0].kind == "parameter"
    assert rows["E", 0].kind == "loss"
    assert rows["n", 0].kind == "size"
    assert rows["s", 1].written == (r"\mathbf{s}_{k}",)
    assert not {key for key, _ in rows} & {"t", "k", "T"}


def test_an_unknown_name_is_called_so() -> None:
    (row,) = document("1 = q_t").table()
    assert (row.key, row.slots, row.kind, row.born) == ("q", 1, "unknown", None)


def test_what_is_taken_for_granted_is_told() -> None:
    notes = document("J^{t=2} = 1").notes
    assert any("t=2" in note for note in notes)
