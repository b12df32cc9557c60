"""What is written when a task is done, or is none."""

from practices.form_fields import too_long
from triage.forms.once import Once
from triage.forms.reception import Words

LONGEST_NOTE = 500


class TaskNote(Once):
    """What was done, or why a clinician should look."""

    note = Words(
        label="What you did, or why a clinician should look",
        max_length=LONGEST_NOTE,
        error_messages={
            "required": "Enter what you did, or why a clinician should look",
            "max_length": too_long("The note"),
        },
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs["rows"] = 2
