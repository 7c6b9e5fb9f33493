"""Kinds of families of an invented registry, each with what makes it worth having in a demonstration."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from webapp.beneficiaries import generator_names as names
from webapp.beneficiaries.generator_rows import Holder, Member, row, rows_of
from webapp.values.ages import age_on
from webapp.values.card import CardType
from webapp.values.normal import normal

Family = list[dict[str, str]]

_DOMAINS = ("example.org", "example.com", "example.net", "courriel.test")
_FIXED_LINES = ("+33199000000", "+33261910000", "+33353010000", "+33465710000", "+33536490000")
_YOUNGEST_PARENT = 19
_MOBILES = 33_799_990_100  # up to +33 7 99 99 99 99; below lie the people written by hand


class Maker:
    """Makes members and holders, no number and no card twice."""

    def __init__(self, rng: random.Random, today: date) -> None:
        """Draw from `rng`, ages counted on `today`."""
        self.rng = rng
        self.today = today
        self._bodies: set[str] = set()
        self._made = 0

    def born(self, youngest: int, oldest: int) -> date:
        """Draw a birth date for an age in years."""
        days = self.rng.randint(youngest * 366, oldest * 365)
        return self.today - timedelta(days=days)

    def member(self, family: str, birth: date, sex: str = "", origin: str = "", month: int = 0) -> Member:
        """Make someone born in a town, or abroad; `month` replaces that of the birth in the number."""
        sex = sex or self.rng.choice("FM")
        place = origin or self.rng.choice(names.TOWNS)[0]
        department = place[:3] if place.startswith("97") else place[:2]
        if not place[0].isdigit():
            department = "99"
        start = f"{2 if sex == 'F' else 1}{birth.year % 100:02}{month or birth.month:02}{department}"
        while True:
            commune = self.rng.randint(990, 999) if len(department) == 2 else self.rng.randint(98, 99)
            body = f"{start}{commune}{self.rng.randint(200, 999)}"
            if body not in self._bodies:
                break
        self._bodies.add(body)
        return Member(body, birth, place, sex, names.first_names(self.rng, sex), family)

    def holder(
        self, member: Member, like: Holder | None = None, town: tuple[str, str, str] | None = None
    ) -> Holder:
        """Give a member a card and a contact, at the home of another holder if there is one."""
        rng = self.rng
        self._made += 1
        with_photo = rng.random() < 0.8
        digits = 11 if with_photo else rng.randint(8, 13)
        serial = f"{4 if with_photo else 7}{self._made:07}{rng.randrange(10**7):07}"[:digits]
        email = "" if rng.random() < 0.09 else self._email(member)
        draw = rng.random()
        phone = "" if draw < 0.08 else self._fixed_line() if draw < 0.13 else self._mobile()
        _, postal_code, city = town or rng.choice(names.TOWNS)
        scheme = rng.choices(("CPAM", "MSA", "MGEN", "ENIM"), (86, 9, 4, 1))[0]
        if postal_code.startswith("97"):
            scheme = "CGSS" if postal_code < "976" else "CSSM"
        home = (names.address(rng), postal_code, city, scheme)
        if like:
            home = (like.address, like.postal_code, like.city, like.scheme)
        card_type = CardType.WITH_PHOTO if with_photo else CardType.WITHOUT_PHOTO
        return Holder(member, card_type, serial, email, phone, *home)

    def adult(
        self,
        town: tuple[str, str, str] | None = None,
        *,
        corsican: bool = False,
        youngest: int = 19,
        oldest: int = 96,
    ) -> Holder:
        """Make someone of full age with a card, born where they live when a town is given."""
        family = names.family_name(self.rng, corsican=corsican)
        birth = self.born(youngest, oldest)
        return self.holder(self.member(family, birth, origin=town[0] if town else ""), town=town)

    def alone(self) -> Family:
        """An adult on their own."""
        return rows_of([self.adult()])

    def parents(self, youngest: int = 24) -> list[Holder]:
        """Two adults of one home; the second may use the name of the first, or both names."""
        one = self.holder(self.member(names.family_name(self.rng), self.born(youngest, 52), "M"))
        other = self.member(names.family_name(self.rng), self.born(youngest, 48), "F")
        used = self.rng.choice(("", one.member.family_name, f"{other.family_name}-{one.member.family_name}"))
        return [one, self.holder(replace(other, used_name=used.upper()), like=one)]

    def children(self, parents: list[Holder], most: int = 4) -> list[Member]:
        """Make one to several minors of different ages, under the first parent's name, no parent being too young."""
        births = [self.born(4 * rank, 4 * rank + 4) for rank in range(self.rng.randint(1, most))]
        last_parent = max(parent.member.birth_date for parent in parents)
        births = [birth for birth in births if age_on(last_parent, birth) >= _YOUNGEST_PARENT] or births[:1]
        return [self.member(parents[0].member.family_name, birth) for birth in births]

    def _email(self, member: Member) -> str:
        first = _plain(member.first_names.split(" ")[0])
        return f"{first}.{_plain(member.family_name)[:30]}{self._made}@{self.rng.choice(_DOMAINS)}"

    def _mobile(self) -> str:
        return f"+{_MOBILES + self._made % 9_900}"

    def _fixed_line(self) -> str:
        start = self.rng.choice(_FIXED_LINES)
        return f"{start[:-4]}{self._made % 10_000:04}"


def _plain(name: str) -> str:
    decomposed = normal("NFKD", name.lower())
    return "".join(c for c in decomposed if c.isascii() and c.isalnum())


def couple(maker: Maker) -> Family:
    """Two adults."""
    return rows_of(maker.parents())


def family(maker: Maker) -> Family:
    """Two parents and their children, each child on both cards."""
    parents = maker.parents()
    return rows_of(parents, maker.children(parents), parents)


def single_parent(maker: Maker) -> Family:
    """A parent alone with children."""
    parents = [maker.adult(youngest=24, oldest=45)]
    return rows_of(parents, maker.children(parents, most=3), parents)


def twins(maker: Maker) -> Family:
    """Twins of one sex: only the rank tells their places apart; every other pair has two contacts on one card."""
    parents = maker.parents(youngest=38)
    birth, sex = maker.born(1, 17), maker.rng.choice("FM")
    pair = [maker.member(parents[0].member.family_name, birth, sex) for _ in range(2)]
    pair = [
        replace(one, birth_rank=rank, birth_place=pair[0].birth_place) for rank, one in enumerate(pair, 1)
    ]
    rows = rows_of(parents, pair, parents)
    if maker.rng.random() < 0.5:
        for one in rows:
            if one["person_nir"] == pair[1].nir:
                one["email"] = one["email"] and f"famille.{one['email']}"
    return rows


def newborn(maker: Maker) -> Family:
    """A child of a few days who has no number yet, on one card."""
    parents = maker.parents()
    child = maker.member(
        parents[0].member.family_name, maker.today - timedelta(days=maker.rng.randint(2, 25))
    )
    numbers = " ".join(parent.member.nir for parent in parents)
    return [*rows_of(parents), row(parents[1], replace(child, body=""), numbers)]


def teenager(maker: Maker) -> Family:
    """A minor of sixteen or seventeen with a card of their own, still on the parents' ones."""
    parents = maker.parents(youngest=38)
    teen = maker.holder(maker.member(parents[0].member.family_name, maker.born(16, 17)), like=parents[0])
    numbers = " ".join(parent.member.nir for parent in parents)
    return [*rows_of(parents, [teen.member], parents), row(teen, teen.member, numbers)]


def minor_without_guardian(maker: Maker) -> Family:
    """A minor whose representatives the registry does not name."""
    child = maker.member(names.family_name(maker.rng), maker.born(3, 17))
    return rows_of([maker.holder(child)])


def adult_under_guardianship(maker: Maker) -> Family:
    """An adult represented by a relative."""
    relative, adult = maker.adult(oldest=70), maker.adult()
    return [*rows_of([relative]), row(adult, adult.member, relative.member.nir)]


def corsican(maker: Maker) -> Family:
    """An adult born and living in Corsica, whose number holds 2A or 2B."""
    return rows_of([maker.adult(maker.rng.choice(names.CORSICA), corsican=True)])


def overseas(maker: Maker) -> Family:
    """An adult born and living overseas."""
    return rows_of([maker.adult(maker.rng.choice(names.OVERSEAS))])


def born_abroad(maker: Maker) -> Family:
    """An adult born abroad: department 99."""
    member = maker.member(
        names.family_name(maker.rng), maker.born(19, 90), origin=maker.rng.choice(names.COUNTRIES)
    )
    return rows_of([maker.holder(member)])


def incomplete_record(maker: Maker) -> Family:
    """An adult born abroad whose month of birth was not recorded: 20 to 42, or 50 and over, in the number."""
    month = maker.rng.choice((*range(20, 43), *range(50, 100)))
    country = maker.rng.choice(names.COUNTRIES)
    birth = maker.born(30, 90).replace(month=1, day=1)
    return rows_of(
        [maker.holder(maker.member(names.family_name(maker.rng), birth, origin=country, month=month))]
    )


def very_long_name(maker: Maker) -> Family:
    """An adult whose name fills any page."""
    adult = maker.adult()
    return rows_of([replace(adult, member=replace(adult.member, family_name=names.VERY_LONG.upper()))])


def farmer(maker: Maker) -> Family:
    """An adult of the agricultural scheme."""
    return rows_of([replace(maker.adult(), scheme="MSA")])


def without_email(maker: Maker) -> Family:
    """An adult who has a telephone only."""
    adult = maker.adult()
    return rows_of([replace(adult, email="", phone=adult.phone or "+33799990099")])


def without_phone(maker: Maker) -> Family:
    """An adult who has an e-mail address only."""
    adult = maker.adult()
    return rows_of([replace(adult, phone="", email=adult.email or "sans.telephone@example.org")])


def without_contact(maker: Maker) -> Family:
    """An adult who can only be reached on paper."""
    return rows_of([replace(maker.adult(), email="", phone="")])


KINDS: tuple[tuple[Callable[[Maker], Family], float], ...] = (
    *((Maker.alone, 30.0), (couple, 14), (family, 26), (single_parent, 8), (twins, 1.5), (newborn, 1)),
    *((teenager, 4), (minor_without_guardian, 0.5), (adult_under_guardianship, 1), (corsican, 1.5)),
    *((overseas, 3), (born_abroad, 6), (incomplete_record, 0.5), (very_long_name, 0.3), (farmer, 2)),
    *((without_email, 1), (without_phone, 1), (without_contact, 2)),
)
"""Each kind and how often it comes, against the others."""
