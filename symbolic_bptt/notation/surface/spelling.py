r"""The canonical text of a name: `\mathrm{net}`, `\hat y`, `\tanh`, `\operatorname{softmax}`."""

from __future__ import annotations

import re

from .commands import FUNCTIONS, OPERATOR_NAMES
from .nodes import Name, Words
from .table import listed

CONNECTIVES = listed(
    """
    according all also an and any are as at be because but by case cases const constant define
    defined denote denotes do each either else equals every everywhere exactly fixed follows for
    forall from gives given has have hence here held holds i.e. if iff in into is it its let means
    must not note of on only or other others otherwise over per recall same satisfies set similarly
    since so some such suppose than that the their then there therefore these they this those thus
    to under until upon using via we when whenever where whereas which while whose with within
    without yields even odd otw def

    wenn falls sonst für fuer mit und oder wo wobei ist sind der die das alle jede jedes jeder
    also dann daher somit gilt sei sei ohne bei von zu ansonsten
    si sinon où ou et avec pour tout tous toute est sont donc alors sans soit dans chaque
    con para todo todos es son donde entonces sea cada caso contrario
    se altrimenti dove per ogni con sia allora quindi non
    """
)
"""Words between formulas, in English and a few other languages: never a quantity by themselves."""

PLAIN_CONNECTIVES = CONNECTIVES - listed(
    "case con def do es fixed it on ou per se sei set si son wo zu"
)
"""The same in plain text, where a single letter is a quantity."""

_NAME = re.compile(r"[A-Za-z](?:[A-Za-z0-9]|[-_ ](?=[A-Za-z0-9]))*")
_SIMPLE = re.compile(r"\\[A-Za-z]+|.")


def spelled(letters: str) -> str:
    """The canonical text of a run of letters and digits that is one name."""
    if letters in FUNCTIONS:
        return "\\" + letters
    if letters in OPERATOR_NAMES:
        return rf"\operatorname{{{letters}}}"
    if len(letters) == 1:
        return letters
    return rf"\mathrm{{{letters.replace('_', chr(92) + '_')}}}"


def accented(accent: str, text: str) -> str:
    """The canonical text of a name under an accent."""
    return f"{accent} {text}" if _SIMPLE.fullmatch(text) else f"{accent}{{{text}}}"


def is_name(text: str) -> bool:
    """Whether a text may be the name of a quantity."""
    return _NAME.fullmatch(text) is not None


def is_connective(text: str) -> bool:
    """Whether a word joins formulas."""
    return text.lower().rstrip(",.:;") in CONNECTIVES


def upright_name(words: Words) -> Name | None:
    """The words as a name, if they can be one."""
    if not words.text or not is_name(words.text):
        return None
    return Name(spelled(words.text), "upright", parts=words.parts)
