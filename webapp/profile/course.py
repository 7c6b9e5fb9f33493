"""What became of an illness or a treatment, and how much an allergy matters: codes, their words, what is over.

The words agree with whatever they stand beside, a fracture or an asthma.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from webapp.values.french import typeset

STATE, SINCE, UNTIL = "state", "since", "until"
ILLNESS_STATES = {"": "En cours", "remission": "En rémission", "resolved": "Terminé ou guéri"}
TREATMENT_STATES = {"": "En cours", "stopped": "Arrêté"}
ENDED = {"illness": "resolved", "treatment": "stopped"}
"""The state that a last day says by itself, by kind."""
OVER = frozenset(ENDED.values())
_IN_WORDS = {"remission": "en rémission", "resolved": "c’est terminé", "stopped": "traitement arrêté"}

CRITICALITY = "criticality"
"""How much harm the next reaction may do: `high` or `low`, the codes of FHIR's AllergyIntolerance.criticality."""
CRITICALITIES = {
    "": "Je ne sais pas",
    "low": "Gênante, sans danger",
    "high": typeset("Grave : urgences, malaise ou gonflement"),
}
_HARM = {"low": "sans danger", "high": "grave"}


def is_over(said: Mapping[str, Any]) -> bool:
    """Whether an illness is cured or a treatment stopped: what does not count for whoever prescribes today."""
    return said.get(STATE) in OVER


def is_grave(said: Mapping[str, Any]) -> bool:
    """Whether an allergy was said to be grave."""
    return said.get(CRITICALITY) == "high"


def with_state(words: str, said: Mapping[str, Any]) -> str:
    """ "Asthme (c’est terminé)"; the words alone of what goes on."""
    state = _IN_WORDS.get(said.get(STATE, ""))
    return f"{words} ({state})" if state else words


def with_harm(said: Mapping[str, Any]) -> str:
    """ "Pénicilline (grave : gonflement du visage)", "Pollens (sans danger)", "Latex (boutons)", "Lactose"."""
    harm, reaction = _HARM.get(said.get(CRITICALITY, ""), ""), str(said.get("reaction", ""))
    about = typeset(" : ".join(filter(None, (harm, reaction))))
    return f"{said.get('name', '')} ({about})" if about else str(said.get("name", ""))


def ended(kind: str, said: dict[str, Any]) -> dict[str, Any]:
    """A last day says that it is over, whatever else was left as it was."""
    return {**said, STATE: ENDED[kind]} if said.get(UNTIL) and not said.get(STATE) else said
