"""The documents of the spaces that the account reaches: what is said of each, and the files themselves."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial

from webapp.archive.records import Attached, Coded, Holder, Inside, Record, Section
from webapp.config import Settings
from webapp.db.vault import CannotUnseal
from webapp.documents.categories import label_of
from webapp.documents.files import read_file
from webapp.documents.rules import Media, file_name
from webapp.documents.service import Filed, everything
from webapp.documents.storage import Missing, Store, store_of

log = logging.getLogger(__name__)


def _all(who: Holder) -> Iterator[tuple[str, str, Filed]]:
    """Yield the name of the space, the place in the archive, the document; in the same order each time."""
    number = 0
    for space in who.spaces:
        for one in everything(who.session, space):
            number += 1
            yield space.name, f"documents/{number:05} {file_name(one.name, one.media)}", one


def _documents(who: Holder) -> Iterator[Record]:
    for space, place, one in _all(who):
        category = Coded(one.category, label_of(one.category))
        mine = one.account_id == who.account.id
        file = Inside(place)
        yield space, one.name, category, one.dated_on, one.added_at, mine, one.hidden, one.deleted_at, file


def attached_documents(who: Holder, settings: Settings) -> Iterator[Attached]:
    """Yield every file, to be read when its turn comes."""
    store = store_of(settings)
    for _space, place, one in _all(who):
        yield Attached(place, partial(_content, store, one), pressed=one.media is not Media.TEXT)


def _content(store: Store, one: Filed) -> bytes | None:
    try:
        return read_file(store, one.id, one.file)
    except (Missing, CannotUnseal) as error:
        log.error("the file of a document cannot be read: %s", type(error).__name__)
        return None


DOCUMENTS = Section(
    "documents",
    "Les documents",
    (
        ("space", "Espace"),
        ("name", "Nom"),
        ("category", "Catégorie"),
        ("dated_on", "Date du document"),
        ("added_at", "Ajouté le"),
        ("added_by_me", "Ajouté par moi"),
        ("hidden", "Masqué aux professionnels"),
        ("deleted_at", "Mis à la corbeille le"),
        ("file", "Fichier"),
    ),
    _documents,
)
