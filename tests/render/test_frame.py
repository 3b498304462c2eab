import pytest
from markupsafe import Markup

from pressgen.render.markup_template import MarkupTemplate


def test_text_in_a_gap_is_escaped_and_markup_stays_markup() -> None:
    made = MarkupTemplate("<p{}>{}</p>")(Markup(' class="x"'), "R&D <b> {}")

    assert made == Markup('<p class="x">R&amp;D &lt;b&gt; {}</p>')
    assert isinstance(made, Markup)


@pytest.mark.parametrize("values", [("one",), ("one", "two", "three")])
def test_every_gap_wants_one_value(values: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="zip"):
        MarkupTemplate("<p>{}{}</p>")(*values)
