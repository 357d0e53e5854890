"""Registers the look with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kaikaku.ui"
    label = "ui"
    verbose_name = "画面"
