"""Lists of entries."""

from symbolic_bptt.notation.surface.table import listed


def test_entries() -> None:
    assert listed(" a b\n\tc ") == {"a", "b", "c"}
