"""The API's own schema, and whether an answer is what it promises."""

from typing import Any

from jsonschema import Draft202012Validator

from api.views.docs import document


def operations() -> dict[str, dict[str, Any]]:
    """Every operation by method and path, such as "GET /api/v1/tours"."""
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


def faults(operation: str, status: int, answer: Any, media_type: str = "application/json") -> list[str]:
    """What in an answer the schema does not promise, or what it promises that the answer lacks."""
    promised = operations()[operation]["responses"][str(status)]["content"][media_type]["schema"]
    whole = {**promised, "components": document()["components"]}
    validator = Draft202012Validator(whole, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(answer)]
