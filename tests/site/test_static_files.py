"""Static files: served before they are collected, hashed and kept for good after."""

from pathlib import Path

from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from kaikaku.ui.storage import StaticStorage

NAME = "look/css/tokens.css"


def storage(folder: Path) -> StaticFilesStorage:
    return StaticStorage(location=folder, base_url="/static/")


def test_before_collecting_a_file_has_its_own_name(tmp_path: Path) -> None:
    assert storage(tmp_path).url(NAME) == f"/static/{NAME}"


def test_before_collecting_a_file_is_served_from_where_it_lies(db: None) -> None:
    response = Client().get(f"/static/{NAME}")
    assert b"--" in b"".join(response.streaming_content)  # CSS variables


def test_after_collecting_the_name_carries_the_hash(tmp_path: Path, settings: Settings) -> None:
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    name = storage(tmp_path).url(NAME).removeprefix("/static/")
    assert name != NAME
    assert (tmp_path / name).read_bytes() == (tmp_path / NAME).read_bytes()
    assert (tmp_path / f"{name}.gz").exists()


def test_a_file_newer_than_the_collection_keeps_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "staticfiles.json").write_text('{"version": "1.1", "paths": {}, "hash": ""}')
    assert storage(tmp_path).url("new.css") == "/static/new.css"
