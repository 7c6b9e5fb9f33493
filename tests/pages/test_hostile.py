"""What no browser sends: each gets a page in French that says what to do, never a fault."""

from __future__ import annotations

import io

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.crowd import hidden
from webapp.activation import walks
from webapp.web.states import World
from webapp.web.walker import PageReader

CODE, IDENTIFY = "/activation/code", "/activation/nouveau-code"


pytestmark = pytest.mark.one_database("what is refused never reaches it; test_hostile_fields.py runs on both")


def sane(answer: TestResponse, *statuses: int) -> PageReader:
    """Hold an answer to its word: no fault, no trace of one, and what to do said in French."""
    text = answer.get_data(as_text=True)
    assert answer.status_code < 500, text
    assert not statuses or answer.status_code in statuses, (answer.status_code, text[:600])
    for leak in ("Traceback", "Error:", "sqlalchemy", "/webapp/", "werkzeug", "Exception"):
        assert leak not in text
    page = PageReader(text)
    if answer.status_code >= 400 and answer.mimetype == "text/html" and answer.request.method != "HEAD":
        assert 'lang="fr"' in text
        assert page.h1.strip()
        assert len(page.text) > 60
    return page


def token(client: FlaskClient, address: str = CODE) -> dict[str, str]:
    page = client.get(address).get_data(as_text=True)
    return {"csrf_token": hidden(page, "csrf_token"), "once": hidden(page, "once")}


RAW = {
    "not UTF-8": b"code=\xff\xfe\xc3\x28&csrf_token=%s",
    "not UTF-8, escaped": b"code=%%ff%%c3%%28&csrf_token=%s",
    "NUL": b"code=AB%%00CD&csrf_token=%s",
    "NUL in a name": b"co%%00de=ABCD&csrf_token=%s",
    "surrogate": b"code=%%ed%%a0%%80&csrf_token=%s",
}


@pytest.mark.parametrize("body", RAW.values(), ids=RAW.keys())
def test_unreadable_bodies(client: FlaskClient, body: bytes) -> None:
    raw = body % token(client)["csrf_token"].encode()
    sane(client.post(CODE, data=raw, content_type="application/x-www-form-urlencoded"), 400)


@pytest.mark.parametrize("address", ["/?a=%ff", "/?%00=1", "/%ff%fe", "/%00", "/?a=1&a=%ff", "/verifier/%ff"])
def test_unreadable_addresses(client: FlaskClient, address: str) -> None:
    sane(client.get(address), 400)


def test_a_megabyte_in_a_field(client: FlaskClient) -> None:
    sane(client.post(CODE, data={**token(client), "code": "A" * 1_000_000}), 413)
    sane(client.post(CODE, data={**token(client), **{f"f{n}": "1" for n in range(5000)}}), 413, 422)
    many = {**token(client), **{f"f{n}": "x" for n in range(200)}}
    sane(client.post(CODE, data=many, content_type="multipart/form-data"), 413)


@pytest.mark.parametrize("number", [60_000, 20_000])
def test_long_fields_below_the_limit(client: FlaskClient, number: int) -> None:
    for char in ("A", "9", " ", "-", "é"):
        fields = dict.fromkeys(walks.identity(walks.ADULT), char * (number // 7))
        sane(client.post(IDENTIFY, data={**token(client, IDENTIFY), **fields}), 413, 422)


def test_missing_extra_and_repeated_fields(client: FlaskClient) -> None:
    sane(client.post(CODE, data=token(client)), 422)
    sane(client.post(CODE, data={**token(client), "is_admin": "1", "__class__": "x", "data": "y"}), 422)
    sane(client.post(CODE, data={**token(client), "code": ["A", "B", "\x00"]}), 400, 422)
    sane(client.post(CODE, data={**token(client), "code[]": ["A", "B"], "code.x": "1"}), 422)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW", "OPTIONS", "HEAD", "CONNECT"])
def test_methods(client: FlaskClient, method: str) -> None:
    for address in ("/", CODE, "/activation/fin", "/nowhere", "/verifier/ABCD"):
        sane(client.open(address, method=method))


def test_content_types(client: FlaskClient) -> None:
    good = token(client)
    sane(client.post(CODE, json={**good, "code": "ABCD"}), 403)
    sane(client.post(CODE, json={"code": 1}, headers={"X-CSRF-Token": good["csrf_token"]}), 422)
    sane(client.post(CODE, data=b"{", content_type="application/json"), 403)
    sane(client.post(CODE, data=b"<a/>", content_type="text/xml"), 403)
    parts = {**good, "code": (io.BytesIO(b"2222 3333 4444"), "code.txt")}
    sane(client.post(CODE, data=parts, content_type="multipart/form-data"), 422)
    sane(client.post(CODE, data=b"--x\r\nbroken", content_type="multipart/form-data; boundary=x"), 400, 403)
    sane(client.post(CODE, data=b"", content_type="multipart/form-data"), 400, 403)
    sane(
        client.post(CODE, data=b"code=1", content_type="application/x-www-form-urlencoded; charset=utf-7"),
        403,
    )


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost@evil.example",
        "evil.example@127.0.0.1:8000",
        "",
        "127.0.0.1:8000:9",
        "[::1",
        "é",
    ],
)
def test_foreign_hosts(client: FlaskClient, host: str) -> None:
    sane(client.get("/", headers={"Host": host}), 400)


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "LOCALHOST:8000", "[::1]", "[::1]:8000", "127.0.0.2"]
)
def test_loopback_hosts(client: FlaskClient, host: str) -> None:
    sane(client.get("/", headers={"Host": host}), 200)


def test_forwarded_hosts_are_ignored(client: FlaskClient) -> None:
    names = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example", "X-Original-URL": "/x"}
    for address in ("/", "/verifier", "/activation/decision"):
        answer = client.get(address, headers={**names, "X-Forwarded-Proto": "https"})
        assert "evil" not in str(answer.headers) + answer.get_data(as_text=True)


def test_forged_requests(world: World, client: FlaskClient) -> None:
    good = token(client)
    stranger = token(world.app.test_client())["csrf_token"]
    for forged in (
        "",
        "x",
        "é" * 43,
        stranger,
        good["csrf_token"][:-1],
        "A" * 43,
        "A" * 20_000,
        "\u0661" * 43,
    ):
        page = sane(client.post(CODE, data={"code": "x", "csrf_token": forged}), 403)
        assert "recharge" in page.text
    for site in ("cross-site", "same-site", "SAME-ORIGIN", "nonsense"):
        sane(client.post(CODE, data={**good, "code": "x"}, headers={"Sec-Fetch-Site": site}), 403)
    sane(client.post(CODE, data={**good, "code": "x"}, headers={"Sec-Fetch-Site": "same-origin"}), 422)
    sane(client.post(CODE, data={**good, "code": "x"}), 422)  # the same token again


@pytest.mark.parametrize(
    "value", ["", "x", "é" * 44, "\u0661" * 44, "a" * 44, "b" * 4000, '"\\012\\000"', "../../etc", "%00" * 16]
)
def test_garbage_in_cookies(world: World, value: str) -> None:
    header = f"visite={value}; partage={value}; style={value}; __Host-visite={value}".encode().decode(
        "latin-1"
    )
    client = world.app.test_client(use_cookies=False)
    for address in ("/", CODE, IDENTIFY, "/activation/decision"):
        sane(client.get(address, headers={"Cookie": header}), 200, 303)
    sane(client.post(CODE, data={"csrf_token": "x", "once": "12345678"}, headers={"Cookie": header}), 403)


def test_very_long_addresses(client: FlaskClient) -> None:
    sane(client.get("/verifier/" + "A" * 50_000), 404)
    sane(client.get("/verifier/" + "r1." + "A" * 5_000), 404)
    sane(client.get("/activation/code?" + "a=1&" * 20_000), 200, 400, 413)
    sane(client.get("/" + "../" * 500 + "etc/passwd"), 404)


ODD = {
    "Arabic-Indic digits": "\u0661\u0662\u0663\u0664",
    "wide digits": "\uff11\uff12\uff13",
    "a huge integer": "9" * 5_000,
    "negative": "-1",
    "a float": "1e3",
    "emojis": "👩‍👧‍👦🎉",
    "right to left": "\u202e\u2067abc",
    "template": "{{ 7*7 }}${7*7}<%= 7*7 %>",
    "script": "<script>alert(1)</script><b hx-get=/x>",
    "SQL": "' OR 1=1 --",
    "line ends": "a\r\nSet-Cookie: x=1\r\n\r\n",
    "blank": " \u00a0\u202f\t",
    "superscript": "¹²³",
    "dotless": "ıİß",
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_odd_values(client: FlaskClient, odd: str) -> None:
    for name in walks.identity(walks.ADULT):
        fields = {**token(client, IDENTIFY), **walks.identity(walks.ADULT), name: odd}
        answer = client.post(IDENTIFY, data=fields)
        sane(answer, 422)
        assert "<script>alert" not in answer.get_data(as_text=True)
        assert "<b hx-get" not in answer.get_data(as_text=True)
    sane(client.post(CODE, data={**token(client), "code": odd}), 422)
    sane(client.post(CODE, data={**token(client), "code": "2" * 11 + odd[:1]}), 422)
