"""A foreign key is an import too, even when it is a string."""

import pytest
from django.apps import apps

from tests.architecture.source import floors

HIDDEN_FLOORS = ("casework", "integrity")


def ours(model):
    return model.__module__.startswith("apps.")


def foreign_keys():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            related = field.related_model if field.is_relation and field.concrete else None
            if related and ours(model) and ours(related):
                yield field


def test_no_foreign_key_points_upwards_or_sideways():
    floor = floors()
    wrong = []
    for field in foreign_keys():
        here, there = field.model._meta.app_label, field.related_model._meta.app_label
        if here != there and floor[there] >= floor[here]:
            wrong.append(f"{field} points up to {there}")
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("hidden", HIDDEN_FLOORS)
def test_no_template_can_walk_up_to_what_applicants_must_not_see(hidden):
    wrong = [
        str(field)
        for field in foreign_keys()
        if field.model._meta.app_label == hidden != field.related_model._meta.app_label
        and not field.remote_field.hidden
    ]
    assert not wrong, "\n".join(map(str, wrong))


def test_history_and_its_subject_hold_each_other_by_reference_only():
    assert [f for f in foreign_keys() if f.model._meta.app_label == "audit"] == []
