"""Our own tables, as Django's ORM sees them."""

from __future__ import annotations

from django.db import models


class Beneficiary(models.Model):  # type: ignore[misc]
    id = models.UUIDField(primary_key=True)
    sealed = models.BinaryField()

    class Meta:
        app_label, managed, db_table = "bench", False, "beneficiaries"


class Card(models.Model):  # type: ignore[misc]
    id = models.UUIDField(primary_key=True)
    beneficiary = models.ForeignKey(Beneficiary, on_delete=models.CASCADE)
    insured_index = models.BinaryField()
    sealed = models.BinaryField()

    class Meta:
        app_label, managed, db_table = "bench", False, "cards"


class Space(models.Model):  # type: ignore[misc]
    beneficiary = models.OneToOneField(Beneficiary, models.CASCADE, primary_key=True, related_name="space")
    state = models.CharField(max_length=24)

    class Meta:
        app_label, managed, db_table = "bench", False, "health_spaces"
