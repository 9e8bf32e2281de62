"""A small stock of fictional records, and values for any key of any kind, chosen by what the shapes ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from relgraph.model import Edtf, Record, Ref, Term, Text, Typed, Value
from relgraph.namespaces import RG
from relgraph.vocabulary import TIME_KEYS, KeyRule, Kind, Vocabulary
from relgraph.vocabulary.templates import keys

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

#: id: type, how it is said in Swedish and in English
ENTITIES: dict[str, tuple[str, str, str]] = {
    "e-city": ("City", "Ekvik", "Ekvik"),
    "e-city-2": ("City", "Sundholm", "Sundholm"),
    "e-unit": ("OrganizationalUnit", "kulturförvaltningen", "the Culture Department"),
    "e-unit-2": ("OrganizationalUnit", "hamnkontoret", "the Harbour Office"),
    "e-units": ("OrganizationalUnit", "de tekniska förvaltningarna", "the technical departments"),
    "e-board": ("PoliticalBody", "kommunstyrelsen", "the City Executive Board"),
    "e-board-2": ("PoliticalBody", "kulturnämnden", "the Culture Committee"),
    "e-boards": ("PoliticalBody", "nämnderna", "the committees"),
    "e-post": ("Post", "kulturdirektören", "the Director of Culture"),
    "e-post-2": ("Post", "hamnkaptenen", "the Harbour Master"),
    "e-posts": ("Post", "samordnarna", "the coordinators"),
    "e-person": ("Person", "Alva Ek", "Alva Ek"),
    "e-person-2": ("Person", "Nils Holm", "Nils Holm"),
    "e-collaboration": ("Collaboration", "plattformen Kustportal", "the Kustportal platform"),
    "e-network": ("Network", "nätverket Nordhavet", "the Nordhavet network"),
    "e-network-2": ("Network", "kustnätverket", "the Coastal Network"),
    "e-networks": ("Network", "havsnätverken", "the maritime networks"),
    "e-forum": ("Forum", "kulturforumet", "the Culture Forum"),
    "e-forum-2": ("Forum", "miljöforumet", "the Environment Forum"),
    "e-forums": ("Forum", "arbetsgrupperna", "the working groups"),
    "e-other": ("OtherOrganization", "stiftelsen Fyrljus", "the Fyrljus foundation"),
    "e-others": ("OtherOrganization", "föreningarna", "the associations"),
    "e-port": ("Port", "Ekviks hamn", "the Port of Ekvik"),
    "e-university": ("University", "Ekviks högskola", "Ekvik University College"),
    "e-body": ("Body", "kustrådet", "the Coastal Council"),
    "e-bodies": ("Body", "tillsynsorganen", "the supervisory bodies"),
    "e-group": ("Group", "grannkommunerna", "the neighbouring municipalities"),
    "e-region": ("Region", "Kustregionen", "the Coastal Region"),
    "e-place": ("Place", "Strandby", "Strandby"),
    "e-place-2": ("Place", "innerhamnen", "the inner harbour"),
    "e-places": ("Place", "hamnkvarteren", "the harbour quarters"),
    "e-country": ("Country", "Nordlandet", "the Northland"),
    "e-event": ("Event", "kongressen Hav och stad", "the Sea and City congress"),
    "e-event-2": ("Event", "hamnmässan", "the harbour fair"),
    "e-series": ("EventSeries", "hamndagarna", "the harbour days"),
    "e-week": ("EventSeries", "seglarveckan", "the sailing week"),
    "e-meetings": ("EventSeries", "hamnmöten", "harbour meetings"),
    "e-initiative": ("Initiative", "initiativet Blå stad", "the Blue City initiative"),
    "e-fund": ("Fund", "kustfonden", "the Coastal Fund"),
    "e-fund-2": ("Fund", "hamnfonden", "the Harbour Fund"),
    "e-funds": ("Fund", "havsfonderna", "the maritime funds"),
    "e-priority": ("PriorityAxis", "insatsområde 2", "priority axis 2"),
    "e-programme": ("Programme", "kustprogrammet", "the Coastal Programme"),
    "e-project": ("Project", "projektet Tangvall", "the Tangvall project"),
    "e-projects": ("Project", "hamnprojekten", "the harbour projects"),
    "e-topic": ("Topic", "vattenvård", "water management"),
    "e-topic-2": ("Topic", "stadsodling", "urban gardening"),
    "e-topics": ("Topic", "havsfrågorna", "maritime issues"),
    "e-area": ("FocusArea", "levande hamnar", "living harbours"),
    "e-work": ("Work", "handboken Strandkanten", "the Strandkanten handbook"),
    "e-work-2": ("Work", "kustmodellen", "the Coastal Model"),
    "e-works": ("Work", "vägledningarna", "the guidelines"),
    "e-policy": ("SteeringDocument", "kustplanen", "the Coastal Plan"),
    "e-policy-2": ("SteeringDocument", "havsstrategin", "the Maritime Strategy"),
    "e-system": ("System", "ärendesystemet", "the case system"),
    "e-document": ("Document", "årsberättelsen för 2030", "the annual report for 2030"),
    "e-agreement": ("CooperationAgreement", "samarbetsavtalet med Sundholm", "the agreement with Sundholm"),
}
#: those that are named in the plural
PLURAL = {id_ for id_ in ENTITIES if id_.endswith("s")} | {"e-group", "e-contacts"}

#: which records suit a key best, where its class alone would give odd ones
SUITED: dict[str, tuple[str, ...]] = {
    "in": ("e-network", "e-event", "e-project", "e-networks"),
    "isPartOf": ("e-network", "e-programme", "e-policy", "e-networks"),
    "location": ("e-place", "e-place-2", "e-places"),
    "Participation.in": ("e-event", "e-meetings"),
    "Consortium.regarding": ("e-event", "e-event-2", "e-series"),
    "broader": ("e-topic-2", "e-area"),
    "absentFrom": ("e-event", "e-series"),
    "funded": ("e-fund", "e-priority", "e-funds"),
    "MeetingRate.participant": ("e-forum", "e-network", "e-forums"),
    "MeetingSeries.participant": ("e-forum", "e-network", "e-forums"),
    "intern": ("e-post", "e-post-2"),
    "PoliticalAnchoring.body": ("e-board", "e-boards"),
    "Gap.about": ("e-network", "e-project", "e-topics"),
    "StatusAssessment.of": ("e-agreement", "e-contacts"),
    "selected": ("e-city", "e-city-2", "e-group"),
    "of": ("e-network", "e-agreement", "e-unit", "e-networks"),
    "visited": ("e-city-2", "e-city", "e-group"),
    "via": ("e-unit", "e-unit-2", "e-units"),
    "body": ("e-network", "e-networks"),
    "organization": ("e-network", "e-networks"),
    "anchored": ("e-event", "e-series"),
    "anchor": ("e-network", "e-network-2", "e-networks"),
    "approver": ("e-board", "e-board-2", "e-boards"),
    "decider": ("e-board", "e-board-2", "e-boards"),
    "keyMeans": ("e-event", "e-event-2", "e-series"),
    "occasion": ("e-event", "e-event-2", "e-series"),
    "means": ("e-project", "e-work", "e-projects"),
    "reason": ("e-event", "e-policy", "e-series"),
    "mainlyRegarding": ("e-project", "e-work", "e-projects"),
    "mainlyVia": ("e-unit", "e-unit-2"),
    "selectedFor": ("e-initiative", "e-projects"),
    "contributedTo": ("e-work", "e-works"),
    "for": ("e-event", "e-series"),
    "overshadowed": ("e-event", "e-event-2", "e-series"),
    "overshadowedBy": ("e-topic", "e-topic-2", "e-topics"),
    "connected": ("e-policy", "e-policy-2", "e-works"),
    "linked": ("e-policy", "e-work", "e-works"),
    "linkedTo": ("e-policy-2", "e-programme", "e-works"),
    "grounded": ("e-policy", "e-work", "e-works"),
    "ground": ("e-policy-2", "e-topic", "e-works"),
    "aiming": ("e-policy", "e-project", "e-projects"),
    "aimedAt": ("e-policy-2", "e-programme", "e-works"),
    "capacity": ("e-tenure", "e-tenure-2"),
    "awarder": ("e-body", "e-other", "e-bodies"),
    "unitOf": ("e-city", "e-units"),
    "postIn": ("e-city",),
    "about": ("e-document", "e-network", "e-networks"),
    "staffed": ("e-unit", "e-units"),
    "shownAt": ("e-event", "e-series"),
}
#: a role that may hold any record at all is given a topic, then a project
ANY = ("e-topic", "e-project", "e-topic-2", "e-network", "e-topics", "e-projects")

#: a text for a key, or for the key of one kind, in Swedish and English
TEXTS: dict[str, tuple[str, str]] = {
    "name": ("avtalet Strandlinjen", "the Strandline agreement"),
    "purpose": ("att sprida kunskap om hav", "to spread knowledge of the sea"),
    "cause": ("en storm", "a storm"),
    "mainCause": ("högt vattenstånd", "high water levels"),
    "explanation": ("bara att den är lång", "only that it is long"),
    "counted": ("fiskslag", "fish species"),
    "awardedTitle": ("Årets kuststad", "Coastal City of the Year"),
    "where": ("på museet", "at the museum"),
    "audience": ("unga seglare", "young sailors"),
    "especially": ("särskilt i media", "especially in the media"),
    "perspective": ("ett kustperspektiv", "a coastal perspective"),
    "formerName": ("Hamnrådet", "the Harbour Council"),
    "newName": ("Kustrådet", "the Coastal Council"),
    "thresholdText": ("en miljon kronor", "one million Swedish kronor"),
    "amountText": ("tio miljoner kronor", "ten million Swedish kronor"),
    "sourceNote": ("texten är ett utkast", "the text is a draft"),
    "matter": ("samråd", "consultation"),
    "FailedNegotiation.matter": ("ett samarbetsavtal", "a cooperation agreement"),
    "NonConclusion.matter": ("vänortsavtal", "twinning agreement"),
    "DeclinedInvitation.matter": ("till en konferens", "to a conference"),
    "Exchange.matter": ("erfarenheter", "experience"),
    "Preparation.matter": ("val av lokal", "the choice of venue"),
    "NewRelation.matter": ("handel", "trade"),
    "Support.matter": ("i arbetet med hamnen", "in the work on the harbour"),
    "Approval.matter": ("en handlingsplan", "an action plan"),
    "Contribution.matter": ("översättningen", "the translation"),
    "Interest.matter": ("att delta i", "taking part in"),
    "ActivityAssessment.matter": ("deltog aktivt i arbetet", "took an active part in the work"),
    "ActivityAssessment.matter alone": ("inga möten hölls", "no meetings were held"),
    "Advocacy.matter": ("frågan om fri färja", "the matter of free ferries"),
    "Positioning.matter": ("klimatfrågan", "the climate issue"),
    "MeetingRate.matter": ("planering", "planning"),
    "CounterpartMeetings.matter": ("aktiviteter", "activities"),
    "RoleTenure.explanation": ("tiden är omtvistad", "the time is disputed"),
    "Engagement.matter": ("arbetade med", "worked with"),
    "PolicyWork.matter": ("genomförandet av", "the implementation of"),
    "ScopeExclusion.cause": ("det redovisas på annat håll", "it is reported elsewhere"),
}
LITERALS = {
    f"{XSD}boolean": "true",
    f"{XSD}integer": "3",
    f"{XSD}decimal": "500000",
    f"{XSD}string": "Q100",
}


def stock(vocabulary: Vocabulary) -> dict[str, Record]:
    """All records of the stock by id; a class that has none gets one, named by its label."""
    records = {id_: _entity(id_, *said) for id_, said in ENTITIES.items()}
    for id_, role, body in (("e-tenure", "chair", "e-network"), ("e-tenure-2", "secretary", "e-forum")):
        values: dict[str, tuple[Value, ...]] = {"holder": (Ref("e-city"),), "body": (Ref(body),)}
        values["role"] = (Term(f"{RG}{role}"),)
        records[id_] = Record(id_, "RoleTenure", values)
    records["e-contacts"] = Record("e-contacts", "MutualContact", {"party": (Ref("e-city"), Ref("e-port"))})
    entity = f"{RG}Entity"
    for kind in vocabulary.kinds.values():
        if kind.is_a(entity) and kind.templates and all(r.type != kind.name for r in records.values()):
            id_ = f"e-{kind.name.lower()}"
            records[id_] = _entity(id_, kind.name, kind.labels["sv"], f"the {kind.labels['en']}")
    return records


def _entity(id_: str, type_: str, swedish: str, english: str) -> Record:
    names = (Text(swedish, "sv"), Text(english, "en"))
    values: dict[str, tuple[Value, ...]] = {"name": names, "inText": names}
    if id_ in PLURAL:
        values["isPlural"] = (Typed("true", f"{XSD}boolean"),)
    return Record(id_, type_, values)


class Stock:
    """The stock records, and what to put under a key."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.records = stock(vocabulary)

    def fitting(self, kind: Kind, key: str, *, plural: bool = False) -> list[str]:
        """The ids of the records that a key may refer to, the most natural first."""
        rule = kind.rules[key]
        fit = [
            record.id
            for record in self.records.values()
            if all(self.vocabulary.is_a(record.type, iri) for iri in rule.classes)
        ]
        wide = any(iri in (f"{RG}Record", f"{RG}Entity") for iri in rule.classes)
        suited = SUITED.get(f"{kind.name}.{key}") or SUITED.get(key) or (ANY if wide else ())
        ordered = [id_ for id_ in dict.fromkeys((*suited, *fit)) if id_ in fit]
        alike = [id_ for id_ in ordered if (id_ in PLURAL) == plural]
        return alike or ([] if plural else ordered)

    def values(self, kind: Kind, key: str, count: int, used: set[str]) -> tuple[Value, ...]:
        """``count`` values for a key, records that are not ``used`` yet where there are any."""
        rule = kind.rules[key]
        if key in TIME_KEYS:
            return (Edtf("2030"),)
        if rule.datatype == f"{RDF}langString":
            alone = () if used else (f"{kind.name}.{key} alone",)
            found = (TEXTS[name] for name in (*alone, f"{kind.name}.{key}", key, "matter") if name in TEXTS)
            swedish, english = next(found)
            return (Text(swedish, "sv"), Text(english, "en"))
        if rule.datatype or not rule.classes:
            return (Typed(LITERALS.get(rule.datatype, "12"), rule.datatype),)
        terms = self.concepts(rule)
        if terms:
            return tuple(terms[:count])
        if any(iri.endswith("#Property") for iri in rule.classes):
            return tuple(Term(f"{RG}{name}") for name in ("party", "count"))[:count]
        fitting = self.fitting(kind, key)
        known = [id_ for id_ in SUITED.get(key, ()) if id_ in fitting]
        fitting = known if len(known) >= count else fitting
        chosen = sorted(fitting, key=lambda id_: (id_ in used, fitting.index(id_)))[:count]
        used.update(chosen)
        return tuple(Ref(id_) for id_ in chosen)

    def concepts(self, rule: KeyRule) -> list[Term]:
        """The concepts that a key of a controlled list may have, in the list's order."""
        listed = [
            c for c in self.vocabulary.concepts.values() if rule.classes and {*rule.classes} <= {*c.classes}
        ]
        return [Term(c.iri) for c in sorted(listed, key=lambda c: (c.order, c.name))]


#: by name of the case, the times of a record; the data are as of the end of 2030
TIMES: Mapping[str, dict[str, str]] = {
    "from": {"from": "2027"},
    "to, past": {"to": "2029"},
    "to, to come": {"to": "2033"},
    "from and to, past": {"from": "2027-05-04", "to": "2029-06"},
    "from and to, to come": {"from": "2027", "to": "2033"},
    "from one of two": {"from": "[2027..2028]"},
    "date": {"date": "2030-10"},
    "about a date": {"date": "2030-10-15~"},
    "during": {"during": "2030"},
    "observedIn": {"observedIn": "2030"},
}


def timed(kind: Kind) -> Iterator[tuple[str, dict[str, tuple[Value, ...]]]]:
    """The times that a kind may have, each with the name of its case.

    All relationships may carry ``from`` and ``to``; only what lasts, and so has a tense, is said with them.
    """
    wanted = [key for key in TIME_KEYS if key in kind.rules]
    required = [key for key in wanted if kind.rules[key].minimum]
    lasting = {"current", "from", "to"} & {key for each in kind.templates.values() for key in keys(each)}
    for name, times in TIMES.items():
        fit = all(key in wanted and (lasting or key not in ("from", "to")) for key in times)
        if fit and all(key in times for key in required):
            yield name, {key: (Edtf(text),) for key, text in times.items()}
