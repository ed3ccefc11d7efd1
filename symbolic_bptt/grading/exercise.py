"""An exercise: what is asked of a class, what it is worth, and how mistakes count.

The file is TOML. Every key, type and bound is checked by the models below; `schema()` is their
JSON Schema.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Points = Annotated[float, Field(ge=0.0, le=1000.0)]

ReadingWord = Literal["immediate", "layout", "order", "vectors", "diagonal", "rows"]
READINGS: tuple[ReadingWord, ...] = get_args(ReadingWord)
"""What a formula may be read as besides its strict reading."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Target(_Strict):
    """One quantity that a derivation must reach, with its points.

    `quantity` is written in the notation, such as `\\frac{\\partial E}{\\partial W}`. `may_contain`
    are derivatives that may stand in the answer without being worked out; with `explicit = false`
    any may.
    """

    quantity: str = Field(min_length=1, max_length=500)
    points: Points
    name: str = ""
    may_contain: tuple[str, ...] = ()
    explicit: bool = True


class Credit(_Strict):
    """Shares of a target's points for answers that are not fully right.

    `carried`: wrong only because of an earlier mistake, and right given what was written before.
    `contradicted`: right once, and then something else is said about the same quantity.
    `mistakes`: the share that is left when the one thing wrong is a mistake of this name.
    """

    carried: Share = 0.5
    contradicted: Share = 0.5
    mistakes: dict[str, Share] = Field(default_factory=dict)


class Steps(_Strict):
    """How much of the way must be shown: `at_least` relations before a target counts in full.

    A target reached in fewer keeps the share `jump`.
    """

    at_least: int = Field(default=0, ge=0, le=100)
    jump: Share = 1.0


class Exercise(_Strict):
    """A whole exercise. `model` is a library name, or a path relative to the exercise file."""

    title: str = Field(min_length=1, max_length=300)
    model: str = Field(min_length=1)
    T: Annotated[int, Field(ge=1, le=50)] = 3
    let: dict[str, str] = Field(default_factory=dict)
    hints: str = ""
    given: tuple[str, ...] = ()
    readings: tuple[ReadingWord, ...] = READINGS
    seed: Annotated[int, Field(ge=0)] = 0
    targets: tuple[Target, ...] = Field(min_length=1, max_length=50)
    credit: Credit = Credit()
    penalties: dict[str, Points] = Field(default_factory=dict)
    steps: Steps = Steps()

    @model_validator(mode="after")
    def _worth_something(self) -> Exercise:
        if not any(target.points for target in self.targets):
            raise ValueError("no target is worth any points")
        return self

    @property
    def points(self) -> float:
        """The full mark."""
        return sum(target.points for target in self.targets)


def schema() -> dict[str, Any]:
    """The JSON Schema of an exercise file."""
    return Exercise.model_json_schema()


def model_path(exercise: Exercise, file: Path) -> str:
    """The model as `load_model` takes it: library names as they are, paths from the exercise."""
    if exercise.model.endswith(".toml"):
        return str((file.parent / exercise.model).resolve())
    return exercise.model
