"""Reads what `kam export` wrote with other people's parsers, and prints what they found as JSON.

    read_exports.py contacts.vcf plan.ics
"""
import json
import sys

import icalendar
import vobject


def cards(path):
    """Every contact of a vCard file; `validate` raises when a required property is missing."""
    found = []
    with open(path, encoding="utf-8", newline="") as file:
        for card in vobject.readComponents(file.read()):
            card.validate()
            found.append({
                "name": card.fn.value,
                "family": card.n.value.family,
                "organisation": card.org.value if hasattr(card, "org") else [],
                "emails": [line.value for line in card.contents.get("email", [])],
                "phones": [line.value for line in card.contents.get("tel", [])],
                "note": card.note.value if hasattr(card, "note") else "",
            })
    return found


def components(path):
    """The to-dos and events of a calendar."""
    with open(path, "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    found = []
    for component in calendar.walk():
        if component.name not in ("VTODO", "VEVENT"):
            continue
        day = component.get("due") or component.get("dtstart")
        rule = component.get("rrule")
        found.append({
            "type": component.name,
            "summary": str(component["summary"]),
            "day": day.dt.isoformat(),
            "every": rule["interval"][0] if rule else 0,
            "uid": str(component["uid"]),
        })
    return found


print(json.dumps({"cards": cards(sys.argv[1]), "calendar": components(sys.argv[2])}))
