"""What the admin shows of this app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from .access import user_of
from .models import Department, Holding, Organisation, Post, User

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:  # generic for the type checker only
    Base = admin.ModelAdmin


class OwnReadOnly(Base):
    """Rows of the user's own organisation, found by the path `organisation_path`; nothing can be changed."""

    organisation_path = "organisation"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        own = {self.organisation_path: user_of(request).organisation_id}
        return super().get_queryset(request).filter(**own)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(OwnReadOnly):
    organisation_path = "pk"
    list_display = ("name", "code", "slug", "sample")


@admin.register(Department)
class DepartmentAdmin(OwnReadOnly):
    list_display = ("name", "parent", "opened", "closed", "ending", "successor")
    list_select_related = ("parent", "successor")
    search_fields = ("name",)


@admin.register(Post)
class PostAdmin(OwnReadOnly):
    organisation_path = "department__organisation"
    list_display = ("title", "department", "role", "opened", "closed")
    list_select_related = ("department",)
    search_fields = ("title", "department__name")


@admin.register(Holding)
class HoldingAdmin(OwnReadOnly):
    organisation_path = "post__department__organisation"
    list_display = ("user", "post", "from_day", "to_day", "acting")
    list_select_related = ("user", "post__department")


@admin.register(User)
class UserAdmin(OwnReadOnly):
    list_display = ("username", "name", "is_active", "last_login")
    search_fields = ("username", "name")
    exclude = ("password",)
