r"""Running text: a condition in a formula of its own limits the formulas beside it.

`$a = b$ for $t = T$`, `For $k \le t$ we have $a = b$`, `当 $t = T$ 时, $a = b$`. Behind a formula,
in the same sentence, it is of that formula; at the beginning of a sentence it is of those behind
it. What is said of T alone before a formula stands until the next heading; it is read elsewhere.
A condition that speaks of values, `if $z > 0$`, is not understood: what it limits is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from .display import Display
from .statements.asides import step_in, without_step
from .statements.gathered import together
from .statements.layout import spelt
from .statements.letters import letters_of
from .statements.statement import Clause, Statement
from .statements.words import said

_MARKUP = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[{}\[\]()*_~|&$]|</?[A-Za-z][^<>\n]{0,100}>|&nbsp;")
_SHORT = re.compile(
    r"\b(?:i\.\s?e|e\.\s?g|w\.\s?r\.\s?t|s\.\s?t|d\.\s?h|z\.\s?B|resp|bzw|cf|vgl|p\.\s?ex|a\.\s?k\.\s?a)\."
)
_STOP = re.compile(
    r"[.!?;](?=[\s*_)]|\Z)|[。！？；]"
    r"|\n[ \t>]*(?:[-*+]|\d{1,3}[.)]|#+)[ \t]|\|[ \t]*\n|\\\\"
    r"|\\(?:item|par|section|subsection)(?![A-Za-z])|</?(?:li|p|tr|h\d)(?=[\s>])"
)
"""What ends a sentence: a full stop, an item of a list, a row of a table, a heading."""

_BLANK_LINE = re.compile(r"\n[ \t\r>]*\n")
_COLON = re.compile(r"[:：]")
_BETWEEN = re.compile(r"[\s,，、(（|&\[–—]*")
"""What parts a formula from its condition where no word does."""

_BEGINNING = frozenset(("for", "if", "all", "where"))
_ALLOWED = _BEGINNING | {"noun", "link", "and", "from", "to"}
_MAX_WORDS = 6
_WINDOW = 400
"""Characters of running text before a formula that are looked at."""

_NOT_READ = "its condition in the text, ‘{}’, is not understood"
_SEVERAL = "its conditions in the text are not understood together"
_HYPOTHESIS = "a condition, which claims nothing by itself"


@dataclass
class _Sentence:
    """What the sentence has said so far.

    target: the place of its last display with a statement. pending: conditions for what follows.
    took: where the last formula went, if it was a condition.
    """

    target: int | None = None
    pending: list[Clause] = field(default_factory=list)
    why: str = ""
    """Why what follows is not to be judged."""
    took: Literal["", "behind", "ahead"] = ""


def limited(displays: list[Display]) -> list[Display]:
    """The displays of one text, each statement under the conditions that the text sets it."""
    found = list(displays)
    sentence = _Sentence()
    for place, display in enumerate(displays):
        before = displays[place - 1] if place else None
        gap = _gap(before, display)
        if _ends(gap, before, display):
            sentence = _Sentence()
        words = _leading(gap, displays, place)
        clause = _condition(display)
        if clause is not None:
            if sentence.took and _joins(gap):
                _join(found, clause, gap, sentence)
            else:
                _limit(found, place, clause, words, gap, sentence)
            continue
        sentence.took = ""
        if display.read.statements:
            _claim(found, place, words, gap, sentence)
        elif "all" in words:
            sentence.pending = []
    return found


def _limit(
    found: list[Display],
    place: int,
    clause: Clause,
    words: frozenset[str],
    gap: str,
    sentence: _Sentence,
) -> None:
    """A condition in a formula of its own: of what stands before it, or of what follows."""
    introduced = bool(words & _BEGINNING)
    target, sentence.took = sentence.target, ""
    beside = target is not None and (introduced or _BETWEEN.fullmatch(gap) is not None)
    ahead = "and" in words and introduced and _claims_next(found, place)
    if target is not None and beside and not ahead and _fits(found[target], clause):
        found[target] = _under(found[target], clause)
        sentence.took = "behind"
    elif (introduced or _heads(found, place)) and _letters((clause,)) != {"T"}:
        sentence.pending = [*sentence.pending, clause] if target is None else [clause]
        sentence.took = "ahead"


def _join(found: list[Display], clause: Clause, gap: str, sentence: _Sentence) -> None:
    """A condition beside another, `for $t = T$ and $k < t$`; of one letter they are not read."""
    target = sentence.target if sentence.took == "behind" else None
    either = "or" in said(_MARKUP.sub(" ", gap)).roles
    if target is not None:
        fits = not either and _fits(found[target], clause)
        one = _under(found[target], clause) if fits else _unread(found[target], _SEVERAL)
        found[target] = one
    elif either or _letters(sentence.pending) & _letters((clause,)):
        sentence.why = _SEVERAL
    else:
        sentence.pending.append(clause)


def _joins(gap: str) -> bool:
    """Whether nothing but a comma, `and` or `or` stands between two conditions."""
    found = said(_MARKUP.sub(" ", gap))
    return not found.unknown and not found.letters and found.roles <= {"and", "or"}


def _claim(
    found: list[Display], place: int, words: frozenset[str], gap: str, sentence: _Sentence
) -> None:
    """A display that claims something, under what stands before it; or a condition on values."""
    display = found[place]
    hypothesis = _is_hypothesis(display, words)
    target = sentence.target
    if hypothesis and (target is not None or _claims_next(found, place)):
        why = _NOT_READ.format(spelt(display.tree))
        if target is not None:
            found[target] = _unread(found[target], why)
        else:
            sentence.why = why
        found[place] = _unread(display, _HYPOTHESIS)
        return
    for clause in sentence.pending:
        found[place] = _under(found[place], clause, whole=True)
    before = _MARKUP.sub(" ", gap[max((0, *_stops(gap))) :])
    if doubt := step_in(before):
        found[place] = _doubted(found[place], doubt)
    if sentence.why:
        found[place] = _unread(found[place], sentence.why)
    sentence.target = place


# Displays


def _condition(display: Display) -> Clause | None:
    """The condition that a formula is, if it is nothing else."""
    read = display.read
    if read.statements or read.leftovers or not read.clauses_alone:
        return None
    found = together([alone.clause for alone in read.clauses_alone])
    plain = isinstance(found, Clause) and not found.shapes
    return found if isinstance(found, Clause) and plain else None


def _letters(clauses: Iterable[Clause]) -> frozenset[str]:
    """The letters that some conditions are about."""
    bounds = (one.letter for clause in clauses for one in clause.bounds)
    sides = (
        side for clause in clauses for one in clause.conditions for side in (one.left, one.right)
    )
    return letters_of((*bounds, *sides))


def _is_hypothesis(display: Display, words: frozenset[str]) -> bool:
    """Whether a formula behind `if` or `for` is a condition on values: an inequality."""
    signs = {one.sign for claim in display.read.statements for one in claim.relations}
    return bool(words & {"for", "if"}) and bool(signs) and signs <= _INEQUALITIES


_INEQUALITIES = frozenset(("<", ">", r"\le", r"\ge", r"\ne", r"\ll", r"\gg"))


def _fits(display: Display, clause: Clause) -> bool:
    """Whether the statement has no range of its own for the same letters."""
    letters = _letters((clause,))
    last = display.read.statements[-1]
    own = _letters(last.clauses)
    return not letters & own


def _under(display: Display, clause: Clause, *, whole: bool = False) -> Display:
    """The display with its last statement under a condition, and those before with its letters."""
    *others, last = display.read.statements
    letters = _letters((clause,))
    made: list[Statement] = []
    for one in (*others, last):
        concerned = whole or one is last or bool(letters & letters_of(one.operands))
        own = _letters(one.clauses)
        free = concerned and not letters & own
        made.append(replace(one, clauses=(*one.clauses, clause)) if free else one)
    return replace(display, read=replace(display.read, statements=tuple(made)))


def _unread(display: Display, why: str) -> Display:
    made = tuple(replace(one, unread=one.unread or why) for one in display.read.statements)
    return replace(display, read=replace(display.read, statements=made))


def _doubted(display: Display, doubt: str) -> Display:
    """The display behind words that speak of one step: nothing refutes it."""
    made = tuple(
        one if one.clauses else replace(one, doubt=one.doubt or doubt)
        for one in display.read.statements
    )
    return replace(display, read=replace(display.read, statements=made))


def _claims_next(displays: list[Display], place: int) -> bool:
    """Whether the next formula of the sentence claims something."""
    for number in range(place + 1, min(place + 4, len(displays))):
        before, display = displays[number - 1], displays[number]
        if _ends(_gap(before, display), before, display):
            return False
        if display.read.statements:
            return True
    return False


def _heads(displays: list[Display], place: int) -> bool:
    """Whether a colon or a cell's end follows a condition that begins a sentence."""
    if place + 1 >= len(displays):
        return False
    gap = _gap(displays[place], displays[place + 1])
    return re.match(r"[*_)]*[ \t]*[:：|]", gap) is not None


# Running text


def _gap(before: Display | None, display: Display) -> str:
    """The text between two displays, its end if it is long; a stop before it is kept."""
    if before is None or before.source is not display.source:
        start, same = 0, False
    else:
        start, same = before.region.end, True
    text = display.source.text[max(start, display.region.start - _WINDOW) : display.region.start]
    is_cut = not same or display.region.start - start > _WINDOW
    return f". {text}" if is_cut else text


def _ends(gap: str, before: Display | None, display: Display) -> bool:
    """Whether a sentence ends between two displays."""
    if before is None or before.source is not display.source:
        return True
    if _STOP.search(_SHORT.sub(" ", gap)):
        return True
    is_set_off = before.region.kind == "display"
    inner = before.source.text[before.region.inner_start : before.region.inner_end].rstrip()
    if is_set_off and inner.endswith((".", "。")):
        return True
    blanks = list(_BLANK_LINE.finditer(gap))
    behind = gap[blanks[-1].end() :].strip() if blanks else gap.strip()
    shown = _MARKUP.sub(" ", behind).strip()
    if not blanks:
        return shown[:1].isupper() and is_set_off
    if is_set_off or display.region.kind == "display":
        return bool(shown) and not shown[0].islower()
    return True


def _leading(gap: str, displays: list[Display], place: int) -> frozenset[str]:
    """What the words directly before a formula do, and in Chinese and its like those behind it."""
    stops = _stops(gap)
    colons = [match.end() for match in _COLON.finditer(gap)]
    words = _MARKUP.sub(" ", gap[max((0, *stops, *colons)) :])
    found = _last_words(words)
    following = displays[place + 1] if place + 1 < len(displays) else None
    return found | _first_words(displays[place], following) | _own_words(displays[place])


def _stops(gap: str) -> list[int]:
    """Where the sentences of a stretch end."""
    return [match.end() for match in _STOP.finditer(_SHORT.sub(_blanked, gap))]


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _last_words(text: str) -> frozenset[str]:
    """The roles of the known words that a text ends with; none, if none of them begins a clause."""
    words = without_step(text).split()
    found: frozenset[str] = frozenset()
    for number in range(1, min(_MAX_WORDS, len(words)) + 1):
        what = said(" ".join(words[-number:]))
        if what.unknown or what.roles - _ALLOWED:
            break
        found = frozenset(what.roles)
    if not found and words and not words[-1].isascii():
        found = _of_wide(words[-1][-_MAX_WORDS:])
    return found if found & _BEGINNING else frozenset()


def _of_wide(text: str) -> frozenset[str]:
    """The same for a script without blanks: the longest end that is known."""
    for start in range(len(text)):
        what = said(text[start:])
        if ord(text[start]) > 0x2000 and not what.unknown and what.roles & _BEGINNING:
            return frozenset(what.roles)
    return frozenset()


def _first_words(display: Display, following: Display | None) -> frozenset[str]:
    """The roles of the words that follow a formula in a script without blanks: `$t = T$ のとき`."""
    start = display.region.end
    end = following.region.start if following and following.source is display.source else None
    text = display.source.text[start : min(end or start + _WINDOW, start + _MAX_WORDS)].lstrip()
    if not text or ord(text[0]) <= 0x2000:
        return frozenset()
    for stop in range(len(text), 0, -1):
        what = said(text[:stop])
        if not what.unknown and what.roles & _BEGINNING:
            return frozenset(what.roles)
    return frozenset()


def _own_words(display: Display) -> frozenset[str]:
    """The roles of the words inside a condition: `$\\text{for } t = T$`."""
    words: Iterable[str] = (word for one in display.read.clauses_alone for word in one.clause.words)
    return frozenset(said(" ".join(words)).roles & _BEGINNING)
