"""What the tests of the atlas share: each model is loaded once."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from symbolic_bptt.atlas import load_known_model
from symbolic_bptt.model import Model


@pytest.fixture(scope="session")
def model_of() -> Callable[[str], Model]:
    return cache(load_known_model)
