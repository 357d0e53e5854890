"""What was measured: entered by one, verified by another; the government's way to express hours."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from kaikaku.bpr import queries, words
from kaikaku.bpr.entries import Finding, Total
from kaikaku.bpr.models import Measurement, Policy, Project, PublishedTotal
from kaikaku.bpr.services.guard import held, must_be_theirs, put_on_record
from kaikaku.core.errors import RuleViolation
from kaikaku.org.roles import Role

if TYPE_CHECKING:
    from kaikaku.org.models import Organisation, User


@transaction.atomic
def enter_measurement(*, project: Project, finding: Finding, by: User | None) -> Measurement:
    """Keep what was found. It counts once somebody else has verified it."""
    project = held(project, None, by)
    _must_be_sound(project, finding)
    effect = queries.effect_of(project)
    minutes, working = finding.minutes, ""
    if minutes is None:
        if not project.steps.exists():
            raise RuleViolation(
                "bpr.no_steps",
                "手順がないため、計算できません。手順を入力するか、年間の効果を入力してください。",
                field="minutes",
            )
        minutes, working = effect.minutes, effect.working
    made = Measurement.objects.create(
        project=project,
        by=by,
        working=working,
        **{**asdict(finding), "minutes": minutes, "note": finding.note.strip()},
    )
    put_on_record(
        "bpr.measurement.entered",
        made,
        organisation=project.organisation,
        by=by,
        new={"project": project, **{k: v for k, v in asdict(finding).items() if v not in (None, "")}},
    )
    return made


def _must_be_sound(project: Project, finding: Finding) -> None:
    if finding.occasion in words.FOUND and project.began_on is None:
        raise RuleViolation(
            "bpr.not_in_use",
            "新しい方法を使い始めた日がありません。先に使い始めた日を入力してください。",
            field="occasion",
        )
    if project.began_on is not None and finding.counted_from < project.began_on:
        raise RuleViolation(
            "bpr.before_use", "使い始めた日より前からは数えられません。", field="counted_from"
        )
    if finding.method != "estimated" and finding.measured_from is None:
        raise RuleViolation("bpr.no_period", "測った期間を入力してください。", field="measured_from")
    if finding.measured_from and finding.measured_to and finding.measured_to < finding.measured_from:
        raise RuleViolation(
            "bpr.period", "測った期間の終わりが、始まりより前になっています。", field="measured_to"
        )
    if finding.method == "sampled" and not finding.sample:
        raise RuleViolation("bpr.no_sample", "抽出した件数を入力してください。", field="sample")
    standing = project.measurements.filter(occasion=finding.occasion, withdrawn_at__isnull=True)
    if finding.occasion in words.ONCE and standing.exists():
        raise RuleViolation(
            "bpr.measured_already",
            f"「{words.OCCASIONS[finding.occasion]}」の測定は、もう入力されています。直すときは、"
            "前の測定を取り下げてから入力してください。",
            field="occasion",
        )


@transaction.atomic
def verify_measurement(*, measurement: Measurement, by: User) -> Measurement:
    """Somebody else than the one who entered it vouches for it (神奈川県: 自己申告は単位も方法もまちまち)."""
    measurement = queries.lock_measurement(measurement)
    must_be_theirs(measurement.project.department, by)
    _must_stand(measurement)
    if measurement.by_id == by.pk:
        raise RuleViolation(
            "bpr.own_measurement", "入力した本人は確かめられません。別の人が確かめてください。"
        )
    if measurement.verified_at is not None:
        return measurement
    measurement.verified_by, measurement.verified_at = by, timezone.now()
    measurement.save(update_fields=["verified_by", "verified_at"])
    put_on_record(
        "bpr.measurement.verified",
        measurement,
        organisation=measurement.project.organisation,
        by=by,
        new={"project": measurement.project, "minutes": measurement.minutes},
    )
    return measurement


@transaction.atomic
def withdraw_measurement(*, measurement: Measurement, reason: str, by: User | None) -> Measurement:
    """Take a measurement out of the count; it stays on the page with its reason."""
    measurement = queries.lock_measurement(measurement)
    must_be_theirs(measurement.project.department, by)
    _must_stand(measurement)
    if not reason.strip():
        raise RuleViolation("bpr.reason", "取り下げる理由を入力してください。", field="reason")
    measurement.withdrawn_at = timezone.now()
    measurement.note = f"{measurement.note}\n取下げ：{reason.strip()}".strip()
    measurement.save(update_fields=["withdrawn_at", "note"])
    put_on_record(
        "bpr.measurement.withdrawn",
        measurement,
        organisation=measurement.project.organisation,
        by=by,
        old={"project": measurement.project, "minutes": measurement.minutes},
        note=reason.strip(),
    )
    return measurement


def _must_stand(measurement: Measurement) -> None:
    if measurement.withdrawn_at is not None:
        raise RuleViolation("bpr.withdrawn", "この測定は取り下げられています。新しい測定を入力してください。")


@transaction.atomic
def set_policy(
    *, organisation: Organisation, hours_of_a_person: Decimal, hourly_yen: Decimal | None, by: User | None
) -> Policy:
    """How hours become people and yen here."""
    if by is not None and not queries.is_office(by, organisation):
        raise RuleViolation("bpr.office", f"換算を決められるのは、{Role.SECRETARIAT.label}です。")
    for field, value in (("hours_of_a_person", hours_of_a_person), ("hourly_yen", hourly_yen)):
        if value is not None and value <= 0:
            raise RuleViolation("bpr.policy", "0より大きい数を入力してください。", field=field)
    policy = queries.policy_of(organisation)
    values = {"hours_of_a_person": hours_of_a_person, "hourly_yen": hourly_yen}
    old = {name: getattr(policy, name) for name in values}
    if policy.pk is not None and old == values:
        return policy
    for name, value in values.items():
        setattr(policy, name, value)
    policy.save()
    put_on_record("bpr.policy.set", policy, organisation=organisation, by=by, old=old, new=values)
    return policy


@transaction.atomic
def publish_total(*, organisation: Organisation, total: Total, by: User | None) -> PublishedTotal:
    """Keep what a document tells of a register whose records are not here; once for its years."""
    values = asdict(total) | {"citation": total.citation, "by_tool": dict(total.by_tool)}
    years = {name: values.pop(name) for name in ("first_year", "last_year")}
    kept, is_new = PublishedTotal.objects.get_or_create(organisation=organisation, **years, defaults=values)
    if is_new:
        told = {name: value for name, value in (years | values).items() if value not in (None, "", {})}
        put_on_record("bpr.total.published", kept, organisation=organisation, by=by, new=told)
    return kept
