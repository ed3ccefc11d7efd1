"""What goes wrong with a model other than its text: an unknown name, a wrong setting."""

from __future__ import annotations


class ModelError(ValueError):
    """A model that cannot be found or settled as asked; the message says what to write instead."""
