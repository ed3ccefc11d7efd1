"""Student derivations made from a model, right or with one mistake at a known line."""

from .student import Planted, StudentDerivation, Workshop, student_derivation

__all__ = ["Planted", "StudentDerivation", "Workshop", "student_derivation"]
