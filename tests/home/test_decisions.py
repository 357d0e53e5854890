"""What is still to be decided, as reviews announces it to the dashboard."""

from __future__ import annotations

import pytest
from django.conf import settings

from kaikaku.home import queries
from tests.cast import Cast
from tests.pages import Page

pytestmark = pytest.mark.skipif("reviews" not in settings.KAIKAKU_APPS, reason="reviews is switched off")


def test_a_loop_waits_for_a_decision_once_it_is_understood(cast: Cast) -> None:
    from tests.reviews import year

    made = year.edition(cast)
    loop = year.noticed(cast, made.indicators.get(name="電子納税率"))
    assert queries.decisions_of(cast.ito) == []
    year.oriented(cast, loop)
    assert [task.what for task in queries.decisions_of(cast.ito) or ()] == ["対応を決める"]


def test_what_stands_on_an_agenda_is_named_once_with_the_day_of_the_meeting(page: Page, cast: Cast) -> None:
    from tests.reviews import year

    made = year.edition(cast)
    weak = made.indicators.get(name="電子納税率")
    year.oriented(cast, year.noticed(cast, weak))
    meeting = year.meeting(cast, made)
    year.on_agenda(cast, meeting, weak)
    [task] = queries.decisions_of(cast.ito) or ()
    assert (task.what, task.due) == ("本部会議で決める", meeting.held_on)
    assert page.get("/dashboard/", as_=cast.ito).find(
        f"//h2[@id='decisions']/following::a[@href='{task.url}']"
    )


def test_a_stranger_has_nothing_to_decide_here(cast: Cast) -> None:
    from tests.reviews import year

    made = year.edition(cast)
    year.oriented(cast, year.noticed(cast, made.indicators.get(name="電子納税率")))
    assert queries.decisions_of(cast.nakamura) == []
