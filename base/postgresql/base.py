"""Django's PostgreSQL, which asks whether a kept connection still lives without a round trip.

Django sends a statement with each request to find out. A server that went away has closed the line, which this side
can see; where there is anything to be read on it, Django's own question is asked.
"""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's."""

    def is_usable(self) -> bool:
        """Whether the connection can be used. A quiet line can."""
        if self.connection is not None and not self.connection.closed:
            line = select.poll()
            line.register(self.connection.fileno(), select.POLLIN)
            if not line.poll(0):
                return True
        return bool(super().is_usable())
