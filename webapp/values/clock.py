"""The time, and how it is said in French. Everything is stored in UTC and said in Paris time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from webapp.values.french import FIXED_SPACE, NARROW_SPACE, plural

PARIS = ZoneInfo("Europe/Paris")

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_MICROSECONDS_IN_MINUTE = 60_000_000


def utc_now() -> datetime:
    """The present, aware, in UTC. Called at the edges only: rules and services are given the time."""
    return datetime.now(UTC)


def paris_day(moment: datetime) -> date:
    """The calendar day in Paris at that aware moment; ValueError when it has no zone."""
    return _in_paris(moment).date()


def french_date(day: date) -> str:
    """ "3 février 2022", "1er mars 2022". An aware moment is first brought to Paris."""
    if isinstance(day, datetime):
        day = paris_day(day)
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{FIXED_SPACE}{_MONTHS[day.month - 1]} {day.year}"


def french_month(day: date) -> str:
    """ "mars 2022"."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def french_time(moment: datetime) -> str:
    """ "10 h 12", in Paris; ValueError when the moment has no zone."""
    here = _in_paris(moment)
    return f"{here.hour}{NARROW_SPACE}h{NARROW_SPACE}{here.minute:02d}"


def french_datetime(moment: datetime) -> str:
    """ "3 février 2022 à 10 h 12", in Paris; ValueError when the moment has no zone."""
    return f"{french_date(moment)} à {french_time(moment)}"


def minutes_left(now: datetime, end: datetime) -> int:
    """Whole minutes until `end`, rounded up so that a code still alive never says 0; 0 once it is past."""
    left = end - now
    microseconds = (left.days * 86_400 + left.seconds) * 1_000_000 + left.microseconds
    return max(0, -(-microseconds // _MICROSECONDS_IN_MINUTE))


def time_left(now: datetime, end: datetime) -> str:
    """ "15 minutes, jusqu’à 10 h 12 (heure de Paris)": whoever lives in La Réunion has another hour on the wall."""
    minutes = minutes_left(now, end)
    word = plural(minutes, "minute", "minutes")
    return f"{minutes}{FIXED_SPACE}{word}, jusqu’à {french_time(end)} (heure de Paris)"


def _in_paris(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone cannot be said in Paris time")
    return moment.astimezone(PARIS)
