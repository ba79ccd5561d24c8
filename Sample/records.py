"""What every part needs: repeatable randomness, ids, amounts, days, and the book that records are kept in."""

import collections
import csv
import datetime
import hashlib
import json
import os
import random
import uuid

EUROS = {"EUR": 1.0, "GBP": 0.86, "USD": 1.08, "JPY": 160.0}
"""What a euro is worth, fixed: a sample must not change with the markets."""

DAY_MILLISECONDS = 86_400_000

# A record may only point to records of a kind before its own, or of its own kind with a smaller depth.
KIND_ORDER = """
product strategy survey-template interview-guide selection-criterion segment health-definition kpi-target
service-level exchange-rate import-mapping plan-template template-step account division contact contact-point privileged-contact coverage plan objective
project department-expectation swot-item stakeholder-role influence whitespace-cell opportunity observation task
task-dependency task-role interview survey-campaign survey-invitation survey-response external-review
service-request request-event communication-item communication-sent interaction business-review participant
criterion-score segment-member comment cost-event revenue-target profitability-target contract sale
""".split()

KIND_NUMBERS = {"objective": 41, "task": 42, "opportunity": 49, "interview": 51, "service-request": 56,
                "interaction": 60, "business-review": 62}
"""As a comment names the kind of what it is about (Protocol/model.md)."""

SALES_HEADER = ["account", "occurred-on", "product", "type", "revenue", "cost", "currency", "order", "source",
                "strategy"]


# --- Numbers ---------------------------------------------------------------------------------------------------------


def stream(seed, *purpose):
    """A generator of its own for each purpose, so that more records of one kind do not change those of another."""
    return random.Random("|".join(map(str, (seed, *purpose))))


def shares(total, weights):
    """`total` split into whole numbers in proportion to `weights`, exactly."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    counts = [int(share) for share in exact]
    rest = sorted(range(len(weights)), key=lambda place: (counts[place] - exact[place], place))
    for place in rest[:total - sum(counts)]:
        counts[place] += 1
    return counts


def poisson(source, mean):
    """How many of something rare happen; by waiting times, which is fast enough for means below a hundred."""
    count, waited = 0, source.expovariate(1)
    while waited < mean:
        count, waited = count + 1, waited + source.expovariate(1)
    return count


def clamp(value, least, most):
    """The value, or the bound that it goes over."""
    return max(least, min(most, value))


# --- Days and amounts ------------------------------------------------------------------------------------------------


def milliseconds(day, hour=9, minute=0):
    """Unix milliseconds of a time of day in UTC."""
    return ((day - datetime.date(1970, 1, 1)).days * 24 + hour) * 3_600_000 + minute * 60_000


def day_of(instant):
    """The day in UTC that holds an instant."""
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=instant // DAY_MILLISECONDS)


def after(day, days):
    """So many days later; earlier, when below zero."""
    return day + datetime.timedelta(days=days)


def working(day):
    """The day itself, or the Monday after it."""
    return after(day, (7 - day.weekday()) % 7 if day.weekday() > 4 else 0)


def office_hours(instant, hours_from_utc):
    """The same moment, or, when it lies in the evening, at night or on a weekend, one in the first hour after that.

    Order is kept: what came later at night comes later in the morning.
    """
    local = instant + hours_from_utc * 3_600_000
    day, hour = day_of(local), local % DAY_MILLISECONDS / 3_600_000
    if day.weekday() < 5 and 8 <= hour < 18:
        return instant
    closed = day if hour >= 18 else after(day, -1)
    while closed.weekday() > 4:
        closed = after(closed, -1)
    opened = working(after(closed, 1))
    closes, opens = milliseconds(closed, 18), milliseconds(opened, 8)
    return opens + (local - closes) * 3_600_000 // (opens - closes) - hours_from_utc * 3_600_000


def period(first, last):
    """As the importer reads it."""
    return f"{first.isoformat()}..{last.isoformat()}"


def minor(euros, currency):
    """Euros as an amount in another currency's minor unit."""
    amount = euros * EUROS[currency]
    return round(amount) if currency == "JPY" else round(amount * 100)


def money(minor_units, currency, point="."):
    """"1200.50 EUR"."""
    return f"{decimal(minor_units, currency, point)} {currency}"


def decimal(minor_units, currency, point="."):
    """Minor units as an amount without its currency."""
    if currency == "JPY":
        return str(minor_units)
    return f"{minor_units // 100}{point}{minor_units % 100:02d}"


def rounded_money(euros, currency):
    """As people plan: two or three digits that say something, then zeros."""
    amount = euros * EUROS[currency]
    step = 10 ** max(0, len(str(int(amount))) - 2)
    amount = max(step, int(round(amount / step)) * step)
    return money(amount if currency == "JPY" else amount * 100, currency)


# --- The book --------------------------------------------------------------------------------------------------------


class Book:
    """All records, by who imports them and by kind, in the order in which they were added."""

    def __init__(self, seed):
        self.seed = seed
        self.counts = collections.Counter()
        # By currency, in minor units, without regard to who takes back what: to see that amounts arrive as they left.
        self.sold = collections.Counter()
        self._lines = collections.defaultdict(list)

    def new_id(self, kind, key, at):
        """A UUID of version 7 made of the record's time and of what it is, so that a second run makes the same one."""
        digest = int.from_bytes(hashlib.sha256(f"{self.seed}|{kind}|{key}".encode()).digest()[:10], "big")
        value = at << 80 | 0x7 << 76 | (digest & 0xFFF) << 64 | 0b10 << 62 | digest >> 12 & (1 << 62) - 1
        return str(uuid.UUID(int=value))

    def add(self, importer, kind, key, at, account=None, depth=0, record_id=None, **fields):
        """Adds a record; fields that are None are left out.

        `importer` is the folder of the person who imports it, `at` its time in Unix milliseconds, and `depth` how many
        records of its own kind stand above it.
        """
        record_id = record_id or self.new_id(kind, key, at)
        line = {"kind": kind, "id": record_id}
        if account:
            line["account"] = account
        line.update((name.replace("_", "-"), value) for name, value in fields.items() if value is not None)
        self._lines[importer, kind].append((depth, line))
        self.counts[kind] += 1
        return record_id

    def write(self, directory, importers, sales_format):
        """Writes a folder for each importer; files are imported in the order of their names.

        Returns the folders with their files, in the order of `importers`.
        """
        folders = []
        for importer in importers:
            files = []
            for place, kind in enumerate(KIND_ORDER, 1):
                lines = self._lines.get((importer, kind))
                if not lines:
                    continue
                os.makedirs(os.path.join(directory, importer), exist_ok=True)
                is_table = kind == "sale" and sales_format == "csv"
                name = "sales.csv" if is_table else f"{place:02d}-{kind}.jsonl"
                ordered = [line for _, line in sorted(lines, key=lambda pair: pair[0])]
                (_write_sales if is_table else _write_lines)(os.path.join(directory, importer, name), ordered)
                files.append(name)
            if files:
                folders.append({"person": importer, "files": files})
        return folders


def _write_lines(path, lines):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        for line in lines:
            visible = {name: value for name, value in line.items() if not name.startswith("csv:")}
            file.write(json.dumps(visible, ensure_ascii=False) + "\n")


def _write_sales(path, lines):
    """As a spreadsheet of a French or German office saves it: byte order mark, semicolons, decimal commas."""
    with open(path, "w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file, delimiter=";", lineterminator="\r\n")
        table.writerow(SALES_HEADER)
        for line in lines:
            (revenue, currency), (cost, _) = line["revenue"].split(" "), line["cost"].split(" ")
            year, month, day = line["occurred-on"].split("-")
            table.writerow([
                line["account"], f"{day}/{month}/{year}", line["csv:product"], line["type"],
                revenue.replace(".", ","),
                cost.replace(".", ","), currency, line["order"], line["source"], line.get("csv:strategy", "")])
