"""Recurrent models as data: the `Model`, its TOML loader, and a library of models, one a file."""

from .errors import ModelError
from .loader import library_names, load_model
from .model import Model
from .settle import settle

__all__ = ["Model", "ModelError", "library_names", "load_model", "settle"]
