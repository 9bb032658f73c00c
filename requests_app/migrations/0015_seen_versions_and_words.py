from django.db import migrations
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

from requests_app.models.search import as_indexed
from requests_app.timeline import WORDS


def fill(apps, schema_editor):
    """What was sent before these columns: the last step that its requester saw; and the words of every request."""
    request, event = apps.get_model("requests", "Request"), apps.get_model("requests", "Event")
    words = apps.get_model("requests", "RequestWords")
    steps = event.objects.filter(request=OuterRef("pk"), action__in=list(WORDS)).order_by().values("request")
    request.objects.update(
        seen_version=Coalesce(Subquery(steps.annotate(last=Max("version")).values("last")), 0),
        seen_at=Subquery(steps.annotate(last=Max("at")).values("last")),
    )
    rows = request.objects.values_list("pk", "title", "organization__name").iterator(chunk_size=1000)
    held = (words(request_id=pk, text=as_indexed(title, name)) for pk, title, name in rows)
    words.objects.bulk_create(held, batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("requests", "0014_found_quickly")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
