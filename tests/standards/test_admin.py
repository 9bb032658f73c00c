"""The reference data at the desk: few queries, corrections that last, no way to delete."""

import pytest
from django.contrib.admin import AdminSite
from django.contrib.admin.templatetags.admin_list import results
from django.core.management import call_command
from django.test import RequestFactory
from django.utils.translation import override

from accounts.models import User
from standards.admin import PAGES, register
from standards.models import Country, Coverage, DataFile, Instrument, Ratification, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> AdminSite:
    made = AdminSite()
    register(made)
    return made


@pytest.fixture
def request_of_administrator(db):
    request = RequestFactory().get("/")
    request.user = User(email="technical@example.org", is_superuser=True, is_active=True)
    return request


def send(page, request, row, **changes):
    """Send the page's form with the values of `row` and `changes`; the form, saved when it has no errors."""
    unbound = page.get_form(request, row)(instance=row)
    values = {name: unbound.get_initial_for_field(field, name) for name, field in unbound.fields.items()}
    data = {name: getattr(value, "pk", value) for name, value in {**values, **changes}.items() if value is not None}
    form = page.get_form(request, row)(data, instance=row)
    if form.is_valid():
        page.save_model(request, form.save(commit=False), form, change=row is not None)
    return form


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model.__name__)
@pytest.mark.parametrize("rows", [25, 50])
def test_a_list_costs_few_queries_however_long(
    site, request_of_administrator, django_assert_max_num_queries, model, rows
):
    call_command("load_reference", verbosity=0)
    page = site.get_model_admin(model)
    page.list_per_page = rows
    with django_assert_max_num_queries(12):
        changelist = page.get_changelist_instance(request_of_administrator)
        changelist.formset = None
        [spec.title for spec in changelist.filter_specs]
        shown = list(results(changelist))
    assert len(shown) == min(rows, model._default_manager.count())


def test_countries_stand_in_the_order_of_the_officers_language(site, request_of_administrator):
    page = site.get_model_admin(Country)
    for language, column in (("fr", "name_fr"), ("es-mx", "name_es"), ("de", "name_en")):
        with override(language):
            assert page.get_ordering(request_of_administrator) == (column,)


def test_a_correction_is_marked_and_raises_the_version(site, request_of_administrator, loaded):
    row = Ratification.objects.get(pk="CM-C087")
    form = send(site.get_model_admin(Ratification), request_of_administrator, row, year=1960, source="seen on NORMLEX")
    assert form.errors == {}
    row.refresh_from_db()
    assert (row.year, row.corrected_at is None) == (1960, False)
    assert DataFile.objects.get(pk="ratifications.csv").version == 2


def test_a_row_can_be_added_under_its_public_name(site, request_of_administrator, loaded):
    page = site.get_model_admin(Coverage)
    values = {"country": "MY", "station": "HQ", "primary": True, "confidence": "low", "source": "told by telephone"}
    assert send(page, request_of_administrator, None, **values).errors == {}
    assert Coverage.objects.get(pk="MY-HQ").corrected_at is not None
    assert "__all__" in send(page, request_of_administrator, None, **values).errors


def test_a_second_primary_station_is_refused_with_a_sentence(site, request_of_administrator, loaded):
    row = Coverage.objects.get(pk="GE-MOW")
    form = send(site.get_model_admin(Coverage), request_of_administrator, row, primary=True)
    assert "go to another station" in str(form.errors)
    assert Coverage.objects.get(country="GE", primary=True).station_id == "BUD"


@pytest.mark.parametrize(
    ("model", "key"), [(Country, "CM"), (Instrument, "C087"), (Station, "YAO"), (Coverage, "GE-MOW")]
)
def test_the_name_of_a_row_cannot_be_changed(site, request_of_administrator, loaded, model, key):
    page = site.get_model_admin(model)
    row = model.objects.get(pk=key)
    assert not set(page.identity) & set(page.get_form(request_of_administrator, row).base_fields)
    assert set(page.identity) <= set(page.get_form(request_of_administrator, None).base_fields)


def test_nobody_deletes_reference_data(site, request_of_administrator):
    for page in (site.get_model_admin(model) for model in PAGES):
        assert not page.has_delete_permission(request_of_administrator)
        assert "delete_selected" not in page.get_actions(request_of_administrator)


def test_loadings_are_there_to_look_at(site, request_of_administrator):
    page = site.get_model_admin(DataFile)
    assert not page.has_add_permission(request_of_administrator)
    assert not page.has_change_permission(request_of_administrator)
    assert page.has_view_permission(request_of_administrator)
