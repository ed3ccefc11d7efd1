"""Reasons for claims that do not hold, each of them proved: paths, mal-rules, repairs."""

from .catalogue import CATEGORIES, Misconception, catalogue
from .diagnose import diagnose
from .words import in_source, of_condition

__all__ = ["CATEGORIES", "Misconception", "catalogue", "diagnose", "in_source", "of_condition"]
