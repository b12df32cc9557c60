"""Foreign keys follow the street: a house never points at one nearer its door."""

from django.apps import apps

from tests.walls.sources import STREET

OURS = [label for label in STREET if label != "config"]


def test_relations_follow_the_street():
    against = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for label in OURS
        for model in apps.get_app_config(label).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model is not None
        and field.related_model._meta.app_label in OURS
        and OURS.index(field.related_model._meta.app_label) < OURS.index(label)
    ]

    assert against == []


def test_each_house_has_rows_of_its_own():
    empty = [label for label in OURS if not list(apps.get_app_config(label).get_models())]

    assert empty == []
