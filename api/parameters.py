"""The parameters of an address. One that does not exist is an error: a typo must not give everything."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.serializers import Serializer

#: Parameters that every list takes.
PAGING = ("page", "page_size")


class WrongAddress(ValidationError):
    """A parameter of the address can not be what it is, whatever the body says."""


def read(request: Request, shape: type[Serializer[Any]], also: Iterable[str] = ()) -> dict[str, Any]:
    """The parameters in that shape; `also` names those that somebody else reads. Raises WrongAddress."""
    asked = shape(data=request.query_params)
    refuse_unknown(request, [*asked.fields, *also])
    if not asked.is_valid():
        raise WrongAddress(asked.errors)
    found: dict[str, Any] = asked.validated_data
    return found


def refuse_unknown(request: Request, known: Iterable[str]) -> None:
    """Raises WrongAddress when there is a parameter of another name."""
    names = sorted(known)
    if unknown := sorted(set(request.query_params) - set(names)):
        text = _("There is no such parameter here. There are: %(names)s.") % {"names": ", ".join(names)}
        raise WrongAddress(dict.fromkeys(unknown, text))
