"""Runs of letters: which are one name (`net`, `softmax`), and where the others are cut."""

from __future__ import annotations

import re

from lark import Token

from ..functions import SPELLINGS
from ..limits import MAX_WORD
from .commands import ACCENTS, GREEK
from .scope import Scope

_ACCENTED = re.compile(r"([A-Za-z]+)_?(hat|tilde|bar)")

HEADS = frozenset({"sum", "prod"})
"""Words that head a sum or product when they carry a script: `sum_t`, `prod_{j=1}^t`."""

PREFIXES = frozenset({r"\delta", r"\Delta"})
"""What may stand before a letter as part of one name: `\\delta h_t`."""


def is_declared(name: str, scope: Scope) -> bool:
    """Whether the vocabulary has this very name, or an undetermined function of it."""
    return name in scope.vocabulary.names or name in scope.vocabulary.functions


def cut_run(run: Token, scope: Scope, scripted: bool) -> list[Token]:
    """The symbols of one run of letters, `Ux` as U and x; the last takes the scripts."""
    if len(run) > MAX_WORD:
        raise scope.limit(f"a word of more than {MAX_WORD} letters", run)
    if "\\_" in run or (scope.plain and is_unknown_word(run, scope)):
        return [run]
    pieces: list[Token] = []
    position = 0
    while position < len(run):
        end = _end_of_name(run, position, scope, scripted)
        start = run.start_pos or 0
        pieces.append(Token("WORD", run[position:end], start + position, end_pos=start + end))
        position = end
    return pieces


def _end_of_name(run: Token, start: int, scope: Scope, scripted: bool) -> int:
    for end in range(len(run), start + 1, -1):
        word = run[start:end]
        last = end == len(run)
        if is_declared(word, scope) or (last and is_declared_with_scripts(word, scope)):
            return end
        if last and (word in SPELLINGS or (scripted and word in HEADS)):
            return end
        if start == 0 and last and scope.plain and plain_name(word) != word:
            return end
    if start == 0 and is_differential(run, scope):
        return start + 2
    return start + 1


def is_unknown_word(run: str, scope: Scope) -> bool:
    """In plain text three letters or more, not all of them symbols that are known, are one word."""
    if len(run) < 3 or run in SPELLINGS or run in HEADS or is_differential(run, scope):
        return False
    known = (
        letter in scope.vocabulary.names or scope.is_index(letter) or _heads_name(letter, scope)
        for letter in run
    )
    return not all(known)


def _heads_name(letter: str, scope: Scope) -> bool:
    heads = (letter + "_", letter + "^", letter + "'")
    return any(name.startswith(heads) for name in scope.vocabulary.names)


def is_declared_with_scripts(word: str, scope: Scope) -> bool:
    """Whether some declared name is this word with scripts or primes: `dh` of `dh_{raw}`."""
    if len(word) == 1:
        return False
    heads = (word + "_", word + "^", word + "'")
    return any(name.startswith(heads) for name in scope.vocabulary.names)


def is_differential(run: str, scope: Scope) -> bool:
    """Whether the d before a letter is glued to it, as in dW: where no d is declared."""
    known = is_declared("d", scope) or "d" in scope.vocabulary.sizes or "d" in scope.bound
    return len(run) > 1 and run[0] == "d" and not known


def plain_name(word: str) -> str:
    """In plain text `delta` is \\delta and `yhat` is \\hat y."""
    if word in GREEK:
        return "\\" + word
    accented = _ACCENTED.fullmatch(word)
    if accented and (len(accented[1]) == 1 or accented[1] in GREEK):
        return accent("\\" + accented[2], plain_name(accented[1]))
    if word.startswith("d") and word[1:] in GREEK:
        return "d\\" + word[1:]
    return word


def accent(command: str, name: str) -> str:
    """The canonical name of an accented one: `\\hat y`, `\\hat\\delta`, `\\hat{net}`."""
    command = ACCENTS.get(command, command)
    if len(name) == 1:
        return f"{command} {name}"
    if re.fullmatch(r"\\[A-Za-z]+", name):
        return command + name
    return f"{command}{{{name}}}"
