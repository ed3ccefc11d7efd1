"""Results as text, LaTeX, Markdown and JSON: pure functions that read results and compute none."""

from .formats import (
    render_check,
    render_derivation,
    render_library,
    render_model,
    render_verifications,
)

__all__ = [
    "render_check",
    "render_derivation",
    "render_library",
    "render_model",
    "render_verifications",
]
