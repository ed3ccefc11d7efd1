"""How the tables of this floor are written: the entries of a set, one after the other."""

from __future__ import annotations


def listed(text: str) -> frozenset[str]:
    """The entries, parted by white space."""
    return frozenset(text.split())
