"""Ways of writing the same mathematics: each a value, read from a data file."""

from .apply import bold_names, restyled
from .notation import Notation, NotationFileError, load_notation, notation_names
from .rename import renamed_model

__all__ = [
    "Notation",
    "NotationFileError",
    "bold_names",
    "load_notation",
    "notation_names",
    "renamed_model",
    "restyled",
]
