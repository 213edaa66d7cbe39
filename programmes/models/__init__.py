"""Tables of what a region wants: open calls."""

from programmes.models.calls import Call, CallChange, CallPeriod, CallPlace, Criterion

__all__ = ["Call", "CallChange", "CallPeriod", "CallPlace", "Criterion"]
