"""A file as its displays, with what is to be told about its encoding, and what it includes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ..notation.displays import Text, read_text
from ..notation.errors import NotationError
from ..notation.files import KINDS, decoded, kind_of
from ..notation.source import Source


def read_file(path: Path) -> Text:
    """The displays of a file, and of those of its folder that it includes.

    Raises `OSError` where there is none, `UnknownKindError` for its ending, `NotationError` for
    what is no text.
    """
    content = decoded(path.read_bytes(), path.name)
    kind = kind_of(path.suffix or ".txt")
    folder = Folder(path.parent)
    read = read_text(Source(content.text, str(path)), kind, include=folder.text_of)
    return replace(read, notes=(*content.notes, *read.notes))


@dataclass(frozen=True)
class Folder:
    """What may be included: text of LaTeX in a folder, and nothing beyond it."""

    path: Path

    def text_of(self, name: str) -> Source | str:
        """A file by the name that TeX knows it by, `parts/one`; or why it is not read."""
        ending = Path(name).suffix
        if KINDS.get(ending.lower()) != "tex":
            name = f"{name}.tex"
        try:
            place = (self.path / name).resolve()
            if not place.is_relative_to(self.path.resolve()):
                return f"{name} is outside of the folder, and is not read"
            if not place.is_file():
                return f"there is no file {name} in the folder"
            content = decoded(place.read_bytes(), name)
        except NotationError as error:
            return error.problems[0].message
        except (OSError, ValueError):
            return f"{name} cannot be opened"
        return Source(content.text, str(self.path / name), file=str(self.path / name))
