r"""Scripts: `x_i^2`, `x_{t-1}`, `x''`, `x^{(t)}`, `x|_{t=0}`, and bases for those without one."""

from __future__ import annotations

from dataclasses import replace

from ..tokens.token import Token
from .commands import LIMITS
from .nodes import (
    Big,
    Group,
    Ignored,
    Item,
    Name,
    Operator,
    Part,
    Relation,
    Script,
    Scripted,
    ScriptPlace,
    Separator,
    Sequence,
    Words,
    meaningful,
)
from .reader import SCRIPT_SIGNS, Handler, Reader
from .spelling import upright_name

_BLANK = ("space", "comment")
_WITHOUT_SCRIPTS = (Token, Separator, Ignored, Words)
_SAYING = (Words, Relation, Operator, Big)
_WRAPPERS = {"(": ")", "[": "]", r"\langle": r"\rangle", r"\{": r"\}"}


def attach(reader: Reader, parts: list[Part]) -> None:
    """The scripts behind the last part, if there are any and it can have them."""
    base = parts[-1] if parts else None
    if base is None or isinstance(base, _WITHOUT_SCRIPTS) or _next_script(reader) < 0:
        return
    parts.pop()
    own: list[Part] = [base]
    scripts = _scripts(reader, own, _held(base))
    if isinstance(base, Relation):
        parts.append(_labelled(base, scripts, own))
    else:
        parts.append(Scripted(base, scripts, parts=tuple(own)))


def _held(base: Item) -> bool:
    """Whether a script below says where something is taken: of `\\left. … \\right|`."""
    return isinstance(base, Group) and base.opening == "." and base.closing == "|"


def _labelled(base: Relation, scripts: tuple[Script, ...], own: list[Part]) -> Relation:
    return replace(base, label=base.label or scripts[0].body, parts=tuple(own))


def _next_script(reader: Reader) -> int:
    """The place of the script sign that comes next, over blanks and thin spaces; -1 if none."""
    place, values = reader.pos, reader.values
    while values[place] == " " or values[place] in LIMITS:
        place += 1
    return place if place < reader.end and values[place] in SCRIPT_SIGNS else -1


def _scripts(reader: Reader, own: list[Part], held: bool = False) -> tuple[Script, ...]:
    found: list[Script] = []
    place = _next_script(reader)
    while place >= 0:
        _skip_to(reader, own, place)
        at = reader.tokens[place]
        script = _primes(reader) if at.value == "'" else _script(reader, held)
        again = script.place in "_^" and any(other.place == script.place for other in found)
        if again and _is_sign(reader, at):
            _report_double(reader, at, script.place)
        found.append(script)
        own.append(script)
        place = _next_script(reader)
    return tuple(found)


def _is_sign(reader: Reader, at: Token) -> bool:
    """Whether a sign begins the script, and not a letter that is one by itself: ᵀ of y^{(t)}ᵀ."""
    return reader.source.text[at.start : at.end] == at.value


def _report_double(reader: Reader, at: Token, place: str) -> None:
    kind = "subscripts" if place == "_" else "superscripts"
    hint = f"write one, x{place}{{i,j}}, or braces around what the second belongs to"
    reader.report(at, f"two {kind} in a row", hint)


def _skip_to(reader: Reader, own: list[Part], place: int) -> None:
    while reader.pos < place:
        token = reader.tokens[reader.pos]
        reader.pos += 1
        own.append(token if token.kind in _BLANK else Ignored(token.value, parts=(token,)))


def _primes(reader: Reader) -> Script:
    own: list[Part] = []
    while reader.pos < reader.end and reader.values[reader.pos] == "'":
        reader.take(own)
    return Script("'", Sequence(), primes=len(own), parts=tuple(own))


def _script(reader: Reader, held: bool) -> Script:
    own: list[Part] = []
    sign = reader.take(own)
    place: ScriptPlace = "^" if sign.value == "^" else "|" if held else "_"
    reader.blanks(own)
    if reader.pos < reader.end and reader.values[reader.pos] == "'":
        return _primes_behind(reader, own)
    if place == "^" and _is_braced_prime(reader):
        return _braced_primes(reader, own)
    body = _body(reader, own, sign)
    if len(body.items) == 1 and isinstance(body.items[0], Name) and body.items[0].text != r"\prime":
        return Script(place, body, parts=tuple(own))
    items = meaningful(body)
    if place == "^" and items and all(_is_prime(item) for item in items):
        return Script("'", Sequence(), primes=len(items), parts=tuple(own))
    return _wrapped(place, _as_names(reader, body), items, tuple(own))


def _primes_behind(reader: Reader, own: list[Part]) -> Script:
    primes = _primes(reader)
    return replace(primes, parts=(*own, *primes.parts))


def _is_braced_prime(reader: Reader) -> bool:
    """Whether nothing but primes stands in the braces here, `{'}`."""
    close = reader.partner.get(reader.pos, reader.pos)
    inside = reader.values[reader.pos + 1 : close]
    return reader.values[reader.pos] == "{" and "'" in inside and set(inside) <= {"'", " "}


def _braced_primes(reader: Reader, own: list[Part]) -> Script:
    close, first = reader.partner[reader.pos], reader.pos
    while reader.pos <= close:
        reader.take(own)
    primes = reader.values[first:close].count("'")
    return Script("'", Sequence(), primes=primes, parts=tuple(own))


def _is_prime(item: Item) -> bool:
    return isinstance(item, Name) and item.text == r"\prime"


def _body(reader: Reader, own: list[Part], sign: Token) -> Sequence:
    body = reader.argument(own, "a script", sign)
    minus = body.items[0] if len(body.items) == 1 else None
    if not isinstance(minus, Operator) or minus.sign != "-" or reader.values[reader.pos - 1] == "}":
        return body
    token = reader.tokens[reader.pos] if reader.pos < reader.end else None
    if token is None or token.kind in _BLANK:
        return body
    if token.kind == "number":
        own.pop()
        both: list[Part] = [*body.parts]
        reader.atom(both)
        body = Sequence((minus, *_items(both[1:])), parts=tuple(both))
        own.append(body)
    elif token.kind in ("letter", "word"):
        hint = f"write {sign.value}{{-{token.value}}}, or a space behind the minus"
        reader.report(token, "it is not clear how far this script reaches", hint)
    return body


def _items(parts: list[Part]) -> tuple[Item, ...]:
    return tuple(part for part in parts if not isinstance(part, Token))


def _wrapped(
    place: ScriptPlace, body: Sequence, items: tuple[Item, ...], parts: tuple[Part, ...]
) -> Script:
    if len(items) == 1 and isinstance(group := items[0], Group):
        if _WRAPPERS.get(group.opening) == group.closing:
            return Script(place, group.body, group.opening, parts=parts)
    elif len(items) > 2 and _is_relation(items[0], "<") and _is_relation(items[-1], ">"):
        inner = Sequence(items[1:-1], parts=tuple(items[1:-1]))
        return Script(place, inner, r"\langle", parts=parts)
    return Script(place, body, parts=parts)


def _is_relation(item: Item, sign: str) -> bool:
    return isinstance(item, Relation) and item.sign == sign


def _as_names(reader: Reader, body: Sequence) -> Sequence:
    r"""A word alone in a script is a name, whatever it says: `W_{\text{in}}`, `W_in`, `b_{sum}`."""
    if not any(isinstance(item, _SAYING) for item in body.items):
        return body
    items = list(body.items)
    for place, item in enumerate(items):
        around = (*items[max(0, place - 1) : place], *items[place + 1 : place + 2])
        if isinstance(item, _SAYING) and all(isinstance(other, Separator) for other in around):
            items[place] = _name(reader, item) or item
    return Sequence(tuple(items), parts=body.parts)


def _name(reader: Reader, item: Item) -> Name | None:
    """The name that a word alone is: words in LaTeX, or a word of plain text with a meaning."""
    if isinstance(item, Words):
        return upright_name(item)
    word = reader.source.text[item.start : item.end]
    if not word.isascii() or not word.isalpha() or len(word) < 2:
        return None
    return Name(rf"\mathrm{{{word}}}", parts=item.parts)


def without_base(reader: Reader, parts: list[Part]) -> None:
    """A script that nothing stands before: its base is empty, which is told."""
    token = reader.tokens[reader.pos]
    hint = "write {}_t for a script in front" if token.value != "'" else "delete it"
    reader.report(token, f"{token.value} stands behind nothing", hint)
    base = Sequence()
    own: list[Part] = [base]
    scripts = _scripts(reader, own)
    parts.append(Scripted(base, scripts, parts=tuple(own)))


HANDLERS: dict[str, Handler] = dict.fromkeys(SCRIPT_SIGNS, without_base)
