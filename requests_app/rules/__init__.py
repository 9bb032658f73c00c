"""The rules. Importing any part of them registers all: no door sees a registry that is half full."""

from requests_app.rules import examine  # noqa: F401
