"""Whether a stretch looks like sentences or like mathematics: for dollars that may be prices."""

from __future__ import annotations

import re

_SET_AS_TEXT = re.compile(r"\\(?:text[a-z]*|mbox|hbox|operatorname\*?|math[a-z]+|tag)\s?\{[^{}]*\}")
_SCRIPT = re.compile(r"[_^]\{[^{}]*\}")
_SENTENCE = re.compile(
    r"(?<![\\A-Za-z_^])[A-Za-z]{2,}(?:[,.;:)]{0,2}\s{1,3}\(?[A-Za-z]{2,}){2}(?![_^({])"
)
_NEW_SENTENCE = re.compile(r"\n[ \t>]{0,20}[A-Z][a-z]{0,20},?(?: [a-z]{1,20}){3}(?![a-z_^({])")
_WIDE = re.compile(r"[，。；：！？、]|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]{2}")
_PRICE = re.compile(r"\d[\d.,]*(?:\s+[A-Za-z]{2,}|.*[-–/.,;:\s]$|$)", re.DOTALL)
_SIGNS = re.compile(r"[_^=<>≤≥≠≈∂∑∏√∈→∇α-ωΑ-Ω+*⊙']|\\[A-Za-z]|(?<!\S)[−-]")
_SYMBOL = re.compile(r"\s*[^\W\d_]\s*|\s*\d+\s*")
_WORD = re.compile(r"(?<![\\A-Za-z_^])([A-Za-z]{3,})(?![A-Za-z]|\s?[_^({\[])")
_MACHINE_WORDS = frozenset({
    *("tanh", "sigmoid", "softmax", "relu", "exp", "log", "max", "min", "diag", "sin", "cos"),
    *("loss", "net", "sum", "prod"),
})  # fmt: skip


def _bare(text: str) -> str:
    return _SCRIPT.sub("", _SET_AS_TEXT.sub(r"\\x", text))


def begins_a_sentence(text: str, start: int, end: int) -> bool:
    """Whether a line between two places begins like a sentence: what should have ended before."""
    return _NEW_SENTENCE.search(text, start, end) is not None


def is_sentence(text: str) -> bool:
    """Three words in a row outside `\\text{…}`, or wide punctuation: no formula has them."""
    bare = _bare(text)
    return _SENTENCE.search(bare) is not None or _WIDE.search(bare) is not None


def is_price(text: str) -> bool:
    """What a dollar opens that means money: `5, and`, `20 million`, `5-10`."""
    return _PRICE.match(text) is not None and "\\" not in text


def has_signs(text: str) -> bool:
    """Whether something in it is written in formulas only."""
    return _SIGNS.search(text) is not None


def is_formula(text: str) -> bool:
    """Signs of mathematics or one symbol, and no word that is no name of a function."""
    bare = _bare(text)
    if not (_SIGNS.search(bare) or _SYMBOL.fullmatch(bare)) or is_sentence(text):
        return False
    return all(match[1] in _MACHINE_WORDS for match in _WORD.finditer(bare))
