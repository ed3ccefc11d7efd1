"""From the name of a library model, or the path of a model file, to a checked `Model`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from ..notation.errors import NotationError
from ..notation.names.key import key_of
from ..notation.source import Source
from ..notation.tree import Number
from .analysis import analyse, consistent
from .catalogue import library_file, library_names
from .declared import Declared, read_declared
from .equations import Written, left_sides, powers
from .errors import ModelError
from .model import Declaration, Equation, Model, TimeAxis
from .settle import settle
from .toml_file import MAX_FILE_CHARACTERS, ModelFile, read_model_file
from .typed import read_equations

FORMULAS = ".formulas.tex"
"""The ending of the file of formulas that ships beside a model."""


def load_model(name_or_path: str | Path, let: Mapping[str, str] | None = None) -> Model:
    """The model of that name in the library, or in that `.toml` file.

    Formulas of its source, shipped beside it as `NAME.formulas.tex`, come with it.

    `let` settles undetermined functions: `{"f": "tanh"}`. Raises `ModelError` for a model that
    cannot be found or settled, `NotationError` for a file that cannot be used.
    """
    if str(name_or_path) in library_names():
        resource = library_file(str(name_or_path))
        source = Source(resource.read_text(encoding="utf-8"), f"{name_or_path}.toml")
        formulas = resource.with_name(f"{name_or_path}{FORMULAS}")
        model = model_from_source(source, str(name_or_path), _text(formulas))
    else:
        path = _model_path(name_or_path)
        source = _read(path)
        formulas = path.with_name(f"{path.stem}{FORMULAS}")
        model = model_from_source(source, path.stem, _text(formulas))
    return settle(model, let or {})


def _model_path(name_or_path: str | Path) -> Path:
    path = Path(name_or_path)
    if path.suffix != ".toml":
        near = get_close_matches(str(path), library_names(), 3, 0.4)
        hint = f"did you mean {' or '.join(near)}?" if near else "`bptt models` lists the library"
        raise ModelError(f"there is no model {str(path)!r} in the library; {hint}")
    return path


def _read(path: Path) -> Source:
    try:
        with path.open("rb") as file:
            data = file.read(4 * MAX_FILE_CHARACTERS + 1)
        return Source(data.decode("utf-8-sig").replace("\r\n", "\n"), str(path))
    except UnicodeDecodeError as error:
        raise ModelError(f"{path} is not UTF-8 text (byte {error.start})") from None
    except OSError as error:
        raise ModelError(f"{path} cannot be read: {error.strerror}") from None


def _text(path: Path) -> str:
    """The text of a formula file, empty if there is none. Raises `ModelError`."""
    return _read(path).text if path.is_file() else ""


def model_from_source(source: Source, name: str, formulas: str = "") -> Model:
    """The model that a TOML text describes. Raises `NotationError` with every problem found."""
    file = _with_canonical_loss(read_model_file(source))
    declared = read_declared(file)
    time = declared.time
    lefts, broken = left_sides(file.equations, time.index, file.dialect, time.letter)
    broken += powers(lefts, declared.all_names, file.equations)
    written, unreadable = read_equations(lefts, declared, file.loss, file.equations, file.dialect)
    broken = sorted([*broken, *unreadable], key=lambda one: one.span.start)
    problems = [*file.problems, *declared.problems, *broken]
    found_loss = any(one.slot == (file.loss, False) for one in written)
    if not found_loss and not broken:
        hint = "write an equation for it, without a step, such as E = \\sum_t E_t"
        problems.append(
            file.problem(f"no equation defines the loss {file.loss!r}", "loss", hint=hint)
        )
    if problems:
        also = [*(left.target.name for left in lefts), *declared.unusable]
        raise NotationError(*problems, *consistent(written, declared, also))
    equations, defined, found = analyse(written, declared, file.loss)
    if found:
        raise NotationError(*found)
    model = _model(file, name, declared, written, equations, defined)
    return replace(model, formulas=formulas)


def _with_canonical_loss(file: ModelFile) -> ModelFile:
    """The loss under the name that its equation gives it: `\\mathcal{L}` is `\\mathcal L`."""
    try:
        return replace(file, loss=key_of(file.loss, indexed=False, dialect=file.dialect).name)
    except NotationError as error:
        message = f"the loss {file.loss!r} is no name: {error.problems[0].message}"
        raise NotationError(file.problem(message, "loss")) from None


def _model(
    file: ModelFile,
    name: str,
    declared: Declared,
    written: list[Written],
    equations: list[Equation],
    defined: Mapping[tuple[str, bool], Declaration],
) -> Model:
    names = {**declared.names, **defined}
    time, length = _axis(declared, written)
    return Model(
        name,
        file.title or name,
        file.origin,
        file.loss,
        time,
        names,
        tuple(equations),
        tuple(declared.parameters),
        tuple(declared.inputs),
        tuple(declared.initial),
        declared.functions,
        declared.sizes,
        file.source.text,
        literal_length=length,
    )


def _axis(declared: Declared, written: list[Written]) -> tuple[TimeAxis, int | None]:
    """The time axis; for a model without one, that of its literal steps, with their number."""
    if any(one.timed for one in written):
        return declared.time, None
    steps = [int(one.step.value) for one in written if isinstance(one.step, Number)]
    if not steps:
        return declared.time, 1
    first, length = min(steps), max(steps) - min(steps) + 1
    return replace(declared.time, first=first, last_offset=first - 1), length
