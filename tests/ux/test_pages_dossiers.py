"""The officers' queue, the dossier in each status, and what is done there."""

from tests.ux.measures import Measures

AREA = "dossiers"


class TestDossierPages(Measures):
    """In every language."""
