"""A name with its scripts as a symbol: a declared name wins, then indices, then entries."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ..limits import MAX_SCRIPT_ITEMS
from ..tree import Constant, Entry, Expr, KroneckerDelta, Layout, Symbol, Transpose
from ..vocabulary import NameRecord
from .atoms import Atom, Script
from .scope import Scope
from .scripts import Item, Raised, is_index, items, raised


@dataclass
class Scripts:
    """The scripts of one name, sorted by what they say."""

    subs: list[Item] = field(default_factory=list)
    sups: list[Raised] = field(default_factory=list)
    primes: int = 0
    mark: str = ""
    transposed_first: bool = False


@dataclass(frozen=True)
class Reading:
    """One way of dividing the scripts: those in the name, and those that are left."""

    name: str
    subs: tuple[Item, ...]
    sups: tuple[Raised, ...]
    primes: int


def sorted_scripts(atom: Atom, scope: Scope, split: bool = True) -> Scripts:
    """All scripts of an atom except evaluation bars."""
    found = Scripts()
    for script in atom.scripts:
        match script.kind:
            case "_":
                found.subs += _with_variables(items(script, scope, atom.name, split), atom, scope)
                if len(found.subs) > MAX_SCRIPT_ITEMS:
                    message = f"more than {MAX_SCRIPT_ITEMS} items below one name"
                    raise scope.limit(message, script.part)
                found.transposed_first |= any(item.role == "transpose" for item in found.sups)
            case "^" | "**":
                for one in raised(script, scope):
                    if one.role == "prime":
                        found.primes += 1
                    else:
                        found.sups.append(one)
            case "'":
                found.primes += len(str(script.content))
            case "*":
                found.mark = str(script.content).lstrip("^{ ").rstrip("} ")
    return found


def _with_variables(subs: list[Item], atom: Atom, scope: Scope) -> list[Item]:
    """δ_{v,2} of a model with a variable v_t: the letter of a variable is no index by itself."""
    record = scope.vocabulary.names.get(atom.name or "")
    if len(subs) != 2 or not (record is None or record.only_stepped):
        return subs
    letter, number = subs
    variable = scope.vocabulary.names.get(letter.text)
    if variable is None or not variable.timed or letter.text in scope.bound:
        return subs
    if not number.text.isdigit():
        return subs
    return [replace(letter, index=False), replace(number, timed=True)]


def full_name(base: str, primes: int, subs: tuple[Item, ...], sups: tuple[Raised, ...]) -> str:
    """The canonical name with these scripts in it: `W'_{hh}`, `\\Gamma_f`, `a^{[1]}`."""
    sub = ",".join(item.text for item in subs)
    sup = "".join(item.text for item in sups)
    return base + "'" * primes + raise_script("_", sub) + raise_script("^", sup)


def raise_script(mark: str, script: str) -> str:
    """`_f`, `_{hh}`, `_\\tau`: braces only around more than one sign."""
    if not script:
        return ""
    single = len(script) == 1 or (script[0] == "\\" and script[1:].isalpha())
    return mark + (script if single else f"{{{script}}}")


def declared_reading(base: str, scripts: Scripts, scope: Scope) -> Reading | None:
    """The reading with the longest declared name, if there is one with any script in it."""
    names = scope.vocabulary.names
    nameable = [sup for sup in scripts.sups if sup.role != "transpose"]
    stepped = sum(sup.role == "index" for sup in nameable)
    without: tuple[tuple[Raised, ...], ...] = ((),) if stepped < 2 else ()
    for in_sup in (*without, *((sup,) for sup in nameable))[::-1]:
        for primes in dict.fromkeys((scripts.primes, 0)):
            for subs in _sub_choices(scripts.subs):
                name = full_name(base, primes, subs, in_sup)
                rest = tuple(item for item in scripts.subs if item not in subs)
                if name in names and all(item.index for item in rest):
                    sups = tuple(sup for sup in scripts.sups if sup not in in_sup)
                    ordered = _step_first(rest, names[name], scope)
                    if ordered is not None:
                        return Reading(name, ordered, sups, scripts.primes - primes)
    return None


def _step_first(
    subs: tuple[Item, ...], record: NameRecord, scope: Scope
) -> tuple[Item, ...] | None:
    """h_{i,t} as h_{t,i} where i is an entry; None for δ_{i,t}, where i may be part of a name."""
    if len(subs) != 2 or not record.timed or record.indices > 1:
        return subs
    letter, step = subs
    if letter.timed or not step.timed:
        return subs
    entry = letter.text in scope.bound or record.rank == 1
    return (step, letter) if entry else None


def _sub_choices(subs: list[Item]) -> list[tuple[Item, ...]]:
    """What of a subscript may belong to a declared name: prefixes first, then its words."""
    prefixes = [tuple(subs[:length]) for length in range(len(subs), 0, -1)]
    words = tuple(item for item in subs if not item.index)
    return list(dict.fromkeys([*prefixes, words, ()]))


def natural_reading(base: str, scripts: Scripts, scope: Scope) -> Reading:
    """The reading of a name that nothing declares: words belong to it, indices do not."""
    record = scope.vocabulary.names.get(base)
    own = record.indices if record else 0
    step = next((p for p, item in enumerate(scripts.subs) if item.timed), None)
    in_name: list[Item] = []
    rest: list[Item] = []
    for position, item in enumerate(scripts.subs):
        before = step is not None and position < step and item.text not in scope.bound
        belongs = not item.index or (before and own < len(scripts.subs) > 1)
        (in_name if belongs else rest).append(item)
    words = tuple(sup for sup in scripts.sups if _is_word(sup, scripts.sups, scope))
    sups = tuple(sup for sup in scripts.sups if sup not in words)
    return Reading(full_name(base, 0, tuple(in_name), words), tuple(rest), sups, scripts.primes)


def _is_word(sup: Raised, sups: list[Raised], scope: Scope) -> bool:
    """Whether W^{(f)}, a^{[1]} before a step, belongs to the name."""
    if sup.role != "index":
        return False
    written = [item for item in sups if item.role == "index"]
    if len(written) > 1 and sup is not written[-1]:
        return True
    return not is_index(sup.branch, scope)


def read_symbol(base: str, scripts: Scripts, scope: Scope, atom: Atom) -> tuple[Expr, Reading]:
    """The symbol or entry, and the scripts that are still to be applied to it."""
    base += raise_script("^", scripts.mark)
    special = _constant(base, scripts, scope, atom)
    if special is not None:
        return special, Reading(base, (), tuple(scripts.sups), scripts.primes)
    reading = declared_reading(base, scripts, scope) or natural_reading(base, scripts, scope)
    record = scope.vocabulary.names.get(reading.name)
    steps = [sup for sup in reading.sups if _is_step(sup, record)]
    rest = tuple(sup for sup in reading.sups if sup not in steps)
    indices = [*(scope.read(sup.branch, scope) for sup in steps)]
    indices += [scope.read(item.branch, scope) for item in reading.subs]
    layout: Layout = (steps[0].layout or "bare") if steps else "sub"
    own = _own_indices(record, reading, indices, bool(steps), scope)
    span = scope.span(atom.part, *(script.part for script in atom.scripts))
    symbol: Expr = Symbol(reading.name, tuple(indices[:own]), layout if own else "sub", span=span)
    if len(indices) > own:
        if scripts.transposed_first:
            symbol = Transpose(symbol, span=span)
            rest = tuple(sup for sup in rest if sup.role != "transpose")
        symbol = Entry(symbol, tuple(indices[own:]), span=span)
    return symbol, Reading(reading.name, (), rest, reading.primes)


def _is_step(sup: Raised, record: NameRecord | None) -> bool:
    if sup.role == "index":
        return True
    bare = record is not None and record.timed and record.layout == "bare"
    return sup.role == "bare" and bare


def _own_indices(
    record: NameRecord | None, reading: Reading, indices: list[Expr], stepped: bool, scope: Scope
) -> int:
    """How many of the indices belong to the symbol; the others are entries."""
    if record is None:
        return len(indices)
    if record.timed or record.indices:
        own = max(record.indices, int(record.timed))
        written_apart = record.timed and record.layout != "sub" and not stepped
        if written_apart and not any(item.timed for item in reading.subs):
            return 0
        return min(own, len(indices))
    if record.parameter and len(indices) == 1 and record.rank != 1:
        return 1
    if record.parameter and len(indices) == 1:
        item = reading.subs[0] if reading.subs else None
        letter = item is not None and item.text.isalpha() and not item.timed
        return 0 if letter else 1
    if record.parameter and record.rank is not None and len(indices) > record.rank:
        return len(indices) - record.rank
    of_a_step = stepped or any(item.timed for item in reading.subs)
    return int(not record.rank and of_a_step)  # E_t is another quantity than E, and no entry of it


def _constant(base: str, scripts: Scripts, scope: Scope, atom: Atom) -> Expr | None:
    """I and I_n, and \\delta_{ij}, unless they are declared."""
    span = scope.span(atom.part, *(script.part for script in atom.scripts))
    record = scope.vocabulary.names.get(base)
    stepped = bool(scripts.subs or scripts.sups)
    undeclared = record is None or (record.only_stepped and not stepped)
    if base == "I" and undeclared and not scripts.primes:
        if any(sup.role == "index" for sup in scripts.sups):
            return None
        known = [item for item in scripts.subs if _is_size(item, scope)]
        sizes = tuple(scope.read(item.branch, scope) for item in known)
        if len(scripts.subs) <= 1:
            return Constant("identity", sizes, span=span)
    if base == r"\delta" and len(scripts.subs) == 2 and _is_kronecker(scripts, record, scope):
        named = declared_reading(base, scripts, scope)
        if named is not None and named.name != base:
            return None
        left, right = (scope.read(item.branch, scope) for item in scripts.subs)
        return KroneckerDelta(left, right, span=span)
    return None


def _is_size(item: Item, scope: Scope) -> bool:
    return item.text.isdigit() or item.text in scope.vocabulary.sizes


def _is_kronecker(scripts: Scripts, record: NameRecord | None, scope: Scope) -> bool:
    if any(sup.role != "transpose" for sup in scripts.sups) or scripts.primes:
        return False
    first, second = scripts.subs
    if not (first.index and second.index) or (second.timed and not first.timed):
        return False
    if record is None:
        return True
    if record.indices >= 2 or (not record.timed and record.rank != 1):
        return False
    return not any(item.timed or item.text.isdigit() for item in scripts.subs)


def held_scripts(atom: Atom) -> list[Script]:
    """The evaluation bars that hang on an atom."""
    return [script for script in atom.scripts if script.kind == "|"]
