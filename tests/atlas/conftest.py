"""Books of known formulas: those that ship with the package, and answers that only tests need."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from symbolic_bptt.atlas import Book, known_books, load_known_model, read_book
from symbolic_bptt.model import Model

DATA = Path(__file__).parent / "data"


def all_books() -> list[Book]:
    return [*known_books(), *(read_book(path) for path in sorted(DATA.glob("*.toml")))]


@pytest.fixture(scope="session")
def model_of() -> Callable[[str], Model]:
    return cache(load_known_model)
