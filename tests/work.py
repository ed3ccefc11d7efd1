"""Work, counted: how many calls something makes. No test looks at a clock."""

from __future__ import annotations

import sys
from collections.abc import Callable


def calls_of(act: Callable[[], object]) -> int:
    """The calls, of Python and of C, that an action makes."""
    count, before = 0, sys.getprofile()

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count
