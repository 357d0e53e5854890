"""A chain of their own for bodies like 医療局, 企業局, 教育委員会."""

import pytest

from kaikaku.audit import services as audit
from kaikaku.core.errors import RuleViolation
from kaikaku.org import services as org
from kaikaku.org.models import Department, Post, User
from kaikaku.org.roles import Role
from kaikaku.plans import services as plans
from kaikaku.plans.entries import SectionFields
from kaikaku.plans.models import Edition
from kaikaku.reporting import queries, services
from kaikaku.reporting.models import Chain, Sheet
from tests.cast import Cast, department, person, post
from tests.pages import Page
from tests.reporting.conftest import make_round


class Board:
    """教育委員会 with its 教育長 (原), its 総務課 and 課長 (石井) and a clerk (岡)."""

    def __init__(self, cast: Cast, edition: Edition) -> None:
        self.top: Department = department(cast.sakura, "教育委員会")
        self.section: Department = department(cast.sakura, "学校企画課", self.top)
        self.hara = person(cast.sakura, "hara", "原")
        self.ishii = person(cast.sakura, "ishii", "石井")
        self.oka = person(cast.sakura, "oka", "岡")
        self.superintendent: Post = post(self.top, "教育長", Role.CHIEF, self.hara)
        self.deputy_head: Post = post(self.top, "教育次長", Role.CHIEF)
        post(self.section, "課長", Role.CHIEF, self.ishii)
        post(self.section, "主事", Role.CLERK, self.oka)
        fields = SectionFields("学校の働き方改革", owner=self.section)
        plans.add_section(edition=edition, parent=None, fields=fields, by=None)

    def submitted(self, cast: Cast, edition: Edition) -> Sheet:
        sheet = make_round(cast, edition).sheets.get(department=self.section)
        return services.answer_none(sheet=sheet, reason="該当がありません", by=fresh(self.oka))


def fresh(user: User) -> User:
    """The person as a new request has them: standing is worked out anew."""
    return User.objects.get(pk=user.pk)


@pytest.fixture
def board(cast: Cast, edition: Edition) -> Board:
    return Board(cast, edition)


def set_chain(board: Board, cast: Cast, *, bundles: bool, final: bool = False) -> Chain:
    return services.set_chain(
        department=board.top,
        bundles=bundles,
        final_post=board.superintendent if final else None,
        by=cast.takahashi,
    )


def test_without_a_chain_the_posts_say_the_way(cast: Cast, edition: Edition, board: Board) -> None:
    sheet = board.submitted(cast, edition)
    assert services.confirm(sheet=sheet, by=fresh(board.ishii)).state == "chief_confirmed"
    assert services.bundle(sheet=sheet, by=fresh(board.hara)).state == "bundled"


def test_a_body_that_does_not_bundle_is_done_with_the_confirmation(
    cast: Cast, edition: Edition, board: Board
) -> None:
    set_chain(board, cast, bundles=False)
    sheet = board.submitted(cast, edition)
    assert services.confirm(sheet=sheet, by=fresh(board.ishii)).state == "bundled"
    assert "取りまとめの段階を置いていない" in sheet.moves.last().reason


def test_only_the_named_post_makes_the_last_step(cast: Cast, edition: Edition, board: Board) -> None:
    other = person(cast.sakura, "jicho", "次長")
    org.appoint(post=board.deputy_head, user=other, from_day=board.deputy_head.opened, by=None)
    set_chain(board, cast, bundles=True, final=True)
    sheet = board.submitted(cast, edition)
    services.confirm(sheet=sheet, by=fresh(board.ishii))
    with pytest.raises(RuleViolation, match="この部局で「取りまとめる」のは「教育委員会 教育長」です"):
        services.bundle(sheet=sheet, by=fresh(other))
    assert services.bundle(sheet=sheet, by=fresh(board.hara)).state == "bundled"


def test_a_named_post_without_bundling_confirms_alone(cast: Cast, edition: Edition, board: Board) -> None:
    set_chain(board, cast, bundles=False, final=True)
    sheet = board.submitted(cast, edition)
    with pytest.raises(RuleViolation, match="この部局で「確認する」のは「教育委員会 教育長」です"):
        services.confirm(sheet=sheet, by=fresh(board.ishii))
    assert services.confirm(sheet=sheet, by=fresh(board.hara)).state == "bundled"


def test_it_waits_for_whoever_makes_the_step(cast: Cast, edition: Edition, board: Board) -> None:
    set_chain(board, cast, bundles=False, final=True)
    sheet = board.submitted(cast, edition)
    assert list(queries.waiting_for(fresh(board.hara))) == [sheet]
    assert list(queries.waiting_for(fresh(board.ishii))) == []
    assert queries.people_to_move([sheet]) == {sheet.pk: [board.hara]}


def test_a_post_outside_the_body_may_be_its_last(cast: Cast, edition: Edition, board: Board) -> None:
    services.set_chain(
        department=board.section,
        bundles=True,
        final_post=cast.suzuki.holdings.get().post,
        by=cast.takahashi,
    )
    sheet = board.submitted(cast, edition)
    sheet = services.confirm(sheet=sheet, by=fresh(board.ishii))
    assert queries.people_to_move([sheet]) == {sheet.pk: [cast.suzuki]}
    assert services.bundle(sheet=sheet, by=fresh(cast.suzuki)).state == "bundled"


def test_who_is_chief_still_reads_and_returns(cast: Cast, edition: Edition, board: Board) -> None:
    set_chain(board, cast, bundles=False, final=True)
    sheet = board.submitted(cast, edition)
    assert (
        services.return_sheet(sheet=sheet, reason="数を確かめて", by=fresh(board.ishii)).state == "returned"
    )


def test_other_bodies_go_their_own_way(cast: Cast, edition: Edition, board: Board) -> None:
    set_chain(board, cast, bundles=False)
    posts = queries.posts_of(cast.sakura)
    assert (posts.has_lead(board.section.pk), posts.has_lead(cast.zeimu.pk)) == (False, True)


def test_a_deputy_of_the_named_post_is_recorded(cast: Cast, edition: Edition, board: Board) -> None:
    set_chain(board, cast, bundles=False, final=True)
    deputy = person(cast.sakura, "kido", "木戸")
    org.appoint(
        post=board.superintendent, user=deputy, from_day=board.superintendent.opened, acting=True, by=None
    )
    sheet = board.submitted(cast, edition)
    services.confirm(sheet=sheet, by=deputy)
    assert sheet.moves.last().acting == "教育委員会 教育長"


def test_the_way_is_not_changed_under_a_sheet_that_waits(cast: Cast, edition: Edition, board: Board) -> None:
    sheet = board.submitted(cast, edition)
    services.confirm(sheet=sheet, by=fresh(board.ishii))
    with pytest.raises(RuleViolation, match="取りまとめを待っている調書が1件あります"):
        set_chain(board, cast, bundles=False)


def test_the_automatic_way_comes_back(cast: Cast, board: Board) -> None:
    set_chain(board, cast, bundles=False)
    services.clear_chain(department=board.top, by=cast.takahashi)
    services.clear_chain(department=board.top, by=cast.takahashi)
    assert queries.posts_of(cast.sakura).has_lead(board.section.pk)
    assert audit.verify(cast.sakura) == []


def test_only_the_office_sets_a_chain_and_only_to_a_chiefs_post(cast: Cast, board: Board) -> None:
    with pytest.raises(RuleViolation, match="事務局だけ"):
        services.clear_chain(department=board.top, by=cast.sato)
    clerk = board.oka.holdings.get().post
    with pytest.raises(RuleViolation, match="所属長の職から"):
        services.set_chain(department=board.top, bundles=True, final_post=clerk, by=cast.takahashi)


def test_a_closed_post_ends_nothing(cast: Cast, board: Board) -> None:
    set_chain(board, cast, bundles=True, final=True)
    Post.objects.filter(pk=board.superintendent.pk).update(closed=board.superintendent.opened)
    assert queries.posts_of(cast.sakura).chains[board.top.pk].final is None


def test_the_office_sets_it_on_the_page(cast: Cast, board: Board, page: Page) -> None:
    assert page.get("/reports/chains/", as_=cast.takahashi).says("教育委員会")
    address = f"/reports/chains/{board.top.pk}/"
    wrong = page.post(address, {"way": "auto", "final_post": board.superintendent.pk}, status=400)
    assert wrong.says("自動のときは、職を選べません")
    after = page.post(address, {"way": "direct", "final_post": board.superintendent.pk})
    assert after.says("「教育委員会 教育長」が確認")
    page.post(address, {"way": "auto", "final_post": ""})
    assert not Chain.objects.exists()
