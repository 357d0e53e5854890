"""A computation is asked for, computed once, and never holds anybody up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kaikaku.audit.services import verify
from kaikaku.exchange import services
from kaikaku.exchange.models import Run
from kaikaku.exchange.services.computing import ABANDONED
from tests.cast import Cast
from tests.exchange import world
from tests.exchange.test_flow import refusal


@pytest.fixture
def asked(cast: Cast) -> Run:
    """A computation on the worker's list."""
    world.profile(cast.kobayashi)
    return services.ask_matching(scheme=world.asked(cast).scheme, by=cast.takahashi)


def page_of(cast: Cast, run: Run) -> str:
    client = Client()
    client.force_login(cast.takahashi)
    return client.get(reverse("exchange:run", args=[run.pk])).content.decode()


def test_what_waits_is_computed_by_the_worker(cast: Cast, asked: Run) -> None:
    assert "計算を待っています" in page_of(cast, asked)
    (done,) = services.compute_waiting()
    assert (done.state, done.pairs) == ("done", [[done.requests[0], cast.kobayashi.pk]])
    assert "最もよい組合せです" in page_of(cast, asked)
    assert services.compute_waiting() == []
    assert verify(cast.sakura) == []


def test_what_is_small_is_computed_at_once(cast: Cast) -> None:
    world.profile(cast.kobayashi)
    assert services.run_matching(scheme=world.asked(cast).scheme, by=cast.takahashi).state == "done"


def test_a_button_pressed_again_asks_once(cast: Cast, asked: Run) -> None:
    with refusal("exchange.run_under_way"):
        services.ask_matching(scheme=asked.scheme, by=cast.takahashi)
    assert Run.objects.count() == 1


def test_nobody_is_chosen_before_it_is_computed(cast: Cast, asked: Run) -> None:
    with refusal("exchange.run_not_done"):
        services.propose_run(run=asked, by=cast.takahashi)


def test_what_one_worker_computes_another_leaves_alone(asked: Run) -> None:
    Run.objects.update(state="computing", started_at=timezone.now())
    assert services.compute_waiting() == []


def test_what_a_killed_worker_has_left_is_computed_again(asked: Run) -> None:
    long_ago = timezone.now() - ABANDONED - timedelta(seconds=1)
    Run.objects.update(state="computing", started_at=long_ago)
    assert [one.state for one in services.compute_waiting()] == ["done"]


def test_a_computation_that_breaks_says_so_and_can_be_asked_for_again(cast: Cast, asked: Run) -> None:
    broken = {**asked.scheme.rules, "no such rule": 1}
    type(asked.scheme).objects.update(rules=broken)
    with pytest.raises(Exception, match="no such rule"):
        services.compute_waiting()
    asked.refresh_from_db()
    assert asked.state == "failed"
    assert "もう一度計算してください" in page_of(cast, asked)
