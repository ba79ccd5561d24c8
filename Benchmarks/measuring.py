"""Time, processor time, memory and bytes of other programs."""

import dataclasses
import os
import select
import shutil
import signal
import socket
import statistics
import threading
import time

OTHERS_CORES_MAX = 0.25
QUIET_SECONDS = 0.15


@dataclasses.dataclass
class Run:
    """One command, from its start to its end."""

    seconds: float
    cpu: float
    output: bytes
    errors: bytes
    code: int
    server_cpu: float = 0.0
    was_quiet: bool = True
    peak_kib: int = 0


class Failed(Exception):
    pass


def run(command, environment, input_path=os.devnull, watches_peak=False, allowed=(0,)):
    """Runs a command with its output in a pipe, as a script would."""
    reading, writing = os.pipe()
    errors_path = os.path.join(environment["BENCH_SCRATCH"], f"errors-{os.getpid()}-{threading.get_ident()}")
    errors = os.open(errors_path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    stdin = os.open(input_path, os.O_RDONLY)
    program = shutil.which(command[0])
    began = time.monotonic()
    pid = os.posix_spawn(
        program, command, environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, stdin, 0), (os.POSIX_SPAWN_DUP2, writing, 1),
                      (os.POSIX_SPAWN_DUP2, errors, 2), (os.POSIX_SPAWN_CLOSE, reading)])
    os.close(writing)
    os.close(stdin)
    peak = [0]
    watcher = None
    if watches_peak:
        watcher = threading.Thread(target=_watch_peak, args=(pid, peak))
        watcher.start()
    output = bytearray()
    while chunk := os.read(reading, 1 << 16):
        output += chunk
    _, status, usage = os.wait4(pid, 0)
    seconds = time.monotonic() - began
    if watcher:
        watcher.join()
    os.close(reading)
    said = os.pread(errors, 1 << 20, 0)
    os.close(errors)
    os.unlink(errors_path)
    code = os.waitstatus_to_exitcode(status)
    if code not in allowed:
        raise Failed(f"{' '.join(command[:6])} ended with {code}: {(said or bytes(output[-500:])).decode(errors='replace')}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, bytes(output), said, code, peak_kib=peak[0])


def _watch_peak(pid, peak):
    # The usage that wait4 gives also counts what this Python had before the program was loaded; the kernel's
    # high-water mark of the program itself only grows, so the last value seen is the peak.
    while (value := memory_kib(pid, "VmHWM")) > 0:
        peak[0] = max(peak[0], value)
        time.sleep(0.0005)


def memory_kib(pid, field):
    try:
        with open(f"/proc/{pid}/status") as status:
            for line in status:
                if line.startswith(field + ":"):
                    return int(line.split()[1])
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def cpu_seconds(pid):
    """Processor time of all threads of a process so far, those that have ended too, to the nanosecond."""
    # The clock of another process, as clock_getcpuclockid(3) makes its number.
    scheduler_clock = 2
    return time.clock_gettime(~pid << 3 | scheduler_clock)


def directory_bytes(path):
    """Lengths of all files below, and what they take on the disk."""
    length = blocks = 0
    for directory, _, names in os.walk(path):
        for name in names:
            status = os.lstat(os.path.join(directory, name))
            length += status.st_size
            blocks += status.st_blocks * 512
    return length, blocks


# --- Quiet -----------------------------------------------------------------------------------------------------------


def _busy_ticks():
    with open("/proc/stat") as stat:
        user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, stat.readline().split()[1:9])
    return user + nice + system + irq + softirq + steal


def busy_cores(seconds):
    before = _busy_ticks()
    began = time.monotonic()
    time.sleep(seconds)
    return (_busy_ticks() - before) / os.sysconf("SC_CLK_TCK") / (time.monotonic() - began)


class Quiet:
    """Waits for other work to end before each timing."""

    def __init__(self, patience):
        self.patience = patience
        self.disturbed = 0
        self.waited = 0.0

    def wait(self):
        began = time.monotonic()
        while (busy := busy_cores(QUIET_SECONDS)) > OTHERS_CORES_MAX:
            if time.monotonic() - began > self.patience:
                break
        self.waited += time.monotonic() - began
        return busy <= OTHERS_CORES_MAX

    def measure(self, action, attempts=4):
        """What `action` returns, when the machine was quiet right before it and right after; else it is done again."""
        for attempt in range(attempts):
            before = self.wait()
            result = action()
            after = busy_cores(QUIET_SECONDS) <= OTHERS_CORES_MAX
            result.was_quiet = before and after
            if result.was_quiet:
                break
        if not result.was_quiet:
            self.disturbed += 1
        return result


def summary(values):
    return {"median": statistics.median(values), "min": min(values), "max": max(values), "runs": len(values)}


# --- Bytes on the wire -----------------------------------------------------------------------------------------------


class CountingProxy:
    """Passes TCP connections on and counts their bytes: TLS records with handshakes, without TCP/IP headers."""

    def __init__(self, port):
        self.target = port
        self.sent = 0
        self.received = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def reset(self):
        self.sent = self.received = 0

    def _accept(self):
        while True:
            client, _ = self._listener.accept()
            threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client):
        with client, socket.create_connection(("127.0.0.1", self.target)) as server:
            open_sides = {client: server, server: client}
            while open_sides:
                for side in select.select(list(open_sides), [], [])[0]:
                    other = server if side is client else client
                    try:
                        chunk = side.recv(1 << 16)
                        if chunk:
                            other.sendall(chunk)
                    except OSError:
                        return
                    if not chunk:
                        del open_sides[side]
                        try:
                            other.shutdown(socket.SHUT_WR)
                        except OSError:
                            return
                    elif side is client:
                        self.sent += len(chunk)
                    else:
                        self.received += len(chunk)


# --- Servers ---------------------------------------------------------------------------------------------------------


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def wait_for_port(port, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise Failed(f"nothing listens on port {port}")


def start(command, environment, log_path):
    log = os.open(log_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    program = shutil.which(command[0])
    pid = os.posix_spawn(
        program, command, environment,
        file_actions=[(os.POSIX_SPAWN_DUP2, log, 1), (os.POSIX_SPAWN_DUP2, log, 2)])
    os.close(log)
    return pid


def stop(pid):
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)


# --- Many at once ----------------------------------------------------------------------------------------------------


def storm(count, action):
    """Starts `action(number)` for all numbers at the same moment; each returns a Run.

    The answer holds how many ended a second, and the middle and the longest of their times.
    """
    runs = [None] * count
    failures = []
    gate = threading.Barrier(count + 1)

    def one(number):
        gate.wait()
        try:
            runs[number] = action(number)
        except Exception as failure:  # told below, with all others
            failures.append(failure)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    gate.wait()
    began = time.monotonic()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    if failures:
        raise Failed(f"{len(failures)} of {count} failed: {failures[0]}")
    times = sorted(done.seconds for done in runs)
    return {"per_second": count / seconds, "p50": times[count // 2], "max": times[-1],
            "client_cpu": sum(done.cpu for done in runs)}
