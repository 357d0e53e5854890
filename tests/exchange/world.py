"""行政改革課 of さくら県 asks for help; 小林 (技師, 税務課) gives it.."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kaikaku.exchange import services
from kaikaku.exchange.entries import ProfileFields, ReportFields, RequestFields, WorkFields
from kaikaku.exchange.models import Assignment, Profile, Request, Scheme
from kaikaku.org.models import User
from kaikaku.org.queries import today
from kaikaku.org.roles import Role
from tests.cast import Cast, person, post


def scheme(cast: Cast, code: str = "support") -> Scheme:
    """One of the shipped schemes."""
    services.ensure_schemes(organisation=cast.sakura, by=None)
    return Scheme.objects.get(organisation=cast.sakura, code=code)


def fields(**more: Any) -> RequestFields:
    """From ten days ago, for a month, a day a week."""
    first = today() - timedelta(days=10)
    values = {
        "title": "申請書の入力",
        "duties": "紙の申請書を表に入力します。",
        "first": first,
        "last": first + timedelta(days=29),
        "minutes": 465,
        "skills": ("表計算",),
        **more,
    }
    return RequestFields(**values)


def asked(cast: Cast, code: str = "support", **more: Any) -> Request:
    """総務部長 (鈴木) asks for 行政改革課, which is below them."""
    return services.make_request(
        scheme=scheme(cast, code), department=cast.gyokaku, fields=fields(**more), by=cast.suzuki
    )


def profile(user: User, **more: Any) -> Profile:
    """An entry in the talent bank."""
    values = {"grade": "主事・技師級", "occupation": "土木", "skills": ("表計算",), **more}
    return services.set_profile(user=user, fields=ProfileFields(**values), by=None)


def proposed(cast: Cast, request: Request | None = None, **more: Any) -> Assignment:
    """小林 is chosen."""
    if not Profile.objects.filter(user=cast.kobayashi).exists():
        profile(cast.kobayashi)
    return services.propose(request=request or asked(cast, **more), user=cast.kobayashi, by=cast.takahashi)


def approved(cast: Cast, assignment: Assignment | None = None) -> Assignment:
    """By everyone whom 短期業務支援 asks."""
    held = assignment or proposed(cast)
    for step, by in (("self", cast.kobayashi), ("own_chief", cast.suzuki), ("personnel", cast.takahashi)):
        held = services.approve(assignment=held, step=step, by=by)
    return held


def active(cast: Cast, assignment: Assignment | None = None) -> Assignment:
    """Begun, with its order. The first day is put back, as if it had begun with the request."""
    held = services.start(assignment=approved(cast, assignment), order_number="人第12号", by=cast.takahashi)
    Assignment.objects.filter(pk=held.pk).update(first=held.request.first)
    held.refresh_from_db()
    return held


def logged(cast: Cast, assignment: Assignment, *, day: date | None = None, minutes: int = 120) -> Any:
    """小林 worked."""
    work = WorkFields(day=day or today(), minutes=minutes, text="入力しました。")
    return services.log_work(assignment=assignment, fields=work, by=cast.kobayashi)


def reported(cast: Cast, assignment: Assignment) -> Any:
    """鈴木 reports the end."""
    end = ReportFields(ended_on=today(), outcome="full", text="300件を入力できました。")
    return services.file_report(assignment=assignment, fields=end, by=cast.suzuki)


def colleague(cast: Cast, username: str, name: str) -> User:
    """One more of 税務課, in the talent bank."""
    user = person(cast.sakura, username, name)
    post(cast.zeimu, "主事", Role.EMPLOYEE, user)
    profile(user)
    return user
