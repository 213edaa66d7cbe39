"""The planner for whoever brings a whole problem: nothing is read from the database and nothing is kept."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api import parameters, solving
from api.schema import PLAN, PROBLEM, WRITING, operation
from tours import planner

#: Two wishes on a winter's road: what a problem looks like.
EXAMPLE = {
    "days": [{"date": "2027-02-01", "kind": "work"}, {"date": "2027-02-02", "kind": "work"}],
    "places": [
        {"id": "ostersund", "name": "Östersund", "municipality": "2380", "beds": True},
        {"id": "stromsund", "name": "Strömsund", "municipality": "2313", "beds": True},
        {"id": "backe", "name": "Backe", "municipality": "2313", "beds": False},
    ],
    "home": "ostersund",
    "drive_min": [[0, 82, 128], [82, 0, 46], [128, 46, 0]],
    "drive_km": [[0, 103, 158], [103, 0, 55], [158, 55, 0]],
    "rules": {"performances_per_day": 2, "span_max_min": 780, "drive_max_min": 360, "rest_night_min": 660},
    "candidates": [
        {
            "id": "w1",
            "place": "stromsund",
            "value": 14500,
            "get_in_min": 90,
            "show_min": 45,
            "get_out_min": 45,
            "performances": 1,
            "group": None,
            "windows": [[0, 540, 780], [1, 540, 780]],
        },
        {
            "id": "w2",
            "place": "backe",
            "value": 12000,
            "get_in_min": 90,
            "show_min": 45,
            "get_out_min": 45,
            "performances": 1,
            "group": None,
            "windows": [[1, 1080, 1140]],
        },
    ],
    "fixed": [],
    "baseline": [],
    "costs": {"per_km": 35, "per_night_away": 5500, "municipality_bonus": 6000, "per_change": 4000},
}


class SettingsSerializer(serializers.Serializer[Any]):
    """How long to plan, and the seed of random choices."""

    seconds = serializers.FloatField(min_value=0, max_value=solving.SECONDS_MAX, default=10)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, default=1)


class Solve(APIView):
    """The body is the problem, the answer its plan, at most 30 seconds later."""

    permission_classes = [IsAuthenticated]
    throttle_scope = "planner"
    keeps_nothing = True

    @operation(
        "Solve a problem",
        PLAN,
        request={"application/json": PROBLEM},
        errors=WRITING,
        parameters=(
            OpenApiParameter(
                "seconds", float, description="0 to 30; with 0 the first legal plan. Default: 10."
            ),
            OpenApiParameter("seed", int, description="Of random choices. Default: 1."),
        ),
        examples=(OpenApiExample("Two wishes", value=EXAMPLE, request_only=True),),
    )
    def post(self, request: Request) -> Response:
        asked = parameters.read(request, SettingsSerializer)
        return Response(solving.solve(request.data, **asked).to_json())


class Schema(APIView):
    """The JSON Schema of the planner's problems and plans."""

    @operation("The planner's JSON Schema", {"type": "object"})
    def get(self, request: Request) -> Response:
        return Response(planner.schema())
