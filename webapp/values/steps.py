"""The steps of a procedure: one ordered tuple, whence the counter, the guard and the way back."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """Where one stands: `number` counts from 1; the neighbours are None at the ends."""

    number: int
    total: int
    name: str
    next_name: str | None
    previous_name: str | None

    @property
    def counter(self) -> str:
        """ "Étape 2 sur 4"."""
        return f"Étape {self.number} sur {self.total}"


@dataclass(frozen=True, slots=True)
class Steps:
    """The names, in order, each once; ValueError when there is none or one stands twice."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.names or len(set(self.names)) != len(self.names):
            raise ValueError("a procedure has steps, and each has a name of its own")

    def at(self, name: str) -> Step:
        """That step; ValueError when the procedure has none of this name."""
        position = self.names.index(name)
        following = self.names[position + 1 : position + 2]
        return Step(
            number=position + 1,
            total=len(self.names),
            name=name,
            next_name=following[0] if following else None,
            previous_name=self.names[position - 1] if position else None,
        )

    def with_step(self, added: str, before: str) -> "Steps":
        """The procedure with one more step for whoever needs it; ValueError without `before`."""
        position = self.names.index(before)
        return Steps((*self.names[:position], added, *self.names[position:]))


@dataclass(frozen=True, slots=True)
class Counter:
    """What a page shows of a step: its words, a bar of `total` parts (none when 0), and what comes next."""

    number: int
    total: int
    next_label: str | None
    words: str


def count(steps: Steps, name: str, labels: Mapping[str, str], *, at_most: bool = False) -> Counter:
    """Where one stands; `labels` gives the words of each step, `at_most` says that a step may fall away."""
    step = steps.at(name)
    return Counter(
        number=step.number,
        total=step.total,
        next_label=labels[step.next_name] if step.next_name else None,
        words=step.counter + (" au plus" if at_most else ""),
    )
