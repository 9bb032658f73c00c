"""The supervisory record at the desk; `register` puts it on a site."""

from django.contrib.admin import AdminSite

from supervisory.admin.imports import ImportRunAdmin
from supervisory.admin.record import ReferralAdmin, StatisticAdmin, SupervisoryItemAdmin
from supervisory.models import ImportRun, Referral, Statistic, SupervisoryItem

PAGES = {
    SupervisoryItem: SupervisoryItemAdmin,
    Referral: ReferralAdmin,
    Statistic: StatisticAdmin,
    ImportRun: ImportRunAdmin,
}


def register(site: AdminSite) -> None:
    """Put the supervisory record on `site`."""
    for model, page in PAGES.items():
        site.register(model, page)
