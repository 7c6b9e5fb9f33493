"""What every named refusal of the product descends from."""


class Refusal(Exception):
    """The product said no for a reason it names, and what it counted meanwhile must be kept.

    The unit of work commits when one of these passes through it (a wrong code still counts as a try) and
    rolls back on anything else. Each feature subclasses it, one class for each reason.
    """
