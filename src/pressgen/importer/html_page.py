"""Read a web page into paragraphs.

The text of its article is read; menus, headers and footers are kept apart.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field, replace

from lxml import etree, html

from pressgen.errors import InputError, Place, Problem
from pressgen.importer.html_quotations import (
    SOURCES,
    WITHIN,
    choose_quotation_marks,
    is_block_quotation,
    is_source_line,
    is_within,
)
from pressgen.importer.list_markers import find_marker
from pressgen.importer.manuscript import Hyperlink, Manuscript, ManuscriptTooLongError, ParagraphKind, SourceParagraph
from pressgen.importer.plain_text import join_wrapped_lines
from pressgen.text.text_decoding import decode_text, drop_forbidden

UNSEEN = frozenset(("script", "style", "template", "noscript", "head", "svg", "math", "object", "iframe", "select"))
AROUND = ("nav", "header", "footer", "aside", "form")
BLOCKS = frozenset(
    """address article blockquote body caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
HEADING = re.compile(r"h([1-6])")
LINE, LINE_NUMBER = "data-line", re.compile(r"[0-9]{1,9}")
"""The attribute that holds the line of the Markdown that a page was made from."""
INLINE_PICTURE = re.compile(r"data:image/(png|jpeg);base64,(.+)", re.DOTALL)
ENDINGS = {"png": ".png", "jpeg": ".jpg"}
CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
CLOSED = re.compile(
    r"<(/?)(?:div|table|section|article|span|blockquote|ul|ol|font|center|b|i|em|strong|form)\b", re.IGNORECASE
)
"""Tags that every page closes; they show how deep it is nested."""
DEEPEST = 200
"""libxml2 drops elements deeper than 255."""
TITLE_ENDS = re.compile(r"\s[|–—:·»-]\s")
OWNED = re.compile(r"©|\(c\)\s|copyright\b", re.IGNORECASE)
LINES = re.compile(r" ?\n ?")
STEP, FEWEST, HEAD = 2, 2, 2000
MOST_TAGS = 100_000


def read_html(data: bytes, shown: str) -> Manuscript:
    """Read a web page into paragraphs.

    Raises:
        InputError: there is no text in it.
    """
    text, doubts = decode_text(_as_utf8(data))
    return read_page(text, doubts, shown)


def read_page(text: str, doubts: tuple[str, ...], shown: str) -> Manuscript:
    """Read the text of a web page into paragraphs.

    Raises:
        InputError: there is no text in it, or it is nested without end.
        ManuscriptTooLongError: it has far more tags than a release.
    """
    if _measure_depth(text) > DEEPEST:
        message = f"is nested more than {DEEPEST} deep; copy its text into a plain text file, and import that"
        raise InputError([Problem(code="I01", message=message, place=Place(shown))])
    if text.count("<") > MOST_TAGS:
        raise ManuscriptTooLongError(f"has more than {MOST_TAGS:,} tags; save only its article, and import that")
    try:
        root = html.document_fromstring(
            DECLARED.sub("", text), parser=html.HTMLParser(remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        message = "contains no text that can be read as a web page; save it from the browser again"
        raise InputError([Problem(code="I01", message=message, place=Place(shown))]) from error
    page = _PageReader(next(iter(root.iter("article", "main")), None))
    page.read(root)
    printed = {para.text for para in page.paras}
    title = _plain(root.findtext(".//title") or "")
    named = any(_is_page_title(title, para) for para in page.paras)
    return Manuscript(
        tuple(page.paras), page.pictures, doubts, (root.get("lang") or "")[:2],
        margins=_list_unprinted([*([] if named else [title]), *page.around], printed),
        menus=_list_unprinted([*([title] if named else []), *page.menus], printed),
    )  # fmt: skip


def _is_page_title(title: str, para: SourceParagraph) -> bool:
    """Return whether the page's title is that of a heading.

    The part of the title that names the site does not count.
    """
    start = TITLE_ENDS.split(title)[0]
    return para.kind is ParagraphKind.HEADING and bool(start) and (para.text in title or para.text.startswith(start))


def _list_unprinted(texts: list[str], printed: set[str]) -> tuple[SourceParagraph, ...]:
    return tuple(SourceParagraph(line=0, text=each) for each in dict.fromkeys(texts) if each and each not in printed)


def _as_utf8(data: bytes) -> bytes:
    """Return the bytes as UTF-8 if the page declares its encoding."""
    declared = CHARSET.search(data[:HEAD])
    try:
        return data.decode(declared[1].decode()).encode() if declared else data
    except (LookupError, UnicodeError):
        return data


def _measure_depth(text: str) -> int:
    """Return how deep the elements of a page are nested."""
    depth = deepest = 0
    for match in CLOSED.finditer(text):
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


@dataclass
class _PageReader:
    """A reader that turns a page into paragraphs.

    It works without recursion, because pages may be nested without limit.

    Attributes:
        main: the article; its own header and footer belong to it.
        around: the words of headers and footers.
        menus: the words of menus, and the copyright line.
    """

    main: etree._Element | None
    paras: list[SourceParagraph] = field(default_factory=list)
    around: list[str] = field(default_factory=list)
    menus: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    _pieces: list[str] = field(default_factory=list)
    _links: list[Hyperlink] = field(default_factory=list)
    _numbers: dict[etree._Element, int] = field(default_factory=dict)
    _marked: dict[etree._Element, str] = field(default_factory=dict)

    def read(self, root: etree._Element) -> None:
        """Read the whole page once."""
        skipped: etree._Element | None = None
        for event, node in etree.iterwalk(root, events=("start", "end")):
            if skipped is None and event == "start":
                taken = (node.tag == "table" and self._table(node)) or (node.tag == "pre" and self._preformatted(node))
                if node.tag in UNSEEN or taken:
                    skipped = node
                else:
                    self._start(node)
            elif skipped is None:
                self._end(node)
            elif event == "end" and node is skipped:
                skipped = None
                self._say(node.tail)
        self._break(root)

    def _start(self, node: etree._Element) -> None:
        if node.tag in BLOCKS:
            above = node.getparent()
            self._break(node if above is None else above)
        if node.tag == "br":
            self._pieces.append("\n")
        elif node.tag == "li" and (above := node.getparent()) is not None:
            self._numbers[above] = self._numbers.get(above, 0) + 1
        elif node.tag == "img":
            self._picture(node)
        elif node.tag == "q" and (marks := choose_quotation_marks(node, "".join(self._pieces[-2:]))):
            self._marked[node] = marks
            self._say(marks[0])
        elif is_source_line(node):
            self._break(node)
        self._say(node.text)

    def _end(self, node: etree._Element) -> None:
        if node in self._marked:
            self._say(self._marked.pop(node)[1])
        if node.tag in BLOCKS or is_source_line(node):
            self._break(node)
        elif node.tag == "a":
            text, href = _plain("".join(_texts(node))), _plain(node.get("href") or "")
            if text and href.startswith(("http://", "https://")) and " " not in href:
                self._links.append(Hyperlink(text, href))
            elif (box := href.removeprefix("mailto:").partition("?")[0]) not in text and box != href:
                self.around.append(box)
        self._say(node.tail)

    def _say(self, text: str | None) -> None:
        """Add text as a browser shows it, with line breaks as spaces."""
        self._pieces.append(re.sub(r"\s+", " ", text or ""))

    def _break(self, node: etree._Element) -> None:
        """End the paragraph in `node`; `br` separates its lines."""
        lines, self._pieces = LINES.split("".join(self._pieces)), []
        links, self._links = self._links, []
        apart = True
        for text in filter(None, map(_plain, lines)):
            if is_within(node, *AROUND) and not self._in_main(node) and not is_within(node, *WITHIN):
                (self.menus if is_within(node, "nav") or OWNED.match(text) else self.around).append(text)
                continue
            own = tuple(link for link in links if link.text in text)
            self.paras.append(self._para(text, node, own, apart=apart))
            apart = False

    def _in_main(self, node: etree._Element) -> bool:
        return self.main is not None and (node is self.main or any(each is self.main for each in node.iterancestors()))

    def _picture(self, node: etree._Element) -> None:
        """Add a picture that is within the page.

        Of a picture elsewhere, only its description is added.
        """
        match = INLINE_PICTURE.match(node.get("src") or "")
        alt = _plain(node.get("alt") or "")
        try:
            data = base64.b64decode(match[2]) if match else b""
        except binascii.Error:
            data = b""
        if match and data:
            name = f"picture-{len(self.pictures) + 1}{ENDINGS[match[1]]}"
            self.pictures[name] = data
            self._break(node)
            self.paras.append(
                SourceParagraph(line=len(self.paras) + 1, text=alt, kind=ParagraphKind.PICTURE, file=name)
            )
        elif alt:
            self.around.append(alt)

    def _table(self, table: etree._Element) -> bool:
        """Read a table of data; return whether it is one."""
        rows = [
            [_plain(" ".join(_texts(cell))) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")
        ]
        if len(rows) < FEWEST or max(map(len, rows)) < FEWEST or table.find(".//table") is not None:
            return False
        self._break(table)
        kept = tuple(tuple(row) for row in rows if row)
        text = " ".join(cell for row in kept for cell in row)
        caption = _plain(" ".join(_texts(each)) if (each := table.find("caption")) is not None else "")
        if caption:
            self.paras.append(SourceParagraph(line=self._line(table), text=caption))
        self.paras.append(SourceParagraph(line=self._line(table), text=text, kind=ParagraphKind.TABLE, rows=kept))
        return True

    def _preformatted(self, node: etree._Element) -> bool:
        """Read text with its own lines, as a plain text."""
        text = drop_forbidden("".join(_texts(node)))
        if "\n" not in text.strip() or node.find(".//br") is not None:
            return False
        self._break(node)
        self.paras += [replace(para, line=para.line + self._line(node) - 1) for para in join_wrapped_lines(text)]
        return True

    def _line(self, node: etree._Element) -> int:
        """Return the line of the source that the page says, or count."""
        said = next((each for above in (node, *node.iterancestors()) if (each := above.get(LINE))), "")
        return int(said) if LINE_NUMBER.fullmatch(said) else len(self.paras) + 1

    def _para(self, text: str, node: etree._Element, links: tuple[Hyperlink, ...], *, apart: bool) -> SourceParagraph:
        line, heading = self._line(node), HEADING.fullmatch(str(node.tag))
        if heading:
            return SourceParagraph(
                line=line, text=text, kind=ParagraphKind.HEADING, depth=int(heading[1]), apart=apart, links=links
            )
        if (listed := next(iter(node.iterancestors("ol", "ul")), None)) is not None and is_within(node, "li"):
            return SourceParagraph(
                line=line, text=text, kind=ParagraphKind.ITEM, ordered=listed.tag == "ol",
                marker=f"{self._numbers.get(listed, 1)}." if listed.tag == "ol" else "•",
                depth=STEP * sum(1 for _ in listed.iterancestors("ol", "ul")), links=links,
            )  # fmt: skip
        if (mark := find_marker(text)) and not is_within(node, *SOURCES):
            return SourceParagraph(
                line=line, text=mark.text, kind=ParagraphKind.ITEM, marker=mark.marker, ordered=mark.ordered,
                apart=apart,
                links=links,
            )  # fmt: skip
        kind = ParagraphKind.BLOCK if is_block_quotation(node) else ParagraphKind.TEXT
        return SourceParagraph(line=line, text=text, kind=kind, apart=apart, links=links)


def _plain(text: str) -> str:
    return " ".join(drop_forbidden(text).split())


def _texts(node: etree._Element) -> list[str]:
    return [str(text) for text in node.itertext()]
