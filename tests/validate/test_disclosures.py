"""What a file tells is said once, with all its places, and each remedy once."""

from __future__ import annotations

from pressgen.validate.disclosures import Disclosure, describe_disclosures


def test_one_thing_at_several_places_is_said_once() -> None:
    found = [Disclosure("keeps marks", "take them out", place) for place in ("body", "footer")]

    assert describe_disclosures(found) == "keeps marks (body, footer): take them out"


def test_things_with_one_remedy_share_it() -> None:
    found = [Disclosure("keeps marks", "delete it"), Disclosure("names “Jo”", "put the body there"),
             Disclosure("keeps a label", "delete it")]  # fmt: skip

    assert describe_disclosures(found) == "keeps marks, keeps a label: delete it; names “Jo”: put the body there"


def test_every_way_to_inspect_a_document_is_one_remedy() -> None:
    found = [
        Disclosure("keeps marks", "inspect the document"),
        Disclosure("keeps a list", "inspect the document in Word"),
    ]

    told = describe_disclosures(found)

    assert told == "keeps marks, keeps a list: inspect the document in its program, and delete that"


def test_of_many_places_the_first_are_named_and_the_others_counted() -> None:
    found = [Disclosure("has hidden text", "show it", f"paragraph {number}") for number in range(1, 8)]

    assert "(paragraph 1, paragraph 2, paragraph 3, paragraph 4 and 3 more)" in describe_disclosures(found)


def test_a_thing_that_is_found_twice_keeps_the_remedy_that_one_of_them_has() -> None:
    found = [Disclosure("keeps a picture", "", "thumbnail"), Disclosure("keeps a picture", "delete it")]

    assert describe_disclosures(found) == "keeps a picture (thumbnail): delete it"


def test_a_file_that_tells_nothing_gets_no_sentence() -> None:
    assert describe_disclosures([]) == ""
