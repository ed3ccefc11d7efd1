r"""Words and signs of plain text, `dE/dW = sum_t delta_t .* yhat_t`, and what they mean."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from .alphabets import GREEK
from .unicode import Meaning, wrapped

Dialect = Literal["latex", "plain"]

WORDS = {
    **{name: name for name in GREEK.values()},
    "sum": "sum", "prod": "prod", "partial": "partial", "grad": "nabla",
    "nabla": "nabla", "inf": "infty", "infty": "infty", "infinity": "infty", "odot": "odot",
    "otimes": "otimes", "cdot": "cdot", "circ": "circ", "times": "times", "ell": "ell",
    "forall": "forall", "in": "in",
}  # fmt: skip
"""Words that are a control sequence. Every other one stays a word."""

PAIRS = frozenset(("xi", "mu", "nu", "pi"))
"""Greek letters whose names are as short as the two letters of `W_{xi}`."""

ROOTS = {"sqrt": "", "cbrt": "3"}
"""Words that are roots, and their degrees."""

ACCENTS = {"hat": r"\hat", "tilde": r"\tilde", "bar": r"\bar", "dot": r"\dot", "vec": r"\vec"}
"""What may be glued to a letter or a Greek name: `yhat`, `y_hat`, `deltatilde`."""

ENGLISH = frozenset(("what", "that", "chat", "hat", "crossbar"))
"""Words that only end like an accented letter."""

SIGNS: dict[str, Meaning] = {
    ".*": (("command", r"\odot"),),
    "./": (("command", r"\oslash"),),
    ".^": (("sign", "^"),),
    "**": (("sign", "^"),),
    "<=": (("command", r"\le"),),
    ">=": (("command", r"\ge"),),
    "!=": (("command", r"\ne"),),
    "->": (("command", r"\to"),),
    "<-": (("command", r"\leftarrow"),),
    "=>": (("command", r"\Rightarrow"),),
    "~": (("command", r"\sim"),),
    "...": (("command", r"\dots"),),
    "..": (("command", r"\dots"),),
    ".T": (("sign", "^"), ("command", r"\top")),
}
"""Signs of plain text that mean a command; all others (`:=`, `+=`, `==`) stay single signs."""

_CONTROL_WORD = re.compile(r"\\[A-Za-z]")
_ACCENTED = re.compile(rf"([A-Za-z]+?)_?({'|'.join(ACCENTS)})")


def dialect_of(text: str) -> Dialect:
    """How a line of text is written: LaTeX if a control word stands in it, else plain."""
    return "latex" if _CONTROL_WORD.search(text) else "plain"


@lru_cache(maxsize=4096)
def word(text: str) -> Meaning:
    """What a word of plain text without digits means: a command, an accented letter, or itself."""
    if text in WORDS:
        return (("command", "\\" + WORDS[text]),)
    found = _ACCENTED.fullmatch(text)
    if found and text not in ENGLISH and (len(found[1]) == 1 or _is_letter(found[1])):
        return wrapped(ACCENTS[found[2]], word(found[1]))
    return (("letter" if len(text) == 1 else "word", text),)


def _is_letter(text: str) -> bool:
    return text in WORDS and WORDS[text] in _LETTERS


_LETTERS = frozenset(GREEK.values())
