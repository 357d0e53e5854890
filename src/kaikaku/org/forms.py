"""What the office types about departments, posts and people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from kaikaku.core.errors import RuleViolation
from kaikaku.ui.fields import DayField
from kaikaku.ui.forms import BaseForm

from . import queries
from .models import Department, Post, User
from .roles import Role


class DepartmentField(forms.TypedChoiceField):
    """One department of the user's organisation, in the tree's order; cleans to the department or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)

    def offer(self, user: User, *, empty: str = "") -> None:
        """Fill the choices; `empty` words the choice of none."""
        self.user = user
        nothing = [("", empty or "選んでください")]
        self.choices = [*nothing, *queries.department_choices(user)]

    def clean(self, value: Any) -> Department | None:
        pk = super().clean(value)
        return None if pk is None else queries.department_for(self.user, pk)


class OfficeForm(BaseForm):
    """A form that knows who fills it in."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)


class OrganisationForm(BaseForm):
    name = forms.CharField(label="名称", max_length=100)
    kana = forms.CharField(label="よみ", max_length=100, required=False)
    contact = forms.CharField(
        label="問い合わせ先",
        max_length=200,
        required=False,
        help_text="公表するページと文書に載ります（例：総務部行政改革課　電話 000-000-0000）。",
    )


class NewDepartmentForm(OfficeForm):
    name = forms.CharField(label="名称", max_length=100)
    parent = DepartmentField(label="上の部署", required=False)
    opened = DayField(label="設置日", help_text="この日から使えます。先の日付でもかまいません。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, DepartmentField)
        parent.offer(self.user, empty="なし（いちばん上に置く）")


class ReviseDepartmentForm(NewDepartmentForm):
    position = forms.IntegerField(
        label="並び順", min_value=0, max_value=9999, help_text="同じ部署の下で、小さい数から順に並びます。"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["opened"]


class RenameDepartmentForm(BaseForm):
    name = forms.CharField(label="新しい名称", max_length=100)
    from_day = DayField(
        label="新しい名称になる日", help_text="前の日までは今の名称で表示します（例：令和8年4月1日）。"
    )


class CloseDepartmentForm(OfficeForm):
    closed = DayField(label="最終日", help_text="この日までは置かれています（例：令和8年3月31日）。")
    successor = DepartmentField(
        label="引き継ぐ部署",
        required=False,
        help_text="再編のときに選びます。担当する項目、職、下の部署は、翌日からこの部署のものになります。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        successor = self.fields["successor"]
        assert isinstance(successor, DepartmentField)
        successor.offer(self.user, empty="なし（廃止する）")


class NewPostForm(BaseForm):
    title = forms.CharField(label="職名", max_length=100, help_text="例：課長、主査、有識者委員")
    role = forms.ChoiceField(
        label="役割", choices=Role.choices, help_text="この職に就いた人ができることを決めます。"
    )
    opened = DayField(label="設置日")


class ClosePostForm(BaseForm):
    closed = DayField(label="最終日", help_text="就いている人も、この日で職を離れます。")


class AppointForm(OfficeForm):
    user_pk = forms.TypedChoiceField(label="就く人", coerce=int)
    from_day = DayField(label="開始日")
    to_day = DayField(label="最終日", required=False, help_text="決まっていないときは空けておきます。")
    acting = forms.BooleanField(
        label="代決として就く",
        required=False,
        help_text="本来の担当者に代わって決裁します。記録に代決と残ります。",
    )

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = queries.accounts_for(self.user).filter(is_active=True)
        choices = [(person.pk, f"{person.name}（{person.username}）") for person in people]
        self.fields["user_pk"].choices = [("", "選んでください"), *choices]  # type: ignore[attr-defined]
        self.initial.setdefault("from_day", max(post.opened, queries.today()))

    def clean_user_pk(self) -> User:
        return queries.account_for(self.user, self.cleaned_data["user_pk"])


class ReleaseForm(BaseForm):
    to_day = DayField(label="最終日", help_text="この日までこの職にあります（例：令和8年3月31日）。")


class TransferStartForm(OfficeForm):
    """Which part of the government, and from which day."""

    department = DepartmentField(label="部局", required=False)
    from_day = DayField(label="異動の日", help_text="この日から新しい人が就きます（例：令和8年4月1日）。")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        department = self.fields["department"]
        assert isinstance(department, DepartmentField)
        department.offer(self.user, empty="全部の部署")


class TransferForm(OfficeForm):
    """A line for every post: who is to have it. An empty line changes nothing."""

    leave_old_posts = forms.BooleanField(
        label="新しい職に就く人は、同じ役割の今の職を離れる", required=False, initial=True
    )

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {post.pk: post for post in posts}
        for post in posts:
            self.fields[f"to-{post.pk}"] = forms.CharField(
                label=f"{post}の新しい人", required=False, max_length=150
            )
            self.fields[f"vacant-{post.pk}"] = forms.BooleanField(label=f"{post}を空席にする", required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for pk in self.posts:
            words = str(data.get(f"to-{pk}", "")).strip()
            if not words:
                continue
            if data.get(f"vacant-{pk}"):
                self.add_error(f"to-{pk}", "新しい人を入力するときは、「空席にする」を外してください。")
                continue
            try:
                data[f"to-{pk}"] = queries.person_named(self.user, words)
            except RuleViolation as refused:
                self.add_error(f"to-{pk}", refused.message)
        return data

    def changes(self) -> list[tuple[Post, User | None]]:
        """What is to change: the post with its next holder, None for nobody."""
        data = self.cleaned_data
        return [
            (post, data[f"to-{pk}"] or None)
            for pk, post in self.posts.items()
            if data[f"to-{pk}"] or data[f"vacant-{pk}"]
        ]


class NewPersonForm(BaseForm):
    username = forms.CharField(
        label="利用者名",
        max_length=150,
        validators=[User.username_validator],
        help_text="ログインに使います。半角の英数字をおすすめします。",
    )
    name = forms.CharField(label="氏名", max_length=100)
    email = forms.EmailField(label="メールアドレス", required=False)


class RevisePersonForm(BaseForm):
    name = forms.CharField(label="氏名", max_length=100)
    email = forms.EmailField(label="メールアドレス", required=False)


class ConfirmForm(BaseForm):
    """A page that only asks to go ahead."""


class HistoryFilterForm(BaseForm):
    words = forms.CharField(label="言葉", required=False, help_text="対象、氏名、操作の言葉で探します。")
    by = forms.TypedChoiceField(label="だれが", required=False, coerce=int, empty_value=None)
    area = forms.ChoiceField(label="分野", required=False)
    first = DayField(label="いつから", required=False)
    last = DayField(label="いつまで", required=False)

    def __init__(self, *args: Any, user: User, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(person.pk, person.name) for person in queries.accounts_for(user)]
        self.fields["by"].choices = [("", "すべて"), *people]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", "すべて"), *areas]  # type: ignore[attr-defined]
