"""PDF in the layout of administrative documents: Nghị định 30/2020/NĐ-CP, Phụ lục I.

Fonts are embedded, nothing is fetched, and the same document gives the same bytes on any day. Only this file and
`pdf_flow` know ReportLab, and only the writing of a PDF loads them.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
)

from kiosk.domain.letterhead import Letterhead
from kiosk.reports.document import BarChart, Block, Document, DocumentSection, Paragraph, Signature
from kiosk.reports.writers import layout
from kiosk.reports.writers.pdf_end import ended
from kiosk.reports.writers.pdf_flow import (
    ChartBars,
    Density,
    body,
    centred,
    dense,
    face,
    line,
    plain,
    register_fonts,
    rule,
    side_by_side,
    table,
)


def to_pdf(document: Document) -> bytes:
    """Raises nothing of its own; a text without a glyph in the font is shown as a box."""
    register_fonts()
    return _fitting(document)[0]


def is_dense(document: Document) -> bool:
    """Whether it is a form that comes on one page just by closer lines."""
    register_fonts()
    return bool(document.signatures) and _fitting(document)[1]


def _fitting(document: Document) -> tuple[bytes, bool]:
    """The file, and whether its lines are closer."""
    made, pages = _built(document, plain())
    if document.signatures and pages == 2:
        closer, pages = _built(document, dense())
        if pages == 1:
            return closer, True
    return made, False


def _built(document: Document, density: Density) -> tuple[bytes, int]:
    """With the number of its pages."""
    out = io.BytesIO()
    pages = _Pages(out, document)
    pages.build([*_main(document, density), *_annexes(document)])
    return out.getvalue(), pages.page


class _Pages(BaseDocTemplate):  # type: ignore[misc] # reportlab has no types
    """Numbers in the top margin, none on a first page; annexes are counted apart from the text and each other."""

    def __init__(self, out: io.BytesIO, document: Document) -> None:
        super().__init__(
            out,
            title=document.title,
            author=document.office,
            subject=document.source,
            lang="vi-VN",
            invariant=1,
            pdfVersion=(1, 4),
        )
        self.source = document.source
        self.began = 1
        upright, sideways = document.landscape, True
        self.addPageTemplates(
            [
                self._template("first", upright, first=True),
                self._template("later", upright),
                self._template("annex", sideways, first=True),
                self._template("annex-later", sideways),
            ]
        )

    def _template(self, name: str, landscape: bool, first: bool = False) -> PageTemplate:
        wide, high = (layout.LONG_MM, layout.SHORT_MM) if landscape else (layout.SHORT_MM, layout.LONG_MM)
        frame = Frame(
            layout.LEFT_MM * mm,
            layout.BOTTOM_MM * mm,
            layout.text_area_mm(landscape) * mm,
            (high - layout.TOP_MM - layout.BOTTOM_MM) * mm,
            0,
            0,
            0,
            0,
        )
        size = (wide * mm, high * mm)
        return PageTemplate(name, [frame], onPage=self._begin if first else self._number, pagesize=size)

    def _begin(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        """The first page of the text says what it was made from, in the bottom margin."""
        if canvas.getPageNumber() == 1 and self.source:
            canvas.setFont(face(), layout.SOURCE_PT)
            for place, text in enumerate(_wrapped(self.source, self.pageTemplate.pagesize[0])):
                canvas.drawString(layout.LEFT_MM * mm, (12 - 3.5 * place) * mm, text)
        self.began = canvas.getPageNumber()

    def _number(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        wide, high = self.pageTemplate.pagesize
        middle = (layout.LEFT_MM * mm + wide - layout.RIGHT_MM * mm) / 2
        canvas.setFont(face(), layout.NUMBER_PT)
        number = str(canvas.getPageNumber() - self.began + 1)
        canvas.drawCentredString(middle, high - layout.PAGE_NUMBER_MM * mm - layout.NUMBER_PT / 3, number)


def _wrapped(text: str, wide: float) -> list[str]:
    """Lines of the source's size; at most three stand in the bottom margin."""
    room = wide / mm - layout.LEFT_MM - layout.RIGHT_MM
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if layout.width_mm(longer, layout.SOURCE_PT) > room and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines[:3]


def _main(document: Document, density: Density) -> list[Flowable]:
    width = layout.text_area_mm(document.landscape)
    flow: list[Flowable] = [NextPageTemplate("later")]
    flow += _head(document, width, density)
    for section in document.sections:
        if not section.annex:
            flow += _section(section, width, density)
    notes = [body(note, size=density.note_pt) for note in document.notes]
    return ended(flow, notes, _end(document, width, density))


def _head(document: Document, width: float, density: Density) -> list[Flowable]:
    if layout.is_letter(document) and document.letter is not None:
        head = [_letterhead(document.letter, width), Spacer(0, 12), centred(layout.KIND, bold=True)]
        under = _rule_under(document.title, layout.BODY_PT, layout.SHORT_RULE, width)
        title = [centred(document.title, bold=True), under]
        return [*head, *title, centred(document.period, italic=True), *_addressed(document.letter), Spacer(0, 6)]
    heading = [line(text, density.table_pt, "left", lead=density.lead) for text in document.heading]
    place = document.letter.place_and_date if document.letter else ""
    blocks = side_by_side([heading, [line(place, layout.MOTTO_PT, "right", italic=True)]], [width * 0.6, width * 0.4])
    return [
        blocks,
        Spacer(0, density.gap_pt),
        centred(document.title.upper(), bold=True, size=density.note_pt),
        centred(document.period, italic=True, size=density.note_pt),
        Spacer(0, density.gap_pt / 2),
    ]


def _addressed(letter: Letterhead) -> list[Flowable]:
    first, *others = [*layout.addressed_lines(letter.addressees), ""]
    if not first:
        return []
    if not others[1:]:
        return [Spacer(0, 12), centred(first)]
    return [
        Spacer(0, 12),
        line(first, layout.BODY_PT, "left", in_mm=35),
        *(line(text, layout.BODY_PT, "left", in_mm=45) for text in others if text),
    ]


def _letterhead(letter: Letterhead, width: float) -> Flowable:
    left_mm, right_mm = width * layout.LEFT_BLOCK, width * (1 - layout.LEFT_BLOCK)
    issuer = letter.issuer.upper()
    left = [
        *([line(letter.superior.upper(), layout.ISSUER_PT, "centre")] if letter.superior else []),
        line(issuer, layout.ISSUER_PT, "centre", bold=True),
        _rule_under(issuer, layout.ISSUER_PT, layout.SHORT_RULE, left_mm),
        line(layout.number_line(letter), layout.NUMBER_PT, "centre"),
    ]
    right = [
        line(layout.STATE, layout.ISSUER_PT, "centre", bold=True),
        line(layout.MOTTO, layout.MOTTO_PT, "centre", bold=True),
        _rule_under(layout.MOTTO, layout.MOTTO_PT, 1, right_mm),
        line(letter.place_and_date, layout.MOTTO_PT, "centre", italic=True),
    ]
    return side_by_side([left, right], [left_mm, right_mm])


def _rule_under(text: str, size: float, share: float, most_mm: float) -> Flowable:
    return rule(layout.rule_mm(text, size, share, most_mm))


def _section(section: DocumentSection, width: float, density: Density) -> list[Flowable]:
    title = [body(section.title, bold=True, with_next=True)] if section.title else []
    followers = [*section.blocks[1:], None]
    return [*title, *(_block(*pair, width, density) for pair in zip(section.blocks, followers, strict=True))]


def _block(block: Block, follower: Block | None, width: float, density: Density | None = None) -> Flowable:
    """A heading stays with the text under it."""
    if isinstance(block, Paragraph):
        has_text = block.strong and isinstance(follower, Paragraph) and not follower.strong
        return body(block.text, bold=block.strong, with_next=has_text)
    if isinstance(block, BarChart):
        return ChartBars(block, width)
    return table(block, width, density)


def _end(document: Document, width: float, density: Density) -> list[Flowable]:
    """Recipients at the left, level with the signer; or the signatures of a form side by side."""
    letter = document.letter
    if letter is not None and layout.is_letter(document):
        recipients = [
            line(layout.RECIPIENTS, layout.RECIPIENTS_PT, "left", bold=True, italic=True),
            *(line(f"- {name};", layout.RECIPIENT_PT, "left") for name in letter.recipients),
            line(f"- Lưu: {letter.filed}.", layout.RECIPIENT_PT, "left"),
        ]
        signer = _signature(Signature([text.upper() for text in letter.signer], letter.signer_name), density)
        return [Spacer(0, 14), side_by_side([recipients, signer], [width * 0.46, width * 0.54])]
    if not document.signatures:
        return []
    signed = [_signature(one, density) for one in document.signatures]
    return [Spacer(0, density.gap_pt + 2), side_by_side(signed, [width / len(signed)] * len(signed))]


def _signature(signature: Signature, density: Density) -> list[Flowable]:
    lines = [line(text, layout.BODY_PT, "centre", bold=True) for text in signature.lines]
    name = [line(signature.name, layout.BODY_PT, "centre", bold=True)] if signature.name else []
    return [*lines, Spacer(0, density.signature_mm * mm), *name]


def _annexes(document: Document) -> list[Flowable]:
    """Each on pages of its own that lie on their side, since annexes are mostly wide tables."""
    annexes = [section for section in document.sections if section.annex]
    flow: list[Flowable] = []
    for title, section in zip(layout.annex_titles(document), annexes, strict=True):
        flow += [NextPageTemplate("annex"), PageBreak(), NextPageTemplate("annex-later"), centred(title, bold=True)]
        flow.append(centred(section.title.upper(), bold=True))
        if reference := layout.annex_reference(document):
            flow.append(centred(reference, italic=True))
        flow += [Spacer(0, 8), *_blocks(section.blocks)]
    return flow


def _blocks(blocks: Sequence[Block]) -> list[Flowable]:
    width = layout.text_area_mm(landscape=True)
    return [item for block in blocks for item in (CondPageBreak(30 * mm), _block(block, None, width))]
