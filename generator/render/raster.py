"""SVG → PNG, by resvg where it is installed (`backfile[cards]`)."""

from __future__ import annotations

from pathlib import Path

from generator.errors import ThemeError
from generator.model.site import CardForm


def rasterise(svg: str, form: CardForm, shown: str) -> bytes:
    """Draw a card as PNG with the font of its form. Takes some 50 ms of CPU.

    Raises ThemeError for what is no SVG, whose template is `shown`, and for a font that is not there.
    """
    # It is an extra, which the configuration has asked for.
    from resvg_py import svg_to_bytes  # noqa: PLC0415

    if not Path(form.font).is_file():  # the process is on another machine
        raise ThemeError(
            "the font of the cards cannot be read",
            path=form.font,
            hint="keep it where all workers see it by the same path",
        )
    try:
        return bytes(
            svg_to_bytes(
                svg_string=svg,
                skip_system_fonts=True,
                font_files=[form.font],
                font_family=form.family,
                serif_family=form.family,
                sans_serif_family=form.family,
            )
        )
    except ValueError as error:
        raise ThemeError(
            f"the card is no SVG that can be drawn: {error}",
            path=shown,
            hint='mend it, or set `[cards] format = "svg"` to see what it gives',
        ) from error
