"""Changes to organisations, departments, posts and accounts: one function per intention."""

from .accounts import (
    change_password,
    create_user,
    deactivate_user,
    note_refused_sign_in,
    note_sign_in,
    note_sign_out,
    open_account,
    reactivate_user,
    reset_password,
    revise_user,
)
from .departments import (
    close_department,
    create_organisation,
    open_department,
    rename_department,
    revise_department,
    revise_organisation,
)
from .posts import appoint, close_post, open_post, release
from .transfer import Change, Transferred, transfer

__all__ = [
    "Change",
    "Transferred",
    "appoint",
    "change_password",
    "close_department",
    "close_post",
    "create_organisation",
    "create_user",
    "deactivate_user",
    "note_refused_sign_in",
    "note_sign_in",
    "note_sign_out",
    "open_account",
    "open_department",
    "open_post",
    "reactivate_user",
    "release",
    "rename_department",
    "reset_password",
    "revise_department",
    "revise_organisation",
    "revise_user",
    "transfer",
]
