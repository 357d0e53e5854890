"""Where publications lie on disk, and under which address they stand."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from .models import Publication


def root() -> Path:
    """The folder that is served at /public/ and may be carried to a web server as it is."""
    return Path(settings.PUBLICATIONS_ROOT)


def address_of(publication: Publication) -> str:
    """The folder of an edition's publication below the root: government/edition."""
    edition = publication.edition
    return f"{edition.plan.organisation.slug}/e{edition.pk}"


def folder_of(publication: Publication) -> Path:
    return root() / address_of(publication)
