"""A derivation as a tree of typed steps: what is claimed, by which rule, and why."""

from .build import derivation_steps
from .step import Manner, Prose, Stage, Step, Steps, every_step

__all__ = ["Manner", "Prose", "Stage", "Step", "Steps", "derivation_steps", "every_step"]
