"""Odd documents, each to be the same with and without the patches; all of a ferry company that is not there."""

# ruff: noqa: E501 - a document a line

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from pressgen.pdf.trial import FEW, PROSE, TrialDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = (
    "boats sail Every day to Orrin Island AVATAR To Yes. Type, “quoted” – pier—quay 1,111 11.1 VA LT P. F, w/o e-mail"
    " well-being non-profit http://ferry.example/a?b=c (bracket) [x] Ünï ﬁ office ffl İstanbul naïve Łódź ½ 3×4 & <b>bold</b>"
    " <i>slanted words</i> <a href='https://ferry.example/'>a link</a> <code>x = 1</code> H<sub>2</sub>O"
).split(" ")
FACES = ("Liberation Sans", "Liberation Serif", "DejaVu Sans", "Liberation Mono", "DejaVu Serif")
PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
ROWS = "".join(
    f"<tr><td>Pier {number} of the north shore</td><td>{number * 37}</td><td>€ {number}.50</td></tr>"
    for number in range(14)
)
TABLE = f"<table><thead><tr><th>Pier<th>Boats<th>Fare</thead>{ROWS}</table>"
PLAIN = f"<h1>More crossings</h1><h2>From April</h2><p>{PROSE}</p><ul><li>{PROSE[:120]}<li>late boats</ul><blockquote><p>{PROSE}</p></blockquote>"

BODIES = {
    "nothing": "",
    "one letter": "x",
    "inline": f"<p>Some <b>bold</b>, <i>slanted words that go on over the end of a line, {PROSE[:150]}</i> {' '.join(WORDS)}</p>" * 2,
    "pre": "<pre>a\tb\n  c   d\n\n\te</pre><p>ferry\u00adboat\u00adlandings and extra\u00adordi\u00adnarily long com\u00adpound</p><p>line<br>break<br><br>x<wbr>y</p>",
    "right to left": "<p dir=rtl>לוח זמנים חדש למעבורות בין הרציף הצפוני ובין האי אורין יפורסם מחר בבוקר ועוד מילים רבות עד סוף השורה</p>"
    "<p dir=rtl>جدول زمني جديد للعبّارات بين الرصيف والجزيرة ابتداءً من نيسان</p><p>mixed רציף text عبّارة and on</p>",
    "cjk": f"<p lang=zh>{'渡船時刻表將於四月三日起更改，每日十一班。' * 9}</p><p lang=ja>{'フェリーの新しい時刻表です。' * 8}</p><p lang=ko>새 시간표는 사월 삼일부터 적용됩니다.</p>",
    "emoji": "<p>Boats 😀 sail ⛴️ at 🕘 and 👩‍🚀 waits; missing \ue123 \ue124 \ue123 here</p>",
    "marks": "<p>Vie\u0323\u0302t Nam e\u0301t\u00e9 Z\u0351\u036b\u0343a\u0300 नमस्ते दुनिया สวัสดีชาวโลกเรือข้ามฟาก ก่อน</p>",
    "long word": f"<p>{'quay' * 90} after</p><p>{'W' * 200}</p>",
    "no break": f"<p>{PROSE.replace(' ', chr(0xA0))}</p><p>{PROSE.replace(' of ', chr(0xA0) + 'of  ')}</p>",
    "spaces": f"<p>  {PROSE.replace(' ', '   ')}  </p><p> </p><p>\n\n</p><p>a </p><p> <b> b </b> <i> c </i> </p>",
    "nested lists": "<ul><li>a<ul><li>b<ol start=3><li>c<li value=9>d</ol><li style='list-style:square'>e</ul><li>f</ul>",
    "table": TABLE,
    "spans": "<table><caption>Fares</caption><tr><td rowspan=2>a<td colspan=2>b c<tr><td>d<td>e<p>f</p><tr><td colspan=3>" + PROSE + "</table>",
    "style attributes": f"<div style='color:#c00;font-family:Liberation Serif'><p>{PROSE}<p style='margin-left:2em'>{PROSE[:99]}<b>bold</b></div>",
    "names": "<p id=a>one</p><p id=inherit>two</p><p id=initial>three</p><p id='q\"x'>four</p><p id='é'>five</p><p id=''>six</p><a name=b>seven</a><a href=#a>to one</a> <a href=#nowhere>to none</a>",
    "named twice": "<p id=a>one</p><p id=a>two</p>",
    "languages": "<p lang=de>Fährverbindungen <q>heute</q></p><p lang=''>none</p><p lang=inherit>odd</p><p lang=fr>Bac <q>de nuit</q></p>",
    "pictures": f"<p><img src='{PIXEL}' width=40 height=20 alt=dot> beside <img src='{PIXEL}' style='float:right;width:3cm'></p><p>{PROSE}</p><img src=none.png alt='not there'>",
    "svg": "<svg viewBox='0 0 100 50' width=200><path id=p d='M10 10h20v5l-4-4a6 3 0 1 1 5 5q3 3 6 0t5 5s2 2 8-3z' stroke=red marker-end='url(#m)'/><marker id=m><path d='M0 0l3 3'/></marker>"
    "<path d='M 5 5 L 10'/><path d='M1em 1em l 2em 10%'/><path d=''/><text x=5 y=40 font-size=9>Quay <tspan font-weight=bold>north</tspan></text><use href='#p' x=40 /></svg>" * 2,
    "clipped": "<svg viewBox='0 0 9 9' width=60><clipPath id=c><path d='M0 0h5v5z'/></clipPath><g clip-path='url(#c)' opacity=.5><rect width=9 height=9 fill=teal /></g></svg>",
    "forms": "<form><input value=Name><input type=checkbox checked><select><option>one</select><textarea>text</textarea><button>Go</button></form>",
    "tables in tables": f"<table><tr><td><table><tr><td>{PROSE[:80]}<td>b</table><td>{PROSE[:200]}</table>",
    "definitions": f"<dl><dt>Quay<dd>{PROSE[:200]}<dt>Pier<dd>short</dl><hr><address>Kettle Quay</address><details><summary>More</summary>x</details>",
    "comments": "<!-- a --><p>b<!-- c -->d</p><?x y?><script>1</script><style></style>",
    "two pages of prose": f"<p>{PROSE}</p>" * 9,
}  # fmt: skip
"""Bodies of pages, in the looks of the trial's house."""

SHEETS = {
    "justified": "p, li { text-align: justify }",
    "hyphenated": "p { text-align: justify; hyphens: auto; hyphenate-limit-chars: 6 3 3 }",
    "serif": "html { font-family: 'Liberation Serif', serif; font-size: 11.3pt }",
    "spaced": "h1 { letter-spacing: .05em } p { word-spacing: 2px } li { letter-spacing: -.2px }",
    "variants": "h2 { font-variant: small-caps } p { font-variant-numeric: oldstyle-nums; font-feature-settings: 'kern' 0 } li { font-kerning: none }",
    "decorated": "h1 { text-decoration: underline } p { text-decoration: line-through overline dotted red } b { text-decoration: none }",
    "shouted": "h1 { text-transform: uppercase } p { text-transform: capitalize } li { text-transform: full-width }",
    "by the page": "h1 { font-size: 5vw } p { margin: 1em 5%; width: 60vw }",
    "landscape": "@page { size: A5 landscape }",
    "first page": "@page :first { margin-top: 6cm; @top-left { content: 'x' } @right-middle { content: 'r'; margin: 2px inherit } }",
    "left and right": "@page :left { margin-left: 3cm } @page :right { @bottom-left { content: counter(page) } } @page :nth(2) { background: #eee }",
    "named page": "@page wide { size: A4 landscape; @top-center { content: element(h) } } table { page: wide } blockquote { position: running(h) }",
    "margin tables": "@page { @top-left { display: table-cell; content: 'cell'; margin: 3px; padding: inherit } }",
    "columns": "ul, ol, blockquote { columns: 2; column-rule: 1px solid }",
    "flexible": "body { display: flex; flex-wrap: wrap; gap: 1em } p { flex: 1 1 40% }",
    "grid": "body { display: grid; grid-template-columns: 1fr 2fr; gap: 4pt }",
    "floats": "h2 { float: right; width: 4cm; background: #eee; margin: 4pt } blockquote { clear: both } li { float: left; margin: 2pt }",
    "placed": "h1 { position: relative; top: 4pt } h2 { position: absolute; right: 0; top: 2cm } blockquote { position: fixed; bottom: 0 }",
    "footnotes": "b, i { float: footnote } @page { @footnote { border-top: 1px solid; margin-top: 4pt } } ::footnote-call { color: red }",
    "block footnotes": "i { float: footnote; footnote-display: block } ::footnote-marker { content: counter(footnote) ') ' }",
    "first letters": "p::first-letter { font-size: 2em; color: #c00 } p::first-line { font-weight: bold }",
    "a face of its own": "@font-face { font-family: Ferry; src: local('DejaVu Serif') } @font-face { font-family: Liberation Sans; src: local('Liberation Serif') } p { font-family: Ferry } li { font-family: Liberation Sans }",
    "narrow": "@page { size: 6cm 20cm; margin: 5mm }",
    "indented": "p { text-indent: 2em; margin: 0 } li { text-indent: -1em } blockquote p { text-indent: 10% }",
    "formulas": "p { margin: calc(1em + 2px) 0; width: calc(100% - 1cm); font-size: max(9pt, 1em) } td { padding: min(1em, 4px) }",
    "wrong formulas": "p { width: calc(1em * 1em) } h1 { font-size: min() }",
    "variables": ":root { --c: #246; --x: 2em } h1 { color: var(--c) } p { margin-bottom: var(--x, 1em); margin-left: var(--none, 3pt) }",
    "wrong variables": ":root { --c: 12 34 } h1 { color: var(--c) } p { margin: var(--c) } li { color: var(--none) }",
    "anywhere": "p { overflow-wrap: anywhere } td { overflow-wrap: anywhere }",
    "break all": "p { word-break: break-all } td { word-break: break-all }",
    "no wrap": "p { white-space: nowrap } li { white-space: pre-wrap } td { white-space: pre-line }",
    "cut": "p { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 5cm }",
    "cut lines": "p { max-lines: 2; block-ellipsis: auto } blockquote p { max-lines: 1; block-ellipsis: ' […]' }",
    "boxes": "p { box-sizing: border-box; padding: 1em; border: 2px solid; border-radius: 4px / 10%; width: 80%; min-height: 3cm; max-width: 9cm }",
    "decked": "p { background: linear-gradient(#fff, #def) } h1 { box-shadow: 1px 1px 2px #999; background: #ffe; border-radius: 50% }",
    "outlined": "h1 { outline: 1px dashed } td { border: 1px solid #888; border-top-color: red } table { border-collapse: separate; border-spacing: 2pt }",
    "inherited": "td { margin: inherit; padding: inherit } tr { margin: 4px } table { padding: 5px; margin: 6px } li { border: inherit; page: inherit }",
    "counted": "body { counter-reset: s } h2::before { counter-increment: s; content: counter(s, upper-roman) '. ' } li::marker { content: '→ '; color: red }",
    "led": "li::after { content: leader('.') ' ' target-counter(attr(href), page) } h1 { string-set: t content() } @page { @top-left { content: string(t) } }",
    "linked": "a::after { content: ' (' attr(href) ', ' target-counter(attr(href), page) ')' }",
    "generated": "p::before { content: open-quote; font-weight: bold } p::after { content: close-quote url(none.png) } p::before, li::after { color: teal }",
    "inside": "ul, ol { list-style: inside square } li { display: list-item } h2 { display: list-item; list-style: decimal outside; margin-left: 2em }",
    "hidden": "h2 { display: none } li { visibility: hidden } i { visibility: collapse }",
    "nothing shown": "html { display: none }",
    "no size": "p { font-size: 0 } li { font-size: .0000001px } h1 { line-height: 0 }",
    "right to left": "html { direction: rtl } table { direction: ltr }",
    "logical": "p { margin-inline-start: 2em; padding-block: 3pt; border-inline-end: 1px solid } html { direction: rtl }",
    "by the letter": "p { width: 30ch; margin-left: 2ex; line-height: 1.2lh; padding: 1rex 1rch } h1 { margin: 1cap 1ic }",
    "turned": "h1 { transform: rotate(3deg) } p { opacity: .5 } h2 { clip: rect(0, 40px, 20px, 0); position: absolute }",
    "together": "p { break-inside: avoid; orphans: 4; widows: 4 } h2 { break-after: avoid } li { break-before: page }",
    "aligned": "p { text-align: right; text-align-last: center } td { vertical-align: bottom } b { vertical-align: super } i { vertical-align: 3px }",
    "inline blocks": "b { display: inline-block; width: 3cm; border: 1px solid } i { display: inline-flex } a { display: inline-table }",
    "layers": "@layer a, b; @layer b { p { color: red } } @layer a { p { color: blue; margin: 1px } } p { color: green !important }",
    "bookmarks": "p { bookmark-level: 2; bookmark-label: 'p ' content(text) } h1 { bookmark-state: closed }",
    "tabs": "pre { tab-size: 3; white-space: pre } p { tab-size: 20px; white-space: pre-wrap }",
    "borders of pages": "@page { border: 1px solid; padding: 3mm; marks: crop cross; bleed: 4mm }",
    "light": "h1 { font-weight: lighter; font-stretch: condensed } p { font-weight: 300; font-style: oblique } b { font-weight: bolder }",
    "fixed tables": "table { table-layout: fixed; width: 8cm } td { width: 20%; hyphens: auto }",
    "unknown": "p { colour: red; margin: 3 } ::selection { color: red } p::frobnicate { color: red }",
}
"""Stylesheets that a document has beside that of its house."""


def documents() -> Iterator[tuple[str, TrialDocument]]:
    """All of them, by name: bodies, bodies in other looks, and some at random that are the same each time."""
    bodies = FEW | BODIES
    for name, body in bodies.items():
        yield f"body: {name}", TrialDocument(body)
    mixed = PLAIN + BODIES["inline"] + BODIES["nested lists"] + TABLE
    for name, sheet in SHEETS.items():
        yield f"sheet: {name}", TrialDocument(mixed, sheet)
    for name in ("pre", "right to left", "cjk", "names", "nested lists"):
        for sheet in ("hyphenated", "spaced", "decorated", "flexible"):
            yield f"{name}, {sheet}", TrialDocument(bodies[name], SHEETS[sheet])
    yield "a document's own sheet", TrialDocument(f"<style>{SHEETS['counted']} @page {{ margin: 3cm }}</style>{mixed}")
    yield from at_random(16)


def at_random(number: int) -> Iterator[tuple[str, TrialDocument]]:
    """Random words in random looks, by a fixed seed."""
    chance = random.Random(70)  # noqa: S311 - nobody is to guess anything
    for each in range(number):
        body = "".join(f"<p>{' '.join(chance.choices(WORDS, k=chance.randint(1, 200)))}</p>" for _ in range(9))
        sheet = (
            f"html {{ font: {chance.choice([8, 9.5, 10, 11.3, 12.7, 14])}pt/{chance.choice([1.2, 1.5])} '{chance.choice(FACES)}';"
            f" text-align: {chance.choice(['left', 'justify', 'right'])}; overflow-wrap: {chance.choice(['normal', 'break-word'])};"
            f" hyphens: {chance.choice(['manual', 'auto'])} }} @page {{ margin: {chance.randint(5, 45)}mm {chance.randint(5, 45)}mm }}"
        )
        yield f"random {each}", TrialDocument(body, sheet)
