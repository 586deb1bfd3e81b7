from __future__ import annotations

import inspect
import re

import pytest

import chimata as cm

CLASSES = [getattr(cm, name) for name in cm.__all__ if inspect.isclass(getattr(cm, name))]
OWN = [kind for kind in CLASSES if kind.__module__.startswith("chimata.")]
METHODS = [
    (kind, name, member)
    for kind in OWN
    for name, member in vars(kind).items()
    if not name.startswith("_")
    and (callable(member) or isinstance(member, property | staticmethod | classmethod))
]


@pytest.mark.parametrize("kind", OWN, ids=lambda kind: kind.__name__)
def test_every_public_class_is_documented(kind: type) -> None:
    assert len(inspect.getdoc(kind) or "") > 40


@pytest.mark.parametrize(("kind", "name", "member"), METHODS, ids=lambda part: str(part))
def test_every_public_method_is_documented_in_a_sentence(
    kind: type, name: str, member: object
) -> None:
    text = inspect.getdoc(getattr(kind, name) if not isinstance(member, property) else member)
    assert text
    assert re.match(r"[A-Z“`].{8,}", text.splitlines()[0]), text


@pytest.mark.parametrize(("kind", "name", "member"), METHODS, ids=lambda part: str(part))
def test_documented_parameters_exist(kind: type, name: str, member: object) -> None:
    if isinstance(member, property):
        return
    text = inspect.getdoc(getattr(kind, name)) or ""
    section = re.search(r"Parameters\n-+\n(.*?)(\n\n|\Z)", text, re.S)
    if section is None:
        return
    told = {
        part.strip()
        for line in re.findall(r"^(\w[\w, ]*) : ", section[1], re.M)
        for part in line.split(",")
    }
    assert told
    assert told <= set(inspect.signature(getattr(kind, name)).parameters)


@pytest.mark.parametrize("name", ["Flood", "Evacuation", "Walking", "Wading", "People"])
def test_every_parameter_of_a_model_is_documented_with_its_source(name: str) -> None:
    from chimata.parameters import catalogue

    kind = getattr(cm, name)
    text = inspect.getdoc(kind) or ""
    for parameter, about in catalogue()[kind.model]["parameters"].items():
        assert f"{parameter} : {about['kind']}" in text
        assert f"grade {about['grade']}" in text
