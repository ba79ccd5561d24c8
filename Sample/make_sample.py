#!/usr/bin/env python3
"""Makes the sample organisation as people would: a real server, forty joined devices, imports, syncs and shares.

`make sample` builds what this needs and calls it. Nothing here opens a database: all goes through kam and kamd.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time

import organisation

PEOPLE_AT_ONCE = 2
READY_SECONDS_MAX = 30
# The files of a folder that must be on the server before the others: the figures of an account belong to a scope that
# only the server makes.
FOUNDING = "-account.jsonl"
# Comments have no list of their own; `kam show` prints them with what they are about.
UNLISTED = {"comment"}
MUST_MATCH = ["account", "task", "sale"]


class Failed(Exception):
    """What ends the making; its words are for people."""


class Progress:
    """Says what was done, with the time since the beginning."""

    def __init__(self):
        self.began = time.monotonic()
        self._lock = threading.Lock()

    def say(self, text):
        """Prints a line at once, also into a pipe."""
        with self._lock:
            print(f"[{time.monotonic() - self.began:6.1f} s] {text}", flush=True)


class Sample:
    """The directory that is made, and the programs that work on it."""

    def __init__(self, directory, binaries, import_words):
        self.directory = os.path.abspath(directory)
        self.kam = os.path.join(os.path.abspath(binaries), "kam")
        self.kamd = os.path.join(os.path.abspath(binaries), "kamd")
        self.server_directory = os.path.join(self.directory, "server")
        self.files = os.path.join(self.directory, "files")
        self.import_words = import_words
        self.progress = Progress()
        self.server = None
        for program in (self.kam, self.kamd):
            if not os.access(program, os.X_OK):
                raise Failed(f"{program} is missing; `make release` builds it.")

    # --- Programs ---

    def home(self, folder):
        """Somebody's KAM_HOME."""
        return os.path.join(self.directory, "people", folder)

    def as_person(self, folder, *words, given=None, allowed=(0,)):
        """Runs kam as somebody, and returns what it printed; ends with another code than `allowed` are failures."""
        # What kam says follows the language of its user; failures are told here in one.
        # The server is on this machine, whatever proxy leads out of it.
        environment = dict(os.environ, KAM_HOME=self.home(folder), LC_ALL="C.UTF-8", no_proxy="localhost")
        return self._run([self.kam, *words], environment, given, f"{folder}$ kam {' '.join(words)}", allowed)

    def administer(self, *words):
        """Runs kamd on the server's directory, and returns the last line it printed: an invite, where it makes one."""
        environment = dict(os.environ, LC_ALL="C.UTF-8")
        command = [self.kamd, *words, "--data", self.server_directory]
        printed = self._run(command, environment, None, f"kamd {' '.join(words[:3])}")
        return printed.strip().splitlines()[-1]

    @staticmethod
    def _run(command, environment, given, told_as, allowed=(0,)):
        done = subprocess.run(command, env=environment, input=given, capture_output=True, text=True, check=False)
        if done.returncode not in allowed:
            last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
            raise Failed(f"{told_as} ended with {done.returncode}:\n{last}")
        return done.stdout

    def sync(self, folder):
        """Syncs; an edit that the server refuses is a mistake of the files."""
        report = json.loads(self.as_person(folder, "sync", "--json"))
        if report["refused"]:
            told = json.dumps(report["refused"][:5], ensure_ascii=False)
            raise Failed(f"The server refused edits of {folder}: {told}")

    # --- The server ---

    def found(self, manifest):
        """Makes the server with its admin, who joins, and starts it."""
        admin = manifest["people"][0]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        invite = self.administer(
            "init", "--organization", manifest["organization"], "--host", "localhost", "--port", str(port),
            "--admin", admin["email"], "--admin-name", admin["name"])
        self.start()
        self.join(admin, invite)
        return port

    def start(self):
        """Starts the server, and waits until its log says that it is ready."""
        log = os.path.join(self.directory, "server.log")
        with open(log, "ab") as file:
            self.server = subprocess.Popen(
                [self.kamd, "serve", "--data", self.server_directory, "--address", "127.0.0.1"],
                stdin=subprocess.DEVNULL, stdout=file, stderr=file)
        until = time.monotonic() + READY_SECONDS_MAX
        while time.monotonic() < until:
            with open(log, encoding="utf-8", errors="replace") as file:
                if " ready " in file.read():
                    return
            if self.server.poll() is not None:
                break
            time.sleep(0.05)
        raise Failed(f"The server did not start; see {log}.")

    def stop(self):
        """Ends the server cleanly; twice does no harm."""
        if self.server is not None and self.server.poll() is None:
            self.server.terminate()
            self.server.wait(timeout=30)
        self.server = None

    # --- People ---

    def join(self, person, invite):
        """Makes somebody's laptop a replica; the invite goes over standard input."""
        first = person["name"].split(" ")[0]
        self.as_person(person["folder"], "join", "-", "--device-name", f"{first}'s laptop", given=invite + "\n")

    def invite_all(self, manifest):
        """Invites and joins all but the admin, who then says who belongs to which department."""
        for person in manifest["people"][1:]:
            words = ["user", "add", person["email"], "--name", person["name"], "--role", person["role"]]
            self.join(person, self.administer(*words))
        admin = manifest["people"][0]["folder"]
        self.sync(admin)
        for person in manifest["people"]:
            departments = [word for department in person["departments"] for word in ("--department", department)]
            if departments:
                self.as_person(admin, "user", "edit", person["email"], *departments)

    def import_folder(self, entry):
        """Imports the files of one person, in order; returns how many records."""
        folder, count = entry["person"], 0
        self.sync(folder)
        for name in entry["files"]:
            path = os.path.join(self.files, folder, name)
            words = ["import", path, *self.import_words, "--json"]
            told = json.loads(self.as_person(folder, *words, allowed=(0, 1)))
            # Everything is new: what is taken for a record that is there was not told apart from it.
            wrong = [row for row in told.get("rows", [told]) if row.get("outcome") != "create"]
            if wrong or not told["applied"]:
                shown_rows = json.dumps(wrong[:5], ensure_ascii=False)
                raise Failed(f"{name} of {folder} was not imported whole, {len(wrong)} rows: {shown_rows}")
            count += told["create"]
            if name.endswith(FOUNDING):
                self.sync(folder)
        self.sync(folder)
        return count

    def arrive(self, folder):
        """Everything of the others; and a look at the inbox, or the first one would only be about the import."""
        self.sync(folder)
        self.as_person(folder, "inbox", "--json")

    def import_phase(self, entries):
        """Lets several people import at once, and tells of each how many records it were."""
        for entry, count in self.several(self.import_folder, entries):
            self.progress.say(f"  {entry['person']}: {count:,} records")

    def several(self, work, items):
        """Does the work for all, some at once; yields each with what came of it as it ends."""
        with concurrent.futures.ThreadPoolExecutor(PEOPLE_AT_ONCE) as pool:
            running = {pool.submit(work, item): item for item in items}
            try:
                for done in concurrent.futures.as_completed(running):
                    yield running[done], done.result()
            except BaseException:
                for waiting in running:
                    waiting.cancel()
                raise

    def share(self, manifest):
        """Lets others into accounts, as their managers do."""
        for share in manifest["shares"]:
            words = ["account", "share", share["account"], "--with", share["with"], "--role", share["role"]]
            self.as_person(share["by"], *words)

    def disengage(self, manifest):
        """Keeps departments out of accounts, once their people have imported what they had to say."""
        for entry in manifest["disengaged"]:
            self.as_person(entry["by"], "account", "disengage", entry["account"], entry["department"])

    # --- Check ---

    def check(self, manifest):
        """Counts every kind as an executive, who reads everything."""
        reader, wrong = manifest["executive"], []
        for kind, expected in manifest["counts"].items():
            if kind in UNLISTED:
                continue
            records = json.loads(self.as_person(reader, kind, "list", "--json"))
            count = len(records)
            if kind == "sale":
                sold = collections.Counter()
                for record in records:
                    sold[record["revenue"]["currency"]] += int(record["revenue"]["minor"])
                if sold != manifest["sold"]:
                    wrong.append(f"revenue: {dict(sold)} instead of {manifest['sold']} (minor units)")
            if count != expected:
                wrong.append(f"{kind}: {count:,} instead of {expected:,}")
            elif kind in MUST_MATCH:
                self.progress.say(f"  {kind}: {count:,}, as generated")
        self.as_person(reader, "check")
        if wrong:
            raise Failed("What an executive sees is not what was generated: " + "; ".join(wrong))


def make(sample, given):
    """Everything, from files to the check."""
    progress = sample.progress
    progress.say(f"Writing the files (seed {given.seed}, scale {given.scale:g})")
    world, accounts = organisation.generate(given.seed, given.scale)
    manifest = organisation.write(world, accounts, sample.files, given.sales_format)
    progress.say(f"{sum(manifest['counts'].values()):,} records for {len(manifest['people'])} people")
    sample.found(manifest)
    progress.say("Server started; inviting and joining everybody")
    sample.invite_all(manifest)
    progress.say("Importing the directory")
    sample.import_phase(manifest["phases"]["directory"])
    progress.say("Importing the accounts, by their managers")
    sample.import_phase(manifest["phases"]["accounts"])
    progress.say(f"Sharing accounts ({len(manifest['shares'])} times)")
    sample.share(manifest)
    progress.say("Importing what the departments did")
    sample.import_phase(manifest["phases"]["departments"])
    sample.disengage(manifest)
    progress.say("Syncing everybody")
    for _ in sample.several(sample.arrive, [person["folder"] for person in manifest["people"]]):
        pass
    progress.say("Counting, as an executive")
    sample.check(manifest)
    return manifest


def shown(path):
    """Short where it lies below, whole elsewhere."""
    relative = os.path.relpath(path)
    return os.path.abspath(path) if relative.startswith("..") else relative


def look(directory, is_fresh):
    """Refuses to touch a sample that is there, unless it was said; and anything else in any case."""
    if not os.path.lexists(directory) or not os.listdir(directory):
        return
    name = shown(directory)
    if not is_fresh:
        raise Failed(f"{name} is there already. To throw it away and make it anew: make sample FRESH=1")
    configuration = os.path.join(directory, "server", "kamd.json")
    if not set(os.listdir(directory)) <= {"files", "people", "server", "server.log"}:
        raise Failed(f"{name} holds something else than a sample; nothing was removed.")
    if os.path.exists(configuration):
        with open(configuration, encoding="utf-8") as file:
            port = json.load(file)["port"]
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                raise Failed(f"A server still listens on port {port} for {name}; stop it first.")


def tell(sample, manifest):
    """How to go on."""
    here = shown
    roles = {"manager": manifest["phases"]["accounts"][0]["person"],
             "lead of support": next(person["folder"] for person in manifest["people"]
                                     if "support:lead" in person["departments"]),
             "executive": manifest["executive"]}
    manager, lead, executive = ((folder, next(person["name"] for person in manifest["people"]
                                              if person["folder"] == folder))
                                for folder in roles.values())
    kam = shlex.quote(here(sample.kam))

    def home(folder):
        """Somebody's KAM_HOME."""
        return f"KAM_HOME={shlex.quote(here(sample.home(folder)))}"

    print(f"""
The sample organisation is in {here(sample.directory)}. Its server is stopped; start it again with

  {shlex.quote(here(sample.kamd))} serve --data {shlex.quote(here(sample.server_directory))} --address 127.0.0.1 &

{manager[1]} manages accounts:
  {home(manager[0])} {kam} account list --mine
  {home(manager[0])} {kam} contact gaps
{lead[1]} leads support:
  {home(lead[0])} {kam} inbox
  {home(lead[0])} {kam} department load support
{executive[1]} reads everything:
  {home(executive[0])} {kam} account list
  {home(executive[0])} {kam} task list --status blocked

All forty people are in {here(os.path.join(sample.directory, 'people'))}; lists need no server, sync does.""")


def end(*_):
    """When somebody ends this, the server must end, too."""
    print("\nEnded from outside. To begin again: make sample FRESH=1", file=sys.stderr)
    sys.exit(143)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binaries", default=".build-release/release", help="where kam and kamd are")
    parser.add_argument("--directory", default=".sample", help=".sample unless said")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--sales-format", choices=["csv", "jsonl"], default="csv")
    parser.add_argument("--fresh", action="store_true", help="throw away a sample that is there")
    parser.add_argument("--only-look", action="store_true", help="say whether one may be made here, and make none")
    given = parser.parse_args()
    if not 0 < given.scale <= 10:
        parser.error("--scale must be greater than 0, and 10 at most")
    sample = None
    signal.signal(signal.SIGTERM, end)
    try:
        look(given.directory, given.fresh)
        if given.only_look:
            return 0
        if os.path.isdir(given.directory):
            shutil.rmtree(given.directory)
        import_words = shlex.split(os.environ.get("SAMPLE_IMPORT_WORDS", "--apply"))
        sample = Sample(given.directory, given.binaries, import_words)
        manifest = make(sample, given)
        sample.stop()
        sample.progress.say("Done")
        tell(sample, manifest)
    except Failed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nInterrupted. To begin again: make sample FRESH=1", file=sys.stderr)
        return 130
    finally:
        if sample:
            sample.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
