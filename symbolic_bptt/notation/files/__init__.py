"""From the bytes of a file to regions that tile its text: what is mathematics, and what is not."""

from .document import Document, read_regions
from .encodings import Text, decoded
from .kinds import KINDS, Kind, UnknownKindError, kind_of
from .region import Region, RegionKind, Stretch, tiled

__all__ = [
    "KINDS",
    "Document",
    "Kind",
    "Region",
    "RegionKind",
    "Stretch",
    "Text",
    "UnknownKindError",
    "decoded",
    "kind_of",
    "read_regions",
    "tiled",
]
