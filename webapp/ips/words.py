"""What is said of a file that is not taken."""

from __future__ import annotations

from webapp.ips.reading import Flaw

NNBSP = "\u202f"
WHY = {
    Flaw.LARGE: f"Ce fichier est trop lourd{NNBSP}: 1{NNBSP}Mo au plus.",
    Flaw.JSON: "Ce fichier n’est pas lisible. Il doit être au format JSON.",
    Flaw.DEEP: "Ce fichier est trop compliqué pour être un résumé médical.",
    Flaw.NOT_SUMMARY: "Ce fichier n’est pas un résumé médical international (IPS).",
    Flaw.MANY: "Ce fichier contient trop d’éléments pour être un résumé médical.",
    Flaw.INVALID: "Ce fichier ne suit pas le format FHIR R4. Je demande un autre fichier à qui me l’a donné.",
}
