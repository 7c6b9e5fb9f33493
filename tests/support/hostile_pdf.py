"""The PDFs among the hostile files."""

from __future__ import annotations

import io
from typing import Any

from tests.support.hostile import CANARY, HTML, P, deflated, hostile, photo, zipped
from webapp.documents.rules import Media


def bare(*objects: bytes, root: bytes = b"", page: bytes = b"") -> bytes:
    """A PDF of one page, written by hand: whatever `root` and `page` add, and more objects, from number 4 on."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R" + root + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]" + page + b">>",
        *objects,
    ]
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj" % number + part + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, start)
    return bytes(out)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream " % (len(data), more, data)


def locked() -> bytes:
    import pikepdf

    made: Any = pikepdf.open(io.BytesIO(bare()))
    out = io.BytesIO()
    made.save(out, encryption=pikepdf.Encryption(owner="un", user="deux"))
    return out.getvalue()


def swollen() -> bytes:
    """The table that says where everything lies is two thousand million bytes, compressed."""
    before = bare().partition(b"xref\n")[0]
    table = b"/Type/XRef/W[1 2 1]/Size 900000000/Root 1 0 R/Filter/FlateDecode"
    return (
        before + b"4 0 obj" + stream(deflated(2_000), table) + b"endobj\nstartxref\n%d\n%%%%EOF" % len(before)
    )


JS = b"<</S/JavaScript/JS(app.alert\\('" + CANARY + b"'\\))>>"
LAUNCH = b"<</Type/Action/S/Launch/F(" + CANARY + b".exe)/Win<</F(" + CANARY + b")>>>>"


def annotation(does: bytes, more: bytes = b"") -> bytes:
    return b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A " + does + more + b">>]"


pdf = Media.PDF
hostile("script-a-l-ouverture.pdf", pdf, lambda: bare(root=b"/OpenAction" + JS))
hostile("script-cache.pdf", pdf, lambda: bare(JS, root=b"/OpenAction 4 0 R", page=b"/AA<</O 4 0 R>>"))
hostile("script-nomme.pdf", pdf, lambda: bare(root=b"/Names<</JavaScript<</Names[(a)" + JS + b"]>>>>"))
hostile(
    "script-suivant.pdf", pdf, lambda: bare(page=annotation(b"<</S/GoTo/D[3 0 R/Fit]/Next[" + JS + b"]>>"))
)
hostile(
    "script-ecrit-autrement.pdf",
    pdf,
    lambda: bare(page=annotation(JS.replace(b"/JavaScript", b"/J#61vaScript"))),
)
hostile("lance.pdf", pdf, lambda: bare(page=annotation(LAUNCH)))
hostile(
    "lance-ailleurs.pdf", pdf, lambda: bare(page=annotation(b"<</S/URI/URI(javascript:" + CANARY + b")>>"))
)
hostile(
    "envoie.pdf",
    pdf,
    lambda: bare(page=annotation(b"<</S/SubmitForm/F(http://x/" + CANARY + b")/Fields[]>>")),
)
hostile(
    "fichier-joint.pdf",
    pdf,
    lambda: bare(
        stream(CANARY, b"/Type/EmbeddedFile"),
        b"<</Type/Filespec/F(a.exe)/EF<</F 4 0 R>>>>",
        root=b"/Names<</EmbeddedFiles<</Names[(a)5 0 R]>>>>/AF[5 0 R]",
        page=b"/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]/FS 5 0 R>>]",
    ),
)
hostile("formulaire.pdf", pdf, lambda: bare(stream(CANARY), root=b"/AcroForm<</Fields[]/XFA 4 0 R>>"))
hostile(
    "formulaire-dessine.pdf",
    P.TOO_MUCH,
    lambda: bare(stream(CANARY), root=b"/NeedsRendering true/AcroForm<</Fields[]/XFA 4 0 R>>"),
)
hostile("porte-documents.pdf", P.TOO_MUCH, lambda: bare(root=b"/Collection<</Type/Collection>>"))
hostile("prefixe.pdf", pdf, lambda: CANARY + HTML + bare())
hostile("suffixe.pdf", pdf, lambda: bare() + zipped(CANARY.decode(), 1_000_000) + HTML)
hostile("verrouille.pdf", P.LOCKED, locked)
hostile("coupe.pdf", P.BROKEN, lambda: bare()[:40])
hostile("jpeg-et.pdf", Media.IMAGE, lambda: photo() + bare(root=b"/OpenAction" + JS))
hostile("trop-d-objets.pdf", P.TOO_MUCH, lambda: bare(*[b"<<>>"] * 52_000))
hostile("trop-de-valeurs.pdf", P.TOO_MUCH, lambda: bare(*[b"[" + b"[]" * 60_000 + b"]"] * 4))
hostile("profond.pdf", pdf, lambda: bare(b"[" * 200_000 + b"]" * 200_000, root=b"/X 4 0 R"))
hostile("table-gonflee.pdf", pdf, swollen)
hostile("pages-en-rond.pdf", (P.BROKEN, P.TOO_MUCH), lambda: bare().replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"))
