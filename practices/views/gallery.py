"""Every component in every state, on one page, for those who build and check the look."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from practices.form_fields import DayField
from practices.rules.roles import EVERYONE, Role
from practices.views.door import Door

MODES = [("phone", "Phone"), ("video", "Video"), ("face", "Face to face")]
HOURS = ["8am", "9am", "10am", "11am", "midday", "1pm", "2pm", "3pm", "4pm", "5pm", "6pm"]
SAMPLES: Mapping[str, Any] = {
    "head": ["Patient", {"text": "Minutes", "format": "numeric"}, "Due"],
    "rows": [
        [{"text": "Ann Lee", "href": "#gallery"}, "42", "42 minutes, due by 11:20am"],
        ["Bo Ray", "7", "overdue by 5 minutes"],
    ],
    "facts": [
        {
            "key": "Mode",
            "value": "Phone",
            "actions": [{"text": "Change", "href": "#gallery", "visually_hidden_text": "mode"}],
        },
        {"key": "Telephone", "value": "No phone number given"},
    ],
    "crumbs": [{"text": "Queue", "href": "#gallery"}, {"text": "Case", "href": "#gallery"}],
    "previous": {"href": "#gallery", "label": "Monday 30 November"},
    "next": {"href": "#gallery", "label": "Wednesday 2 December"},
    "pages": [
        {"number": 1, "href": "#gallery"},
        {"number": 2, "href": "#gallery", "current": True},
        {"ellipsis": True},
        {"number": 9, "href": "#gallery"},
    ],
    "tabs": [
        {"label": "Today", "id": "today", "panel": "Three sessions."},
        {"label": "Tomorrow", "id": "tomorrow", "panel": "Two sessions."},
    ],
    "hours": HOURS,
    "series": [
        {"name": "Own practice", "values": [48, 36, 22, 17, 12, 11, 14, 13, 10, 7, 3]},
        {"name": "Hub", "values": [21, 18, 12, 9, 6, 5, 6, 7, 5, 4, 2]},
    ],
    "colours": [
        "white",
        "grey",
        "green",
        "aqua-green",
        "blue",
        "purple",
        "pink",
        "red",
        "orange",
        "yellow",
    ],
    "priorities": [
        ("emergency", "Emergency"),
        ("urgent", "Urgent"),
        ("soon", "Soon"),
        ("routine", "Routine"),
        ("none", "No date"),
    ],
}


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="As the patient says it")
    number = forms.CharField(
        label="NHS number",
        help_text="For example, 999 012 3456",
        widget=forms.TextInput(
            attrs={"width": "10", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )
    born = DayField(
        label="Date of birth", help_text="For example, 27 3 1984", what="the date of birth"
    )
    words = forms.CharField(
        label="The patient’s own words", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    mode = forms.ChoiceField(
        label="How shall we speak?", choices=MODES, widget=forms.RadioSelect(attrs={"inline": True})
    )
    needs = forms.MultipleChoiceField(
        label="What makes it easier?",
        choices=[("steps", "Step-free"), ("time", "Double time")],
        widget=forms.CheckboxSelectMultiple(attrs={"small": True}),
        required=False,
    )
    day = forms.ChoiceField(label="Day", choices=[("", "Choose a day"), ("1", "Today")])
    agrees = forms.BooleanField(label="The patient agrees")


class Gallery(Door):
    """Shows everything; `?errors` shows the form as it looks when it fails."""

    roles: ClassVar[frozenset[Role]] = EVERYONE

    def get(self, request: HttpRequest) -> HttpResponse:
        form = Sample({"words": "Sore throat"}) if "errors" in request.GET else Sample()
        return render(request, "practices/gallery.html", {**SAMPLES, "form": form})
