"""The roles a post can carry."""

from django.db.models import TextChoices


class Role(TextChoices):
    """What a post lets its holder do."""

    SECRETARIAT = "secretariat", "事務局"
    CLERK = "clerk", "担当"
    CHIEF = "chief", "所属長"
    EXECUTIVE = "executive", "本部員"
    MEMBER = "member", "委員"
    EMPLOYEE = "employee", "職員"
    IT = "it", "情報システム担当"


class Ending(TextChoices):
    """How a department came to its end."""

    RENAMED = "renamed", "改称"
    REORGANISED = "reorganised", "再編"
    ABOLISHED = "abolished", "廃止"
