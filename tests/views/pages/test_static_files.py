"""Static files: browsers cache them, and load changed ones again."""

import gzip
from pathlib import Path

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from views.pages.static_files import StaticFiles

FILES = {
    "page.js": "say('Привет');\n".encode() * 100,
    "page.css": b"a {}",
    "icon.svg": b"<svg/>",
    "notes.txt": b"no",
}
GZIP = {"Accept-Encoding": "gzip, br"}


def client_of(folder: Path, contents: dict[str, bytes]) -> FlaskClient:
    folder.mkdir()
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    app = Flask(__name__, static_folder=None)
    served = ("page.js", "page.css", "icon.svg")
    app.register_blueprint(StaticFiles("pages", folder, served, url_prefix="/pages"))
    return app.test_client()


def url_of(client: FlaskClient, filename: str) -> str:
    with client.application.test_request_context():
        return url_for("pages.static", filename=filename)


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return client_of(tmp_path / "pages", FILES)


@pytest.mark.parametrize(
    ("filename", "mimetype"),
    [("page.js", "text/javascript"), ("page.css", "text/css"), ("icon.svg", "image/svg+xml")],
)
def test_a_file_is_kept_for_a_year(client: FlaskClient, filename: str, mimetype: str) -> None:
    response = client.get(url_of(client, filename))
    assert (response.status_code, response.data) == (200, FILES[filename])
    assert response.mimetype == mimetype
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_another_version_has_other_urls(client: FlaskClient, tmp_path: Path) -> None:
    changed = client_of(tmp_path / "changed", FILES | {"page.css": b"a { color: red }"})
    old = url_of(client, "page.js")
    assert url_of(changed, "page.js") != old
    assert url_of(client_of(tmp_path / "same", FILES), "page.js") == old
    # A page from before the change gets the current file, which it must not keep.
    response = changed.get(old)
    assert (response.data, response.headers["Cache-Control"]) == (FILES["page.js"], "no-cache")


def test_text_files_are_compressed_for_clients_that_accept_it(client: FlaskClient) -> None:
    url = url_of(client, "page.js")
    packed, plain = client.get(url, headers=GZIP), client.get(url)
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == FILES["page.js"]
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    icon = client.get(url_of(client, "icon.svg"), headers=GZIP)
    assert "Content-Encoding" not in icon.headers


@pytest.mark.parametrize("filename", ["notes.txt", "..%2Fpages%2Fnotes.txt"])
def test_nothing_else_of_the_folder_is_served(client: FlaskClient, filename: str) -> None:
    url = url_of(client, "page.js").replace("page.js", filename)
    assert client.get(url).status_code == 404
