"""What the site says around sentences and answers, in Swedish and English."""

from __future__ import annotations

from relgraph.vocabulary import pick

WORDS: dict[str, dict[str, str]] = {
    "skip": {"sv": "Hoppa till innehållet", "en": "Skip to the content"},
    "site": {"sv": "Webbplatsens delar", "en": "Parts of the site"},
    "language": {"sv": "Svenska", "en": "English"},
    "home": {"sv": "Startsida", "en": "Home"},
    "all": {"sv": "Alla sidor", "en": "All pages"},
    "map": {"sv": "Relationskarta", "en": "Relationship map"},
    "questions": {"sv": "Frågor och svar", "en": "Questions and answers"},
    "search": {"sv": "Sök", "en": "Search"},
    "search what": {"sv": "Sök bland namn och uppgifter", "en": "Search names and statements"},
    "search names": {
        "sv": "Så mycket finns att sökningen bara omfattar namn.",
        "en": "There is so much that the search covers names alone.",
    },
    "search hint": {
        "sv": "Skriv ett namn, en förkortning eller ett ord ur en uppgift.",
        "en": "Type a name, an acronym or a word of a statement.",
    },
    "no script": {
        "sv": "Sökningen behöver JavaScript. Utan det finns allt i listan över alla sidor.",
        "en": "The search needs JavaScript. Without it, everything is in the list of all pages.",
    },
    "hits": {"sv": "{} träffar", "en": "{} hits"},
    "one hit": {"sv": "1 träff", "en": "1 hit"},
    "no hits": {
        "sv": "Inget på webbplatsen motsvarar {}. Det som saknas här kan finnas ändå.",
        "en": "Nothing on this site matches {}. What is missing here may exist all the same.",
    },
    "hits shown": {"sv": "De {} första visas.", "en": "The first {} are shown."},
    "missing": {
        "sv": "Brukligt men inte angivet i källorna: {}.",
        "en": "Usual but not stated in the sources: {}.",
    },
    "statement": {"sv": "uppgift", "en": "statement"},
    "question": {"sv": "fråga", "en": "question"},
    "on map": {"sv": "Visa på relationskartan", "en": "Show on the relationship map"},
    "briefing": {"sv": "Underlag att ladda ner", "en": "Briefing to download"},
    "briefings": {"sv": "Underlag inför möten", "en": "Briefings for meetings"},
    "data": {"sv": "Data att ladda ner", "en": "Data to download"},
    "ontology": {"sv": "Ontologin: vad som kan sägas", "en": "The ontology: what can be said"},
    "rests": {"sv": "Uppgifter som vilar på källan: {}.", "en": "Statements that rest on this source: {}."},
    "sections": {"sv": "Avsnitt", "en": "Sections"},
    "section": {"sv": "Avsnitt", "en": "Section"},
    "heading": {"sv": "Rubrik", "en": "Heading"},
    "statements": {"sv": "Uppgifter", "en": "Statements"},
    "whole document": {"sv": "Utan angivet avsnitt", "en": "No section given"},
    "rest here": {"sv": "Vad som vilar på källan", "en": "What rests on the source"},
    "rest more": {"sv": "och {} till; allt ges av:", "en": "and {} more; for all:"},
    "original": {"sv": "Källan på webben", "en": "The source on the web"},
    "start": {"sv": "Här finns", "en": "What is here"},
    "about": {"sv": "Om uppgifterna", "en": "About the statements"},
    "about text": {
        "sv": "Varje mening vilar på ett ställe i en källa, som står efter den inom hakparentes. "
        "Det som källorna inte säger sägs inte heller här; osäkerhet och motsägelser anges som sådana.",
        "en": "Each sentence rests on a place in a source, given after it in square brackets. What the "
        "sources do not say is not said here either; uncertainty and contradictions are told as such.",
    },
    "counts": {
        "sv": "{} sidor om parter, platser, ämnen, evenemang, avtal och källor; {} uppgifter.",
        "en": "{} pages on parties, places, topics, events, agreements and sources; {} statements.",
    },
    "licence": {"sv": "Licens för data: {}.", "en": "Licence of the data: {}."},
    "contact": {"sv": "Kontakt: {}.", "en": "Contact: {}."},
    "question needs": {
        "sv": "Svaret beror på vad man väljer. Så ställs frågan:",
        "en": "The answer depends on what is chosen. It is asked by:",
    },
    "left out": {
        "sv": "Grafen är så stor att svaret inte får plats på en sida. Det ges av:",
        "en": "The graph is so large that the answer does not fit on a page. It is given by:",
    },
    "stopped": {
        "sv": "Frågan kräver mer tid eller minne än en sida får ta i anspråk. Den ställs från kommandoraden:",
        "en": "The question takes more time or memory than a page may. It is asked from the command line:",
    },
    "example": {"sv": "Ett exempel: {}.", "en": "An example: {}."},
    "asked by": {"sv": "Samma fråga från kommandoraden:", "en": "The same question from the command line:"},
    "rows more": {"sv": "och {} rader till", "en": "and {} more rows"},
    "rows more at least": {"sv": "och minst {} rader till", "en": "and at least {} more rows"},
    "at least": {"sv": "minst {}", "en": "at least {}"},
    "sparql": {"sv": "Frågan i SPARQL", "en": "The question in SPARQL"},
    "named": {"sv": "namnges i den här frågan: {}", "en": "named in this question: {}"},
    "turtle": {"sv": "RDF (Turtle), för SPARQL-verktyg", "en": "RDF (Turtle), for SPARQL tools"},
    "jsonld": {"sv": "JSON-LD, ett objekt per post", "en": "JSON-LD, one object a record"},
    "xlsx": {"sv": "Excel, ett blad per slag", "en": "Excel, one sheet a kind"},
    "csv": {"sv": "CSV, en fil per slag (zip)", "en": "CSV, one file a kind (zip)"},
    "docx": {"sv": "Word", "en": "Word"},
    "pdf": {"sv": "PDF", "en": "PDF"},
    "html": {"sv": "webbsida", "en": "web page"},
    "md": {"sv": "Markdown", "en": "Markdown"},
    "graphml": {"sv": "GraphML, för yEd, Gephi och Cytoscape", "en": "GraphML, for yEd, Gephi and Cytoscape"},
    "gexf": {"sv": "GEXF, för Gephi och Gephi Lite", "en": "GEXF, for Gephi and Gephi Lite"},
    "void": {"sv": "VoID: hur mycket av vad", "en": "VoID: how much of what"},
    "dcat": {"sv": "DCAT-AP-SE: datamängden", "en": "DCAT-AP-SE: the dataset"},
    "source": {"sv": "källa", "en": "source"},
    "contents": {"sv": "Innehåll", "en": "Contents"},
}


def word(key: str, lang: str, *values: object) -> str:
    """A phrase of the site in ``lang``, with values put in."""
    return pick(WORDS[key], lang).format(*values)


def size(count: int, lang: str) -> str:
    """A number of bytes in words: ``120 kB``, ``1,2 MB`` or ``1.2 MB``."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))}\u00a0kB"
    text = f"{count / 1_000_000:.1f}\u00a0MB"
    return text.replace(".", ",") if lang == "sv" else text
