"""The app that holds what is accepted: plans, their figures and the rule they are rated by."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "kaikaku.plans"
    label = "plans"
    verbose_name = "プラン"
    default_auto_field = "django.db.models.BigAutoField"
