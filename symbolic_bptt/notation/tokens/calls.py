"""What a call of a macro reads behind its name: what is left of its expansion, then the source."""

from __future__ import annotations

from collections.abc import Sequence

from ..limits import MAX_FORMULA_CHARACTERS
from .digits import split
from .remark import RefusedError
from .token import Token

Inside = tuple[str, ...] | None
"""The macros whose bodies a token came through; None if it is not to be expanded again."""

Item = tuple[Token, Inside]

_MAX_WORK = 10 * MAX_FORMULA_CHARACTERS
"""Tokens moved while one formula is expanded."""


class Calls:
    """A source, read up to `index`, and before the rest of it what is `left` of a call."""

    def __init__(self, source: Sequence[Token]) -> None:
        self.source = list(source)
        self.index = 0
        self.left: list[Item] = []
        self._work = 0

    def push(self, items: Sequence[Item]) -> None:
        """Puts tokens before everything else."""
        self._spend(len(items))
        self.left.extend(reversed(items))

    def take(self) -> Item | None:
        """The next token."""
        self._spend(1)
        if self.left:
            return self.left.pop()
        if self.index >= len(self.source):
            return None
        self.index += 1
        return self.source[self.index - 1], ()

    def took(self, value: str) -> bool:
        """Whether the next token that is not blank is this sign; it is stepped over then."""
        blanks: list[Item] = []
        begin = self.index
        item = self.take()
        while item is not None and item[0].is_blank:
            blanks.append(item)
            item = self.take()
        if item is not None and item[0].kind == "sign" and item[0].value == value:
            return True
        self._put_back([*blanks, *([] if item is None else [item])], begin)
        return False

    def _put_back(self, seen: list[Item], begin: int) -> None:
        """Undoes what was read: the source is wound back, what was left before it is so again."""
        kept = len(seen) - (self.index - begin)
        self.index = begin
        self.left.extend(reversed(seen[:kept]))

    def argument(self, name: str) -> list[Item]:
        """One token, or what stands in the braces; of a number one digit."""
        in_source = not self.left
        item = self.take()
        while item is not None and item[0].is_blank:
            in_source = not self.left
            item = self.take()
        if item is None or (item[0].kind == "sign" and item[0].value == "}"):
            raise RefusedError(f"an argument of {name} is missing", "write it in braces, {…}")
        token, inside = item
        if in_source and self._shares_place():
            return self._whole_place(item)
        if token.kind == "sign" and token.value == "{":
            return self.enclosed("}", name)
        if token.kind == "number":
            return [(self._one_digit(token, inside, in_source), inside)]
        return [item]

    def enclosed(self, closing: str, name: str) -> list[Item]:
        """What stands up to a closing sign outside all braces; the sign is stepped over."""
        depth, content = 0, list[Item]()
        while (item := self.take()) is not None:
            token = item[0]
            if token.kind == "sign":
                if depth == 0 and token.value == closing:
                    return content
                depth += (token.value == "{") - (token.value == "}")
                if depth < 0:
                    break
            content.append(item)
        raise RefusedError(f"an argument of {name} is never closed", f"close it with {closing}")

    def _one_digit(self, number: Token, inside: Inside, in_source: bool) -> Token:
        head, rest = split(number)
        if rest is None:
            return number
        if not in_source:
            self.left.append((rest, inside))
        elif head.end < number.end:
            self.source[self.index - 1 : self.index] = [head, rest]
        else:  # its digits have no places of their own
            return number
        return head

    def _shares_place(self) -> bool:
        """Whether the token just read and the next one stand for one sign of the source."""
        if not 0 < self.index < len(self.source):
            return False
        token, following = self.source[self.index - 1], self.source[self.index]
        return (token.start, token.end) == (following.start, following.end)

    def _whole_place(self, item: Item) -> list[Item]:
        """All tokens of one sign of the source, and on to where its braces are closed."""
        content, depth = [item], _brace(item[0])
        while self.index < len(self.source) and (self._shares_place() or depth > 0):
            following = self.take()
            assert following is not None
            content.append(following)
            depth += _brace(following[0])
        return content

    def _spend(self, amount: int) -> None:
        self._work += amount
        if self._work > _MAX_WORK:
            raise RefusedError("the macros of this formula take too long to expand", final=True)


def _brace(token: Token) -> int:
    return (token.value == "{") - (token.value == "}") if token.kind == "sign" else 0
