"""Ages and majority.

Source: Code civil, article 414 (majority is set at eighteen completed years) and article 388 (a minor is
whoever has not completed them). A person born on 29 February completes a year when that day is over: on 1
March of a common year.
"""

from datetime import date

MAJORITY_YEARS = 18


def age_on(birth: date, day: date) -> int:
    """Completed years on that day; ValueError when it is before the birth."""
    if day < birth:
        raise ValueError("this day is before the birth")
    return day.year - birth.year - (day < _birthday(birth, day.year))


def majority_day(birth: date) -> date:
    """The first day of full age."""
    return _birthday(birth, birth.year + MAJORITY_YEARS)


def is_minor(birth: date, day: date) -> bool:
    """Whether the person has not yet completed eighteen years on that day; true before the birth."""
    return day < majority_day(birth)


def _birthday(birth: date, year: int) -> date:
    try:
        return birth.replace(year=year)
    except ValueError:  # 29 February of a common year
        return date(year, 3, 1)
