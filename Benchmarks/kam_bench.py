"""kam under measurement: a real kamd with TLS on loopback, and replicas in directories of their own."""

import json
import os
import shutil

import measuring
import workload


class Kam:
    name = "kam"

    def __init__(self, scratch, binaries, sizes):
        self.scratch = scratch
        self.kam = os.path.join(binaries, "kam")
        self.kamd = os.path.join(binaries, "kamd")
        self.sizes = sizes
        self.server = None
        self.rounds = 0
        self.account_lines = self._file(
            "accounts.jsonl", workload.kam_lines(workload.accounts(sizes.accounts), "account"))
        self.task_lines = self._file(
            "tasks.jsonl", workload.kam_lines(workload.tasks(sizes.tasks, sizes.accounts), "task"))

    # --- Set-up, not timed ---

    def new_round(self):
        """An empty server, and a replica with the accounts synced and all tasks waiting."""
        self.close()
        self.rounds += 1
        self.directory = os.path.join(self.scratch, f"kam-{self.rounds}")
        os.mkdir(self.directory)
        self.port = measuring.free_port()
        made = self._kamd("init", "--organization", "Bench Ltd", "--host", "localhost", "--port", str(self.port),
                          "--admin", workload.OWNER)
        self._serve()
        self._join("owner", _last_line(made))
        invite = self._kamd("user", "add", "eva@bench.example", "--name", "Eva", "--role", "executive")
        self._join("reader", _last_line(invite))
        self._do("owner", "import", "--apply", self.account_lines)
        self._do("owner", "sync")
        self._do("owner", "import", "--apply", self.task_lines)

    def _serve(self):
        self.server = measuring.start(
            [self.kamd, "serve", "--data", f"{self.directory}/server", "--address", "127.0.0.1"],
            self._environment("server"), f"{self.directory}/server.log")
        measuring.wait_for_port(self.port)

    def _join(self, replica, invite):
        self._do(replica, "join", invite)

    def _kamd(self, *words):
        return measuring.run(
            [self.kamd, *words, "--data", f"{self.directory}/server"], self._environment("server"))

    def _do(self, replica, *words, **how):
        return measuring.run([self.kam, *words], self._environment(replica), **how)

    def _timed(self, replica, *words, **how):
        before = measuring.cpu_seconds(self.server)
        done = self._do(replica, *words, **how)
        done.server_cpu = measuring.cpu_seconds(self.server) - before
        return done

    def _environment(self, replica):
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": self.directory,
                "KAM_HOME": f"{self.directory}/{replica}", "BENCH_SCRATCH": self.scratch}

    def _file(self, name, text):
        path = os.path.join(self.scratch, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    # --- Measured ---

    def first_push(self, **how):
        return self._timed("owner", "sync", **how)

    def bootstrap(self, **how):
        return self._timed("reader", "sync", **how)

    def check_copies(self):
        """Both replicas hold every task."""
        for replica in ("owner", "reader"):
            held = json.loads(self._do(replica, "task", "list", "--json").output)
            if len(held) != self.sizes.tasks:
                raise measuring.Failed(f"kam: {replica} holds {len(held)} tasks instead of {self.sizes.tasks}")
        self.handles = [task["handle"] for task in held]

    def edit(self, number, **how):
        priority = workload.PRIORITIES[number % 4]
        return self._timed("owner", "task", "edit", self.handles[number], "--priority", priority,
                           "--progress-note", f"Called them, note {number}.", **how)

    def push_one(self, **how):
        return self._timed("owner", "sync", **how)

    def pull_one(self, **how):
        return self._timed("reader", "sync", **how)

    def nothing(self, **how):
        return self._timed("reader", "sync", **how)

    def check_change(self, number):
        shown = self._do("reader", "task", "show", self.handles[number], "--json").output.decode()
        if f"note {number}." not in shown:
            raise measuring.Failed(f"kam: change {number} did not arrive: {shown[:500]}")

    def add(self, number, **how):
        return self._timed("owner", "task", "add", "customer-007", f"Call them back about order {number}",
                           "--department", "logistics", "--due", "2026-12-01", "--priority", "high", **how)

    def list(self, **how):
        return self._timed("owner", "task", "list", "--department", "logistics", **how)

    # --- Sizes ---

    def server_peak_kib(self):
        return measuring.memory_kib(self.server, "VmHWM")

    def server_resident_kib(self):
        return measuring.memory_kib(self.server, "VmRSS")

    def disk(self):
        """Bytes of the server's files and of a bootstrapped replica's."""
        return (measuring.directory_bytes(f"{self.directory}/server"),
                measuring.directory_bytes(f"{self.directory}/reader"))

    def through(self, proxy):
        """Sends both replicas through the proxy from now on; nil is the direct way again."""
        for replica in ("owner", "reader"):
            path = f"{self.directory}/{replica}/credential.json"
            with open(path) as file:
                credential = json.load(file)
            credential["url"] = f"https://localhost:{proxy.port if proxy else self.port}"
            with open(path, "w") as file:
                json.dump(credential, file)

    # --- Many at once ---

    def prepare_storm(self, count, tasks_each):
        """As the peer's: people of their own, each with an account of their own, on one server."""
        for number in range(count):
            replica = f"person-{number}"
            invite = self._kamd("user", "add", f"p{number}@bench.example", "--name", f"P{number}")
            self._join(replica, _last_line(invite))
            lines = workload.kam_lines([{"name": f"Own {number}", "slug": "customer-001"}], "account")
            tasks = ({**task, "requested-by": f"p{number}@bench.example"}
                     for task in workload.tasks(tasks_each, 1, seed=number))
            path = self._file("storm.jsonl", lines + workload.kam_lines(tasks, "task"))
            self._do(replica, "import", "--apply", path)
            self._do(replica, "sync")
            if number == 0:
                self.storm_handles = {}
            listed = json.loads(self._do(replica, "task", "list", "--limit", "1", "--json").output)
            self.storm_handles[number] = listed[0]["handle"]

    def storm(self, count, turn):
        for number in range(count):
            self._do(f"person-{number}", "task", "edit", self.storm_handles[number], "--progress-note", f"Turn {turn}.")
        before = measuring.cpu_seconds(self.server)
        result = measuring.storm(count, lambda number: self._do(f"person-{number}", "sync"))
        result["server_cpu"] = measuring.cpu_seconds(self.server) - before
        return result

    def close(self):
        if self.server:
            measuring.stop(self.server)
            self.server = None
            shutil.rmtree(self.directory)


def _last_line(done):
    return done.output.decode().strip().splitlines()[-1]
