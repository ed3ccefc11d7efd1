r"""The loss in another alphabet: `\mathcal L` where the model has L, or L where it has that.

Two alphabets are two letters, but for the loss, which every book sets as it likes: where a document
nowhere writes the model's letter, and does not itself say what the other is, the other is the
model's loss, with the terms that carry its letter. That is told as a choice.
"""

from __future__ import annotations

import re

from ..notation.elaboration.document import Document
from ..notation.elaboration.given import Given
from ..notation.names.declaring import name_of

_STYLED = re.compile(r"\\(?:mathcal|mathscr)\{([A-Za-z])\}")


def other_letter(given: Given, document: Document) -> tuple[str, str] | None:
    """What a document writes for the letter of the model's loss, and that letter."""
    bases = {name.base.text for key, _ in given.losses if (name := name_of(key)) is not None}
    taken = {name.base.text for one in given.declared if (name := name_of(one.key)) is not None}
    written = _written(document)
    for own in sorted(bases - written):
        others = (_spellings(own) & written) - taken
        if len(others) == 1 and _is_unexplained(document, *others):
            return others.pop(), own
    return None


def _spellings(base: str) -> set[str]:
    styled = _STYLED.fullmatch(base)
    letter = styled[1] if styled else base
    if len(letter) != 1:
        return set()
    return {letter, rf"\mathcal{{{letter}}}", rf"\mathscr{{{letter}}}"} - {base}


def _written(document: Document) -> set[str]:
    """The bases of the names that are written somewhere."""
    lines = range(len(document.statements))
    return {one.written.base.text for n in lines for one, _ in document.signature.occurrences(n)}


def _is_unexplained(document: Document, base: str) -> bool:
    """Whether a letter stands for something that the document itself does not define."""
    return any(
        read.identity not in document.context.types
        for line in range(len(document.statements))
        for one, read in document.signature.occurrences(line)
        if one.written.base.text == base
    )
