"""The Django application of the bench."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig


class Site(AppConfig):  # type: ignore[misc]
    name = "tests.bench.django_site"
    label = "bench"
    path = str(Path(__file__).parent)
