"""Every door to a kept document, tried for one person."""

from __future__ import annotations

from kaikaku.org.models import User
from kaikaku.sources import services
from kaikaku.sources.models import SourceDocument
from tests.pages import Page

ALL = {"list", "csv", "search", "viewer", "original", "citation"}


def open_to(page: Page, document: SourceDocument, user: User) -> set[str]:
    """The doors through which the person reaches the document or learns its title."""
    citation = services.cite(document=document, spot=services.Spot(1, "引用"))
    page.sign_in(user)
    address = f"/sources/{document.pk}/"
    found = set()
    for name, page_with_it, sign in (
        ("list", "/sources/", address),
        ("csv", "/sources/?format=csv", document.title),
        ("search", f"/search/?q={document.title}", address),
    ):
        if sign in page.client.get(page_with_it).content.decode():
            found.add(name)
    for name, door in (
        ("viewer", address),
        ("original", f"{address}original/"),
        ("citation", f"/sources/citations/{citation.pk}/"),
    ):
        answer = page.client.get(door)
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end: closing it would close the database with it
        status = answer.status_code
        assert status in {200, 302, 403}
        if status != 403:
            found.add(name)
    return found
