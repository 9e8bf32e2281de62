"""What the workbook says beside the data, in Swedish and English."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "id": {"sv": "id", "en": "id"},
    "mark": {"sv": "läge", "en": "standing"},
    "source": {"sv": "källa", "en": "source"},
    "bounds": {
        "sv": "tidigast början|senast början|tidigast slut|senast slut",
        "en": "earliest begin|latest begin|earliest end|latest end",
    },
    "sources": {"sv": "Källor", "en": "Sources"},
    "source header": {
        "sv": "post|dokument|avsnitt|från tecken|till tecken|plats|stöder|visshet",
        "en": "record|document|section|from character|to character|place|supports|certainty",
    },
    "notes": {"sv": "Läs mig", "en": "Read me"},
    "absent": {
        "sv": "En tom cell betyder att källorna inget säger om saken, inte att den inte finns.",
        "en": "An empty cell means that the sources say nothing of it, not that it does not exist.",
    },
    "several": {
        "sv": "Flera värden i en cell skiljs åt med semikolon; en länk går till det första av dem.",
        "en": "Several values in a cell are parted by semicolons; a link leads to the first of them.",
    },
    "dates": {
        "sv": "En exakt dag är ett datum. Annan tid står som den är angiven i EDTF: 2019~ är omkring 2019.",
        "en": "An exact day is a date. Any other time stands as it is given in EDTF: 2019~ is about 2019.",
    },
    "kinds": {
        "sv": "Vad som ställdes in, avböjdes eller planerades står på egna blad, skilt från det som skedde.",
        "en": "What was cancelled, declined or planned has sheets of its own, apart from what took place.",
    },
    "too many": {
        "sv": "Bladet {} har fler länkar än Excel tar emot; resten är text.",
        "en": "The sheet {} has more links than Excel accepts; the rest are texts.",
    },
    "too long": {
        "sv": "Bladet {} har fler rader än Excel tar emot; {} saknas. Exportera som CSV.",
        "en": "The sheet {} has more rows than Excel accepts; {} are missing. Export as CSV.",
    },
}
