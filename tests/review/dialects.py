"""An edited copy written out as programs write it: the marks that each keeps, and the noise that each adds."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from pressgen.word.archive import ZipEntry, write_zip
from pressgen.word.names import BODY, PPR, TBL, TC, P, W
from review.editing import EDITORS, Char, Editing, Para, Who

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True)
class Dialect:
    """What a program keeps and adds.

    Attributes:
        bookmarks: `inside` their paragraph, `before` it, or not at all.
        controls: whether it wraps what was changed in content controls.
        styles: whether paragraphs keep their styles.
        threads: whether it writes the part that joins comments to threads.
        lost: the share of bookmarks that get lost on the way.
        strays: the share of new paragraphs that bear a copy of another's bookmark.
    """

    bookmarks: str = "inside"
    controls: bool = False
    styles: bool = True
    threads: bool = True
    lost: float = 0.0
    strays: float = 0.0
    scatter: bool = True


DIALECTS = {
    "word": Dialect(),
    "libreoffice": Dialect(scatter=False),
    "google": Dialect(bookmarks="", controls=True, styles=False, threads=False),
    "onlyoffice": Dialect(lost=0.3),
    "between": Dialect(bookmarks="before"),
    "pasted": Dialect(strays=0.5),
    "bare": Dialect(bookmarks="", styles=False, threads=False),
}


def written(editing: Editing, dialect: Dialect, chance: random.Random) -> bytes:
    """The edited copy as a Word file."""
    return _Writing(editing, dialect, chance).made()


class _Writing:
    def __init__(self, editing: Editing, dialect: Dialect, chance: random.Random) -> None:
        self.editing, self.dialect, self.chance = editing, dialect, chance
        self.ident = 1000
        self.starts: dict[int, list[str]] = defaultdict(list)
        self.ends: dict[int, list[str]] = defaultdict(list)
        there = {id(char) for para in editing.paras for char in para.chars}
        for remark in editing.remarks:
            left = [id(char) for char in remark.over if id(char) in there]
            if left and remark.parent is None:
                self.starts[left[0]].append(remark.id)
                self.ends[left[-1]].append(remark.id)

    def made(self) -> bytes:
        package, root = self.editing.package, deepcopy(self.editing.root)
        old = dict(zip(self.editing.root.iter(P, TBL), root.iter(P, TBL), strict=True))
        body = root.find(BODY)
        kept = list(body)
        for node in kept:
            body.remove(node)
        held = {old[para.node] for para in self.editing.paras} | {old[each] for each in self.editing.nodes}
        done: set[object] = set()
        for para in self.editing.paras:
            node = old[para.node]
            if not para.cell:
                body.append(self._paragraph(para))
                continue
            table = list(node.iterancestors(TBL))[-1]
            cell = next(node.iterancestors(TC))
            cell.replace(node, self._paragraph(para))
            if table not in done:
                done.add(table)
                body.append(table)
        body.extend(node for node in kept if node not in held and node not in done)
        parts = dict(package.parts) | {package.body: etree.tostring(root, encoding="UTF-8", standalone=True)}
        if self.editing.remarks:
            self._add_remarks(parts)
        if not self.dialect.styles:
            parts = {name: part for name, part in parts.items() if not name.startswith("customXml")}
        return write_zip({name: ZipEntry.of(part) for name, part in parts.items()})

    def _by(self, who: Who) -> str:
        self.ident += 1
        return f'w:id="{self.ident}" w:author={quoteattr(who[0])} w:date="{who[1]}"'

    def _control(self, xml: str) -> str:
        if not self.dialect.controls:
            return xml
        self.ident += 1
        tag = f'<w:sdtPr><w:tag w:val="goog_rdk_{self.ident}"/></w:sdtPr>'
        return f"<w:sdt>{tag}<w:sdtContent>{xml}</w:sdtContent></w:sdt>"

    def _paragraph(self, para: Para) -> etree._Element:
        mark = ""
        if para.inserted:
            mark += f"<w:{'moveTo' if para.move else 'ins'} {self._by(para.inserted)}/>"
        if para.struck:
            mark += f"<w:{'moveFrom' if para.move and not para.inserted else 'del'} {self._by(para.struck)}/>"
        begin, end = self._bookmark(para)
        low, high = self._move(para)
        ident = f' w14:paraId="{self.chance.randrange(1, 2**31):08X}"' if self.dialect.scatter else ""
        before = begin if self.dialect.bookmarks == "before" else ""
        inside = "" if before else begin
        xml = f"<w:p {SPACES}{ident}><w:pPr/>{low}{inside}{self._runs(para)}{end}{high}</w:p>"
        node = etree.fromstring(xml)
        properties = para.node.find(PPR)
        mine = node.find(PPR)
        if properties is not None and self.dialect.styles:
            mine.extend(deepcopy(each) for each in properties if each.tag not in {W + "sectPr", W + "rPr"})
        if mark:
            mine.append(etree.fromstring(f"<w:rPr {SPACES}>{mark}</w:rPr>"))
        if before:
            node.insert(1, etree.fromstring(before.replace("<w:bookmarkStart", f"<w:bookmarkStart {SPACES}")))
        return node

    def _bookmark(self, para: Para) -> tuple[str, str]:
        home = para.home if para.marked else None
        if home is None and self.dialect.strays and self.chance.random() < self.dialect.strays:
            home = self.chance.randrange(len(self.editing.blocks))
        if home is None or not self.dialect.bookmarks or self.chance.random() < self.dialect.lost:
            return "", ""
        ident = self.editing.blocks[home].id
        if not ident:
            return "", ""
        self.ident += 1
        return f'<w:bookmarkStart w:id="{self.ident}" w:name="_pg_{ident}"/>', f'<w:bookmarkEnd w:id="{self.ident}"/>'

    def _move(self, para: Para) -> tuple[str, str]:
        who = para.inserted or para.struck
        if not para.move or who is None:
            return "", ""
        side = "moveTo" if para.inserted else "moveFrom"
        start = f'<w:{side}RangeStart {self._by(who)} w:name="{para.move}"/>'
        return start, f'<w:{side}RangeEnd w:id="{self.ident}"/>'

    def _runs(self, para: Para) -> str:
        return "".join(self._stretches(para.chars))

    def _stretches(self, chars: list[Char]) -> Iterator[str]:
        at = 0
        while at < len(chars):
            first = chars[at]
            for ident in self.starts.get(id(first), ()):
                yield "".join(self._control(f'<w:commentRangeStart w:id="{each}"/>') for each in self._thread(ident))
            stop = self._stop(chars, at)
            yield self._run(chars[at:stop])
            for ident in self.ends.get(id(chars[stop - 1]), ()):
                for each in self._thread(ident):
                    reference = f'<w:r><w:commentReference w:id="{each}"/></w:r>'
                    yield f'<w:commentRangeEnd w:id="{each}"/>{reference}'
            at = stop

    def _stop(self, chars: list[Char], at: int) -> int:
        first, stop = chars[at], at
        while stop < len(chars):
            each = chars[stop]
            alike = (each.inserted, each.struck, each.bold, each.move, each.look) == (
                first.inserted, first.struck, first.bold, first.move, first.look,
            )  # fmt: skip
            if not alike or (stop > at and id(each) in self.starts):
                break
            stop += 1
            if id(each) in self.ends or self.chance.random() < 0.02:
                break
        return stop

    def _thread(self, ident: str) -> list[str]:
        """The ids that stand at a comment's place: its answers too where no part joins them."""
        answers = [each.id for each in self.editing.remarks if each.parent == ident and not self.dialect.threads]
        return [ident, *answers]

    def _run(self, chars: list[Char]) -> str:
        first = chars[0]
        tag = "delText" if first.struck else "t"
        text = escape("".join(each.text for each in chars))
        text = text.replace("\u2011", f'</w:{tag}><w:noBreakHyphen/><w:{tag} xml:space="preserve">')
        look, link = first.look
        if first.bold:
            look = f"<w:rPr><w:b/><w:rPrChange {self._by(first.bold)}><w:rPr/></w:rPrChange></w:rPr>"
        xml = f'<w:r>{look}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'
        if self.dialect.scatter and self.chance.random() < 0.05:
            xml = f'<w:proofErr w:type="spellStart"/>{xml}<w:proofErr w:type="spellEnd"/>'
        if first.struck:
            name = "moveFrom" if first.move and not first.inserted else "del"
            xml = f"<w:{name} {self._by(first.struck)}>{xml}</w:{name}>"
        if first.inserted:
            name = "moveTo" if first.move else "ins"
            xml = f"<w:{name} {self._by(first.inserted)}>{xml}</w:{name}>"
        xml = f'<w:hyperlink r:id="{link}">{xml}</w:hyperlink>' if link else xml
        return self._control(xml) if first.inserted or first.struck else xml

    def _add_remarks(self, parts: dict[str, bytes]) -> None:
        said = joined = ""
        for each in self.editing.remarks:
            paragraph = f"{int(each.id) + 1:08X}"
            author, date = EDITORS[0]
            said += (
                f'<w:comment w:id="{each.id}" w:author="{author}" w:date="{date}"><w:p w14:paraId="{paragraph}">'
                f"<w:r><w:t>please look {each.token}</w:t></w:r></w:p></w:comment>"
            )
            parent = f' w15:paraIdParent="{int(each.parent) + 1:08X}"' if each.parent is not None else ""
            joined += f'<w15:commentEx w15:paraId="{paragraph}"{parent} w15:done="0"/>'
        parts["word/comments.xml"] = f"<w:comments {SPACES}>{said}</w:comments>".encode()
        kinds = {"comments": f"{REL}/comments"}
        if self.dialect.threads:
            parts["word/commentsExtended.xml"] = f"<w15:commentsEx {SPACES}>{joined}</w15:commentsEx>".encode()
            kinds["commentsExtended"] = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
        rels = "".join(
            f'<Relationship Id="remarks{name}" Type="{kind}" Target="{name}.xml"/>' for name, kind in kinds.items()
        )
        types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{name}+xml"/>' for name in kinds)
        for name, end, more in (
            ("word/_rels/document.xml.rels", b"</Relationships>", rels),
            ("[Content_Types].xml", b"</Types>", types),
        ):
            parts[name] = parts[name].replace(end, more.encode() + end)
