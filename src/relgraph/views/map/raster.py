"""An SVG as PNG, by resvg; the same bytes on every machine as long as our own font has all letters."""

from __future__ import annotations

from relgraph.views import lettering


def png(svg: str, *, scale: int = 2) -> bytes:
    """``svg`` as a PNG image, ``scale`` px for each of its units.

    Letters that Noto Sans as shipped lacks (Chinese, Arabic) are drawn with the machine's fonts, where it has
    any that know them.
    """
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=scale,
            skip_system_fonts=lettering.covers(svg),
            font_files=[str(file) for file in lettering.FILES.values()],
            font_family=lettering.FAMILY,
            sans_serif_family=lettering.FAMILY,
        )
    )
