"""The API's own schema, and whether an answer is what it promises."""

from functools import cache
from typing import Any

from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI document, in English."""
    with translation.override("en"):
        found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


def operations() -> dict[str, dict[str, Any]]:
    """Every operation by method and path, such as "GET /api/v1/tours"."""
    return {
        f"{method.upper()} {path}": operation
        for path, methods in schema()["paths"].items()
        for method, operation in methods.items()
    }


def faults(operation: str, status: int, answer: Any, media_type: str = "application/json") -> list[str]:
    """What in an answer the schema does not promise, or what it promises that the answer lacks."""
    promised = operations()[operation]["responses"][str(status)]["content"][media_type]["schema"]
    document = {**promised, "components": schema()["components"]}
    validator = Draft202012Validator(document, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(answer)]
