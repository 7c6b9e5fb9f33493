"""What describes a part of the profile: pages, forms, words and the archive follow it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from webapp.profile.fields import Field, Said
from webapp.profile.rules import Kind
from webapp.values.french import typeset


class Group(StrEnum):
    """Where a part stands on the page of the profile."""

    HEALTH = "health"
    MEASURES = "measures"
    AROUND = "around"


class Dated(StrEnum):
    """Whether an entry is asked for its day."""

    NOT = "not"
    PARTLY = "partly"
    """The year may be all one knows, or nothing."""
    WHOLLY = "wholly"
    """A measure: today, if nothing else is said."""


@dataclass(frozen=True)
class Part:
    """One part of the profile: its kind, its word in addresses, its title, its fields and what an entry says."""

    kind: Kind
    slug: str
    title: str
    none: str
    """The statement that there is none; empty where nothing is only nothing."""
    fields: tuple[Field, ...]
    say: Callable[[Said], str]
    group: Group = Group.HEALTH
    dated: Dated = Dated.NOT
    legend: str = "Date"
    since: str = ""
    """The legend of the day it began, of which a part may be known; empty where that is not asked."""
    until: str = ""
    """The legend of a last day; empty where there is none. Of what has a `since`, it is asked once it is there."""
    since_later: bool = False
    """Whether the day it began is asked only once it is there."""
    complete: Callable[[Said], Said] = dict
    """Adds what follows from what was typed."""
    note: str = ""
    """The name of a template that explains: what it means, and whence that is known."""
    kept: frozenset[str] = frozenset()
    """Keys that no field shows, and that a correction keeps as long as the name stays."""

    @property
    def hint(self) -> str:
        """The hint of the first field."""
        return self.fields[0].hint

    @property
    def measured(self) -> bool:
        """Whether it is a measure, with a table and a plot."""
        return self.group is Group.MEASURES


def named(said: Mapping[str, Any]) -> str:
    """Say the name alone."""
    return str(said.get("name", ""))


def labelled(key: str, labels: dict[str, str]) -> Callable[[Said], str]:
    """Say the name after the word for a code: "Mère : diabète"."""

    def say(said: Said) -> str:
        return typeset(f"{labels.get(said.get(key, ''), '')} : {named(said)}".removeprefix(" : "))

    return say
