from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "kaikaku.audit"
    verbose_name = "操作の記録"
