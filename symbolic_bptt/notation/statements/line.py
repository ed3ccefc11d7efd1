r"""One line: which of its fields are statements, which are clauses, which go on with the last."""

from __future__ import annotations

from collections.abc import Iterable

from ..surface.nodes import Group, Item, Number, Relation
from .asides import aside
from .chains import IMPLICATIONS, has_relation
from .clauses import INTRODUCED, clause, run_end
from .describing import claims_inside, is_remark, is_round, is_shape, is_value, of_shapes
from .drafts import Draft, finished
from .fields import Field, without_full_stop
from .gathered import Gathered
from .layout import opened, shell, spelt
from .letters import is_dots, script_letters
from .lists import sequence
from .prepare import prepared
from .shape_notes import is_shape_note
from .statement import Clause, ClauseAlone, Leftover, Read, Statement

_LIST = "a list: which part is meant? Write one relation for each"
_DECIMAL = "a decimal comma? Write 0.5, and 1000 without a comma"
_CONNECTING = frozenset(("and", "where", "link"))
_DECLARES = (["is"], ["are"], ["denotes"], ["denote"], ["represents"], ["ist"], ["est"], ["es"])
_LIMITING = frozenset(("otherwise", "from", "to", "or", "where", "all"))


class LineReader:
    """Reads one line from left to right, each field once.

    letters: what may be an index. above: the statement that a line beginning with a relation
    goes on from.
    """

    def __init__(self, letters: frozenset[str], above: Statement | None) -> None:
        self.letters = letters
        self.above = above
        self.line: list[Field] = []
        self.found = Gathered()

    def read(self, items: Iterable[Item]) -> Read:
        """What the line says."""
        kept, stop = without_full_stop(tuple(items))
        self.letters |= script_letters(kept)
        ready = prepared(kept, self.letters)
        self.line = ready.line
        self.found.drop(stop)
        self.found.harmless += ready.harmless
        self.found.remarks += ready.remarks
        if not self._is_alone():
            place = 0
            while place < len(self.line):
                place = self._step(place)
        return self.found.result()

    def _step(self, place: int) -> int:
        """Takes the field there, and what belongs to it; gives the next place."""
        field = self.line[place]
        if field.said.unknown:
            self._unknown(field)
        elif (end := self._declared(place)) > place or (end := self._clause(place)) > place:
            return end
        elif not field.items:
            self._words_alone(field)
        elif is_remark(field):
            self.found.drop(field.before)
            self.found.put("words", *field.items)
        elif is_dots(field.items) and field.strength == 3 and self.found.is_complete:
            self.found.drop(field.before)
            why = "what the dots stand for is not read"
            self.found.leftovers.append(Leftover(why, parts=field.items))
        elif field.is_rest:
            self._go_on(field)
        elif field.has_relation:
            self._relation(field)
        else:
            self._expression(field, self.line[place + 1].words if self.line[place + 1 :] else ())
        return place + 1

    # Clauses

    def _is_alone(self) -> bool:
        """Whether the whole line is a clause: `t = 3`, `(t = 1, \\dots, T)`.

        `m = 2 for T = 2` is a statement with a clause.
        """
        if self._is_limited() or not self.line:
            return False
        apart = [self.line]
        if all(map(is_value, self.line)) or all(map(is_shape, self.line)):
            apart = [[field] for field in self.line]
        for run in apart:
            found = of_shapes(run) or clause(run, self.letters)
            if isinstance(found, str):
                self.found.alone.clear()
                return False
            body = run[0].items
            if found.shapes and len(run) > 1:
                body = tuple(item for field in run for item in field.items)
            claims = (len(run) == 1 and not run[0].words) or bool(found.shapes)
            claims = claims and has_relation(body) and not is_shape_note(body)
            read = finished(Draft(list(body)))[0] if claims else []
            self.found.alone.append(
                ClauseAlone(found, read[0] if read else None, parts=found.parts)
            )
        return True

    def _is_limited(self) -> bool:
        """Whether the first field is a relation that a later word limits."""
        if not self.line or self.line[0].said.roles or not has_relation(self.line[0].items):
            return False
        return any(field.said.roles & INTRODUCED for field in self.line[1:])

    def _clause(self, place: int) -> int:
        """Takes all ranges that begin there as one clause; the same place if there is none."""
        if place == 0 and self._is_limited():
            return place
        introduced = bool(self.line[place].said.roles & INTRODUCED)
        found: list[Clause] = []
        end = place
        while end < len(self.line) and self._may_begin(end, introduced or end > place):
            stop = run_end(self.line, end, self.letters)
            one = self._one_range(self.line[end:stop])
            if isinstance(one, str):
                if introduced and end == place:
                    self._misread(one, self.line[place:stop])
                    return stop
                break
            found.append(one)
            end = stop
        if found:
            self._limit(found, end)
        return end

    def _one_range(self, run: list[Field]) -> Clause | str:
        plain = not any(field.has_relation or field.said.roles or is_round(field) for field in run)
        return "nothing is said" if plain else clause(run, self.letters)

    def _may_begin(self, place: int, begun: bool) -> bool:
        field = self.line[place]
        if field.said.unknown or not (field.items or field.said.letters):
            return False
        if begun or field.said.roles & INTRODUCED:
            return True
        behind = self.found.is_complete or bool(self.found.nested)
        return behind or (not self.found.drafts and place + 1 < len(self.line))

    def _misread(self, why: str, run: list[Field]) -> None:
        """Words that begin a clause, and no clause behind them."""
        words = " ".join(word for field in run for word in field.words)
        parts = [part for field in run for part in field.parts]
        self.found.draft().spoil(f"‘{words or '∀'}’: {why}", parts)

    def _limit(self, found: list[Clause], end: int) -> None:
        """A clause is of the statements before it, or else of those behind it.

        Before any statement, and parted from what follows by a comma, it is one of its own.
        """
        if self.found.drafts or self.found.nested:
            self.found.limit(found)
            return
        behind = self.line[end] if end < len(self.line) else None
        introduced = any(one.words or one.universal for one in found)
        alone = behind is None or (behind.mark == "," and not introduced)
        self.found.precede(found, alone=alone)

    # Statements

    def _relation(self, field: Field) -> None:
        """`a = b`: a statement of its own, unless something open stands before it."""
        self.found.drop(field.before)
        last = self.found.last
        apart = field.strength > 1 or bool(field.words)
        if last is None or (last.complete and apart):
            self._begin(field)
        elif not last.claims and ("and" in field.said.roles or field.strength == 3):
            last.spoil(_list(last.items, field), last.items)
            last.items = list(field.items)
        elif field.said.roles & _CONNECTING:
            self._begin(field)
        else:
            if not last.claims and field.strength == 2 and last.items:
                shown = spelt(sequence(last.items))
                last.remarks.append(f"the gap behind ‘{shown}’ is read as a space")
            last.items += field.items

    def _begin(self, field: Field) -> None:
        supports = self.found.last is not None and "where" in field.said.roles
        self.found.begin(supports=supports).items += field.items

    def _go_on(self, field: Field) -> None:
        """`= c`: the rest of the statement before it, in this display or in the one above."""
        self.found.drop(field.before)
        sign = field.items[0]
        implied = isinstance(sign, Relation) and sign.sign in IMPLICATIONS
        if implied and has_relation(field.items[1:]) and not self.found.is_open:
            self.found.put("words", sign)
            self.found.begin().items += field.items[1:]
            return
        draft = self.found.draft()
        if not draft.items and self.above is not None:
            draft.lead = self.above.operands[-1].items
        draft.items += field.items

    def _expression(self, field: Field, behind: tuple[str, ...]) -> None:
        """Something without a relation: a further factor behind a gap, a list behind a comma."""
        if self._is_bracketed(field):
            return
        last = self.found.last
        if field.said.roles - {"noun", "link"} and last is not None:
            words = " … ".join((*field.words, *behind))
            last.spoil(f"‘{words}’ is no relation and no range", field.parts)
            return
        self.found.drop(field.before)
        if last is None or field.strength < 3 or not last.items:
            self.found.draft().items += field.items
        elif last.claims:
            last.spoil(_list(last.items, field), field.items)
        else:
            last.spoil(_list(last.items, field), last.items)
            last.items = list(field.items)

    def _is_bracketed(self, field: Field) -> bool:
        """`( a = b )`: a statement with clauses of its own in brackets that mean nothing."""
        if self.found.is_open or not claims_inside(field.items):
            return False
        group = field.items[0]
        assert isinstance(group, Group)
        inside = opened(group.body.items)
        self.found.drop(field.before)
        self.found.harmless += (shell(group, *group.body.items), *inside.harmless)
        self.found.nest(LineReader(self.letters, None).read(inside.items))
        return True

    # Words

    def _unknown(self, field: Field) -> None:
        """Words of no table: nothing beside them is judged, if they might limit it."""
        words = " ".join(field.words)
        if aside(words) != "limiting" and self._aside(field, words):
            return
        why = f"the words ‘{' '.join(field.words)}’ are not understood"
        last = self.found.last
        if last is not None and field.is_rest:
            last.spoil(why, field.before)
            last.items += field.items
            return
        if last is not None and not field.has_relation:
            last.spoil(why, field.parts)
            return
        if last is not None:
            last.spoil(why)
        new = self.found.begin()
        new.items += field.items
        new.spoil(why, field.before)

    def _aside(self, field: Field, words: str) -> bool:
        """Takes words that limit nothing, before or behind a whole statement, as a remark."""
        last = self.found.last
        if last is not None and not last.complete:
            return False
        if field.has_relation and not field.is_rest:
            self.found.drop(field.before)
            new = self.found.begin()
            new.items += field.items
            new.remark(words)
        elif last is not None and (field.is_rest or not field.items):
            self.found.drop(field.before)
            last.items += field.items
            last.remark(words)
        else:
            return False
        return True

    def _declared(self, place: int) -> int:
        r"""Takes `\text{where } \sigma \text{ is the sigmoid function}`, which is not checked."""
        field, last = self.line[place], self.found.last
        behind = self.line[place + 1] if place + 1 < len(self.line) else Field()
        begins = "where" in field.said.roles and field.said.roles <= _CONNECTING | {"noun"}
        if last is None or not last.complete or not begins or field.has_relation:
            return place
        words = " ".join(behind.words)
        if not field.items or behind.items or words.split(maxsplit=1)[:1] not in _DECLARES:
            return place
        if aside(words) == "limiting":
            return place
        self.found.drop((*field.before, *behind.before))
        self.found.put("words", *field.items)
        last.remark(words)
        return place + 2

    def _words_alone(self, field: Field) -> None:
        """Words and separators with nothing behind them."""
        if not field.said.roles & _LIMITING and not field.said.letters:
            self.found.drop(field.before)
        else:
            words = " ".join(field.words)
            self.found.draft().spoil(f"‘{words}’ is followed by nothing", field.before)


def _list(before: list[Item], field: Field) -> str:
    """Why a comma parts nothing: it is a decimal comma, or a list."""
    if not before or not isinstance(before[-1], Number) or field.mark != ",":
        return _LIST
    gap = field.items[0].start - before[-1].end
    digits = isinstance(field.items[0], Number) and before[-1].text.isdigit()
    return _DECIMAL if digits and gap in (len(","), len("{,}")) else _LIST
