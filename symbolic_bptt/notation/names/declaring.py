r"""The keys of a model, read with the same lexer and parser as a document."""

from __future__ import annotations

from collections.abc import Sequence as Listing
from functools import lru_cache

from ..source import Source
from ..surface.nodes import Name, meaningful
from ..surface.parser import surface
from ..surface.spelling import spelled
from ..tokens.lexer import tokens
from .forms import Parsed
from .types import Declared
from .whole import whole_name
from .written import Written


def parsed(declared: Listing[Declared]) -> tuple[Parsed, ...]:
    """The declarations whose key is a name; one that is none cannot be written, so it is left."""
    names = ((one, name_of(one.key)) for one in declared)
    return tuple(Parsed(one, name) for one, name in names if name is not None)


@lru_cache(maxsize=1024)
def name_of(key: str) -> Written | None:
    """The name that a text is; a word is one name."""
    if len(key) > 1 and key.isascii() and key.isalpha():
        return Written(Name(spelled(key), "upright"))
    return whole_name(meaningful(surface(tokens(key), Source(key)).tree))
