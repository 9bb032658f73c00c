"""Figures that the Office published."""

from typing import Any, Final

from rest_framework import serializers

from supervisory.models import Statistic
from supervisory.models.statistic import Population
from ta_portal.api.records import Kept, equals


class FigureShape(serializers.Serializer[Any]):
    """A figure that the Office published, with what it counts. Figures of two populations do not add up."""

    key = serializers.CharField()
    body = serializers.CharField()
    period_start = serializers.CharField(allow_null=True)
    period_end = serializers.CharField(allow_null=True)
    measure = serializers.CharField()
    count = serializers.IntegerField()
    unit = serializers.CharField()
    population = serializers.ChoiceField(Population.values)
    document = serializers.CharField()
    paragraph = serializers.IntegerField(allow_null=True)
    inconsistent = serializers.BooleanField(help_text="The source contradicts itself; the note says how.")
    note = serializers.CharField(allow_null=True)


def figure(row: Statistic) -> dict[str, Any]:
    """A published figure as JSON."""
    return {
        "key": row.key,
        "body": row.body,
        "period_start": row.period_start or None,
        "period_end": row.period_end or None,
        "measure": row.measure,
        "count": row.count,
        "unit": row.unit,
        "population": row.population,
        "document": row.document,
        "paragraph": row.paragraph,
        "inconsistent": row.inconsistent,
        "note": row.note or None,
    }


LISTS: Final = (
    Kept(
        "statistics",
        "figure",
        Statistic,
        "key",
        FigureShape,
        Statistic.objects.all,
        figure,
        "The figures that the Office published, each with its population and source.",
        {"document": equals("document"), "population": equals("population", Population.values)},
    ),
)
