"""The words of the record: which body spoke, what it was about, how assistance was spoken of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Body(models.TextChoices):
    """Who said it, and in which form. Observations and direct requests are counted apart in some figures."""

    OBSERVATION = "ceacr_observation", _("Committee of Experts: observation")
    DIRECT_REQUEST = "ceacr_direct_request", _("Committee of Experts: direct request")
    CONFERENCE_CASE = "conference_case", _("Conference Committee: individual case")
    SPECIAL_PARAGRAPH = "conference_special_paragraph", _("Conference Committee: special paragraph")
    CFA_CASE = "cfa_case", _("Committee on Freedom of Association: case")
    ARTICLE_24 = "article_24", _("Representation under article 24")
    ARTICLE_26 = "article_26", _("Complaint under article 26")
    GOVERNING_BODY = "governing_body", _("Governing Body")


COMMENTS = (Body.OBSERVATION, Body.DIRECT_REQUEST, Body.CONFERENCE_CASE, Body.SPECIAL_PARAGRAPH)
CASES = (Body.CFA_CASE, Body.ARTICLE_24, Body.ARTICLE_26)


class Status(models.TextChoices):
    """Where a case stood on the day its page was read. Empty is not known."""

    ACTIVE = "active", _("Active")
    FOLLOW_UP = "follow_up", _("Followed up")
    CLOSED = "closed", _("Closed")


class ReportType(models.TextChoices):
    """In which kind of report the Committee on Freedom of Association spoke last, as far as known."""

    INTERIM = "interim", _("Interim report")
    DEFINITIVE = "definitive", _("Definitive report")
    KEPT_INFORMED = "kept_informed", _("Report that asks to be kept informed")
    EFFECT_GIVEN = "effect_given", _("Effect given to recommendations")


class About(models.TextChoices):
    """What an item is about beside the application of an instrument. That a report is missing says nothing of why."""

    APPLICATION = "application", _("Application of an instrument")
    NOT_REPORTED = "not_reported", _("A report was not received")
    LATE = "late", _("A report came late")
    NOT_SUBMITTED = "not_submitted", _("Instruments not submitted to the competent authorities")


class Extent(models.TextChoices):
    """How much of the text was read. Of a part, "not seen" says nothing about the rest."""

    PART = "part", _("Only a part was read")
    WHOLE = "whole", _("The whole text was read")


class Topic(models.TextChoices):
    """Assistance is given by the Office; cooperation is a programme or project. The figures keep them apart."""

    ASSISTANCE = "assistance", _("Technical assistance")
    COOPERATION = "cooperation", _("Technical cooperation")


class Way(models.TextChoices):
    """How assistance is spoken of. `mentioned`: it is, and how was not recorded."""

    MENTIONED = "mentioned", _("Mentioned; how was not recorded")
    REMINDED = "reminded", _("Reminded that it is available")
    SUGGESTED = "suggested", _("Suggested")
    REQUESTED_OWN = "requested_own", _("Requested by the government on its own initiative")
    REQUESTED_AFTER_WORKERS = "requested_after_workers", _("Requested after statements by workers' organizations")
    RECEIVED = "received", _("Noted as received")


# "Noted as received" looks back on assistance and points to none.
POINTING = tuple(way for way in Way if way != Way.RECEIVED)


class Mission(models.TextChoices):
    """A mission that an item asks for or takes up; the item itself is its origin."""

    ADVISORY = "advisory", _("Advisory visit")
    DIRECT_CONTACTS = "direct_contacts", _("Direct contacts")
    OTHER = "other", _("Another mission")
