"""Who is on the line, and how the patient may be reached: asked only as far as it is needed."""

from datetime import date
from typing import Any

from django import forms

from practices.form_fields import DayField, too_long
from triage.forms.once import Once
from triage.rules.callers import (
    LONGEST_CALLER,
    Authority,
    Caller,
    Identity,
    Reaching,
    Relation,
    usual_right,
)

SELF, OTHER = "self", "other"
NOBODY = [("", "Choose one")]
# From 16 on nobody speaks for the patient by the way: what is not said is asked.
MISSING = {
    "caller_name": "Enter the name of the caller",
    "caller_relation": "Choose who they are to the patient",
    "caller_authority": "Choose by what right they speak, or “None shown”",
}
# Below 16 a parent's right is theirs; of anybody else it has to be said.
NOT_A_PARENT = (
    "Not a parent? Ask by what right they speak and choose it below. Else we listen, tell them"
    " nothing, and call whoever has parental responsibility"
)
ABOUT_CALLER = frozenset(
    {"for_whom", "caller_name", "caller_relation", "caller_authority", "authority_on"}
)


class AboutCaller(Once):
    """Who speaks for the patient, and by what right."""

    caller_name = forms.CharField(
        label="Name of the caller",
        required=False,
        max_length=LONGEST_CALLER,
        widget=forms.TextInput(attrs={"autocomplete": "off", "width": "20"}),
        error_messages={"max_length": too_long("Name")},
    )
    caller_relation = forms.ChoiceField(
        label="Who they are to the patient", required=False, choices=NOBODY + Relation.choices()
    )
    caller_authority = forms.ChoiceField(
        label="By what right they speak",
        required=False,
        choices=NOBODY + Authority.choices(),
        help_text="From 16 on ask the patient, also where a parent calls: do they agree?",
    )
    authority_on = DayField(
        label="Day this was seen or said",
        what="the day",
        help_text="Left empty, it is today",
        required=False,
    )


class CorrectCaller(AboutCaller):
    """What was said of the caller, put right; each of it is said anew but the day."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="correct_%s", **kwargs)
        for name, sentence in MISSING.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = sentence

    @classmethod
    def of(cls, caller: Caller | None) -> "CorrectCaller | None":
        """The form with what is known; none where the patient spoke."""
        if caller is None:
            return None
        return cls(
            initial={
                "caller_name": caller.name,
                "caller_relation": caller.relation.value,
                "caller_authority": caller.authority.value,
                "authority_on": caller.authority_on,
            }
        )

    def caller(self, *, today: date) -> Caller:
        """Who speaks for the patient now."""
        said = self.cleaned_data
        return Caller(
            name=said["caller_name"],
            relation=Relation(said["caller_relation"]),
            authority=Authority(said["caller_authority"]),
            authority_on=said["authority_on"] or today,
        )


class Calling(AboutCaller):
    """The caller's part of a request. `asks_who` stands on the page of a young person."""

    # An emergency waits for nothing that is said of its caller.
    asks_of_caller = True
    asks_who = forms.CharField(widget=forms.HiddenInput, required=False)
    linked_to = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    for_whom = forms.ChoiceField(
        label="Who is on the line?",
        choices=[(SELF, "The patient, alone"), (OTHER, "Somebody for the patient")],
        required=False,
        widget=forms.RadioSelect(attrs={"small": True}),
        error_messages={"required": "Choose who is on the line"},
    )
    identity = forms.ChoiceField(
        label="Do we know who the patient is?",
        choices=Identity.choices(),
        initial=Identity.STATED.value,
        required=False,
    )
    no_calls = forms.BooleanField(label="It is not safe to call this number", required=False)
    voicemail_allowed = forms.BooleanField(label="A voicemail may be left", required=False)
    temporary_phone = forms.BooleanField(label="This number is for now only", required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if self.asks_of_caller and self._somebody_calls(found):
            for name in ("caller_name", "caller_relation"):
                if not found.get(name):
                    self.add_error(name, MISSING[name])
            if not found.get("asks_who") and found.get("caller_authority") == "":
                self.add_error("caller_authority", MISSING["caller_authority"])
        return found

    @property
    def has_caller(self) -> bool:
        """Whether the caller's part of the page is open: something stands in it, or is wrong."""
        said = self["for_whom"].value() == OTHER or self["caller_name"].value()
        return bool(said) or not ABOUT_CALLER.isdisjoint(self.errors)

    def make_room(self, *, asks_who: bool) -> None:
        """Fewer lines for the words where the caller is asked for: nobody has to scroll."""
        if asks_who:
            self.fields["words"].widget.attrs["rows"] = 2
            self.fields["caller_authority"].help_text = NOT_A_PARENT
            self.fields[
                "phone"
            ].help_text = "Left empty, we use the number on record, but never if they ask alone"

    def caller(self, *, today: date) -> Caller | None:
        """Who speaks for the patient. A parent's right is theirs until the child is 16.

        From then on the patient is asked, as for anybody else. Only an emergency waits for no
        answer: left open there, the caller has none, and is nobody without a name and a relation.
        """
        said = self.cleaned_data
        is_known = bool(said["caller_name"] and said["caller_relation"])
        if not self._somebody_calls(said) or not is_known:
            return None
        relation = Relation(said["caller_relation"])
        usual = usual_right(relation, is_young=bool(said["asks_who"]))
        return Caller(
            name=said["caller_name"],
            relation=relation,
            authority=Authority(said["caller_authority"] or usual),
            authority_on=said["authority_on"] or today,
        )

    def reaching(self) -> Reaching:
        """How the patient may be reached."""
        said = self.cleaned_data
        return Reaching(
            identity=Identity(said["identity"] or Identity.STATED),
            safe_to_call=not said["no_calls"],
            voicemail_allowed=said["voicemail_allowed"],
            temporary_phone=said["temporary_phone"],
            asks_alone=said["for_whom"] == SELF if said["for_whom"] else None,
            heard_phone=said.get("heard_phone", ""),
        )

    @staticmethod
    def _somebody_calls(said: dict[str, Any]) -> bool:
        return said.get("for_whom") == OTHER or bool(
            said.get("for_whom") != SELF and said.get("caller_name")
        )
