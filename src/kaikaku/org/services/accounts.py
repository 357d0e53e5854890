"""People's accounts and their coming and going."""

from __future__ import annotations

import secrets

from django.db import transaction

from kaikaku.audit.services import record
from kaikaku.core.errors import RuleViolation
from kaikaku.org.models import Organisation, User

# Letters that are read alike (0 O, 1 l I) are left out: the password is told on paper or by telephone.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def create_user(
    *,
    organisation: Organisation,
    username: str,
    name: str,
    by: User | None,
    email: str = "",
    password: str | None = None,
) -> User:
    """Make an account. Without a password nobody can sign in with it until `reset_password`."""
    username = User.normalize_username(username)
    if User.objects.filter(username__iexact=username).exists():
        raise RuleViolation(
            "org.username_taken",
            f"利用者名「{username}」はすでに使われています。別の利用者名にしてください。",
            field="username",
        )
    user = User(organisation=organisation, username=username, name=name, email=email)
    user.set_password(password)
    user.save(force_insert=True)
    new = {"username": username, "name": name, "email": email}
    record("org.account.created", on=user, by=by, organisation=organisation, new=new)
    return user


@transaction.atomic
def open_account(
    *, organisation: Organisation, username: str, name: str, email: str, by: User | None
) -> tuple[User, str]:
    """Make an account with a password to be handed over once; returns both."""
    user = create_user(organisation=organisation, username=username, name=name, email=email, by=by)
    return user, reset_password(user=user, by=by)


@transaction.atomic
def revise_user(*, user: User, name: str, email: str, by: User | None) -> User:
    """Change a person's name or address."""
    user = _locked(user)
    old = {"name": user.name, "email": user.email}
    new = {"name": name, "email": email}
    if old != new:
        user.name, user.email = name, email
        user.save(update_fields=["name", "email"])
        record("org.account.revised", on=user, by=by, organisation=user.organisation, old=old, new=new)
    return user


@transaction.atomic
def reset_password(*, user: User, by: User | None) -> str:
    """Set a password that is told once and must be changed at the next sign-in; returns it."""
    user = _locked(user)
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    password = "-".join(groups)
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record("org.account.password_reset", on=user, by=by, organisation=user.organisation)
    return password


@transaction.atomic
def change_password(*, user: User, password: str) -> User:
    """Set the password the person chose; forms have checked it against the rules for passwords."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record("org.account.password_changed", on=user, by=user, organisation=user.organisation)
    return user


@transaction.atomic
def deactivate_user(*, user: User, by: User | None) -> User:
    """Shut an account; its sessions end at once, what the person did stays."""
    user = _locked(user)
    if by is not None and by.pk == user.pk:
        raise RuleViolation(
            "org.own_account", "自分の利用者登録は停止できません。ほかの担当者に頼んでください。"
        )
    return _set_active(user, active=False, by=by)


@transaction.atomic
def reactivate_user(*, user: User, by: User | None) -> User:
    """Open a shut account again."""
    return _set_active(_locked(user), active=True, by=by)


@transaction.atomic
def note_sign_in(*, user: User) -> None:
    """Record that someone came in."""
    record("org.account.signed_in", on=user, by=user, organisation=user.organisation)


@transaction.atomic
def note_sign_out(*, user: User) -> None:
    """Record that someone left by the button."""
    record("org.account.signed_out", on=user, by=user, organisation=user.organisation)


@transaction.atomic
def note_refused_sign_in(*, user: User | None) -> None:
    """Record a wrong password; for a name we do not know, in the installation's own chain."""
    organisation = user.organisation if user else None
    record("org.account.sign_in_refused", on=user, by=None, organisation=organisation)


def _locked(user: User) -> User:
    return User.objects.select_for_update(of=("self",)).get(pk=user.pk)


def _set_active(user: User, *, active: bool, by: User | None) -> User:
    if user.is_active != active:
        user.is_active = active
        user.save(update_fields=["is_active"])
        action = "org.account.reactivated" if active else "org.account.deactivated"
        record(
            action,
            on=user,
            by=by,
            organisation=user.organisation,
            old={"is_active": not active},
            new={"is_active": active},
        )
    return user
