"""Usual: a model serializer, page numbers, count(*). Best: values and pages by key. Detail and create as usual."""

from typing import Any

import django_filters
from django.contrib.postgres.search import SearchQuery
from django.db.models import F
from django.urls import path
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import generics, pagination, serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from bench.api.floor.models import Ticket

COLUMNS = ("reference", "status", "kind", "country", "title", "created_at")


class Shown(serializers.ModelSerializer):
    organization = serializers.CharField(source="organization.name", read_only=True)

    class Meta:
        model = Ticket
        fields = [*COLUMNS, "organization"]


class Whole(Shown):
    class Meta:
        model = Ticket
        fields = [*COLUMNS, "organization", "text"]


class Made(serializers.ModelSerializer):
    class Meta:
        model = Ticket
        fields = [*COLUMNS, "organization", "text"]


class Pages(pagination.PageNumberPagination):
    page_size = 25


class Narrowed(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search")

    class Meta:
        model = Ticket
        fields = ["status", "kind", "country"]

    def search(self, rows: Any, _name: str, words: str) -> Any:
        return rows.filter(words=SearchQuery(words, config="simple"))


class Usual(generics.ListAPIView):
    queryset = Ticket.objects.select_related("organization").order_by("-created_at", "-id")
    serializer_class = Shown
    pagination_class = Pages
    filter_backends = [DjangoFilterBackend]
    filterset_class = Narrowed


class Best(APIView):
    def get(self, request: Request) -> Response:
        rows = Narrowed(request.GET, Ticket.objects.order_by("-created_at", "-id")).qs
        rows = rows.values(*COLUMNS, "id", named=F("organization__name"))
        if before := request.GET.get("before"):
            rows = rows.filter(id__lt=int(before))
        return Response({"results": list(rows[:25])})


class One(generics.RetrieveAPIView):
    queryset = Ticket.objects.select_related("organization")
    serializer_class = Whole
    lookup_field = "reference"


class Create(generics.CreateAPIView):
    queryset = Ticket.objects.all()
    serializer_class = Made


urlpatterns = [
    path("usual/", Usual.as_view()),
    path("best/", Best.as_view()),
    path("one/<str:reference>/", One.as_view()),
    path("create/", Create.as_view()),
]
