"""The only reader of the environment.

Defaults are valid and safe on one machine; with a PUBLIC_URL that is not loopback ("production") whatever
cannot be guessed is required, and a setting that cannot be right stops the start with a sentence that names it.
A frozen dataclass rather than pydantic-settings: the latter alone costs more start-up time than Flask.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from webapp.keys import KeyProblem, Keys, keys_from_environment

CHECKOUT = Path(__file__).resolve().parent.parent
"""The folder that holds templates/, static/ and var/."""

NOBODY = {
    "PUBLISHER": "Démonstration sans éditeur",
    "HOSTING": "Démonstration sur cette machine, aucun hébergeur",
    "DPO_CONTACT": "Démonstration sans délégué à la protection des données",
    "HELP_PHONE": "Démonstration sans numéro de téléphone",
}
"""What the demonstration says where production must say who is responsible: it invents nobody."""


class SettingsError(Exception):
    """A setting that cannot be right; the text is one sentence that names it."""


@dataclass(frozen=True)
class Settings:
    """Every setting of the application. Durations carry their unit in their name."""

    database_url: str
    keys: Keys = field(repr=False)
    public_url: str = "http://127.0.0.1:8000"
    mail_url: str = field(default="spool:var/mail", repr=False)
    sms_url: str = field(default="spool:var/sms", repr=False)
    documents_url: str = field(default="file:var/documents", repr=False)
    mail_from: str = ""
    access_code_minutes: int = 15
    opposition_window_days: int = 31
    site_name: str = "Mon espace santé"
    publisher: str = NOBODY["PUBLISHER"]
    hosting: str = NOBODY["HOSTING"]
    dpo_contact: str = NOBODY["DPO_CONTACT"]
    help_phone: str = NOBODY["HELP_PHONE"]
    audit_mode: bool = False
    trusted_proxies: tuple[str, ...] = ()
    news_file: str = ""
    var: Path = CHECKOUT / "var"

    @property
    def host(self) -> str:
        """Host name of the public address, without port."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def production(self) -> bool:
        """True when the public address is not this machine's own loopback."""
        return not is_loopback(self.host)

    @property
    def sender_address(self) -> str:
        """The address that letters come from: MAIL_FROM, or one that nobody reads at the site's own host."""
        return self.mail_from or f"ne-pas-repondre@{'localhost' if is_loopback(self.host) else self.host}"

    @property
    def secure(self) -> bool:
        """True with an https public address: HSTS and `__Host-` cookies."""
        return self.public_url.startswith("https://")

    @property
    def shows_what_was_sent(self) -> bool:
        """True when `/demonstration/envois` may exist: loopback, http, and both channels are folders."""
        spooled = self.mail_url.startswith("spool:") and self.sms_url.startswith("spool:")
        return spooled and not self.production and not self.secure

    @property
    def news(self) -> Path:
        """The file of the news, which need not be there: NEWS_FILE (relative to the checkout), or one in `var`."""
        return CHECKOUT / self.news_file if self.news_file else self.var / "actualites.toml"

    def folder(self, url: str) -> Path:
        """Return the folder of a `spool:` or `file:` URL; a relative one lies at the checkout (or beside `var`)."""
        path = Path(url.removeprefix("spool:").removeprefix("file:"))
        if path.is_absolute():
            return path
        return self.var / Path(*path.parts[1:]) if path.parts[:1] == ("var",) else CHECKOUT / path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read every setting; raise SettingsError with one sentence naming the first that cannot be right."""
        env = {k: v.strip() for k, v in (os.environ if environ is None else environ).items() if v.strip()}
        public_url = _public_url(env.get("PUBLIC_URL", cls.public_url))
        production = not is_loopback(_host_of(public_url))
        var = Path(env["VAR_DIR"]).resolve() if "VAR_DIR" in env else CHECKOUT / "var"
        if production:
            for name in ("SITE_NAME", *NOBODY):
                if name not in env:
                    raise SettingsError(f"{name} must be set when PUBLIC_URL is not a loopback address.")
        try:
            keys = keys_from_environment(env, None if production else var)
        except KeyProblem as error:
            raise SettingsError(str(error)) from error
        settings = cls(
            database_url=_database_url(env.get("DATABASE_URL", f"sqlite:///{var}/espace-sante.db")),
            keys=keys,
            public_url=public_url,
            mail_url=_mail_url(env.get("MAIL_URL", cls.mail_url)),
            sms_url=_sms_url(env.get("SMS_URL", cls.sms_url)),
            documents_url=_documents_url(env.get("DOCUMENTS_URL", cls.documents_url)),
            mail_from=_address("MAIL_FROM", env.get("MAIL_FROM", "")),
            access_code_minutes=_number(env, "ACCESS_CODE_MINUTES", 15, 1, 60),
            opposition_window_days=_number(env, "OPPOSITION_WINDOW_DAYS", 31, 1, 366),
            site_name=env.get("SITE_NAME", cls.site_name),
            publisher=env.get("PUBLISHER", cls.publisher),
            hosting=env.get("HOSTING", cls.hosting),
            dpo_contact=env.get("DPO_CONTACT", cls.dpo_contact),
            help_phone=env.get("HELP_PHONE", cls.help_phone),
            audit_mode=_switch(env, "AUDIT_MODE"),
            trusted_proxies=_proxies(env.get("TRUSTED_PROXIES", "")),
            news_file=env.get("NEWS_FILE", ""),
            var=var,
        )
        if settings.audit_mode and production and not _switch(env, "AUDIT_MODE_CONFIRM"):
            raise SettingsError(
                "AUDIT_MODE is for loopback addresses only; AUDIT_MODE_CONFIRM=on says that you mean it."
            )
        return settings

    def with_changes(self, **changes: object) -> Settings:
        """Return a copy with some settings changed (tests and the demonstration)."""
        return replace(self, **changes)  # type: ignore[arg-type]


def environment(**changes: str) -> dict[str, str]:
    """Return the environment of a child process: ours, with changes."""
    return {**os.environ, **changes}


def is_loopback(host: str) -> bool:
    """Say whether a host name or address is this machine's own loopback."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _public_url(url: str) -> str:
    host = _host_of(url)
    bare = url.rstrip("/").lower()
    if not host or not bare.startswith(("http://", "https://")) or set(bare.split("://", 1)[1]) & set("/?#@"):
        raise SettingsError("PUBLIC_URL must be like https://espace.example.fr, without a path.")
    if bare.startswith("http://") and not is_loopback(host):
        raise SettingsError("PUBLIC_URL must start with https:// unless it is a loopback address.")
    return bare


def _host_of(url: str) -> str:
    """Return the host of a URL; nothing when it has none, or a port or a sign that cannot be right."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return ""
    return host if host.isascii() and all(sign.isalnum() or sign in ".-_:%" for sign in host) else ""


def _database_url(url: str) -> str:
    if url.startswith("postgresql://"):
        url = "postgresql+psycopg://" + url.removeprefix("postgresql://")
    _one_of("DATABASE_URL", url, ("sqlite:///", "postgresql+psycopg://"))
    if url.startswith("sqlite") and url.removeprefix("sqlite:///").split("?", 1)[0] in ("", ":memory:"):
        raise SettingsError(
            "DATABASE_URL must name a file: each connection to memory is a database of its own."
        )
    if url.startswith("postgresql") and not _host_of(url) and "host=" not in url:
        raise SettingsError("DATABASE_URL must be like postgresql+psycopg://user:password@host:5432/name.")
    return url


def _mail_url(url: str) -> str:
    _one_of("MAIL_URL", url, ("spool:", "smtp://", "smtps://"))
    if not url.startswith("spool:") and not _host_of(url):
        raise SettingsError("MAIL_URL must be like smtp://host:25, with a port that exists.")
    return _spool("MAIL_URL", url)


def _spool(name: str, url: str) -> str:
    if url.startswith("spool:") and not url.removeprefix("spool:").strip("/. "):
        raise SettingsError(f"{name} must name a folder after spool:, such as spool:var/mail.")
    return url


def _sms_url(url: str) -> str:
    scheme, found, rest = url.partition("://")
    if not url.startswith("spool:") and not (found and rest and scheme.isalnum() and scheme.isascii()):
        raise SettingsError("SMS_URL must be an Apprise URL such as json://host:port/path, or spool:folder.")
    return _spool("SMS_URL", url)


def _documents_url(url: str) -> str:
    _one_of("DOCUMENTS_URL", url, ("file:", "s3://"))
    if url.startswith("file:") and not url.removeprefix("file:").strip("/. "):
        raise SettingsError("DOCUMENTS_URL must name a folder after file:, such as file:var/documents.")
    if url.startswith("s3://"):
        endpoint = "".join(parse_qs(urlsplit(url).query).get("endpoint", [""]))
        if not _host_of(url) or (endpoint and not _host_of(endpoint)):
            raise SettingsError(
                "DOCUMENTS_URL must be like s3://bucket/folder?endpoint=https://host:9000 (or without it)."
            )
    return url


def _address(name: str, text: str) -> str:
    if text and (
        text.count("@") != 1 or not text.isprintable() or any(sign in text for sign in ' ,;:<>"()[]\\')
    ):
        raise SettingsError(f"{name} must be one bare address such as ne-pas-repondre@example.fr.")
    return text


def _one_of(name: str, value: str, starts: tuple[str, ...]) -> str:
    if not value.startswith(starts):
        raise SettingsError(f"{name} must start with {' or '.join(starts)}.")
    return value


def _number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = env.get(name, str(default))
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not least <= int(text) <= most:
        raise SettingsError(f"{name} must be a whole number from {least} to {most}.")
    return int(text)


def _switch(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "off").lower()
    if value not in ("on", "off", "1", "0", "true", "false"):
        raise SettingsError(f"{name} must be on or off.")
    return value in ("on", "1", "true")


def _proxies(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    for name in names:
        try:
            ipaddress.ip_network(name, strict=False)
        except ValueError as error:
            raise SettingsError(f"TRUSTED_PROXIES holds {name!r}, which is not an address.") from error
    return names
