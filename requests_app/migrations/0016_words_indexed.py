from django.db import migrations

INDEX = "CREATE INDEX requests_words_found ON requests_requestwords USING gin (to_tsvector('simple', text))"


def index(apps, schema_editor):
    """For full-text search; the other engine looks through the letters."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


def drop(apps, schema_editor):
    schema_editor.execute("DROP INDEX IF EXISTS requests_words_found")


class Migration(migrations.Migration):
    dependencies = [("requests", "0015_seen_versions_and_words")]

    operations = [migrations.RunPython(index, drop)]
