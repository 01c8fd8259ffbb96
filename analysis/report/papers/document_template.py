"""Which Word documents can be templates, and how is one opened safely?

A template may hold placeholders and {% if … %}, and nothing else that a template language could do: no attributes, no
calls, no loops. Text of posts never passes through it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from zlib import error as ZlibError

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import XMLSyntaxError

from analysis.language import Text, _
from analysis.schema import InputError

LARGEST, LARGEST_UNPACKED = 20 * 2**20, 200 * 2**20  # bytes
INLINE = ("title", "number", "date", "office", "hospital", "level", "as_of", "summary", "notes")
BLOCKS = ("section_1", "section_2", "section_3", "section_4", "section_5", "annex", "body")
KNOWN = (*INLINE, *BLOCKS)
OLD_WORD = b"\xd0\xcf\x11\xe0"  # .doc, and .docx behind a password
MACROS = ("vbaproject.bin", "vbadata.xml")
ATTACHED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
HARMLESS = (RELATIONSHIP_TYPE.HYPERLINK, ATTACHED)
DAMAGED = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, PackageNotFoundError, XMLSyntaxError, ZlibError),
    *(KeyError, ValueError, AttributeError, NotImplementedError, EOFError, RuntimeError),
)
PLAIN = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Const)
LOGIC = (nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or)
TAGS = r"(?:<[^>]*>)*"
PREFIX = re.compile(rf"(\{{{TAGS}\{{{TAGS})(?:p|r|tr|tc)(?={TAGS}\s)")  # of docxtpl: {{p body }}


class WordTemplate(DocxTemplate):
    """A template of which every part is checked before it is filled. found: the placeholders in it.

    {{p body }}, as docxtpl would have it, counts as {{ body }}.
    """

    def __init__(self, data: bytes) -> None:
        super().__init__(io.BytesIO(data))
        self.found: set[str] = set()

    def patch_xml(self, src_xml: str) -> str:
        xml = super().patch_xml(PREFIX.sub(r"\1", src_xml))
        self.found |= placeholders(xml)
        return xml

    def render_properties(self, context: dict[str, object], jinja_env: SandboxedEnvironment | None = None) -> None:
        """Properties are set by us: what a template has there is neither kept nor run."""


def opened(data: bytes) -> WordTemplate:
    """Which template is in this file? Raises InputError, with a remedy, where it is none or is not safe."""
    check_package(data)
    template = WordTemplate(data)
    try:
        template.init_docx()
    except DAMAGED as error:
        raise damaged() from error
    check_links(template)
    return template


def check_package(data: bytes) -> None:
    """Is this a DOCX of a size that can be read, without macros?"""
    if data.startswith(OLD_WORD):
        raise InputError(
            _("The template is an old .doc or has a password. Save it in Word or WPS as .docx without one.")
        )
    if len(data) > LARGEST:
        raise too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = packed.infolist()
            kinds = packed.read("[Content_Types].xml") if sum(e.file_size for e in entries) <= LARGEST_UNPACKED else b""
    except DAMAGED as error:
        raise damaged() from error
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise too_large()
    if b"macroEnabled" in kinds or any(entry.filename.lower().endswith(MACROS) for entry in entries):
        raise InputError(_("The template holds macros. Save it in Word or WPS as a document without macros (.docx)."))


def check_links(template: WordTemplate) -> None:
    """Does the template fetch anything from elsewhere when it is opened? Links to click on may stay."""
    for part in template.docx.part.package.iter_parts():
        for relation in part.rels.values():
            if relation.is_external and relation.reltype not in HARMLESS:
                raise InputError(
                    _(
                        "The template links to {file} outside of itself. Put it into the document, or remove it.",
                        file=str(relation.target_ref)[:80],
                    )
                )


def placeholders(xml: str) -> set[str]:
    """Which placeholders stand in this part? Raises InputError for anything else between braces."""
    lines = re.sub(r"<w:p([ >])", r"\n<w:p\1", xml)
    try:
        tree = environment().parse(lines)
    except TemplateSyntaxError as error:
        raise InputError(
            _(
                "A placeholder of the template cannot be read, in the paragraph “{text}”. Write it like {example}.",
                text=line_of(lines, error.lineno),
                example="{{ title }}",
            )
        ) from error
    for node in (tree, *tree.find_all(nodes.Node)):
        if not isinstance(node, PLAIN + LOGIC):
            raise InputError(
                _(
                    "The template asks for more than a placeholder, in the paragraph “{text}”. It may hold {example} "
                    "and {condition} only.",
                    text=line_of(lines, node.lineno),
                    example="{{ title }}",
                    condition="{% if number %} … {% endif %}",
                )
            )
    names = {node.name for node in tree.find_all(nodes.Name)}
    if unknown := sorted(names - set(KNOWN)):
        raise InputError(
            _(
                "There is no placeholder {unknown}. These are there: {known}.",
                unknown=braced(unknown),
                known=braced(KNOWN),
            )
        )
    return names


def environment() -> SandboxedEnvironment:
    """Which template language? One without functions, in which every value is escaped."""
    sandbox = SandboxedEnvironment(autoescape=True)
    sandbox.globals.clear()
    return sandbox


def line_of(xml: str, number: int) -> str:
    """Which words stand on this line?"""
    lines = xml.split("\n")
    return re.sub(r"<[^>]+>", "", lines[min(number, len(lines)) - 1]).strip()[:80]


def damaged() -> InputError:
    return InputError(_("The template is no Word document, or is damaged. Save it again in Word or WPS as .docx."))


def too_large() -> InputError:
    return InputError(_("The template is larger than {size} MB. Make its pictures smaller.", size=LARGEST // 2**20))


def braced(names: Sequence[str]) -> tuple[Text, ...]:
    """How are placeholders written?"""
    return tuple(Text("{name}", (("name", f"{{{{ {name} }}}}"),)) for name in names)
