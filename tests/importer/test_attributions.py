"""Who says what, in every form and in five languages."""

from __future__ import annotations

import re

import pytest

from importer.attribution_forms import COLLECTIVES, FORMS, LANGUAGES, SCENES, Scene
from importer.drafts import draft_of, lost, quotations, written
from pressgen.importer.draft import Confidence, DraftParagraph, DraftQuotation

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


INSIDE = {
    "fr": ("« Nous sommes prêts, {clause}, et la rivière est calme. »", "Nous sommes prêts, et la rivière est calme."),
    "fr, next sentence": (
        "« Nous sommes prêts, {clause}. La rivière est calme. »",
        "Nous sommes prêts. La rivière est calme.",
    ),
    "es": ("«Estamos listos, {clause}, y el río está tranquilo.»", "Estamos listos, y el río está tranquilo."),
    "es, next sentence": (
        "«Estamos listos, {clause}. El río está tranquilo.»",
        "Estamos listos. El río está tranquilo.",
    ),
}
CLAUSES = {
    "fr": ("a déclaré {name}, {role}", "explique {name}, {role}", "souligne {name}, {role}"),
    "es": ("dijo {name}, {role}", "explica {name}, {role}", "señaló {name}, {role}"),
}


@pytest.mark.parametrize(
    ("form", "clause", "place"),
    [(form, clause, place) for form in INSIDE for clause in CLAUSES[form[:2]] for place in range(3)],
)
def test_an_attribution_inside_the_marks_is_taken_out(form: str, clause: str, place: int) -> None:
    said, (template, words) = LANGUAGES[form[:2]], INSIDE[form]
    name, role = said.speakers[place]
    text = f"{said.title}\n\n{said.lead}\n\n{template.format(clause=clause.format(name=name, role=role))}\n"
    draft = draft_of(text)

    assert [(who, " ".join(texts)) for who, texts in quotations(draft)] == [(name, words)]
    assert lost(text.encode(), written(draft)) == []


LEAD = f"{LANGUAGES['en'].title}\n\n{LANGUAGES['en'].lead}\n\n"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Arl Bridges said: “We are glad that it is open.”", "Arl Bridges"),
        ("Ines Falk's brother Owen said: “We are glad that it is open.”", None),
        ("Roads minister Ines Falk and Owen Tarn, mayor of Arl, said: “We are glad that it is open.”", "Owen Tarn"),
        (
            "An open letter to the Rt. Hon. Owen Tarn and others states our wish:\n\n“We are glad that it is open.”",
            "Owen Tarn",
        ),
        ("Key Finding: “We are glad that it is open.”", None),
        ("It was praised by Ines Falk, head of roads: “We are glad that it is open.”", None),
        ("“We are glad that it is open,” said the minister.", "the minister"),
        ("Owen Tarn, head of roads, met Ines Falk. “We are glad that it is open,” he said.", "Owen Tarn"),
        ("“We are glad that it is open.”", None),
    ],
)
def test_what_may_be_somebody_elses_words_is_never_sure(text: str, speaker: str | None) -> None:
    draft = draft_of(f"{LEAD}{text}\n")
    found = [each for each in draft.body if isinstance(each, DraftQuotation)]

    assert [draft.people[each.by].name for each in found] == ([speaker] if speaker else [])
    assert not any(each.confidence is Confidence.SURE for each in found)
    assert any(doubt.field.startswith("body[") for doubt in draft.doubts)


@pytest.mark.parametrize(
    ("text", "speaker", "role"),
    [
        ("Arl Bridges director Ines Falk said: “We are glad.”", "Ines Falk", "Arl Bridges director"),
        ("The director of Arl Bridges, Ines Falk, said: “We are glad.”", "Ines Falk", "director of Arl Bridges"),
        (
            "“We are glad,” says lead author, Associate Professor Ines Falk.",
            "Ines Falk",
            "lead author, Associate Professor",
        ),
        ("Ines Falk, head of roads, told the Arl Echo: “We are glad.”", "Ines Falk", "head of roads"),
        ("Ines Falk and Owen Tarn, heads of roads, said: “We are glad.”", "Ines Falk and Owen Tarn", "heads of roads"),
    ],
)
def test_a_name_and_a_role_are_told_apart(text: str, speaker: str, role: str) -> None:
    draft = draft_of(f"{LEAD}{text}\n")
    (found,) = [each for each in draft.body if isinstance(each, DraftQuotation)]

    assert (draft.people[found.by].name, draft.people[found.by].role) == (speaker, role)


def test_questions_and_answers_keep_their_order_and_their_words() -> None:
    draft = draft_of(
        f"{LEAD}What did you see?\n\nInes Falk: “A bridge of gold.”\n\nAnd now?\n\nInes Falk: “The river.”\n"
    )

    assert quotations(draft) == [("Ines Falk", ("A bridge of gold.",)), ("Ines Falk", ("The river.",))]
    assert [each.text for each in draft.body if isinstance(each, DraftParagraph)][-2:] == [
        "What did you see?",
        "And now?",
    ]


def test_signed_speech_in_a_list_is_quotations() -> None:
    draft = draft_of(
        f"{LEAD}* “We are glad that it is open.” – Ines Falk, head of roads\n* “It is calm.” – Owen Tarn, mayor\n"
    )

    assert [name for name, _ in quotations(draft)][:1] == ["Ines Falk"]
