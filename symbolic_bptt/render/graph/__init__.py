"""The unrolled graph as a picture: one layout on a known grid, printed in several formats."""

from .contents import Highlight
from .draw import graph
from .formats import PICTURES, PictureFormat, render_graph
from .grid import COMPACT, WIDE
from .layout import Picture, TooLargeError, picture

__all__ = [
    "COMPACT",
    "PICTURES",
    "WIDE",
    "Highlight",
    "Picture",
    "PictureFormat",
    "TooLargeError",
    "graph",
    "picture",
    "render_graph",
]
