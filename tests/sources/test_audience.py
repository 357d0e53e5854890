"""A document is for those whom it was kept for: closed unless somebody keeps it for all."""

from __future__ import annotations

import pytest

from kaikaku.audit.queries import history_of
from kaikaku.org.roles import Role
from kaikaku.sources import queries, services
from kaikaku.sources.audience import Audience
from kaikaku.sources.models import SourceDocument
from tests.cast import Cast
from tests.pages import Page
from tests.sources.doors import ALL, open_to


def kept(cast: Cast, audience: Audience = Audience.HOLDERS) -> SourceDocument:
    return services.keep_document(
        organisation=cast.sakura,
        name="meibo.txt",
        data="訓練の名簿".encode(),
        title="訓練の名簿",
        media_type="text/plain",
        lines=("訓練の名簿",),
        by=cast.sato,
        audience=audience,
    )


@pytest.mark.parametrize("role", list(Role))
def test_what_belongs_to_nothing_one_may_see_opens_through_no_door(
    cast: Cast, page: Page, role: Role
) -> None:
    assert open_to(page, kept(cast), cast.of(role)) == set()


@pytest.mark.parametrize("role", list(Role))
def test_what_is_kept_for_all_opens_through_every_door(cast: Cast, page: Page, role: Role) -> None:
    assert open_to(page, kept(cast, Audience.INSIDERS), cast.of(role)) == ALL


def test_a_closed_document_says_who_may_open_it_and_whom_to_ask(cast: Cast, page: Page) -> None:
    refused = page.get(f"/sources/{kept(cast).pk}/", as_=cast.watanabe, status=403)
    assert refused.says("文書を付けた調書や記録を読める人だけです")
    assert not refused.says("訓練の名簿")


def test_a_stranger_learns_nothing_of_a_closed_document(cast: Cast, page: Page) -> None:
    page.get(f"/sources/{kept(cast).pk}/", as_=cast.nakamura, status=404)


def test_the_same_content_kept_for_all_opens_and_the_log_says_so(cast: Cast) -> None:
    document = kept(cast)
    assert kept(cast, Audience.INSIDERS) == document
    assert [document.pk] == [one.pk for one in queries.documents_for(cast.watanabe)]
    entry = history_of(cast.takahashi, document)[0]
    assert (entry.action, entry.old, entry.new) == (
        "sources.document.opened",
        {"audience": "holders"},
        {"audience": "insiders"},
    )


def test_what_is_for_all_never_closes_again(cast: Cast) -> None:
    document = kept(cast, Audience.INSIDERS)
    kept(cast)
    document.refresh_from_db()
    assert document.audience == Audience.INSIDERS


def test_the_page_says_who_may_read(cast: Cast, page: Page) -> None:
    document = kept(cast, Audience.INSIDERS)
    assert page.get(f"/sources/{document.pk}/", as_=cast.sato).says("この団体の職員と委員")
