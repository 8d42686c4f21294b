"""A chart of bars as SVG, with its figures in words for whoever cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

_ROW, _LEFT, _WIDTH = 26, 250, 420
_COLOURS = ("#1b5e8c", "#b35900", "#4c7a34", "#7a4c7a")


def bars(title: str, unit: str, rows: Sequence[tuple[str, str, float]]) -> str:
    """Return a chart of horizontal bars.

    Args:
        title: What is shown.
        unit: Of the figures.
        rows: Group, name within it, and figure; equal names have one colour.
    """
    most = max((value for _, _, value in rows), default=1.0) or 1.0
    names = list(dict.fromkeys(name for _, name, _ in rows))
    height = 40 + _ROW * len(rows)
    words = "; ".join(f"{group}, {name}: {value:g} {unit}" for group, name, value in rows)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 90} {height}"',
        ' role="img" aria-labelledby="t d" font-family="sans-serif" font-size="13">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(words)}</desc>',
        f'<rect width="100%" height="100%" fill="white"/><text x="8" y="22">{escape(title)}</text>',
    ]
    for at, (group, name, value) in enumerate(rows):
        top, colour = 36 + _ROW * at, _COLOURS[names.index(name) % len(_COLOURS)]
        wide = _WIDTH * value / most
        out += [
            f'<text x="{_LEFT - 8}" y="{top + 14}" text-anchor="end">',
            f"{escape(f'{group}, {name}')}</text>",
            f'<rect x="{_LEFT}" y="{top}" width="{wide:.1f}" height="18" fill="{colour}"/>',
            f'<text x="{_LEFT + wide + 6:.1f}" y="{top + 14}">{value:g}</text>',
        ]
    return "\n".join([*out, "</svg>\n"])
