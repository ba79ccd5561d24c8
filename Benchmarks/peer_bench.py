"""Taskwarrior 2.6 with taskd 1.1 under measurement: the closest thing a person could pick instead of kam.

A TLS server and command-line replicas that edit offline; set up as their manuals say. taskd writes without any fsync,
and refuses uploads of more than 1 MiB unless `request.limit` is lifted, as it is here.
"""

import json
import os
import shutil
import subprocess

import measuring
import workload


class Taskwarrior:
    name = "taskwarrior"

    _FIELDS = ["department", "detail", "side", "requester", "evidence"]

    def __init__(self, scratch, sizes):
        self.scratch = scratch
        self.sizes = sizes
        self.server = None
        self.rounds = 0
        self.keys = {}
        self.keyring = os.path.join(scratch, "taskd-pki")
        self._make_certificates()
        self.document = os.path.join(scratch, "tasks.json")
        with open(self.document, "w") as file:
            file.write(workload.taskwarrior_document(workload.tasks(sizes.tasks, sizes.accounts)))

    # --- Set-up, not timed ---

    def _make_certificates(self):
        # The scripts that come with taskd, with their own defaults: RSA of 4,096 bits.
        shutil.copytree("/usr/share/taskd/pki", self.keyring)
        subprocess.run(["./generate"], cwd=self.keyring, check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def new_round(self):
        """An empty server, and a replica with all tasks waiting to be uploaded."""
        self.close()
        self.rounds += 1
        self.directory = os.path.join(self.scratch, f"taskwarrior-{self.rounds}")
        self.data = f"{self.directory}/server"
        os.makedirs(self.data)
        self.port = measuring.free_port()
        self._taskd("init")
        settings = {
            "ca.cert": "ca.cert", "server.cert": "server.cert", "server.key": "server.key", "server.crl": "server.crl",
            "client.cert": "client.cert", "client.key": "client.key",
        }
        for setting, name in settings.items():
            self._taskd("config", "--force", setting, f"{self.keyring}/{name}.pem")
        for setting, value in {"log": f"{self.directory}/taskd.log", "pid.file": f"{self.directory}/taskd.pid",
                               "server": f"localhost:{self.port}", "family": "IPv4", "request.limit": "0"}.items():
            self._taskd("config", "--force", setting, value)
        self._taskd("add", "org", "Bench")
        # Read by the server when it starts, so the people of the storm are made here too.
        self.people = {name: self._new_person(name) for name in
                       ["owner", *(f"person-{number}" for number in range(self.sizes.storm))]}
        self.server = measuring.start(["taskd", "server", "--data", self.data], self._base_environment(),
                                      f"{self.directory}/server.log")
        measuring.wait_for_port(self.port)
        self._new_replica("owner", "owner")
        self._new_replica("reader", "owner")
        self._do("owner", "import", self.document)

    def _new_person(self, name):
        said = self._taskd("add", "user", "Bench", name).output.decode()
        return next(line.split(": ")[1].strip() for line in said.splitlines() if line.startswith("New user key"))

    def _new_replica(self, replica, person):
        home = f"{self.directory}/{replica}"
        os.makedirs(f"{home}/data")
        lines = [
            f"data.location={home}/data", "confirmation=no", "recurrence.confirmation=no", "verbose=nothing",
            f"taskd.server=localhost:{self.port}", f"taskd.credentials=Bench/{person}/{self.people[person]}",
            f"taskd.certificate={self.keyring}/client.cert.pem", f"taskd.key={self.keyring}/client.key.pem",
            f"taskd.ca={self.keyring}/ca.cert.pem", "taskd.trust=strict",
        ]
        for field in self._FIELDS:
            lines += [f"uda.{field}.type=string", f"uda.{field}.label={field.capitalize()}"]
        with open(f"{home}/taskrc", "w") as file:
            file.write("\n".join(lines) + "\n")

    def _taskd(self, *words):
        return measuring.run(["taskd", *words, "--data", self.data], self._base_environment())

    def _base_environment(self):
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": self.directory, "BENCH_SCRATCH": self.scratch}

    def _do(self, replica, *words, **how):
        environment = {**self._base_environment(), "TASKRC": f"{self.directory}/{replica}/taskrc"}
        return measuring.run(["task", *words], environment, **how)

    def _timed(self, replica, *words, **how):
        before = measuring.cpu_seconds(self.server)
        done = self._do(replica, *words, **how)
        done.server_cpu = measuring.cpu_seconds(self.server) - before
        return done

    # --- Measured ---

    def first_push(self, **how):
        return self._timed("owner", "sync", "init", **how)

    def bootstrap(self, **how):
        return self._timed("reader", "sync", **how)

    def check_copies(self):
        """Both replicas hold every task."""
        for replica in ("owner", "reader"):
            held = json.loads(self._do(replica, "export").output)
            if len(held) != self.sizes.tasks:
                raise measuring.Failed(f"taskwarrior: {replica} holds {len(held)} tasks")
        self.handles = [task["uuid"][:8] for task in held]

    def edit(self, number, **how):
        return self._timed("owner", self.handles[number], "modify", f"priority:{'LMH'[number % 3]}",
                           f"evidence:Called them, note {number}.", **how)

    def push_one(self, **how):
        return self._timed("owner", "sync", **how)

    def pull_one(self, **how):
        return self._timed("reader", "sync", **how)

    def nothing(self, **how):
        return self._timed("reader", "sync", **how)

    def check_change(self, number):
        shown = self._do("reader", self.handles[number], "export").output.decode()
        if f"note {number}." not in shown:
            raise measuring.Failed(f"taskwarrior: change {number} did not arrive: {shown[:500]}")

    def add(self, number, **how):
        return self._timed("owner", "add", f"Call them back about order {number}", "project:customer-007",
                           "department:logistics", "due:2026-12-01", "priority:H", **how)

    def list(self, **how):
        return self._timed("owner", "department:logistics", "list", **how)

    # --- Sizes ---

    def server_peak_kib(self):
        return measuring.memory_kib(self.server, "VmHWM")

    def server_resident_kib(self):
        return measuring.memory_kib(self.server, "VmRSS")

    def disk(self):
        return (measuring.directory_bytes(f"{self.data}/orgs"),
                measuring.directory_bytes(f"{self.directory}/reader/data"))

    def through(self, proxy):
        port = proxy.port if proxy else self.port
        for replica in ("owner", "reader"):
            with open(f"{self.directory}/{replica}/taskrc", "a") as file:
                file.write(f"taskd.server=localhost:{port}\n")

    # --- Many at once ---

    def prepare_storm(self, count, tasks_each):
        for number in range(count):
            replica = f"person-{number}"
            self._new_replica(replica, replica)
            path = os.path.join(self.scratch, "storm.json")
            with open(path, "w") as file:
                file.write(workload.taskwarrior_document(workload.tasks(tasks_each, 1, seed=number), seed=number))
            self._do(replica, "import", path)
            self._do(replica, "sync", "init")

    def storm(self, count, turn):
        for number in range(count):
            self._do(f"person-{number}", "1", "modify", f"evidence:Turn {turn}.")
        before = measuring.cpu_seconds(self.server)
        result = measuring.storm(count, lambda number: self._do(f"person-{number}", "sync"))
        result["server_cpu"] = measuring.cpu_seconds(self.server) - before
        return result

    def close(self):
        if self.server:
            measuring.stop(self.server)
            self.server = None
            shutil.rmtree(self.directory)
