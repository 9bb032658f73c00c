"""Addresses of the statistics, below `statistics/`."""

from django.urls import path

from ta_portal.public import asked, referrals, statistics

urlpatterns = [
    path("", statistics.statistics, name="statistics"),
    path("published.csv", statistics.published_csv, name="published_csv"),
    path("referrals/", referrals.referrals, name="referrals"),
    path("referrals.csv", referrals.referrals_csv, name="referrals_csv"),
    path("requests/", asked.asked, name="asked"),
    path("requests.csv", asked.asked_csv, name="asked_csv"),
]
