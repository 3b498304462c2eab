"""Who says what, in every form and in five languages."""

from __future__ import annotations

import re

import pytest

from importer.attribution_forms import COLLECTIVES, FORMS, LANGUAGES, SCENES, Scene
from importer.drafts import draft_of, lost, quotations, written
from pressgen.importer.draft import Confidence, DraftQuotation

CASES = [
    pytest.param(language, template, speaker, id=f"{form}-{language}-{number}-{place}")
    for form, languages in FORMS.items()
    for language, templates in languages.items()
    for number, template in enumerate(templates)
    for place, speaker in enumerate(LANGUAGES[language].speakers)
]


def plain(text: str) -> str:
    """A text without blanks inside its marks and doubled stops."""
    return re.sub(r"\.+", ".", " ".join(text.split()))


@pytest.mark.parametrize(("language", "template", "speaker"), CASES)
def test_a_quotation_is_found_with_its_speaker_in_every_form(
    language: str, template: str, speaker: tuple[str, str]
) -> None:
    said = LANGUAGES[language]
    name, role = speaker
    text = f"{said.title}\n\n{said.lead}\n\n{template.format(name=name, role=role, one=said.one, two=said.two)}\n"
    draft = draft_of(text)

    assert [(who, plain(" ".join(words))) for who, words in quotations(draft)] == [(name, f"{said.one} {said.two}")]
    assert [draft.people[each.by].role for each in draft.body if isinstance(each, DraftQuotation)] == [role]
    assert lost(text.encode(), written(draft)) == []


SCENE_CASES = [
    pytest.param(language, scene, place, id=f"{form}-{language}-{number}-{place}")
    for form, languages in SCENES.items()
    for language, scenes in languages.items()
    for number, scene in enumerate(scenes)
    for place in range(3)
]


@pytest.mark.parametrize(("language", "scene", "place"), SCENE_CASES)
def test_the_importer_is_sure_of_a_speaker_only_where_nobody_else_can_be_meant(
    language: str, scene: Scene, place: int
) -> None:
    said = LANGUAGES[language]
    (name, role), (other, office) = said.speakers[place], said.speakers[(place + 1) % 3]
    she, he = said.she[place], said.she[(place + 1) % 3]
    filled = {
        "name": name, "role": role, "other": other, "office": office, "one": said.one, "two": said.two,
        "she": she, "She": she.capitalize(), "he": he, "He": he.capitalize(),
    }  # fmt: skip
    text = f"{said.title}\n\n{said.lead}\n\n{scene.text.format(**filled)}\n"
    draft = draft_of(text)
    found = [each for each in draft.body if isinstance(each, DraftQuotation)]

    expected = [(who.format(**filled), words.format(**filled)) for who, words in scene.found]
    assert [(who, plain(" ".join(words))) for who, words in quotations(draft)] == expected
    assert all(each.confidence is Confidence.SURE for each in found) == scene.sure
    assert lost(text.encode(), written(draft)) == []


@pytest.mark.parametrize(
    ("language", "template", "who"),
    [
        pytest.param(language, template, who, id=f"{language}-{number}")
        for language, cases in COLLECTIVES.items()
        for number, (template, who) in enumerate(cases)
    ],
)
def test_a_group_or_body_speaks_as_it_is_printed(language: str, template: str, who: str) -> None:
    said = LANGUAGES[language]
    text = f"{said.title}\n\n{said.lead}\n\n{template.format(who=who, Who=who, one=said.one, two=said.two)}\n"
    draft = draft_of(text)

    assert [(name, plain(" ".join(words))) for name, words in quotations(draft)] == [(who, f"{said.one} {said.two}")]
    assert lost(text.encode(), written(draft)) == []
