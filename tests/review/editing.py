"""An editor at work: random edits on a model of a Word file that knows, character by character, what is true."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pressgen.model.export import ExportedBlock
from pressgen.review.word_reader import read_word_document
from pressgen.word.names import BR, LINK, NAME, R_ID, RPR, START, TAB, TC, Element, P, R, T, W
from pressgen.word.package import Package

Who = tuple[str, str]
EDITORS: list[Who] = [
    ("Ann Editor", "2026-11-20T10:00:00Z"),
    ("Bo Desk", "2026-11-20T11:30:00Z"),
    ("Cy Legal", "2026-11-21T09:15:00Z"),
]
WORDS = "deadline ministers however budget hospital quietly seventeen report councils rather northern because".split()
OTHER_MARKS = {"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", " ": "\u00a0"}


@dataclass(eq=False)
class Char:
    """A character, and where it stood when it was sent."""

    text: str
    origin: tuple[int, int] | None
    inserted: Who | None = None
    struck: Who | None = None
    bold: Who | None = None
    move: str = ""
    look: tuple[str, str] = ("", "")  # its formatting as XML, and the id of its link


@dataclass(eq=False)
class Para:
    """A paragraph; `home` is the sent text whose marks it bears."""

    chars: list[Char]
    home: int | None
    node: Element
    cell: bool
    inserted: Who | None = None
    struck: Who | None = None
    move: str = ""
    marked: bool = True

    @property
    def standing(self) -> list[Char]:
        return [each for each in self.chars if each.struck is None]

    @property
    def touched(self) -> bool:
        """Whether anything was done to it that a further act would tangle with."""
        return bool(self.move or self.inserted or self.struck or any(c.inserted or c.struck for c in self.chars))


@dataclass(frozen=True)
class Act:
    """Something that was done: to which sent texts, by whom, with a word that stands nowhere else."""

    kind: str
    blocks: tuple[int, ...]
    who: Who | None
    token: str = ""
    gone: frozenset[tuple[int, int]] = frozenset()
    copied: tuple[int, ...] = ()


@dataclass
class Remark:
    """A comment over some characters."""

    id: str
    token: str
    parent: str | None
    over: list[Char] = field(default_factory=list)


def read_looks(node: Element) -> Iterator[tuple[str, str]]:
    """The formatting and the link of each character of a paragraph."""
    for run in node.iter(R):
        if next(run.iterancestors(P)) is not node:
            continue
        properties, link = run.find(RPR), next(run.iterancestors(LINK), None)
        look = "" if properties is None else etree.tostring(properties).decode()
        for each in run:
            length = len(each.text or "") if each.tag == T else each.tag in {TAB, BR, W + "noBreakHyphen"}
            yield from [(look, "" if link is None else link.get(R_ID) or "")] * length


class Editing:
    """A copy under an editor's hands."""

    def __init__(self, content: bytes, blocks: tuple[ExportedBlock, ...], chance: random.Random) -> None:
        self.chance, self.blocks = chance, blocks
        self.package = Package.of(content, "copy")
        self.root = self.package.xml(self.package.body)
        self.paras = list(self._paras(content))
        self.nodes = [each.node for each in self.paras]
        self.acts: list[Act] = []
        self.remarks: list[Remark] = []
        self._count = 0

    def _paras(self, content: bytes) -> Iterator[Para]:
        file = read_word_document(content, "copy")
        said = iter(each for each in file.paragraphs if each.part == "body")
        at = {f"_pg_{block.id}": number for number, block in enumerate(self.blocks)}
        for node in self.root.iter(P):
            if next(node.iterancestors("{*}txbxContent"), None) is not None:
                continue
            text = "".join(each.text for each in next(said).characters)
            home = next((at[name] for each in node.iter(START) if (name := each.get(NAME) or "") in at), None)
            if text.strip() and home is not None:
                cell = next(node.iterancestors(TC), None) is not None
                looks = list(read_looks(node))
                chars = [
                    Char(c, (home, n), look=looks[n] if len(looks) == len(text) else ("", ""))
                    for n, c in enumerate(text)
                ]
                yield Para(chars, home, node, cell)

    def work(self, count: int) -> None:
        """Do something, `count` times."""
        acts = {
            self.insert: 8, self.delete: 8, self.replace: 8, self.split: 3, self.join: 3, self.drop: 2, self.move: 4,
            self.add: 3, self.paste: 1, self.across: 2, self.rewrite: 1, self.comment: 4, self.bold: 2, self.marks: 3,
        }  # fmt: skip
        for _ in range(count):
            self.chance.choices(list(acts), list(acts.values()))[0]()

    def _say(self) -> tuple[str, str]:
        token = self._token()
        words = [self.chance.choice(WORDS) for _ in range(self.chance.randint(0, 5))]
        words.insert(self.chance.randint(0, len(words)), token)
        return " ".join(words), token

    def _token(self) -> str:
        self._count += 1
        return f"zq{self._count}x"

    def _who(self) -> Who | None:
        return self.chance.choice([*EDITORS, None])

    def _pick(self, *, cells: bool = False) -> int:
        good = [
            number
            for number, para in enumerate(self.paras)
            if len(para.standing) >= 12 and (cells or not para.cell) and para.struck is None
        ]
        return self.chance.choice(good)

    def _spot(self, para: Para) -> int:
        last = len(para.chars)
        return self.chance.choice([n for n in range(last + 1) if n in (0, last) or para.chars[n - 1].text == " "])

    def _stretch(self, para: Para, most: int = 6) -> tuple[int, int]:
        text = "".join(each.text for each in para.chars)
        starts = [n for n in range(len(text)) if text[n] != " " and (n == 0 or text[n - 1] == " ")]
        first = self.chance.randrange(len(starts))
        last = first + self.chance.randint(1, most)
        return starts[first], starts[last] if last < len(starts) else len(text)

    def _owner(self, para: Para, at: int) -> tuple[int, ...]:
        for distance in range(len(para.chars) + 1):
            for n in (at - 1 - distance, at + distance):
                if 0 <= n < len(para.chars) and para.chars[n].origin and para.chars[n].struck is None:
                    return (para.chars[n].origin[0],)
        return () if para.home is None else (para.home,)

    def _strike(self, para: Para, low: int, high: int, who: Who | None) -> frozenset[tuple[int, int]]:
        gone, kept = set(), []
        for n, each in enumerate(para.chars):
            if low <= n < high and each.struck is None:
                if each.origin:
                    gone.add(each.origin)
                if who is None or each.inserted == who:
                    continue
                each.struck = who
            kept.append(each)
        para.chars[:] = kept
        return frozenset(gone)

    def _before(self, number: int) -> Para | None:
        return self.paras[number - 1] if number else None

    def _loose(self, number: int) -> bool:
        """Whether a paragraph may be put in at `number`: the one before must end as it did."""
        before = self._before(number)
        return before is None or (not before.struck and not before.inserted and not before.cell)

    def insert(self) -> None:
        para, who = self.paras[self._pick(cells=True)], self._who()
        at = self._spot(para)
        text, token = self._say()
        owner = self._owner(para, at)
        text = f"{text} " if at < len(para.chars) else f" {text}"
        para.chars[at:at] = [Char(c, None, who) for c in text]
        self.acts.append(Act("insert", owner, who, token))

    def delete(self) -> None:
        para, who = self.paras[self._pick(cells=True)], self._who()
        gone = self._strike(para, *self._stretch(para), who)
        if gone:
            self.acts.append(Act("delete", tuple({each for each, _ in gone}), who, gone=gone))

    def replace(self) -> None:
        para, who = self.paras[self._pick(cells=True)], self._who()
        low, high = self._stretch(para, 3)
        owner = self._owner(para, low + 1)
        text, token = self._say()
        tail = para.chars[high] if high < len(para.chars) else None
        gone = self._strike(para, low, high, who)
        at = para.chars.index(tail) if tail in para.chars else len(para.chars)
        para.chars[at:at] = [Char(c, None, who) for c in text + (" " if tail else "")]
        self.acts.append(Act("replace", owner, who, token, gone))

    def split(self) -> None:
        number = self._pick()
        para, who = self.paras[number], self._who()
        at = self._spot(para)
        halves = para.chars[:at], para.chars[at:]
        if any(
            sum(c.struck is None for c in half) < 8 or not any(c.origin and not c.struck for c in half)
            for half in halves
        ):
            return
        owner = self._owner(para, at)
        first = Para(halves[0], para.home, para.node, cell=False, inserted=who, move=para.move, marked=para.marked)
        second = Para(halves[1], para.home, para.node, cell=False)
        second.inserted, second.struck, second.move, second.marked = para.inserted, para.struck, para.move, False
        self.paras[number : number + 1] = [first, second]
        self.acts.append(Act("split", owner, who))

    def join(self) -> None:
        number = self._pick()
        if number + 1 >= len(self.paras):
            return
        para, other = self.paras[number : number + 2]
        if other.cell or para.move or other.move or len(other.standing) < 8 or para.inserted or other.struck:
            return
        who = self._who()
        owners = (*self._owner(para, len(para.chars)), *self._owner(other, 0))
        if who is None:
            para.chars += [Char(" ", None), *other.chars]
            para.struck, para.inserted = other.struck, other.inserted
            del self.paras[number + 1]
        else:
            para.chars.append(Char(" ", None, who))
            para.struck = who
        self.acts.append(Act("join", owners, who))

    def drop(self) -> None:
        number = self._pick()
        para, before = self.paras[number], self._before(number)
        if para.inserted or para.move or (before and before.struck):
            return
        who = self._who()
        owners = tuple({c.origin[0] for c in para.chars if c.origin and not c.struck})
        gone = self._strike(para, 0, len(para.chars), who)
        if who is None:
            del self.paras[number]
        else:
            para.struck = who
        self.acts.append(Act("drop", owners, who, gone=gone))

    def move(self) -> None:
        number = self._pick()
        para, before = self.paras[number], self._before(number)
        if para.touched or (before and (before.struck or before.inserted)):
            return
        goals = [
            n for n, each in enumerate(self.paras)
            if abs(n - number) > 1 and not each.cell and not each.struck and not each.inserted and not each.move
            and self._loose(n)
        ]  # fmt: skip
        if not goals:
            return
        goal, who, owner = self.chance.choice(goals), self._who(), self._owner(para, 0)
        marked = self.chance.random() < 0.5
        copy = Para([Char(c.text, c.origin) for c in para.chars], para.home, para.node, cell=False, marked=marked)
        if who is None:
            copy.chars = para.chars  # remarks go with cut words
            del self.paras[number]
            goal -= goal > number
        else:
            self._count += 1
            name = f"move{self._count}" if self.chance.random() < 0.5 else ""
            for each in copy.chars:
                each.inserted, each.move = who, name
            for each in para.chars:
                each.struck, each.move = who, name
            para.struck = copy.inserted = who
            para.move = copy.move = name
        self.paras.insert(goal, copy)
        self.acts.append(Act("move", owner, who))

    def add(self) -> None:
        number = self._pick()
        if not self._loose(number):
            return
        who = self._who()
        said = [self._say() for _ in range(3)]
        text = " ".join(each for each, _ in said) + "."
        self.paras.insert(
            number, Para([Char(c, None, who) for c in text], None, self.paras[number].node, cell=False, inserted=who)
        )
        self.acts.append(Act("add", (), who, said[-1][1]))

    def paste(self) -> None:
        number, other = self._pick(), self.paras[self._pick()]
        if not self._loose(number) or other.touched:
            return
        text, token = self._say()
        chars = [Char(c.text, None) for c in other.chars] + [Char(c, None) for c in f" {text}"]
        self.paras.insert(number, Para(chars, None, other.node, cell=False, marked=False))
        self.acts.append(Act("copy", (), None, token, copied=self._owner(other, 0)))

    def across(self) -> None:
        number = self._pick()
        if number + 1 >= len(self.paras):
            return
        para, other = self.paras[number : number + 2]
        if other.cell or para.touched or other.touched or min(len(para.chars), len(other.chars)) < 40:
            return
        who = self._who()
        owners = (*self._owner(para, len(para.chars)), *self._owner(other, 0))
        low, high = self._near(para, 0.6), self._near(other, 0.3)
        gone = self._strike(para, low, len(para.chars), who) | self._strike(other, 0, high, who)
        if who is None:
            para.chars += other.chars
            del self.paras[number + 1]
        else:
            para.struck = who
        self.acts.append(Act("across", owners, who, gone=gone))

    def _near(self, para: Para, share: float) -> int:
        at = int(len(para.chars) * share)
        while at < len(para.chars) and para.chars[at - 1].text != " ":
            at += 1
        return at

    def rewrite(self) -> None:
        para = self.paras[self._pick()]
        if para.touched or {c.origin[0] for c in para.chars if c.origin} != {para.home}:
            return
        who = self._who()
        gone = self._strike(para, 0, len(para.chars), who)
        text, token = self._say()
        para.chars += [Char(c, None, who) for c in f"{text}."]
        self.acts.append(Act("rewrite", (para.home or 0,), who, token, gone))

    def comment(self) -> None:
        para = self.paras[self._pick(cells=True)]
        low, high = self._stretch(para)
        hit = [c for c in para.chars[low:high] if c.origin and not c.struck]
        if not hit:
            return
        owners = tuple({c.origin[0] for c in hit if c.origin})
        parent = str(len(self.remarks))
        for answers in [None, *([parent] if self.chance.random() < 0.4 else [])]:
            token = self._token()
            self.remarks.append(Remark(str(len(self.remarks)), token, answers, para.chars[low:high]))
            self.acts.append(Act("comment", owners, EDITORS[0], token))

    def bold(self) -> None:
        para, who = self.paras[self._pick(cells=True)], self.chance.choice(EDITORS)
        low, high = self._stretch(para)
        hit = [c for c in para.chars[low:high] if c.origin and not c.struck and not c.inserted]
        for each in hit:
            each.bold = who
        if hit:
            self.acts.append(Act("bold", (hit[0].origin[0],), who))

    def marks(self) -> None:
        spots = [
            (para, n)
            for para in self.paras
            for n, c in enumerate(para.chars)
            if c.text in OTHER_MARKS and c.origin and not c.struck and not c.inserted
        ]
        para, n = self.chance.choice(spots)
        old = para.chars[n]
        para.chars[n] = Char(OTHER_MARKS[old.text], None)
        self.acts.append(Act("marks", (old.origin[0],), None, gone=frozenset({old.origin})))

    @property
    def accepted(self) -> list[str]:
        """The paragraphs under the editor's hands, with everything accepted."""
        found, carried = [], ""
        for para in self.paras:
            carried += "".join(c.text for c in para.chars if c.struck is None)
            if para.cell or not para.struck:
                found.append(carried)
                carried = ""
        return [text for text in [*found, carried] if text.strip()]
