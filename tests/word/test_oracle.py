"""Jinja itself as the judge: a Word file of paragraphs must read as the same lines do as a plain text template."""

from __future__ import annotations

import jinja2
from hypothesis import given, settings
from hypothesis import strategies as st

from word.maker import filled, p, row, table, texts

NAMES = st.sampled_from(["a", "b", "xs[0]", "m.k", "xs | length", "s | default('-')", "a ~ b"])
TESTS = st.sampled_from(["a", "b", "not a", "xs", "a == 'A'", "xs | length > 1"])
LOOP = "{% for x in xs %}{{ x }},{% endfor %}"
INLINE = st.one_of(
    st.sampled_from(["text ", "R&D <", "", " "]),
    NAMES.map("{{{{ {} }}}}".format),
    st.tuples(TESTS, NAMES).map(lambda t: f"{{% if {t[0]} %}}y{{{{ {t[1]} }}}}{{% else %}}n{{% endif %}}"),
    st.just(LOOP),
)
LINE = st.lists(INLINE, min_size=1, max_size=4).map(lambda parts: "|" + "".join(parts))
Lines = list[str]


def nest(inner: st.SearchStrategy[Lines]) -> st.SearchStrategy[Lines]:
    blocks = st.lists(inner, max_size=3).map(lambda parts: [line for part in parts for line in part])
    loops = st.sampled_from(["x in xs", "x in xs if x", "k, v in m.items()", "x in []"])
    return st.one_of(
        st.tuples(TESTS, blocks, blocks).map(
            lambda t: [f"{{% if {t[0]} %}}", *t[1], "{% else %}", *t[2], "{% endif %}"]
        ),
        st.tuples(loops, blocks, blocks).map(
            lambda t: [f"{{% for {t[0]} %}}", *t[1], "{% else %}", *t[2], "{% endfor %}"]
        ),
        blocks.map(lambda b: ["{% set s = a ~ '!' %}", *b]),
        blocks.map(lambda b: ["{% with a = '' %}", *b, "{% endwith %}"]),
    )


FILE = st.lists(st.recursive(LINE.map(lambda line: [line]), nest, max_leaves=10), min_size=1, max_size=4).map(
    lambda parts: [line for part in parts for line in part]
)
VALUES = st.fixed_dictionaries(
    {
        "a": st.sampled_from(["A", ""]),
        "b": st.sampled_from(["B & b", ""]),
        "xs": st.lists(st.sampled_from(["x", "1", ""]), min_size=1, max_size=3),
        "m": st.just({"k": "K", "l": "<"}),
    }
)


def as_jinja_says(lines: Lines, values: dict[str, object]) -> Lines:
    source = "".join(line if line.startswith("{%") else line + "\n" for line in lines)
    plain = jinja2.Environment(autoescape=False, keep_trailing_newline=True)  # noqa: S701 - plain text
    return plain.from_string(source).render(values).split("\n")[:-1]


@settings(max_examples=120, deadline=None)
@given(FILE, VALUES)
def test_paragraphs_read_as_jinja_says(lines: Lines, values: dict[str, object]) -> None:
    assert texts(filled("".join(map(p, lines)) + p("z"), values)) == [*as_jinja_says(lines, values), "z"]


@settings(max_examples=60, deadline=None)
@given(FILE, VALUES)
def test_rows_read_as_jinja_says(lines: Lines, values: dict[str, object]) -> None:
    rows = (row(line, "") if line.startswith("{%") else row("", line) for line in lines)
    made = texts(filled(table(*rows), values))
    assert [text for text in made if text] == as_jinja_says(lines, values)
