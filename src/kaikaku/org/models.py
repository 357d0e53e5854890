"""Who we are: governments, their departments through time, posts, and the people who hold them.

Days are inclusive: `closed` and `to_day` are the last day in force (3月31日), so that the successor begins
on 4月1日 and nothing is in force twice.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .roles import Ending, Role


class Organisation(models.Model):
    """A government: the tenant that every row belongs to. `code` is its 6-digit 団体コード."""

    name = models.CharField("名称", max_length=100)
    kana = models.CharField("よみ", max_length=100, blank=True)
    code = models.CharField("団体コード", max_length=6, null=True, blank=True, unique=True)
    slug = models.SlugField("短い名前（アドレスに使う英字）", max_length=40, unique=True)
    contact = models.CharField("問い合わせ先", max_length=200, blank=True)
    sample = models.BooleanField("見本（架空の団体）", default=False)

    class Meta:
        ordering = ("code", "name")

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A department or section as it is from `opened` to `closed`.

    Renaming and reorganising close one row and open another, its `successor`: a paper of 2022 keeps the
    name of 2022. Children, posts and duties of a closed department are its successor's; nothing is moved.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="departments")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上の部署"
    )
    name = models.CharField("名称", max_length=100)
    position = models.PositiveIntegerField("並び順", default=0)
    opened = models.DateField("設置日")
    closed = models.DateField("最終日", null=True, blank=True)
    ending = models.CharField("終わり方", max_length=20, choices=Ending, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="引き継ぐ部署",
    )

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(closed__gte=F("opened")),
                name="org_department_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(closed__isnull=False) | Q(successor__isnull=True, ending=""),
                name="org_department_successor_needs_an_end",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A post in a department; duties and roles sit here, whoever holds it."""

    department = models.ForeignKey(Department, models.PROTECT, related_name="posts", verbose_name="部署")
    title = models.CharField("職名", max_length=100)
    role = models.CharField("役割", max_length=20, choices=Role)
    opened = models.DateField("設置日")
    closed = models.DateField("最終日", null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed__isnull=True) | Q(closed__gte=F("opened")),
                name="org_post_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return f"{self.department.name} {self.title}"


class UserManager(BaseUserManager["User"]):
    """Finds users by the name they sign in with; making them is a service."""


class User(AbstractBaseUser):
    """A person's account. What they may do comes from the posts they hold, not from Django's permissions."""

    username_validator = UnicodeUsernameValidator()

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="users")
    username = models.CharField(
        "利用者名",
        max_length=150,
        unique=True,
        validators=[username_validator],
        error_messages={"unique": "この利用者名はすでに使われています。別の利用者名にしてください。"},
    )
    name = models.CharField("氏名", max_length=100)
    email = models.EmailField("メールアドレス", blank=True)
    is_active = models.BooleanField("使える", default=True)
    must_change_password = models.BooleanField("次のログインでパスワードを変える", default=False)
    joined_at = models.DateTimeField("作成日時", default=timezone.now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ("username",)

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """False: rights come from posts (org.access); Django's admin asks this all the same."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        """False, as `has_perm`."""
        return False


class Holding(models.Model):
    """Someone holds a post from one day to another; `acting` marks a deputy who decides (代決)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="holdings", verbose_name="職")
    user = models.ForeignKey(User, models.PROTECT, related_name="holdings", verbose_name="就く人")
    from_day = models.DateField("開始日")
    to_day = models.DateField("最終日", null=True, blank=True)
    acting = models.BooleanField("代決", default=False)

    class Meta:
        ordering = ("from_day", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="org_holding_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.post}"
