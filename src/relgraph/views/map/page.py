"""The map as one HTML file: pyvis carries nodes, edges and options, our own template shows them.

The file makes no request: vis-network, styles, scripts and data stand inside it, and a
Content-Security-Policy of hashes lets nothing else run. Data are JSON, compressed, in a script element that
no text can close.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from relgraph.views.map import styles
from relgraph.views.map.data import MapData
from relgraph.views.map.layout import Layout
from relgraph.views.map.payload import payload

TEMPLATE = Path(__file__).parent / "template"

# In the order in which they run; each adds its part to the object `relgraph`.
SCRIPTS = (
    "guard.js",
    "dom.js",
    "inflate.js",
    "model.js",
    "time.js",
    "state.js",
    "filter.js",
    "country.js",
    "folds.js",
    "paths.js",
    "shapes.js",
    "hulls.js",
    "room.js",
    "labels.js",
    "overlay.js",
    "stage.js",
    "overview.js",
    "glide.js",
    "draw.js",
    "combobox.js",
    "search.js",
    "statement.js",
    "about.js",
    "pathfinder.js",
    "matrix.js",
    "panel.js",
    "years.js",
    "groups.js",
    "legend.js",
    "table.js",
    "suggestions.js",
    "backdrop.js",
    "lettering.js",
    "arrows.js",
    "told.js",
    "picture.js",
    "sheet.js",
    "keyboard.js",
    "main.js",
)

STYLES = ("map.css", "panel.css", "table.css", "media.css")

_COMMENTS = re.compile(r"^[ \t]*(?://[^\n]*|/\*(?:(?!\*/).)*\*/[ \t]*)$", re.MULTILINE | re.DOTALL)
LEVEL = 9


def carrier(data: MapData, layout: Layout) -> Any:
    """The ``pyvis.network.Network`` that holds the map's nodes, edges and options.

    Its lists are filled directly: ``add_node`` and ``add_edge`` look through all earlier ones each time.
    Raises ValueError if ``layout`` lacks a node of ``data``.
    """
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line")
    net.nodes = styles.nodes(data, layout)
    net.node_ids = [node["id"] for node in net.nodes]
    net.node_map = {node["id"]: node for node in net.nodes}
    net.edges = styles.edges(data)
    net.options = styles.options(data)  # set_options() would take the spaces out of every name
    return net


def render(data: MapData, layout: Layout, *, lang: str = "sv", view: str = "map") -> str:
    """The whole page as text, to be written as UTF-8; the same input gives the same bytes.

    ``lang`` (``sv`` or ``en``) is the language, ``view`` (``map`` or ``places``) the view it opens in. Raises
    ValueError on another language, or if ``layout`` lacks a node of ``data``.
    """
    import jinja2

    if lang not in ("sv", "en"):
        raise ValueError(f"the map speaks sv and en, not {lang!r}")
    net = carrier(data, layout)
    strings = json.loads(_read("strings.json"))
    scripts = [_vis_network(), *(_lean(_read(name)) for name in SCRIPTS)]
    style = _lean("".join(map(_read, STYLES)))
    net.set_template_dir(str(TEMPLATE), "page.html.jinja")
    net.templateEnv = jinja2.Environment(  # pyvis's own escapes nothing
        loader=jinja2.FileSystemLoader(TEMPLATE, encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    net.templateEnv.globals.update(
        lang=lang,
        view=view,
        title=data.title.get(lang) or data.home,
        as_of=data.as_of.get(lang),
        ui=strings[lang],
        strings=strings,
        packed=lambda nodes, edges, options: _packed(
            nodes=nodes, edges=edges, options=json.loads(options), page=payload(data, layout), strings=strings
        ),
        style=_inline(style),
        scripts=[_inline(script) for script in scripts],
        policy=_policy(scripts, [style]),
    )
    return str(net.generate_html())


def _read(name: str) -> str:
    return (TEMPLATE / name).read_text(encoding="utf-8")


def _lean(code: str) -> str:
    """Our code without comments on lines of their own and without indentation: half the size.

    No text in it may go over several lines; a test holds that.
    """
    return "\n".join(line for line in map(str.strip, _COMMENTS.sub("", code).splitlines()) if line)


def _vis_network() -> str:
    """The vis-network that pyvis bundles, with the line ends that a browser sees."""
    import pyvis

    found = sorted((Path(pyvis.__path__[0]) / "lib").glob("vis-*/vis-network.min.js"))
    return found[-1].read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _inline(code: str) -> Any:
    """Code of ours or of pyvis, as it is; Markup, so that the template does not escape it."""
    from markupsafe import Markup

    for closing in ("</script", "</style", "<!--"):
        if closing in code.lower():
            raise ValueError(f"inlined code must not contain {closing!r}")
    return Markup(code)


def _packed(**values: Any) -> str:
    """``values`` as JSON, compressed (zlib, RFC 1950) and in Base64, so that no text can end the element.

    By libdeflate, which gives the same bytes on every machine; the zlib of Python may be any of several.
    """
    import deflate

    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return base64.b64encode(deflate.zlib_compress(text.encode("utf-8", "replace"), LEVEL)).decode("ascii")


def unpack(html: str) -> dict[str, Any]:
    """The data within a page: ``nodes``, ``edges``, ``options``, ``page`` and ``strings``."""
    import zlib

    found = re.search(r'id="data">([^<]*)<', html)
    data: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(found[1]))) if found else {}
    return data


def _policy(scripts: list[str], style: list[str]) -> str:
    def hashes(codes: list[str]) -> str:
        return " ".join(f"'sha256-{_sha256(code)}'" for code in codes)

    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {hashes(scripts)}",
            f"style-src {hashes(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _sha256(code: str) -> str:
    return base64.b64encode(hashlib.sha256(code.encode("utf-8")).digest()).decode("ascii")
