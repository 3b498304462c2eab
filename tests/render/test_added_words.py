"""A house's stylesheet prints no words of its own among those of a release."""

from __future__ import annotations

import pytest

from render.test_unfit import refused

ADDING = [
    'p::after { content: " (denied)" }',
    'h1::before { content: "?" }',
    'h1::before { content: "." }',
    'p::after { content: counter(page) "x" }',
    "p::after { content: attr(class) }",
    'p { --said: "no"; } p::after { content: var(--said) }',
    "@media screen { p::after { content: 'no' } }",
    "@supports (display: grid) { @layer a { p::after { content: 'no' } } }",
    "p { &::after { content: 'no' } }",
    'li::marker { content: "No: " }',
    'ul { list-style: "No " }',
    'q { quotes: "not " "" }',
    '@counter-style odd { system: cyclic; symbols: "denied"; suffix: " " }',
    "@counter-style odd { system: cyclic; symbols: a; suffix: ' denied ' }",
]
FREE = [
    'li::before { content: "(" counter(item) ") " }',
    "li::marker { content: '→ ' }",
    "p::after { content: none }",
    'p::before { content: "" }',
    "li::before { content: '•' }",
    "li::before { content: '– ' }",
    "li::before { content: counter(item) }",
    '@page { @bottom-right { content: "Page " counter(page) } }',
    "ol { list-style: decimal }",
    '@counter-style odd { system: cyclic; symbols: "a" "b"; suffix: ". " }',
]


@pytest.mark.parametrize("rule", ADDING)
def test_a_rule_that_adds_words_or_marks_is_refused_at_its_place(rule: str) -> None:
    lines = refused(rule)

    assert any("release.css:3:" in line and "P11 this adds words or marks" in line for line in lines), lines


@pytest.mark.parametrize("rule", FREE)
def test_a_rule_that_adds_none_is_kept(rule: str) -> None:
    assert refused(rule) == []
