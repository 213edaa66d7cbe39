"""How the API describes itself: OpenAPI 3.1 with every answer that a route may give, refusals included."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from api import versions
from api.problems import MEDIA_TYPE
from tours import planner

ROOT = "/api/v1/"
#: What any route may answer besides its own answers.
ALWAYS = (406, 429, 500, 503)
#: Status -> when it is given.
REFUSALS = {
    400: "A parameter of the address, or the JSON itself, can not be read.",
    401: "Nobody is logged in, or the token is not valid.",
    403: "The reader may see this, but not do that.",
    404: "There is no such thing, or the reader may not see it.",
    406: "The answer was asked for in a format that it does not have.",
    409: "What was asked for is not possible any more or not yet; `code` says why.",
    410: "The link has been used, has expired or was revoked.",
    412: "It has changed since it was read: If-Match names another version. `ETag` is the one that stands.",
    413: "The body or the problem is too large.",
    415: "The body is not JSON.",
    422: "Something in the body is wrong; `errors` points at it where one field is to blame.",
    428: "If-Match is missing.",
    429: "Too many requests; `Retry-After` says how many seconds to wait.",
    500: "A fault of the server. Nothing has been changed.",
    503: "The server or its database is busy; try again after `Retry-After` seconds.",
}
#: Refusals of whatever takes a body.
WRITING = (400, 401, 403, 413, 415, 422)


class FaultSerializer(serializers.Serializer[Any]):
    """One fault: where it is, and what to do about it."""

    pointer = serializers.CharField(
        required=False, help_text="JSON Pointer into the body, such as #/spans/0."
    )
    parameter = serializers.CharField(required=False, help_text="Name of the parameter in the address.")
    detail = serializers.CharField(help_text="A sentence, in the language of Accept-Language.")


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal as RFC 9457 problem details."""

    type = serializers.CharField(help_text="Always about:blank; `code` tells problems apart.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="A sentence, in the language of Accept-Language.")
    code = serializers.CharField(
        required=False, help_text="Stable, for programs: wrong_state, slot_taken ..."
    )
    ids = serializers.DictField(required=False, help_text="Ids of the rows concerned.")
    errors = FaultSerializer(many=True, required=False)  # type: ignore[assignment]


def operation(
    summary: str,
    answer: Any = None,
    *,
    status: int = 200,
    request: Any = None,
    errors: tuple[int, ...] = (),
    parameters: tuple[OpenApiParameter, ...] = (),
    examples: tuple[OpenApiExample, ...] = (),
    **more: Any,
) -> Callable[[Any], Any]:
    """Describe a method of a view: what it takes, what it answers, and the refusals that it may give.

    Args:
        answer: serializer of a success, with that status.
        errors: refusals beyond `ALWAYS`.
    """
    responses: dict[Any, Any] = {status: answer}
    for refusal in sorted({*errors, *ALWAYS}):
        responses[refusal, MEDIA_TYPE] = OpenApiResponse(ProblemSerializer, REFUSALS[refusal])
    if request is not None:
        more["request"] = request
    return extend_schema(
        summary=summary,
        responses=responses,
        parameters=list(parameters),
        examples=list(examples),
        **more,
    )


# -- Headers that hold for every route ---------------------------------------

KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="1 to 200 signs that the program has made up, such as a UUID. Sent again with the same key, the "
    "request does nothing twice: it gets the same answer, with `Idempotency-Replayed: true`. Kept for 24 hours.",
)
VERSION = OpenApiParameter(
    "If-Match",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="The ETag that was read, in its quotes; several with commas between; or * for whatever stands.",
)


class Described(AutoSchema):
    """Knows which of the headers of `api.door` a route takes."""

    def get_override_parameters(self) -> list[Any]:
        """The headers beside the view's own parameters."""
        if self.method in {"GET", "HEAD"}:
            return []
        return [KEY, VERSION] if versions.needed(self.view, self.view.kwargs or "{" in self.path) else [KEY]


# -- Hooks of the schema's generator ---------------------------------------


def with_conditions(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Say which refusals the headers lead to, and that what has a version is answered with its ETag."""
    for operation_ in (op for methods in result["paths"].values() for op in methods.values()):
        headers = {p["name"] for p in operation_.get("parameters", []) if p["in"] == "header"}
        refusals: tuple[int, ...] = (400, 409, 422) if KEY.name in headers else ()
        refusals += (412, 428) if VERSION.name in headers else ()
        shape = operation_["responses"]["503"]["content"]
        for status in refusals:
            answer = {"content": shape, "description": REFUSALS[status]}
            operation_["responses"].setdefault(str(status), answer)
    return result


def without_slashed_twins(endpoints: list[tuple[str, str, str, Any]]) -> list[tuple[str, str, str, Any]]:
    """Every address answers with a slash at its end too; it is described once."""
    return [endpoint for endpoint in endpoints if not endpoint[0].endswith("/") or endpoint[0] == ROOT]


def with_planner(result: dict[str, Any], **_more: Any) -> dict[str, Any]:
    """Add the planner's own JSON Schema for its problems and plans."""
    parts = planner.schema()["$defs"]
    result["components"]["schemas"] |= {"PlannerProblem": parts["problem"], "PlannerPlan": parts["plan"]}
    return result


#: The planner's documents, as they are referred to.
PROBLEM = {"$ref": "#/components/schemas/PlannerProblem"}
PLAN = {"$ref": "#/components/schemas/PlannerPlan"}
