#!/usr/bin/env python3
"""Makes the files of a sample organisation: forty people, 200 accounts, 10,000 tasks, 100,000 sales over three years.

    python3 Sample/organisation.py --output DIRECTORY [--seed 1] [--scale 1.0] [--sales-format csv]

Writes one folder for each person who imports, with files in the order of their names, and manifest.json, which says
who everybody is, in which order the folders go, with whom accounts are shared, and how many records of each kind there
are.
The same seed, scale and day make the same bytes, on every machine.
"""

import argparse
import dataclasses
import datetime
import json
import os
import shutil

import accounts as accounts_of
import analysis
import buying
import figures
import meetings
import planning
import relations
import service
import talk
import work
from catalogue import Catalogue
from people import ADMIN, DEPARTMENTS, EVERYBODY, EXECUTIVES, MANAGERS, ORGANIZATION, STAFF
from records import Book, stream

TODAY = datetime.date(2026, 11, 24)
"""The day on which the sample stands still: not the clock's, or every run would be another."""


@dataclasses.dataclass
class World:
    """What all parts of the sample share."""

    seed: int
    scale: float
    today: datetime.date
    book: Book
    first_day: datetime.date = None
    catalogue: Catalogue = None

    def __post_init__(self):
        self.first_day = self.today - datetime.timedelta(days=3 * 365)
        self.catalogue = Catalogue(self.first_day, self.today)
        self.account_count = max(accounts_of.ACCOUNTS_MIN, round(200 * self.scale))
        self.task_count = max(self.account_count, round(10_000 * self.scale))
        self.sale_count = max(100, round(100_000 * self.scale))
        self.credit_note_count = round(self.sale_count * buying.CREDIT_NOTE_SHARE)
        self.request_count = max(20, round(3_000 * self.scale))

    def add(self, account, kind, key, at, **fields):
        """Adds a record of an account, imported by its manager."""
        return self.book.add(account.folder, kind, key, at, account=account.slug, **fields)


def generate(seed=1, scale=1.0, today=TODAY):
    """All records, in a world whose book can be written."""
    world = World(seed, scale, today, Book(seed))
    world.catalogue.record(world.book)
    accounts = accounts_of.found(world)
    accounts_of.grow(world, accounts)
    accounts_of.record(world, accounts)
    for account in accounts:
        relations.record(world, account)
        planning.record(world, account)
        analysis.record(world, account)
        relations.record_roles(world, account)
    work.record(world, accounts)
    service.record_requests(world, accounts)
    for account in accounts:
        service.record_surveys(world, account)
        service.record_reviews(world, account)
        meetings.record(world, account)
        talk.record(world, account)
        figures.record_targets(world, account)
    figures.record_costs(world, accounts)
    figures.record_sales(world, accounts)
    return world, accounts


def access(world, accounts):
    """Who besides the manager is let into an account, and which department stays out of it."""
    random = stream(world.seed, "access")
    desk = [person for person in STAFF if person.belongs_to("sales")]
    shared, apart = [], []
    for account in accounts:
        if account.is_key:
            shared.append((account, random.choice(desk), "contributor"))
            others = [person for person in MANAGERS if person is not account.manager]
            shared.append((account, random.choice(others), "viewer"))
        elif random.random() < 0.1:
            shared.append((account, random.choice(MANAGERS + desk), random.choice(["contributor", "viewer"])))
        if account.index % 40 == 9:
            apart.append((account, "marketing"))
    return ([{"account": account.slug, "by": account.folder, "with": person.email, "role": role}
             for account, person, role in shared if person is not account.manager],
            [{"account": account.slug, "by": account.folder, "department": department}
             for account, department in apart])


def write(world, accounts, directory, sales_format="csv"):
    """Replaces what is in the directory."""
    if os.path.isdir(directory):
        shutil.rmtree(directory)
    os.makedirs(directory)
    phases = {"directory": [ADMIN], "accounts": MANAGERS, "departments": STAFF}
    shared, apart = access(world, accounts)
    manifest = {
        "organization": ORGANIZATION, "seed": world.seed, "scale": world.scale, "today": world.today.isoformat(),
        "people": [{"name": person.name, "folder": person.folder, "email": person.email, "role": person.role,
                    "departments": list(person.departments)} for person in EVERYBODY],
        "departments": DEPARTMENTS,
        "phases": {name: world.book.write(directory, [person.folder for person in people], sales_format)
                   for name, people in phases.items()},
        "shares": shared, "disengaged": apart,
        "executive": EXECUTIVES[0].folder,
        "counts": dict(sorted(world.book.counts.items())),
        "sold": dict(sorted(world.book.sold.items())),
    }
    with open(os.path.join(directory, "manifest.json"), "w", encoding="utf-8", newline="\n") as file:
        json.dump(manifest, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return manifest


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", required=True, metavar="DIRECTORY", help="what is in it is replaced")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0, help="1 makes 200 accounts; there are twelve at least")
    parser.add_argument("--today", type=datetime.date.fromisoformat, default=TODAY,
                        help=f"the last day; {TODAY} unless said")
    parser.add_argument("--sales-format", choices=["csv", "jsonl"], default="csv")
    given = parser.parse_args()
    if not 0 < given.scale <= 10:
        parser.error("--scale must be greater than 0, and 10 at most")
    world, accounts = generate(given.seed, given.scale, given.today)
    write(world, accounts, given.output, given.sales_format)
    for kind, count in sorted(world.book.counts.items(), key=lambda pair: (-pair[1], pair[0])):
        print(f"{count:8,}  {kind}")
    print(f"{sum(world.book.counts.values()):8,}  records in {given.output}")


if __name__ == "__main__":
    main()
