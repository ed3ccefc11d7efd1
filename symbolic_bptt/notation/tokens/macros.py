r"""Expansion of macros, on tokens, as TeX does it, within bounds.

An argument is one token (of a number one digit, of a sign outside ASCII all that it means) or a
group in braces. All tokens of a call stand at the place of the whole call, its name with its
arguments, so that the places still tile the text. A call that cannot be expanded is left as it
stands, with a problem.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..limits import MAX_FORMULA_CHARACTERS, MAX_MACRO_DEPTH, MAX_MACRO_EXPANSIONS
from .calls import Calls, Inside, Item
from .definitions import macros_in, read_macros
from .lexer import Lexed
from .macro import Macro, Macros
from .remark import RefusedError, Remark
from .token import Token

__all__ = ["Macro", "Macros", "expand", "macros_in", "read_macros"]

NEUTRAL = {
    r"\ensuremath": Macro(r"\ensuremath", (1,), 1),
    r"\xspace": Macro(r"\xspace", ()),
    r"\relax": Macro(r"\relax", ()),
    r"\protect": Macro(r"\protect", ()),
}
"""Commands that stand in bodies of macros and mean nothing in mathematics."""


def expand(found: Sequence[Token], macros: Macros, position: int | None = None) -> Lexed:
    """The tokens with every call of a macro replaced by what it stands for, and the problems.

    position: where in the document the macros are asked for, if the tokens are of another text; by
        default where each call stands, and a definition among the tokens is a space.
    """
    expansion = _Expansion(found, macros, position)
    expansion.run()
    return Lexed(tuple(expansion.result), tuple(expansion.problems))


class _Expansion:
    """One run over the tokens of a formula."""

    def __init__(self, found: Sequence[Token], macros: Macros, position: int | None) -> None:
        self.calls = Calls(found)
        self.macros = macros
        self.definitions = dict(macros.places) if position is None else {}
        self.position = position
        self.result: list[Token] = []
        self.problems: list[Remark] = []
        self._count = 0
        self._characters = 0

    def run(self) -> None:
        """Expands everything."""
        calls = self.calls
        while calls.index < len(calls.source):
            token = calls.source[calls.index]
            if token.kind == "command":
                self._command(token)
            else:
                self.result.append(token)
                calls.index += 1

    def _command(self, token: Token) -> None:
        if token.start in self.definitions:
            self._definition(token.start, self.definitions[token.start])
        elif self._macro(token, token.start) is not None:
            self._call(token)
        else:
            self.result.append(token)
            self.calls.index += 1

    def _definition(self, start: int, end: int) -> None:
        calls = self.calls
        while calls.index < len(calls.source) and calls.source[calls.index].start < end:
            calls.index += 1
        self.result.append(Token("space", " ", start, calls.source[calls.index - 1].end))

    def _macro(self, token: Token, position: int) -> Macro | None:
        where = position if self.position is None else self.position
        return self.macros.at(token.value, where) or NEUTRAL.get(token.value)

    def _call(self, call: Token) -> None:
        calls = self.calls
        begin = calls.index
        calls.index += 1
        calls.left = [(call, ())]
        try:
            made = self._expanded(call.start)
        except RefusedError as refused:
            calls.left = []
            self._refuse(refused, begin)
            return
        end = calls.source[calls.index - 1].end
        placed = [Token(token.kind, token.value, call.start, end) for token in made]
        self.result += placed or [Token("space", " ", call.start, end)]

    def _refuse(self, refused: RefusedError, begin: int) -> None:
        """The call stays as it stands."""
        calls = self.calls
        start, end = calls.source[begin].start, calls.source[calls.index - 1].end
        self.problems.append(refused.remark(start, end))
        if refused.final:
            calls.index = len(calls.source)
        self.result += calls.source[begin : calls.index]

    def _expanded(self, position: int) -> list[Token]:
        """What is left of a call, until nothing is: TeX's loop."""
        made: list[Token] = []
        while self.calls.left:
            token, inside = self.calls.left.pop()
            macro = self._macro(token, position) if token.kind == "command" else None
            if macro is None or inside is None:
                self._spend(len(token.value))
                made.append(token)
                continue
            self._check(macro, inside)
            self.calls.push(self._replaced(macro, None if macro.final else (*inside, macro.name)))
        return made

    def _spend(self, characters: int) -> None:
        self._characters += characters
        if self._characters > MAX_FORMULA_CHARACTERS:
            message = f"the macros expand to more than {MAX_FORMULA_CHARACTERS} characters"
            raise RefusedError(message, "write the formula in several", final=True)

    def _check(self, macro: Macro, inside: tuple[str, ...]) -> None:
        self._count += 1
        if macro.name in inside:
            raise RefusedError(
                f"the macro {macro.name} is defined through itself",
                "give the new macro a name of its own",
            )
        if len(inside) >= MAX_MACRO_DEPTH:
            raise RefusedError(f"macros call macros more than {MAX_MACRO_DEPTH} deep")
        if self._count > MAX_MACRO_EXPANSIONS:
            message = f"more than {MAX_MACRO_EXPANSIONS} calls of macros in one formula"
            raise RefusedError(message, "write the formula in several", final=True)

    def _replaced(self, macro: Macro, inside: Inside) -> list[Item]:
        """The body with the arguments in it."""
        arguments = self._arguments(macro)
        items: list[Item] = []
        for part in macro.body:
            if isinstance(part, Token):
                items.append((part, inside))
            else:
                items += arguments[part - 1]
                if len(items) > MAX_FORMULA_CHARACTERS:
                    self._spend(len(items))
        return items

    def _arguments(self, macro: Macro) -> list[list[Item]]:
        calls, name = self.calls, macro.name
        arguments: list[list[Item]] = []
        if macro.paired:  # \norm*{x}, \norm[\big]{x}: only the height of the bars
            if not calls.took("*") and calls.took("["):
                calls.enclosed("]", name)
        elif macro.default is not None:
            default: list[Item] = [(token, ()) for token in macro.default]
            arguments.append(calls.enclosed("]", name) if calls.took("[") else default)
        while len(arguments) < macro.arguments:
            arguments.append(calls.argument(name))
        return arguments
