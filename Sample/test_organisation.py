"""What the sample promises: the same bytes for the same seed, every kind of the model, references that lead somewhere.

    python3 -m unittest discover Sample
"""

import csv
import datetime
import filecmp
import json
import os
import re
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import make_sample
import organisation
from people import EVERYBODY, MANAGERS
from records import SALES_HEADER, milliseconds, money, office_hours, shares

MODEL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Protocol", "model.md")
SCALE = 0.02
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
# Made by the server: from invites, and from what an admin says of departments.
SERVER_MADE = {"person", "department"}
# Filled in by the client with who imports; another name would be refused.
AUTHORS = {"interaction": "by", "request-event": "by", "communication-sent": "by", "comment": "author"}


def kinds_of_model():
    """The kinds' names as people type them, from the table of Protocol/model.md."""
    with open(MODEL, encoding="utf-8") as file:
        names = re.findall(r"^\| KIND_([A-Z_]+) = (\d+) ", file.read(), re.MULTILINE)
    return {name.lower().replace("_", "-"): int(number) for name, number in names if number != "0"}


def made(directory, **choices):
    """A small sample in a directory; returns its manifest."""
    world, accounts = organisation.generate(choices.pop("seed", 1), SCALE)
    return organisation.write(world, accounts, directory, **choices)


class OrganisationTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory(prefix="kam-sample-")
        cls.directory = os.path.join(cls.place.name, "lines")
        cls.table = os.path.join(cls.place.name, "table")
        cls.manifest = made(cls.directory, sales_format="jsonl")
        made(cls.table)

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def folders(self):
        return [entry for phase in ("directory", "accounts", "departments")
                for entry in self.manifest["phases"][phase]]

    def lines(self):
        """Every record with who imports it, in the order in which it is imported."""
        for entry in self.folders():
            for name in entry["files"]:
                with open(os.path.join(self.directory, entry["person"], name), encoding="utf-8") as file:
                    for line in file:
                        yield entry["person"], json.loads(line)

    def test_the_same_seed_makes_the_same_bytes(self):
        again, other = (os.path.join(self.place.name, name) for name in ("again", "other"))
        made(again)
        made(other, seed=2)
        files = [os.path.relpath(os.path.join(at, name), self.table)
                 for at, _, names in os.walk(self.table) for name in names]
        self.assertEqual(filecmp.cmpfiles(self.table, again, files, shallow=False), (files, [], []))
        _, different, missing = filecmp.cmpfiles(self.table, other, files, shallow=False)
        self.assertGreater(len(different) + len(missing), len(files) * 0.8)

    def test_every_kind_of_the_model_is_used(self):
        kinds = kinds_of_model()
        self.assertGreater(len(kinds), 40)
        self.assertEqual(set(kinds) - SERVER_MADE, set(self.manifest["counts"]))
        self.assertTrue(any(person["departments"] for person in self.manifest["people"]))

    def test_the_manifest_counts_what_is_in_the_files(self):
        counts = {}
        for _, record in self.lines():
            counts[record["kind"]] = counts.get(record["kind"], 0) + 1
        self.assertEqual(counts, self.manifest["counts"])
        self.assertEqual((counts["account"], counts["task"], counts["sale"]), (12, 200, 2000))

    def test_numbers_at_full_size(self):
        world = organisation.World(1, 1.0, organisation.TODAY, organisation.Book(1))
        self.assertEqual((world.account_count, world.task_count, world.sale_count), (200, 10_000, 100_000))
        self.assertEqual((len(EVERYBODY), len(MANAGERS), len({person.folder for person in EVERYBODY})), (40, 12, 40))

    def test_references_lead_to_records_imported_before(self):
        known, slugs, owners = set(), set(), {}
        emails = {person["email"]: person["folder"] for person in self.manifest["people"]}
        for folder, record in self.lines():
            self.assertRegex(record["id"], IDENTIFIER)
            self.assertNotIn(record["id"], known)
            for name, value in record.items():
                if name != "id" and isinstance(value, str):
                    if IDENTIFIER.fullmatch(value):
                        self.assertIn(value, known, f"{name} of {record}")
                    if value.endswith("@vernoux.example"):
                        self.assertIn(value, emails)
            if record["kind"] == "account":
                slugs.add(record["slug"])
                owners[record["slug"]] = folder
                self.assertEqual(emails[record["manager"]], folder)
            elif "account" in record:
                self.assertIn(record["account"], slugs)
                if record["kind"] not in AUTHORS:
                    self.assertEqual(owners[record["account"]], folder, record)
            known.add(record["id"])
        for share in self.manifest["shares"]:
            self.assertEqual(owners[share["account"]], share["by"])
            self.assertNotEqual(emails[share["with"]], share["by"])

    def test_references_stay_in_their_account(self):
        account_of = {}
        for _, record in self.lines():
            for value in record.values():
                if isinstance(value, str) and value in account_of and record["kind"] != "account":
                    self.assertIn(account_of[value], (None, record.get("account")), record)
            account_of[record["id"]] = record.get("account")

    def test_authors_are_left_to_the_client(self):
        for _, record in self.lines():
            self.assertNotIn(AUTHORS.get(record["kind"]), record)

    def test_the_one_privileged_contact_has_the_id_that_every_replica_derives(self):
        accounts = {record["slug"]: record["id"] for _, record in self.lines() if record["kind"] == "account"}
        derived = [record for _, record in self.lines() if record["kind"] == "privileged-contact"]
        self.assertTrue(derived)
        for record in derived:
            account = accounts[record["account"]]
            self.assertEqual(int(account.replace("-", ""), 16) ^ 38, int(record["id"].replace("-", ""), 16))

    def test_nothing_waits_in_a_circle(self):
        needs = {}
        for _, record in self.lines():
            if record["kind"] == "task-dependency":
                needs.setdefault(record["task"], []).append(record["needs"])

        def depth(task, above=()):
            self.assertNotIn(task, above)
            return 1 + max((depth(other, (*above, task)) for other in needs.get(task, ())), default=0)

        self.assertGreater(max(map(depth, needs)), 1)

    def test_what_happened_lies_in_the_past(self):
        end = milliseconds(organisation.TODAY, 24)
        today = organisation.TODAY.isoformat()
        for _, record in self.lines():
            for name in ("occurred-at", "opened-at", "invited-at", "written-ms"):
                self.assertLess(record.get(name, 0), end, record)
            for name in ("occurred-on", "done-on", "left-on", "observed-on", "held-on", "scored-on", "verified-on",
                         "first-contact-on"):
                self.assertLessEqual(record.get(name, ""), today, record)

    def test_a_done_task_says_who_did_it_and_when(self):
        for _, record in self.lines():
            if record["kind"] == "task":
                self.assertEqual(record["status"] == "done", "done-on" in record)
                self.assertEqual(record["status"] in ("open", "cancelled"), "claimed-by" not in record, record)
                self.assertEqual(record["status"] == "blocked", "blocked-reason" in record)

    def test_texts_keep_their_bounds_and_are_filled_in(self):
        bounds = {
            "title": 200, "name": 200, "subject": 300, "summary": 1000, "next-step": 500, "evidence": 500, "slug": 40,
            "statement": 500, "note": 500, "blocked-reason": 500, "reason": 500, "rationale": 1000}
        for _, record in self.lines():
            for name, value in record.items():
                if isinstance(value, str):
                    self.assertNotRegex(value, r"[{}]|\bNone\b")
                    self.assertTrue(value.strip(), record)
                    self.assertLessEqual(len(value), bounds.get(name, 20_000), record)
                    if name in bounds and name != "note":
                        self.assertNotIn("\n", value)

    def test_sales_are_the_same_as_lines_and_as_a_table(self):
        skus = {record["id"]: record["sku"] for _, record in self.lines() if record["kind"] == "product"}
        strategies = {record["id"]: record["name"] for _, record in self.lines() if record["kind"] == "strategy"}
        sales = [(folder, record) for folder, record in self.lines() if record["kind"] == "sale"]
        rows = []
        for folder in dict.fromkeys(folder for folder, _ in sales):
            path = os.path.join(self.table, folder, "sales.csv")
            with open(path, "rb") as file:
                self.assertTrue(file.read(3) == b"\xef\xbb\xbf")
            with open(path, encoding="utf-8-sig", newline="") as file:
                table = csv.DictReader(file, delimiter=";")
                self.assertEqual(table.fieldnames, SALES_HEADER)
                rows += list(table)
        self.assertEqual(len(rows), len(sales))
        for row, (_, record) in zip(rows, sales):
            day = datetime.datetime.strptime(row["occurred-on"], "%d/%m/%Y").date().isoformat()
            revenue, cost = (f"{row[name].replace(',', '.')} {row['currency']}" for name in ("revenue", "cost"))
            self.assertEqual(
                (row["account"], day, row["product"], row["type"], revenue, cost,
                 row["order"], row["source"], row["strategy"]),
                (record["account"], record["occurred-on"], skus[record["product"]], record["type"], record["revenue"],
                 record["cost"],
                 record["order"], record["source"], strategies.get(record.get("strategy"), "")))
        self.assertEqual(len({(record["order"], record["source"]) for _, record in sales}), len(sales))
        notes = sum(record["type"] == "credit-note" for _, record in sales)
        self.assertEqual(notes, round(len(sales) * 0.02))


class StoryTests(unittest.TestCase):
    """What the figures should tell, on a sample big enough to tell it."""

    @classmethod
    def setUpClass(cls):
        cls.world, accounts = organisation.generate(1, 0.5)
        cls.buyers = sorted((account for account in accounts if account.orders), key=lambda account: account.quality)

    def test_a_fifth_of_the_customers_brings_most(self):
        revenues = sorted((account.revenue() for account in self.buyers), reverse=True)
        share = sum(revenues[:len(revenues) // 5]) / sum(revenues)
        self.assertTrue(0.5 < share < 0.85, share)

    def test_who_is_served_badly_is_lost_more_often(self):
        third = len(self.buyers) // 3
        lost = [sum(account.stage in ("lost", "dormant") for account in part)
                for part in (self.buyers[:third], self.buyers[-third:])]
        self.assertGreater(lost[0], 1.5 * lost[1])
        self.assertGreater(lost[1], 0)

    def test_there_are_those_who_come_and_those_who_go(self):
        stages = {account.stage for account in self.buyers}
        self.assertEqual(stages, {"buyer", "loyal", "dormant", "lost"})
        self.assertTrue(any(not account.is_old for account in self.buyers))


class PartTests(unittest.TestCase):
    def test_shares_are_whole_and_exact(self):
        self.assertEqual(shares(10, [1, 1, 1]), [4, 3, 3])
        self.assertEqual(sum(shares(997, [3.7, 0.1, 12, 5])), 997)

    def test_money_is_written_as_its_currency_asks(self):
        self.assertEqual([money(120050, "EUR"), money(5, "GBP"), money(1200, "JPY")],
                         ["1200.50 EUR", "0.05 GBP", "1200 JPY"])

    def test_what_falls_into_the_night_is_done_in_the_morning_in_its_order(self):
        friday = datetime.date(2026, 11, 20)
        evening, night = milliseconds(friday, 19), milliseconds(friday, 23)
        monday = datetime.date(2026, 11, 23)
        moved = [office_hours(evening, 1), office_hours(night, 1)]
        self.assertEqual(moved, sorted(moved))
        for instant in moved:
            self.assertTrue(milliseconds(monday, 7) <= instant <= milliseconds(monday, 8), instant)
        self.assertEqual(office_hours(milliseconds(friday, 10), 1), milliseconds(friday, 10))

    def test_a_sample_that_is_there_is_kept_unless_it_was_said(self):
        with tempfile.TemporaryDirectory() as place:
            os.mkdir(os.path.join(place, "files"))
            with self.assertRaisesRegex(make_sample.Failed, "FRESH=1"):
                make_sample.look(place, False)
            make_sample.look(place, True)
            os.rename(os.path.join(place, "files"), os.path.join(place, "letters"))
            with self.assertRaisesRegex(make_sample.Failed, "something else"):
                make_sample.look(place, True)


if __name__ == "__main__":
    unittest.main()
