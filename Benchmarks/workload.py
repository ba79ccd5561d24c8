"""The work: 10,000 tasks of ten filled registers over 200 accounts, the same words for kam and for Taskwarrior.

Deterministic: the same seed makes the same tasks, on every machine.
"""

import datetime
import json
import random
import uuid

DEPARTMENTS = ["sales", "support", "finance", "logistics", "marketing"]
PRIORITIES = ["low", "normal", "high", "urgent"]
OWNER = "olga@bench.example"
FIRST_DAY = datetime.date(2026, 1, 5)

_VERBS = "Prepare Send Check Agree Review Deliver Negotiate Update Book Answer Confirm Close".split()
_THINGS = [
    "the renewal offer", "the framework contract", "the quarterly review", "the delivery schedule",
    "the credit limit", "the complaint about late pallets", "the price list", "the site visit",
    "the training day", "the customs papers", "the reference case", "the forecast for next year",
]
_TAILS = ["with purchasing", "for the Lyon plant", "before the board meets", "after the audit",
          "with their new director", "for the second warehouse", "by phone", "in writing"]
_WORDS = (
    "customer asks volume discount pallets delivery Tuesday invoice warehouse contract director agreed margin "
    "forecast quarter plant carrier customs purchasing review meeting draft signature budget quality complaint "
    "replacement spare parts training visit reference price list terms payment thirty days stock shortage"
).split()
_COMPANY = ["Nord", "Alpen", "Delta", "Boreal", "Iberia", "Volta", "Kestrel", "Lumen", "Orion", "Sable"]
_TRADE = ["Logistics", "Foods", "Chemicals", "Machines", "Textiles", "Energy", "Paper", "Optics", "Metals", "Pharma"]


def _prose(source, count):
    words = [source.choice(_WORDS) for _ in range(count)]
    return " ".join(words).capitalize() + "."


def accounts(count):
    """Names and short names."""
    for number in range(count):
        name = f"{_COMPANY[number % 10]} {_TRADE[number // 10 % 10]} {number + 1}"
        yield {"name": name, "slug": f"customer-{number + 1:03d}"}


def tasks(count, account_count, seed=1):
    """Ten values each: title, detail, department, due, priority, side, requester, note, evidence, status."""
    source = random.Random(seed)
    for number in range(count):
        due = FIRST_DAY + datetime.timedelta(days=source.randrange(400))
        yield {
            "account": f"customer-{number % account_count + 1:03d}",
            "title": f"{source.choice(_VERBS)} {source.choice(_THINGS)} {source.choice(_TAILS)}",
            "detail": _prose(source, 24),
            "department": source.choice(DEPARTMENTS),
            "due": due.isoformat(),
            "priority": source.choice(PRIORITIES),
            "side": source.choice(["ours", "theirs"]),
            "requested-by": OWNER,
            "progress-note": _prose(source, 10),
            "evidence": "Mail of " + due.isoformat() + ", order " + str(source.randrange(10**6, 10**7)),
        }


def kam_lines(records, kind):
    """One JSON object a line, as `kam import` reads them. The tenth register, the status, is what a new task has."""
    return "".join(json.dumps({"kind": kind, **record}) + "\n" for record in records)


def taskwarrior_document(records, seed=1):
    """What `task import` reads. Ids and entry times are ours, so that every run imports the same bytes."""
    source = random.Random(seed)
    begin = datetime.datetime(2026, 1, 1)
    document = []
    for number, record in enumerate(records):
        entry = (begin + datetime.timedelta(seconds=number)).strftime("%Y%m%dT%H%M%SZ")
        document.append({
            "uuid": str(uuid.UUID(int=source.getrandbits(128), version=4)),
            "entry": entry,
            "modified": entry,
            "status": "pending",
            "description": record["title"],
            "project": record["account"],
            "due": record["due"].replace("-", "") + "T000000Z",
            "priority": {"low": "L", "normal": "M", "high": "H", "urgent": "H"}[record["priority"]],
            "department": record["department"],
            "detail": record["detail"],
            "side": record["side"],
            "requester": record["requested-by"],
            "evidence": record["evidence"],
            "annotations": [{"entry": entry, "description": record["progress-note"]}],
        })
    return json.dumps(document)
