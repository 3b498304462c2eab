"""A template made by a stranger comes to an end, and the message names the tag."""

from __future__ import annotations

import pytest

from effort import at_most
from pressgen.errors import InputError
from pressgen.model.house import HouseFolder
from pressgen.render.house_template import fill_template

LOOPS = "{% for a in 'x' * 300 %}" * 3 + "{{ a }}" + "{% endfor %}" * 3
DOUBLED = "{% set x = 'ab' %}" + "{% set x = x ~ x %}" * 40 + "{{ x }}"
NESTED = "{% set x = ['ab'] %}" + "{% set x = [x, x] %}" * 40 + "{{ x|string }}"
MACRO = "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"
HOSTILE = [
    "{{ 'x'|center(2000000000) }}",
    "{{ 'a' * 2000000000 }}",
    "{{ ['a'] * 2000000000 }}",
    "{{ 2000000000 * 'a' }}",
    "{{ '%01999999999d'|format(1) }}",
    "{{ '%*d'|format(2000000000, 1) }}",
    "{{ '%01999999999d' % 1 }}",
    "{{ '{:>2000000000}'.format(1) }}",
    "{{ 'x'.ljust(2000000000) }}",
    "{{ 'x'.zfill(2000000000) }}",
    "{{ '\t'.expandtabs(2000000000) }}",
    "{{ 'x y'|indent(2000000000) }}",
    "{{ 'x'|batch(2000000000)|list }}",
    "{{ 'x'|slice(2000000000)|list }}",
    "{{ 1.5|round(2000000000, 'floor') }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ (1).to_bytes(2000000000, 'big') }}",
    "{{ ('a' * 100000)|replace('a', 'b' * 100000) }}",
    "{{ ('a' * 100000).replace('a', 'b' * 100000) }}",
    "{{ ('a' * 100000).join('b' * 100000) }}",
    "{{ ('a' * 100000)|join('b' * 100000) }}",
    "{{ ('a ' * 100000)|wordwrap(1, wrapstring='b' * 100000) }}",
    LOOPS,
    DOUBLED,
    NESTED,
    MACRO,
    "{% for a in 'x' * 400000 %}{% set b %}" + "w" * 10_000 + "{% endset %}{% endfor %}",
]


def text_of(template: str, file: str) -> str:
    folder = HouseFolder.__new__(HouseFolder)
    object.__setattr__(folder, "files", {file: template.encode()})
    object.__setattr__(folder, "name", "stranger")
    object.__setattr__(folder, "shown", "templates/stranger")
    return fill_template(folder, file, {"words": "six boats"}, str)


@pytest.mark.parametrize("file", ["release.html", "mail.txt"])
@pytest.mark.parametrize("template", HOSTILE)
def test_a_tag_that_wants_too_much_is_named_soon(template: str, file: str) -> None:
    with at_most(200), pytest.raises(InputError) as refused:
        text_of("\n\n" + template, file)

    assert str(refused.value.problems[0].place).startswith(f"templates/stranger/{file}:3:")


def test_a_recursive_loop_is_refused_with_another_way() -> None:
    with pytest.raises(InputError, match="a loop cannot be recursive; write a loop inside a loop"):
        text_of("{% for each in [1] recursive %}{{ each }}{% endfor %}", "mail.txt")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ '-' * 20 }}", "-" * 20),
        ("{{ words|upper|center(20) }}|", "     SIX BOATS      |"),
        ("{{ words.split()|join(', ') }}", "six, boats"),
        ("{{ words.replace('six', 'ten') }}", "ten boats"),
        ("{{ '%s!'|format(words) }}", "six boats!"),
        ("{{ '%s!' % words }}", "six boats!"),
        ("{{ words ~ (1 + 2 ** 3) }}", "six boats9"),
        (
            "{% for each in [1, 2] %}{{ loop.index }}/{{ loop.length }} {% endfor %}",
            "1/2 2/2 ",
        ),
        ("{% for each in [3, 1]|sort if each > 1 %}{{ each }}{% else %}none{% endfor %}", "3"),
        ("{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m(1) }}{{ m(2) }}", "<1><2>"),
        ("{{ {'a': (1, 2)}.items()|list|length }}", "1"),
        ("{{ [1, 2, 3]|map('string')|join }}", "123"),
    ],
)
def test_what_a_house_needs_works_as_in_jinja(template: str, text: str) -> None:
    assert text_of(template, "mail.txt") == text
