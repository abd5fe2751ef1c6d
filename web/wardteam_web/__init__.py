"""The web pages: read-only views of a ward, rendered from what `Pages` gives."""

from wardteam_web.app import create_app
from wardteam_web.pages import (
    Comparison,
    Document,
    DocumentKind,
    DocumentRequest,
    Pages,
)
from wardteam_web.serving import serve

__all__ = ["Comparison", "Document", "DocumentKind", "DocumentRequest", "Pages", "create_app", "serve"]
