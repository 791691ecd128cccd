"""What `bench.soak` feeds to the parsers: small files made here, and the ways in which they are spoiled."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "text", "table", "style"))
    + ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)
TEXTS = (
    "Migrants need clear information about their rights.",
    "Les États s’engagent à protéger les droits des migrants.",
    "Государства обязуются защищать права мигрантов.",
    "تلتزم الدول بحماية حقوق المهاجرين",
    "各国承诺保护移民的权利，不论其身份如何。",
    "სახელმწიფოები იცავენ მიგრანტების უფლებებს.",
)
NUMBERS = (0, 1, 2, 127, 128, 255, 256, 32767, 65535, 65536, 2**31 - 1, 2**32 - 1)
ATTACKS = (
    b'<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:%PORT%/x">]>', b'<!ENTITY x "y">', b"&x;", b"]]>", b"<![CDATA[",
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"%PDF-1.7\n", b"PK\x03\x04", b"PK\x05\x06", b"<script>", b"</w:p>", b"--",
    b"99999999999", b"-1", b"NaN", b"%n%s", b"../../", b"\xe2\x80\xae", b"\xed\xa0\x80", b"\xf4\x8f\xbf\xbf",
)  # fmt: skip


def packed(members: dict[str, bytes]) -> bytes:
    """A ZIP file of these members; `mimetype` is stored, as ODF wants it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return held.getvalue()


def docx() -> bytes:
    """A Word file with headings, lists, a table, a content control, a text box, tracked changes and a footnote."""
    runs = [f"<w:r><w:t>{text}</w:t></w:r>" for text in TEXTS]
    cells = "".join(f"<w:tc><w:p>{run}</w:p></w:tc>" for run in runs[:3])
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr>{runs[0]}</w:p>'
        f'<w:p><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>{runs[1]}<w:footnoteReference w:id="2"/></w:p>'
        f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
        f"<w:sdt><w:sdtContent><w:p>{runs[3]}</w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:ins>{runs[4]}</w:ins>"
        f"<w:r><w:pict><w:txbxContent><w:p>{runs[5]}</w:p></w:txbxContent></w:pict></w:r></w:p>"
    )
    style = '<w:style w:styleId="H1"><w:name w:val="heading 1"/><w:basedOn w:val="H0"/></w:style>'
    notes = f'<w:footnote w:id="2"><w:p>{runs[0]}</w:p></w:footnote>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {WORD}>{style}</w:styles>",
        "word/footnotes.xml": f"<w:footnotes {WORD}>{notes}</w:footnotes>",
        "_rels/.rels": '<R><Relationship Type="x/officeDocument" Target="word/document.xml"/></R>',
    }
    return packed({name: text.encode() for name, text in parts.items()})


def odf(kind: str) -> bytes:
    """An ODF text or spreadsheet."""
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in TEXTS[:3])
    table = f'<table:table table:name="T"><table:table-row>{cells}</table:table-row></table:table>'
    words = (
        f'<text:h text:outline-level="1">{TEXTS[0]}</text:h><text:p>{TEXTS[1]}<text:s text:c="2"/><text:note>'
        f"<text:note-body><text:p>{TEXTS[2]}</text:p></text:note-body></text:note></text:p>"
        f"<text:list><text:list-item><text:p>{TEXTS[3]}</text:p></text:list-item></text:list>"
    )
    body = table if kind == "spreadsheet" else words + table
    content = f"<office:document-content {ODF}><office:body><office:{kind}>{body}</office:{kind}></office:body>"
    return packed({
        "mimetype": f"application/vnd.oasis.opendocument.{kind}".encode(),
        "content.xml": (content + "</office:document-content>").encode(),
        "meta.xml": b"<m/>",
        "META-INF/manifest.xml": b"<m/>",
    })  # fmt: skip


def xlsx() -> bytes:
    """A workbook with words, numbers, dates and a hidden sheet."""
    import datetime as dt

    import openpyxl

    book = openpyxl.Workbook()
    for text in TEXTS:
        book.active.append([text, 1.5, True, dt.date(2024, 5, 8), "=1+1"])
    book.create_sheet("hidden").sheet_state = "hidden"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def html() -> bytes:
    """A page with headings, lists, tables inside tables, a menu and a form."""
    rows = "".join(f"<tr><td>{text}</td><td><table><tr><td>x<td>y</table></td></tr>" for text in TEXTS[:3])
    items = "".join(f"<li>{text}" for text in TEXTS)
    return (
        f"<!DOCTYPE html><html lang=fr><head><meta charset=utf-8><title>{TEXTS[1]}</title></head><body><nav>menu</nav>"
        f"<h1>{TEXTS[0]}</h1><p style='display:none'>x</p><main><article><header>{TEXTS[2]}</header><p>{TEXTS[3]}<br>a"
        f"</p></article></main><ul>{items}</ul><table>{rows}</table><form><input></form><script>x()</script>"
    ).encode()


def texts() -> list[bytes]:
    """Markdown, plain text in several encodings, and CSV."""
    markdown = "# Title\n\nSome **words** and a [link](x).\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    return [
        (markdown + "\n\n".join(TEXTS)).encode(),
        TEXTS[1].encode("cp1252"),
        TEXTS[2].encode("koi8-r"),
        TEXTS[4].encode("gb18030"),
        "\n".join(TEXTS).encode("utf-16"),
        ("a;b;c\n" + "\n".join(f'{n};"{text}";x' for n, text in enumerate(TEXTS))).encode(),
    ]


def pdf() -> bytes:
    """A PDF of two pages with a font, an image, an outline and labels of pages."""
    content = (
        b"BT /F1 12 Tf 72 720 Td (Migrants need clear information) Tj 0 -14 Td [(about) -300 (rights)] TJ ET /I Do"
    )
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/PageLabels<</Nums[0<</S/r>>1<</S/D>>]>>/Outlines 7 0 R/Lang(en)>>",
        b"<</Type/Pages/Count 2/Kids[3 0 R 4 0 R]/MediaBox[0 0 612 792]"
        b"/Resources<</Font<</F1 5 0 R>>/XObject<</I 8 0 R>>>>>>",
        b"<</Type/Page/Parent 2 0 R/Contents 6 0 R>>",
        b"<</Type/Page/Parent 2 0 R/Contents 6 0 R/Rotate 90>>",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Outlines/Count 0>>",
        b"<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Length 4>>"
        b"stream\nabcd\nendstream",
    ]
    out, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, tail)


ENDINGS = {
    "docx": (".docx", ".docm"), "odt": (".odt",), "xlsx": (".xlsx", ".xlsm", ".ods", ".xls"), "html": (".html", ".htm"),
    "text": (".txt", ".md", ".csv"), "pdf": (".pdf",),
}  # fmt: skip


def seeds(parser: str, data: Path | None, most: int = 2_000_000) -> list[bytes]:
    """The files to spoil for a parser: our own, and real ones of at most `most` bytes from a folder if there is one."""
    own: dict[str, Callable[[], list[bytes]]] = {
        "docx": lambda: [docx()],
        "odt": lambda: [odf("text")],
        "xlsx": lambda: [xlsx(), odf("spreadsheet")],
        "html": lambda: [html()],
        "text": texts,
        "pdf": lambda: [pdf()],
    }
    found = own[parser]()
    for path in sorted(data.rglob("*")) if data else ():
        if path.suffix.lower() in ENDINGS[parser] and path.is_file() and path.stat().st_size <= most:
            found.append(path.read_bytes())
    return found


def spoiled(seed: bytes, others: list[bytes], pick: random.Random, port: int) -> bytes:
    """A seed with a few faults: in its bytes, in a member of its container, or in the structure of its markup."""
    if seed.startswith(b"PK") and pick.random() < 0.8:
        return _spoiled_members(seed, pick, port)
    if seed.lstrip().startswith(b"<") and pick.random() < 0.6:
        return _spoiled_markup(seed, pick, port)
    return _spoiled_bytes(seed, others, pick, port)


def _spoiled_bytes(seed: bytes, others: list[bytes], pick: random.Random, port: int) -> bytes:
    data = bytearray(seed)
    for _ in range(pick.choice((1, 1, 2, 4, 16))):
        if not data:
            break
        at = pick.randrange(len(data))
        end = min(len(data), at + pick.choice((1, 2, 4, 16, 256)))
        act = pick.randrange(9)
        if act == 0:
            data[at] ^= 1 << pick.randrange(8)
        elif act == 1:
            data[at:end] = pick.randbytes(end - at)
        elif act == 2:
            del data[at:end]
        elif act == 3:
            data[at:at] = data[at:end] * pick.choice((1, 2, 50))
        elif act == 4:
            data[at : at + 4] = pick.choice(NUMBERS).to_bytes(4, pick.choice(("little", "big")))
        elif act == 5:
            data[at:at] = _attack(pick, port)
        elif act == 6:
            del data[at:]
        elif act == 7:
            other = pick.choice(others)
            data[at:] = other[pick.randrange(len(other)) :]
        else:
            digits = [found.span() for found in re.finditer(rb"\d+", data[:100_000])]
            if digits:
                first, last = pick.choice(digits)
                data[first:last] = b"%d" % pick.choice(NUMBERS)
    return bytes(data)


def _attack(pick: random.Random, port: int) -> bytes:
    return pick.choice(ATTACKS).replace(b"%PORT%", str(port).encode())


def _spoiled_members(seed: bytes, pick: random.Random, port: int) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(seed)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    except (zipfile.BadZipFile, OSError):
        return seed
    name = pick.choice(sorted(members))
    act = pick.randrange(10)
    if act == 0:
        del members[name]
    elif act == 1:
        members[pick.choice(sorted(members))] = members[name]
    elif act == 2:
        members[pick.choice(("/abs", "../up", "a\\b", "x" * 300, "\u202e.xml", ""))] = members.pop(name)
    elif act == 3:
        members[name] = _spoiled_bytes(members[name], [members[name] or b"x"], pick, port)
    else:
        members[name] = _spoiled_markup(members[name], pick, port)
    return packed(members)


def _spoiled_markup(seed: bytes, pick: random.Random, port: int) -> bytes:
    """Tags and texts moved, doubled, dropped, nested and filled with odd values."""
    parts = re.findall(rb"<[^>]*>|[^<]+", seed)
    for _ in range(pick.choice((1, 1, 2, 5))):
        if not parts:
            break
        at, to = pick.randrange(len(parts)), pick.randrange(len(parts))
        act = pick.randrange(7)
        if act == 0:
            del parts[at]
        elif act == 1:
            parts[at], parts[to] = parts[to], parts[at]
        elif act == 2:
            first, last = sorted((at, to))
            parts[first:first] = parts[first:last][:200] * pick.choice((1, 2, 30))
        elif act == 3:
            parts[at:at] = [parts[at]] * pick.choice((2, 300, 3000))
        elif act == 4:
            parts[at] = re.sub(rb'"[^"]*"', lambda found: b'"%d"' % pick.choice(NUMBERS), parts[at])
        elif act == 5:
            parts[at] = _attack(pick, port) + parts[at]
        else:
            parts[at] = pick.choice(TEXTS).encode() * pick.choice((1, 500))
    return b"".join(parts)
