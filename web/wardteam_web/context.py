"""What a request knows: its language and words, its ward, the pages' port, and what templates call."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from flask import Flask, abort, current_app, g, request, url_for

from wardteam.domain.ward import Ward
from wardteam.i18n import Language, translator
from wardteam_web.balance_chart import balance_bars, chart_width
from wardteam_web.bed_groups import bed_spans, is_cover
from wardteam_web.fills import fill_name
from wardteam_web.pages import Pages
from wardteam_web.roster_grid import day_class, has_page, missing_staff
from wardteam_web.words import Words

_KEY = "wardteam"


@dataclass(frozen=True)
class _Site:
    pages: Pages
    default_language: Language
    asset_version: str


def attach(app: Flask, pages: Pages, default_language: Language) -> None:
    """Give the application its port, and templates their words."""
    version = _asset_version(Path(app.static_folder or ""))
    app.extensions[_KEY] = _Site(pages, default_language, version)
    app.url_value_preprocessor(_take_address_parts)
    app.url_defaults(_fill_address_parts)
    app.context_processor(_template_values)
    app.jinja_env.globals.update(
        fill_name=fill_name,
        bed_spans=bed_spans,
        is_cover=is_cover,
        day_class=day_class,
        missing_staff=missing_staff,
        has_page=has_page,
    )
    app.jinja_env.globals.update(balance_bars=balance_bars, chart_width=chart_width)


def pages() -> Pages:
    """Give the port that bootstrap filled."""
    return _site().pages


def default_language() -> Language:
    """Give the language of an address that names none."""
    return _site().default_language


def ward() -> Ward:
    """Give the ward of this request; 404 where there is none of that code."""
    if "ward" not in g:
        code = g.get("ward_code", "")
        g.ward = next((ward for ward in pages().wards() if ward.code == code), None)
    if g.ward is None:
        abort(404)
    return cast(Ward, g.ward)  # flask's g is untyped


def words() -> Words:
    """Give the words of this request's language."""
    return Words(translator(g.get("language", default_language())))


def same_page(language: Language) -> str:
    """Give the address of this page in a language; of the start page where this is none."""
    if request.endpoint is None or request.routing_exception is not None:
        return url_for("start.wards", language=language)
    query = request.args.to_dict(flat=False)
    values: dict[str, Any] = {**(request.view_args or {}), **query, "language": language}  # url_for's own
    if "ward_code" in g:
        values["ward"] = g.ward_code
    return url_for(request.endpoint, **values)


def _site() -> _Site:
    return cast(_Site, current_app.extensions[_KEY])  # flask's extensions are untyped


def _take_address_parts(_endpoint: str | None, values: dict[str, Any] | None) -> None:  # flask's signature
    if values is None:
        return
    if "language" in values:
        g.language = values.pop("language")
    if "ward" in values:
        g.ward_code = values.pop("ward")


def _fill_address_parts(endpoint: str, values: dict[str, Any]) -> None:  # flask's signature
    known = current_app.url_map.is_endpoint_expecting
    if known(endpoint, "language"):
        values.setdefault("language", g.get("language", default_language()))
    if "ward_code" in g and known(endpoint, "ward"):
        values.setdefault("ward", g.ward_code)
    if endpoint == "static":
        values.setdefault("v", _site().asset_version)


def _template_values() -> dict[str, Any]:  # flask's signature
    says = words()
    here = g.get("ward")
    return {"t": says.t, "w": says, "language": says.language, "same_page": same_page, "here": here}


def _asset_version(folder: Path) -> str:
    digest = sha256()
    for path in sorted([*folder.glob("css/*.css"), *folder.glob("js/*.js")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
