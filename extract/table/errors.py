"""
Errors and flags of the extractor.

    ExtractError                 anything that a user can put right; its text says what, where and what to do
    ├── InputError               a source that can't be read as a report
    │   └── ReadError            a file of which a reader says why, by a code that the app has words for
    ├── OutputError              a place that can't be written
    ├── RuleError                a rule table or codebook that contradicts itself
    └── NumeralError             a string that is not one numeral

A flag is not an error: the row stands, and a person should look at it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final


class ExtractError(Exception):
    """Anything that a user can put right."""


class InputError(ExtractError):
    """A source that can't be read as a report."""


class ReadError(InputError):
    """
    A file of which a reader says why it gives no text.

    ``code`` is one of READ_ERRORS, ``fields`` fill its message in; ``name`` is what the message calls the file.
    """

    def __init__(self, name: str, code: str, **fields: object) -> None:
        super().__init__(f"{name}: {READ_ERRORS[code].format(**fields)}")
        self.name = name
        self.code = code
        self.fields = fields

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross from a reader's process into this one."""
        return (_read_error, (self.name, self.code, self.fields))


def _read_error(name: str, code: str, fields: dict[str, object]) -> ReadError:
    return ReadError(name, code, **fields)


class OutputError(ExtractError):
    """A place that can't be written."""


class RuleError(ExtractError):
    """A rule table or codebook that contradicts itself."""


class NumeralError(ExtractError, ValueError):
    """A string that is not one numeral."""


# What a reader says of a file: what is wrong, and what to do.
READ_ERRORS: Final = MappingProxyType(
    {
        "empty": "is empty; there is nothing to read",
        "too_large": "has {size} MB, and a file may have {limit} MB; split it, or take its pictures out",
        "unknown_suffix": "has a suffix that is not known ({suffix}); save it as one of {known}",
        # The content is readable, but the suffix says otherwise.
        "is_pdf": "is a PDF; save it under a name that ends in .pdf",
        "is_docx": "is a Word document; save it under a name that ends in .docx",
        "is_xlsx": "is an Excel workbook; save it under a name that ends in .xlsx",
        "is_html": "is a web page; save it under a name that ends in .html",
        "is_text": "is plain text; save it under a name that ends in .txt",
        # The content is in a format that is not read.
        "old_word": "is a Word document of the old kind (.doc, .wps); open it and save it as .docx",
        "old_excel": "is an Excel workbook of another kind (.xls, .xlsb); open it and save it as .xlsx",
        "old_office": "is an Office file of the old kind; open it and save it as .docx, .xlsx or PDF",
        "encrypted_office": "is protected by a password; open it and save it without one",
        "presentation": "is a presentation; save it as PDF",
        "open_document": "is an OpenDocument file (.odt, .ods); save it as .docx, .xlsx or PDF",
        "ofd": "is an OFD document; save it as PDF",
        "rtf": "is a Rich Text document; open it and save it as .docx",
        "web_archive": "is a web page saved with its pictures in one file (.mht); save it as .html",
        "archive": "is an archive; unpack it and name the files in it",
        "image": "is a picture; have its text recognised (OCR) and save that as text or PDF",
        # The format is right, the file is not.
        "damaged": "can't be opened as {suffix}, it is damaged or cut off; fetch it again or save it anew",
        "unpacks_too_large": "unpacks to {size} MB, and {limit} MB are the limit; save it anew without its pictures",
        "declares_entities": "declares XML entities, which no Office program does; open it and save it anew",
        "encrypted_pdf": "is protected by a password; save it without one",
        "no_text_layer": "is a scan, its {pages} pages are pictures without text; have the text recognised (OCR) first",
        "no_characters": "has a text layer that can't be told from noise; have the text recognised (OCR) first",
        "too_many_pages": "has {pages} pages, and {limit} are the limit; split it",
        "too_deep": "is nested too deeply to be read whole; open it in a browser and save its text",
        "no_text": "holds no text",
        "no_text_column": "has no column of running text; name that column 正文 or text",
        "nul_bytes": "holds NUL bytes, so it is no plain text; save the document as UTF-8 text",
        "damaged_utf8": "is UTF-8 with damaged bytes, the first at byte {byte}; restore the file",
        "damaged_utf16": "is UTF-16 with damaged bytes, the first at byte {byte}; restore the file",
        "not_text": "is neither UTF-8, UTF-16, GB18030 nor BIG5 text; save the document as UTF-8 text",
        # The reader itself gave up.
        "reader_unavailable": "can't be read here, for no process for it can be started; start the program anew",
        "reader_crashed": "made its reader crash, so it is damaged or made to do harm; save it anew from its program",
        "reader_overran": "takes more than {seconds} s or {memory} GB of memory to read; split it or save it anew",
        # Only the app can tell.
        "changed": "was changed while it was being read; choose it again",
        "shipped": "holds the text of {title}, which comes with the program",
    }
)

FLAGS: Final = MappingProxyType(
    {
        "vague": "the number is a rough one (数十, 几百户); value is the lower bound that the word gives",
        "no_unit": "the text gives no measure word or unit",
        "no_subject": "no noun phrase was found that says what is counted",
        "region_unknown": "the text does not say who reports",
        "period_unresolved": "a period is written but could not be turned into dates",
        "reference_date_unknown": "a relative period (今年) stands without a reference date to resolve it",
        "sentence_cut": "the sentence is longer than 600 characters; only the clauses around the mention are kept",
    }
)
