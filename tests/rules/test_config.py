"""Settings: what cannot be right stops the start with one sentence that names it; what is missing in production too."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from webapp.config import CHECKOUT, NOBODY, Settings, SettingsError
from webapp.keys import NAMES

KEY = base64.b64encode(b"k" * 32).decode()
PRODUCTION = {
    "PUBLIC_URL": "https://espace.example.fr",
    "SITE_NAME": "Espace",
    **{name: f"{name} of somebody" for name in NOBODY},
    "SECRET_KEY": "s" * 32,
    "DATA_KEYS": f"d1:{KEY}",
    "INDEX_KEY": KEY,
    "RECEIPT_KEYS": f"r1:{KEY}",
    "JOURNAL_KEY": KEY,
}

WRONG = [
    ("PUBLIC_URL", "espace.example.fr"),
    ("PUBLIC_URL", "ftp://espace.example.fr"),
    ("PUBLIC_URL", "https://"),
    ("PUBLIC_URL", "https:///x"),
    ("PUBLIC_URL", "https://espace.example.fr/chemin"),
    ("PUBLIC_URL", "https://espace.example.fr?x=1"),
    ("PUBLIC_URL", "https://espace.example.fr#x"),
    ("PUBLIC_URL", "https://user:secret@espace.example.fr"),
    ("PUBLIC_URL", "https://espace.example.fr:99999"),
    ("PUBLIC_URL", "https://espace.example.fr:port"),
    ("PUBLIC_URL", "https://[::1"),
    ("PUBLIC_URL", "https://espace example.fr"),
    ("PUBLIC_URL", "https://espacé.example.fr"),
    ("PUBLIC_URL", "http://espace.example.fr"),
    ("PUBLIC_URL", "http://127.0.0.1.example.fr"),
    ("DATABASE_URL", "mysql://host/x"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATABASE_URL", "sqlite:///:memory:"),
    ("DATABASE_URL", "postgresql://user@host:99999/x"),
    ("DATABASE_URL", "postgresql://"),
    ("MAIL_URL", "http://host"),
    ("MAIL_URL", "smtp://"),
    ("MAIL_URL", "smtp://host:99999"),
    ("MAIL_URL", "spool:"),
    ("MAIL_URL", "spool:."),
    ("SMS_URL", "json"),
    ("SMS_URL", "://host"),
    ("SMS_URL", "json://"),
    ("SMS_URL", "spool:/"),
    ("MAIL_FROM", "a@b@c"),
    ("MAIL_FROM", "a b@example.fr"),
    ("ACCESS_CODE_MINUTES", "0"),
    ("ACCESS_CODE_MINUTES", "61"),
    ("ACCESS_CODE_MINUTES", "-5"),
    ("ACCESS_CODE_MINUTES", "10.5"),
    ("ACCESS_CODE_MINUTES", "٣"),
    ("ACCESS_CODE_MINUTES", "9" * 5000),
    ("OPPOSITION_WINDOW_DAYS", "0"),
    ("OPPOSITION_WINDOW_DAYS", "1e2"),
    ("AUDIT_MODE", "yes"),
    ("TRUSTED_PROXIES", "10.0.0.0/99"),
    ("TRUSTED_PROXIES", "proxy.example.fr"),
    ("SECRET_KEY", "short"),
    ("SECRET_KEY", f"{'s' * 32},short"),
    ("SECRET_KEY", ","),
    ("DATA_KEYS", KEY),
    ("DATA_KEYS", "d1:short"),
    ("DATA_KEYS", f"d1:{KEY},d1:{KEY}"),
    ("DATA_KEYS", f"d 1:{KEY}"),
    ("DATA_KEYS", ","),
    ("INDEX_KEY", "é" * 43),
    ("INDEX_KEY", KEY[:-4]),
    ("RECEIPT_KEYS", f"r1:{KEY}x"),
    ("JOURNAL_KEY", "!"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
@pytest.mark.parametrize("base", [{}, PRODUCTION], ids=["demonstration", "production"])
def test_one_sentence_names_what_is_wrong(
    tmp_path: Path, base: dict[str, str], name: str, value: str
) -> None:
    with pytest.raises(SettingsError) as refusal:
        Settings.from_environment({**base, "VAR_DIR": str(tmp_path), name: value})
    sentence = str(refusal.value)
    assert name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert not (value and len(value) > 6 and name.endswith(("KEY", "KEYS")) and value in sentence)


def test_production_starts_with_everything(tmp_path: Path) -> None:
    settings = Settings.from_environment({**PRODUCTION, "VAR_DIR": str(tmp_path)})
    assert settings.production
    assert settings.secure
    assert not (tmp_path / "keys.json").exists()
    assert "kkkk" not in repr(settings)
    assert KEY not in repr(settings)


@pytest.mark.parametrize("name", sorted(set(PRODUCTION) - {"PUBLIC_URL"}))
def test_production_refuses_to_start_without(tmp_path: Path, name: str) -> None:
    given = {key: value for key, value in PRODUCTION.items() if key != name}
    for env in (given, {**given, name: "  "}):
        with pytest.raises(SettingsError, match=rf"^{name} must be set"):
            Settings.from_environment({**env, "VAR_DIR": str(tmp_path)})


def test_audit_mode_must_be_meant(tmp_path: Path) -> None:
    env = {**PRODUCTION, "VAR_DIR": str(tmp_path), "AUDIT_MODE": "on"}
    with pytest.raises(SettingsError, match="AUDIT_MODE"):
        Settings.from_environment(env)
    assert Settings.from_environment({**env, "AUDIT_MODE_CONFIRM": "on"}).audit_mode
    assert Settings.from_environment({"VAR_DIR": str(tmp_path), "AUDIT_MODE": "on"}).audit_mode


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://Espace.Example.FR/", "https://espace.example.fr"),
        ("HTTPS://espace.example.fr:8443", "https://espace.example.fr:8443"),
    ],
)
def test_the_public_address_is_as_browsers_send_it(tmp_path: Path, url: str, kept: str) -> None:
    assert (
        Settings.from_environment({**PRODUCTION, "VAR_DIR": str(tmp_path), "PUBLIC_URL": url}).public_url
        == kept
    )


@pytest.mark.parametrize("url", ["https://localhost:8443", "http://[::1]:8000", "http://127.0.0.9"])
def test_loopback_is_no_production(tmp_path: Path, url: str) -> None:
    settings = Settings.from_environment({"VAR_DIR": str(tmp_path), "PUBLIC_URL": url})
    assert not settings.production
    assert settings.secure is url.startswith("https")


def test_several_processes_make_the_keys_once(tmp_path: Path) -> None:
    """Eight at once, each a process of its own: the keys of whoever was first are everybody's."""
    program = (
        "import sys, hashlib; from webapp.config import Settings; sys.stdin.readline();"
        "k = Settings.from_environment({'VAR_DIR': sys.argv[1]}).keys;"
        "print(hashlib.sha256(repr((k.signing, k.data, k.index, k.receipt, k.journal)).encode()).hexdigest())"
    )
    started = [
        subprocess.Popen(
            (sys.executable, "-c", program, str(tmp_path)),
            cwd=CHECKOUT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = {process.communicate(timeout=60)[0].strip() for process in started}
    assert len(said) == 1
    assert all(process.returncode == 0 for process in started)
    assert [path.name for path in tmp_path.iterdir()] == ["keys.json"]
    assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", json.dumps(dict.fromkeys(NAMES, 1)), "\x00"])
def test_a_damaged_file_of_keys_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "keys.json").write_text(content)
    with pytest.raises(SettingsError, match=r"keys\.json"):
        Settings.from_environment({"VAR_DIR": str(tmp_path)})


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="VAR_DIR"):
        Settings.from_environment({"VAR_DIR": str(tmp_path / "file" / "var")})


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        path.relative_to(CHECKOUT).as_posix()
        for path in (CHECKOUT / "webapp").rglob("*.py")
        if any(word in path.read_text() for word in (f"os.{'environ'}", f"os.{'getenv'}", "import environ"))
    }
    assert readers <= {"webapp/config.py"}
    assert os.environ


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("file:var/documents", True),
        ("s3://coffre", True),
        ("s3://coffre/dossier?endpoint=http://127.0.0.1:9000&region=eu-west-3", True),
        ("s3://une:cl%C3%A9@coffre/dossier", True),
        ("s3://", False),
        ("s3://coffre?endpoint=ailleurs", False),
        ("file:", False),
        ("ftp://coffre", False),
        ("var/documents", False),
    ],
)
def test_documents_lie_in_a_folder_or_on_s3(url: str, good: bool, tmp_path: Path) -> None:
    env = {"DOCUMENTS_URL": url, "VAR_DIR": str(tmp_path)}
    if good:
        assert Settings.from_environment(env).documents_url == url
        assert "cl%C3%A9" not in repr(Settings.from_environment(env))
    else:
        with pytest.raises(SettingsError, match="DOCUMENTS_URL"):
            Settings.from_environment(env)
