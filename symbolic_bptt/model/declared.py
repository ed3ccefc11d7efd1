"""The declared half of a model: parameters, inputs, initial states, functions, the time axis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..notation.errors import NotationError, Problem
from ..notation.functions import FUNCTIONS, SPELLINGS
from ..notation.names.key import key_of
from ..notation.tree import Symbol
from .dimensions import Dimensions, parse_dimensions
from .model import Declaration, InitialState, TimeAxis, UndeterminedFunction
from .spelled import Spelled
from .steps import LinearStep, linear_step, offset
from .toml_file import ModelFile, function_settings

_ROLES = {
    "parameters": "a parameter",
    "inputs": "an input",
    "initial": "an initial state",
}
_BARE_STEP = re.compile(r"(.+)\^(?:\{(T?[+-]?\d+)\}|(\d))")
_LAST = re.compile(r"\s*([A-Za-z]|\\[A-Za-z]+)\s*(?:([+-])\s*(\d{1,4}))?\s*")


@dataclass
class Declared:
    """What the sections of a model file declare, and what is wrong with them.

    `unusable` are names whose declaration could not be read.
    """

    time: TimeAxis = field(default_factory=TimeAxis)
    names: dict[tuple[str, bool], Declaration] = field(default_factory=dict)
    parameters: list[str] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    initial: list[InitialState] = field(default_factory=list)
    functions: dict[str, UndeterminedFunction] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unusable: list[str] = field(default_factory=list)
    spelled: list[Spelled] = field(default_factory=list)

    @property
    def all_names(self) -> frozenset[str]:
        """Every name that is declared, without its steps."""
        return frozenset((*(name for name, _ in self.names), *(s.name for s in self.initial)))

    @property
    def sizes(self) -> tuple[str, ...]:
        """Every size letter, in order of appearance."""
        found: dict[str, None] = {}
        shapes = [item.shape for item in self.names.values()]
        for shape in [*shapes, *(state.shape for state in self.initial)]:
            for side in (shape.rows, shape.columns):
                found.update(dict.fromkeys(letter for letter, _ in side.multiples))
        return tuple(found)


def read_declared(file: ModelFile) -> Declared:
    """The declarations of a model file; problems are collected, not raised."""
    declared = Declared(time=TimeAxis())
    _read_time(file, declared)
    for key, symbol, dimensions in _entries(file, declared, "parameters"):
        stepped = key_of(key, declared.time.index, dialect=file.dialect)
        if any(offset(index, declared.time.index) is not None for index in stepped.indices):
            message = f"a parameter has no step: write {stepped.name}"
            hint = f"a state before the first step belongs to [initial]; --wrt {key} asks for it"
            declared.problems.append(file.problem(message, key, "parameters", hint))
            continue
        declared.parameters.append(symbol.name)
        _declare(file, declared, "parameters", key, symbol, dimensions)
        _spell(file, declared, "parameters", key, stepped)
    for key, symbol, dimensions in _entries(file, declared, "inputs"):
        if symbol.name not in declared.inputs:
            declared.inputs.append(symbol.name)
        _declare(file, declared, "inputs", key, symbol, dimensions)
        _spell(file, declared, "inputs", key, symbol)
    for key, symbol, dimensions in _entries(file, declared, "initial"):
        _add_initial(file, declared, key, symbol, dimensions)
        _spell(file, declared, "initial", key, symbol)
    _read_functions(file, declared)
    _check_letters(file, declared)
    return declared


def _read_time(file: ModelFile, declared: Declared) -> None:
    table = file.sections["time"]
    index, first, last = table.get("index", "t"), table.get("first", 1), table.get("last", "T")
    if not isinstance(index, str) or not re.fullmatch(r"[A-Za-z]|\\[A-Za-z]+", index):
        declared.problems.append(
            file.problem("the time index must be a letter, such as t", "index", "time")
        )
        return
    if not isinstance(first, int) or isinstance(first, bool) or abs(first) > 1000:
        declared.problems.append(
            file.problem("the first step must be a small whole number", "first", "time")
        )
        return
    found = _LAST.fullmatch(last) if isinstance(last, str) else None
    if found is None:
        hint = 'write last = "T", or "T-1" where counting starts at 0'
        declared.problems.append(
            file.problem("the last step must be T plus or minus a number", "last", "time", hint)
        )
        return
    if found[1] == index:
        message = f"{index} is the time index; give the last step another letter"
        declared.problems.append(file.problem(message, "last", "time"))
        return
    distance = int(found[3] or 0) * (-1 if found[2] == "-" else 1)
    declared.time = TimeAxis(index, first, distance, found[1])


def _entries(
    file: ModelFile, declared: Declared, section: str
) -> Iterator[tuple[str, Symbol, Dimensions]]:
    for key, value in file.sections[section].items():
        try:
            indexed = section != "parameters"
            symbol = key_of(key, declared.time.index, indexed=indexed, dialect=file.dialect)
        except NotationError as error:
            detail = error.problems[0]
            declared.problems.append(
                file.problem(f"{key!r} is no name: {detail.message}", key, section, detail.hint)
            )
            continue
        if section == "initial" and not symbol.indices:
            symbol = _with_bare_step(symbol)
        try:
            yield key, symbol, parse_dimensions(str(value))
        except ValueError as error:
            declared.unusable.append(symbol.name)
            declared.problems.append(file.problem(f"the shape of {key}: {error}", key, section))


def _with_bare_step(symbol: Symbol) -> Symbol:
    """b^0, of a model that writes its steps b^t: a key of [initial] always names a step."""
    found = _BARE_STEP.fullmatch(symbol.name)
    if found is None:
        return symbol
    step = key_of(f"{found[1]}_{{{found[2] or found[3]}}}")
    return Symbol(step.name, step.indices, "bare", span=symbol.span)


def _declare(
    file: ModelFile,
    declared: Declared,
    section: str,
    key: str,
    symbol: Symbol,
    dimensions: Dimensions,
) -> None:
    timed = bool(symbol.indices)
    slot = (symbol.name, timed)
    new = Declaration(
        symbol.name,
        "parameter" if section == "parameters" else "input",
        dimensions.shape,
        timed,
        symbol.layout,
        dimensions.constraint,
        dimensions.zero,
    )
    old = declared.names.get(slot)
    literal = timed and linear_step(symbol.indices[0], declared.time.index)
    if old is not None and (old != new or not literal or literal.t_multiple):
        declared.problems.append(file.problem(f"{key} is declared twice", key, section))
    elif len(symbol.indices) > 1:
        message = f"{key} has more than one step index; declare the whole vector, one key a name"
        declared.problems.append(file.problem(message, key, section))
    else:
        declared.names[slot] = new


def _spell(file: ModelFile, declared: Declared, section: str, key: str, symbol: Symbol) -> None:
    """Note how it is written; two sections may not declare what is written alike."""
    new = Spelled(key, symbol, _ROLES[section])
    for old in declared.spelled:
        if old.role != new.role and old.meets(new, declared.time):
            message = f"{key} is declared twice: as {old.role} ({old.key}) and as {new.role}"
            hint = "give one of them another letter"
            declared.problems.append(file.problem(message, key, section, hint))
            break
    declared.spelled.append(new)


def _add_initial(
    file: ModelFile, declared: Declared, key: str, symbol: Symbol, dimensions: Dimensions
) -> None:
    step = _literal_step(symbol, declared.time.index)
    if step is None:
        first = declared.time.first
        declared.problems.append(
            file.problem(
                f"{key} names no step outside the axis",
                key,
                "initial",
                f"write {symbol.name}_{{{first - 1}}} for the value before the first step",
            )
        )
        return
    state = InitialState(
        symbol.name, step.constant, dimensions.shape, dimensions.zero, bool(step.T_multiple)
    )
    if any(
        (old.name, old.step, old.from_last) == (state.name, state.step, state.from_last)
        for old in declared.initial
    ):
        declared.problems.append(file.problem(f"{key} is declared twice", key, "initial"))
        return
    declared.initial.append(state)


def _literal_step(symbol: Symbol, time_index: str) -> LinearStep | None:
    if len(symbol.indices) != 1:
        return None
    step = linear_step(symbol.indices[0], time_index)
    return None if step is None or step.t_multiple or step.T_multiple not in (0, 1) else step


def _read_functions(file: ModelFile, declared: Declared) -> None:
    for name, value in file.sections["functions"].items():
        settings = function_settings(file, name, value)
        if isinstance(settings, Problem):
            declared.problems.append(settings)
            continue
        arguments, default = settings
        known = SPELLINGS.get(default) if default is not None else None
        if default is not None and (known is None or not FUNCTIONS[known].elementwise):
            choices = ", ".join(key for key, item in FUNCTIONS.items() if item.elementwise)
            message = f"the default of {name}, {default!r}, is no function of one argument"
            declared.problems.append(
                file.problem(message, name, "functions", f"choose one of {choices}")
            )
            continue
        declared.functions[name] = UndeterminedFunction(name, arguments, known)


def _check_letters(file: ModelFile, declared: Declared) -> None:
    reserved = {"T": "the number of steps", declared.time.index: "the time index"}
    reserved |= dict.fromkeys(declared.sizes, "a size")
    last = declared.time.letter
    if last != "T" and last in declared.sizes:
        message = f"{last} is already a size; give the last step another letter"
        declared.problems.append(file.problem(message, "last", "time"))
    reserved.setdefault(last, "the last step")
    for section, names in (("parameters", declared.parameters), ("inputs", declared.inputs)):
        for name in names:
            if name in reserved and (name, False) in declared.names:
                message = f"{name} is already {reserved[name]}; give one of them another letter"
                declared.problems.append(file.problem(message, name, section))
