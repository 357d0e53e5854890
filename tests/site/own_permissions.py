"""Addresses that belong to no one app."""

from tests.site.permissions import EVERYONE, PUBLIC, Row

ROWS = {
    "account_login": Row(PUBLIC),
    "account_logout": Row(PUBLIC),
    "account_inactive": Row(PUBLIC),
    "account_reauthenticate": Row(EVERYONE),
    "account_change_password": Row(EVERYONE),
    "ui:help": Row(PUBLIC),
    "ui:help_all": Row(PUBLIC),
    "ui:help_page": Row(PUBLIC, lambda cast: {"slug": "first-day"}, own=True),
    "ui:style": Row(EVERYONE),
    "ui:understand": Row(EVERYONE, query="?kind=quantity&text=1"),
}
