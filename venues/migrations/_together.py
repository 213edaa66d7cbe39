"""A step that makes many tables at once: Django renders the models of a state once for all of them."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTogether(Operation):
    """Make the tables of several models of an app, which may point at one another.

    A `CreateModel` of its own for each would render all models that are related to it anew, and nearly all are: most
    of the time of migrating an empty database went there.

    Args:
        app_label: whose models they are; a migration may make those of another app than its own.
        models: in the order in which their tables are made.
    """

    serialization_expand_args = ["models"]

    def __init__(self, app_label: str, models: Sequence[CreateModel]) -> None:
        self.app_label, self.models = app_label, models

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models; what was rendered before is rendered anew when it is asked for."""
        state.__dict__.pop("apps", None)
        for model in self.models:
            model.state_forwards(self.app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Make the tables."""
        for model in self.models:
            model.database_forwards(self.app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Take the tables away, the last first."""
        for model in reversed(self.models):
            model.database_backwards(self.app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What `migrate --plan` says of it."""
        return f"Create {len(self.models)} models of {self.app_label}"
