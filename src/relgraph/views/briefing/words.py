"""What a briefing says around the sentences, in Swedish and English."""

from __future__ import annotations

from relgraph.vocabulary import pick

WORDS: dict[str, dict[str, str]] = {
    "title": {"sv": "Underlag: {}", "en": "Briefing: {}"},
    "title visit": {"sv": "Underlag inför besök: {}", "en": "Visit briefing: {}"},
    "title dormant": {"sv": "Vilande relationer", "en": "Dormant relationships"},
    "title year": {"sv": "Stomme till nästa redovisning", "en": "Outline of the next report"},
    "index": {"sv": "Underlag, ett för varje part", "en": "Briefings, one for each party"},
    "index city": {"sv": "Parter och mötesorter", "en": "Partners and places of meetings"},
    "index network": {"sv": "Nätverk och forum", "en": "Networks and forums"},
    "index department": {"sv": "Enheter", "en": "Units"},
    "data": {
        "sv": "Uppgifterna avser {} om inget annat sägs, enligt {}.",
        "en": "The data are for {} unless otherwise stated, from {}.",
    },
    "purpose": {"sv": "Syfte", "en": "Purpose"},
    "brief": {"sv": "I korthet", "en": "In brief"},
    "basis": {"sv": "Formell grund", "en": "Formal basis"},
    "responsible": {"sv": "Medlemskap, uppdrag och ansvar", "en": "Memberships, roles and responsibilities"},
    "activity": {"sv": "Verksamhet och samarbete", "en": "Activity and cooperation"},
    "parties": {"sv": "Sammanhang", "en": "Context"},
    "unclear": {"sv": "Oklarheter", "en": "Conflicts and gaps"},
    "to note": {"sv": "Att observera", "en": "Points to note"},
    "other": {"sv": "Övrigt", "en": "Other"},
    "fields": {"sv": "Att fylla i", "en": "To fill in"},
    "the same": {"sv": "samma {}", "en": "the same {}"},
    "the source": {"sv": "källan", "en": "the source"},
    "the sources": {"sv": "källorna", "en": "the sources"},
    "sources": {"sv": "Källor", "en": "Sources"},
    "connections": {"sv": "Vad som förbinder parterna", "en": "What connects the parties"},
    "agreement": {"sv": "Avtal", "en": "Agreement"},
    "time": {"sv": "Tid", "en": "Time"},
    "agreements": {"sv": "Avtal i sammanfattning", "en": "Agreements at a glance"},
    "not stated": {"sv": "anges inte", "en": "not stated"},
    "ambiguous": {"sv": "{} (kan läsas på flera sätt)", "en": "{} (can be read in more than one way)"},
    "more": {"sv": "och {} uppgifter till", "en": "and {} more statements"},
    "one more": {"sv": "och en uppgift till", "en": "and one more statement"},
    "rest": {
        "sv": "Underlaget är ett urval; fler uppgifter, med källor, finns hos avsändaren.",
        "en": "This briefing is a selection; more, with the sources, can be had from the sender.",
    },
    "implied mark": {
        "sv": "Helt eller delvis underförstått, inte sagt rakt ut i {source}. Är bara tiden ({period}) "
        "underförstådd sätts ingen stjärna.",
        "en": "Implied, wholly or in part: not said outright in {source}. Where only the time ({period}) is "
        "implied, there is no asterisk.",
    },
    "excerpt": {"sv": "”{}”", "en": "“{}”"},
    "source": {"sv": "källa", "en": "source"},
    "last": {"sv": "Senaste daterade uppgifter i övrigt", "en": "Latest other dated information"},
    "figure": {"sv": "Relationerna kring {}.", "en": "The relationships around {}."},
    "figure cut": {
        "sv": "Relationerna kring {}, ett urval: de närmaste och de med flest förbindelser.",
        "en": "The relationships around {}, a selection: the nearest and best connected.",
    },
    "figure shows": {"sv": "Figuren visar {}.", "en": "The figure shows {}."},
    "figure shows some": {"sv": "Figuren visar bland annat {}.", "en": "The figure shows, among others, {}."},
    "figure in words": {"sv": "Figuren i ord: {}", "en": "The figure in words: {}"},
    # what is not stated, where that is the news
    "nothing": {
        "sv": "I {source} står inget om dess relationer.",
        "en": "Nothing is said of its relationships in {source}.",
    },
    "no time": {
        "sv": "Något startdatum för {} anges inte i {source}.",
        "en": "No start date for {} is stated in {source}.",
    },
    "no level": {
        "sv": "Hur aktiv relationen är anges inte i {source}.",
        "en": "The level of activity is not stated in {source}.",
    },
    "no basis": {
        "sv": "I {source} nämns inget avtal.",
        "en": "No agreement is mentioned in {source}.",
    },
    "no responsible": {
        "sv": "Vilken enhet inom {} som ansvarar för relationen anges inte i {source}.",
        "en": "Which unit of {} is responsible for the relationship is not stated in {source}.",
    },
    "no activity": {
        "sv": "I {source} nämns ingen verksamhet.",
        "en": "No activity is mentioned in {source}.",
    },
    "no connections": {
        "sv": "I {source} anges inget som direkt förbinder parterna.",
        "en": "Nothing that connects the parties directly is stated in {source}.",
    },
    "no dormant": {
        "sv": "Ingen relation beskrivs i {source} som vilande.",
        "en": "No relationship is described in {source} as dormant.",
    },
    "no last": {
        "sv": "Vad som senast hände, och när, anges inte i {source}.",
        "en": "What happened last, and when, is not stated in {source}.",
    },
    "no period": {
        "sv": "Grafen har ingen källa med avsnitt.",
        "en": "The graph has no source with sections.",
    },
    "at the time": {"sv": "Det avser den valda tidpunkten.", "en": "This is for the time chosen."},
    "dormant": {
        "sv": "Här redovisas de relationer där det enligt en källa inte bedrevs något aktivt arbete. Att en "
        "källa tiger räknas inte som att en relation är vilande.",
        "en": "Listed below are the relationships for which a source says that there is no active work. The "
        "silence of a source does not count as dormancy.",
    },
    "year": {
        "sv": "Avsnitten är desamma som i {}. Under varje avsnitt står vad som redovisades där; det som står "
        "i flera avsnitt finns som regel under ett av dem.",
        "en": "The sections are those of {}. Each has what was reported there; anything reported in several "
        "sections normally appears under only one of them.",
    },
    # what staff fill in
    "field aim": {"sv": "Vad vi vill uppnå", "en": "What we want to achieve"},
    "field questions": {"sv": "Frågor att ta upp", "en": "Questions to raise"},
    "field practical": {"sv": "Deltagare, tid och plats", "en": "Participants, time and place"},
    "field follow-up": {"sv": "Uppföljning", "en": "Follow-up"},
    "field next": {"sv": "Vad ska göras, av vem och när", "en": "What is to be done, by whom and when"},
    "field update": {"sv": "Nytt sedan dess", "en": "New since then"},
}


def word(key: str, lang: str) -> str:
    """A phrase of the briefings in ``lang``."""
    return pick(WORDS[key], lang)
