"""Endings are known or refused."""

from __future__ import annotations

import pytest

from symbolic_bptt.notation.files import KINDS, UnknownKindError, kind_of


@pytest.mark.parametrize("ending", KINDS)
def test_an_ending_is_known_with_and_without_its_dot(ending: str) -> None:
    assert kind_of(ending) == kind_of(ending[1:].upper()) == KINDS[ending]


@pytest.mark.parametrize("ending", ["", ".pdf", "docx", ".tex.bak", "."])
def test_another_is_refused_with_the_list(ending: str) -> None:
    with pytest.raises(UnknownKindError, match=r"\.tex, .*\.ipynb"):
        kind_of(ending)
