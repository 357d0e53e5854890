# The register of re-engineered work.

from decimal import Decimal

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import kaikaku.core.bpr


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("org", "0002_cache_table"),
        ("sources", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Policy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "hours_of_a_person",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("1860"),
                        max_digits=7,
                        verbose_name="1人1年の勤務時間",
                    ),
                ),
                (
                    "hourly_yen",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=9,
                        null=True,
                        verbose_name="1時間の人件費（円）",
                    ),
                ),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bpr_policy",
                        to="org.organisation",
                        verbose_name="団体",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Project",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("summary", models.TextField(blank=True, verbose_name="取組内容")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("candidate", "候補"),
                            ("selected", "選定"),
                            ("analysing", "分析中"),
                            ("started", "着手"),
                            ("completed", "完了"),
                            ("monitoring", "効果の確認中"),
                            ("suspended", "中断"),
                            ("dropped", "取りやめ"),
                        ],
                        default=kaikaku.core.bpr.Stage["CANDIDATE"],
                        max_length=20,
                        verbose_name="段階",
                    ),
                ),
                ("was_started", models.BooleanField(default=False, verbose_name="着手した")),
                (
                    "fiscal_year",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="選定した年度"),
                ),
                ("started_on", models.DateField(blank=True, null=True, verbose_name="着手日")),
                ("completed_on", models.DateField(blank=True, null=True, verbose_name="完了日")),
                (
                    "began_on",
                    models.DateField(blank=True, null=True, verbose_name="新しい方法を使い始めた日"),
                ),
                ("retired_on", models.DateField(blank=True, null=True, verbose_name="使い終えた日")),
                ("retired_why", models.CharField(blank=True, max_length=300, verbose_name="使い終えた理由")),
                (
                    "upkeep",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=14,
                        verbose_name="維持管理の時間（年・分）",
                    ),
                ),
                (
                    "exceptions",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=14,
                        verbose_name="例外の処理の時間（年・分）",
                    ),
                ),
                (
                    "build",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=14,
                        verbose_name="導入にかけた時間（分）",
                    ),
                ),
                (
                    "build_yen",
                    models.DecimalField(
                        blank=True, decimal_places=0, max_digits=15, null=True, verbose_name="導入費用（円）"
                    ),
                ),
                (
                    "upkeep_yen",
                    models.DecimalField(
                        blank=True,
                        decimal_places=0,
                        max_digits=15,
                        null=True,
                        verbose_name="維持費用（年・円）",
                    ),
                ),
                ("tools", models.JSONField(blank=True, default=list, verbose_name="使った道具")),
                ("is_public", models.BooleanField(default=True, verbose_name="公表する")),
                (
                    "origin",
                    models.CharField(blank=True, max_length=200, verbose_name="もとになった提案・取組"),
                ),
                ("origin_url", models.CharField(blank=True, max_length=200, verbose_name="もとの場所")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版数")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="登録日時")),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.citation",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bpr_projects",
                        to="org.department",
                        verbose_name="所属",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bpr_projects",
                        to="org.organisation",
                        verbose_name="団体",
                    ),
                ),
            ],
            options={
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "occasion",
                    models.CharField(
                        choices=[
                            ("expected", "着手前の見込み"),
                            ("first", "導入時"),
                            ("after_3", "3か月後"),
                            ("after_12", "12か月後"),
                            ("again", "そのほかの再測定"),
                        ],
                        max_length=20,
                        verbose_name="いつの測定か",
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("measured", "実測"), ("sampled", "抽出して実測"), ("estimated", "見積り")],
                        max_length=20,
                        verbose_name="測り方",
                    ),
                ),
                ("counted_from", models.DateField(verbose_name="この効果を数え始める日")),
                ("measured_from", models.DateField(blank=True, null=True, verbose_name="測った期間の始まり")),
                ("measured_to", models.DateField(blank=True, null=True, verbose_name="測った期間の終わり")),
                ("sample", models.PositiveIntegerField(blank=True, null=True, verbose_name="測った件数")),
                (
                    "minutes",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="年間の効果（分）"),
                ),
                ("working", models.TextField(blank=True, verbose_name="計算")),
                ("note", models.TextField(blank=True, verbose_name="備考")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="入力日時")),
                ("verified_at", models.DateTimeField(blank=True, null=True, verbose_name="確かめた日時")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="取り下げた日時")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="入力した人",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="確かめた人",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measurements",
                        to="bpr.project",
                        verbose_name="業務",
                    ),
                ),
            ],
            options={
                "ordering": ("counted_from", "pk"),
            },
        ),
        migrations.CreateModel(
            name="PublishedTotal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("first_year", models.PositiveSmallIntegerField(verbose_name="最初の年度")),
                ("last_year", models.PositiveSmallIntegerField(verbose_name="最後の年度")),
                ("started", models.PositiveIntegerField(verbose_name="着手件数")),
                ("completed", models.PositiveIntegerField(blank=True, null=True, verbose_name="完了件数")),
                (
                    "hours",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="削減時間"
                    ),
                ),
                ("by_tool", models.JSONField(blank=True, default=dict, verbose_name="道具ごとの件数")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="注記")),
                (
                    "citation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="sources.citation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bpr_totals",
                        to="org.organisation",
                        verbose_name="団体",
                    ),
                ),
            ],
            options={
                "ordering": ("first_year", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="並び順")),
                ("name", models.CharField(max_length=100, verbose_name="手順")),
                ("lane", models.CharField(blank=True, max_length=60, verbose_name="担い手")),
                ("lane_after", models.CharField(blank=True, max_length=60, verbose_name="見直し後の担い手")),
                (
                    "before_minutes",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, null=True, verbose_name="見直し前：1回（分）"
                    ),
                ),
                (
                    "before_times",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, null=True, verbose_name="見直し前：年間の回数"
                    ),
                ),
                (
                    "before_people",
                    models.DecimalField(
                        decimal_places=2, max_digits=7, null=True, verbose_name="見直し前：人数"
                    ),
                ),
                (
                    "after_minutes",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, null=True, verbose_name="見直し後：1回（分）"
                    ),
                ),
                (
                    "after_times",
                    models.DecimalField(
                        decimal_places=2, max_digits=10, null=True, verbose_name="見直し後：年間の回数"
                    ),
                ),
                (
                    "after_people",
                    models.DecimalField(
                        decimal_places=2, max_digits=7, null=True, verbose_name="見直し後：人数"
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="bpr.project",
                        verbose_name="業務",
                    ),
                ),
            ],
            options={
                "ordering": ("position", "pk"),
            },
        ),
        migrations.AddIndex(
            model_name="project",
            index=models.Index(fields=["organisation", "stage"], name="bpr_project_by_stage"),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retired_on__isnull", True), ("retired_on__gte", models.F("began_on")), _connector="OR"
                ),
                name="bpr_project_retires_after_it_began",
            ),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            "candidate",
                            "selected",
                            "analysing",
                            "started",
                            "completed",
                            "monitoring",
                            "suspended",
                            "dropped",
                        ],
                    )
                ),
                name="bpr_project_stage_known",
            ),
        ),
        migrations.AddIndex(
            model_name="measurement",
            index=models.Index(fields=["project", "counted_from"], name="bpr_measurement_by_day"),
        ),
    ]
