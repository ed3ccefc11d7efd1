"""A derivation as a document: sections of typed blocks, built once, written in every format."""

from .build import PARTS, build_document
from .structure import Document, Section

__all__ = ["PARTS", "Document", "Section", "build_document"]
