"""Every glyph of a PDF is in a face that its house brings or names; none comes from wherever the machine has one."""

from __future__ import annotations

import io

import pikepdf
import pytest

from pressgen.errors import InputError, Problem
from pressgen.model.document import Document, Paragraph
from pressgen.model.house import FontFace, HouseFolder
from pressgen.render import pdf
from render.documents import MEDIA, leaf, piece, sample
from render.folders import TEMPLATES, locate, real, small

SANS = (TEMPLATES / "university/fonts/PublicSans-Regular.ttf").read_bytes()
GREEK = (TEMPLATES / "inspectorate/fonts/SourceSans3-Regular.ttf").read_bytes()
STYLESHEET = """
@font-face { font-family: "House Sans"; src: url(fonts/Sans.ttf) }
html { font-family: "House Sans", "House Greek", sans-serif; overflow-wrap: anywhere }
img { image-rendering: crisp-edges }
"""
FACE = FontFace(family="House Greek", file="Greek.ttf", package="fonts-greek", letters=("GREEK",))


def house(**files: bytes) -> HouseFolder:
    named = {f"fonts/{name}.ttf": content for name, content in {"Sans": SANS, **files}.items()}
    return small(stylesheet=STYLESHEET, files=named, faces=(FACE,))


def of(text: str) -> Document:
    return sample(headline=leaf(Paragraph, "headline", "Headline"), body=(leaf(Paragraph, "body[0]", text),), notes=())


def problems(folder: HouseFolder, text: str) -> tuple[Problem, ...]:
    with pytest.raises(InputError) as refused:
        pdf.render(of(text), folder, MEDIA, locate)
    return refused.value.problems


def test_a_face_of_the_machine_is_set_where_the_house_names_it() -> None:
    with pikepdf.open(io.BytesIO(pdf.render(of("The letter λ"), house(Greek=GREEK), MEDIA, locate).content)) as made:
        fonts = {
            str(each.BaseFont) for each in made.objects if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        }

    assert {each.partition("+")[2].removesuffix("-Bold") for each in fonts} == {"House-Sans", "House-Greek"}


def test_a_face_that_the_machine_lacks_is_told_with_its_package_at_the_first_letter() -> None:
    (problem,) = problems(house(), "The letters λ and μ")

    assert (problem.code, problem.path, problem.place.inside) == ("P09", "body[0]", "body[0]+12")
    assert problem.message == (
        "no font of the house can show “λ” (U+03BB, GREEK SMALL LETTER LAMDA), nor 1 other here; it names Greek.ttf,"
        " which is missing on this machine: apt-get install fonts-greek"
    )


def test_another_font_of_the_machine_never_comes_in() -> None:
    (problem,) = problems(house(), "A letter: Ж")

    assert "no font of the house can show “Ж”" in problem.message
    assert "add a font that has it to the house's fonts" in problem.message


def test_a_family_that_is_neither_brought_nor_named_is_refused() -> None:
    folder = small(stylesheet=STYLESHEET + "p { font-family: Elsewhere, serif }", files={"fonts/Sans.ttf": SANS})

    assert {each.code for each in problems(folder, "Words")} == {"P09"}


@pytest.mark.parametrize("name", ["inspectorate", "university"])
def test_the_houses_bring_every_bullet_and_figure_of_nested_lists(name: str) -> None:
    pdf.render(sample(), real(name), MEDIA, locate)


def test_a_letter_in_bold_is_set_in_the_same_family() -> None:
    document = sample(body=(leaf(Paragraph, "body[0]", piece("bold λ", strong=True)),))

    assert pdf.render(document, house(Greek=GREEK), MEDIA, locate).content
