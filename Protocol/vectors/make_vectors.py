#!/usr/bin/env python3
"""Writes the test vectors of this directory. README.md says how to read them.

Independent of every implementation on purpose: the wire format, the merge, the clock and the digest are written out
here by hand from Protocol/sync.md, with nothing but the standard library. `--check` compares instead of writing.
"""
import hashlib
import json
import pathlib
import re
import struct
import sys
import uuid

HERE = pathlib.Path(__file__).parent

# ---------------------------------------------------------------- protobuf wire format


def varint(value):
    value &= (1 << 64) - 1
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def tag(number, kind):
    return varint(number << 3 | kind)


def v(number, value):
    return tag(number, 0) + varint(value)


def f64(number, value):
    return tag(number, 1) + struct.pack("<Q", value)


def s(number, content):
    content = content.encode() if isinstance(content, str) else content
    return tag(number, 2) + varint(len(content)) + content


def zigzag(value):
    return value << 1 if value >= 0 else (-value << 1) - 1


def money(number, currency, minor):
    return s(number, s(1, currency) + (v(2, zigzag(minor)) if minor else b""))


def period(number, start, end):
    return s(number, s(1, start) + s(2, end))


# ---------------------------------------------------------------- clock


def wall(ms):
    return min(max(ms, 0), (1 << 48) - 1) << 16


def run_clock(name, why, start, steps):
    last, out = start, []
    for what, value in steps:
        if what == "now":
            last = max(wall(value), min(last + 1, (1 << 64) - 1))
            out.append({"now": value, "value": h64(last)})
        else:
            last = max(last, value)
            out.append({"observe": h64(value), "value": h64(last)})
    return {"name": name, "why": why, "start": h64(start), "steps": out}


def h64(value):
    return f"{value:016x}"


T0 = 1_760_000_000_000  # 2025-10-09
MAX = (1 << 64) - 1

CLOCK = [
    run_clock("wall time moves on", "each value is the wall time with counter 0", 0,
              [("now", T0), ("now", T0 + 1), ("now", T0 + 5_000)]),
    run_clock("wall time stands still", "the counter tells ticks of one millisecond apart", 0,
              [("now", T0), ("now", T0), ("now", T0)]),
    run_clock("wall time goes back an hour", "the clock never goes back", 0,
              [("now", T0), ("now", T0 - 3_600_000), ("now", T0 - 3_600_000), ("now", T0 + 1)]),
    run_clock("a later value is observed", "every tick is later than what was seen", 0,
              [("now", T0), ("observe", wall(T0 + 9_000) + 7), ("now", T0 + 1), ("now", T0 + 9_000),
               ("now", T0 + 9_001)]),
    run_clock("an earlier value is observed", "it changes nothing", 0,
              [("now", T0), ("observe", wall(T0 - 1)), ("now", T0)]),
    run_clock("the counter overflows", "it carries into the milliseconds", wall(T0) + 0xFFFF,
              [("now", T0), ("now", T0 + 1)]),
    run_clock("time before 1970", "negative wall time counts as 0", 0, [("now", -1), ("now", -(1 << 62))]),
    run_clock("wall time beyond 48 bits", "saturates, and never wraps round to 0", 0,
              [("now", (1 << 48) - 1), ("now", 1 << 48), ("now", (1 << 63) - 1)]),
    run_clock("the first tick is beyond 48 bits", "the same", 0, [("now", 1 << 48)]),
    run_clock("the maximum", "stays; it neither wraps nor traps", MAX - 1,
              [("now", T0), ("now", T0), ("observe", MAX), ("now", T0)]),
]

# ---------------------------------------------------------------- merge


def stamp(ms, replica, counter=0):
    return (wall(ms) + counter, replica)


def show_stamp(value):
    return None if value is None else [h64(value[0]), value[1]]


class Record:
    def __init__(self, alive, stamps, body):
        self.alive, self.stamps, self.body = alive, dict(stamps), dict(body)

    def copy(self):
        return Record(self.alive, self.stamps, self.body)

    def show(self):
        return {
            "alive": self.alive,
            "stamps": [[n, show_stamp(self.stamps[n])] for n in sorted(self.stamps)],
            "body": [[n, self.body[n].hex()] for n in sorted(self.body)],
        }

    def key(self):
        return (self.alive, sorted(self.stamps.items()), sorted(self.body.items()))


class Write:
    def __init__(self, when, set=None, clear=(), alive=None, base=None):
        self.when, self.set, self.clear, self.alive = when, set or {}, list(clear), alive
        self.base = base or {}

    def show(self):
        return {
            "stamp": show_stamp(self.when),
            "set": [[n, self.set[n].hex()] for n in sorted(self.set)],
            "clear": self.clear,
            "alive": self.alive,
            "base": [[n, show_stamp(self.base[n])] for n in sorted(self.base)],
        }


def merge(before, write):
    """The rule of sync.md, register by register. Returns the record after and the effects."""
    if before is None:
        written = {0: write.when}
        written.update({n: write.when for n in list(write.set) + write.clear})
        alive = True if write.alive is None else write.alive
        effects = [[n, "WON", None, None] for n in sorted(write.set)] + [[n, "WON", None, None] for n in write.clear]
        return Record(alive, written, write.set), effects
    after, effects = before.copy(), []

    def unseen(register):
        current, seen = before.stamps[register], write.base.get(register)
        return current[1] != write.when[1] and (seen is None or current > seen)

    for register in sorted(write.set) + write.clear:
        value, stands, current = write.set.get(register), before.body.get(register), before.stamps.get(register)
        if current is None or write.when > current:
            wins = True
        elif write.when == current:
            wins = (value or b"") > (stands or b"")
        else:
            wins = False
        if not wins:
            effects.append([register, "NO_OP" if value == stands else "LOST", current, stands])
            continue
        after.stamps[register] = write.when
        if value is None:
            after.body.pop(register, None)
        else:
            after.body[register] = value
        if not before.alive:
            effects.append([register, "WON_ON_DELETED", before.stamps[0], None])
        elif current is not None and value != stands and unseen(register):
            effects.append([register, "WON_OVER_UNSEEN", current, stands])
        else:
            effects.append([register, "WON", current, stands])
    if write.alive is not None:
        current = before.stamps.get(0)
        if current is None or write.when > current:
            after.alive, after.stamps[0] = write.alive, write.when
            effects.append([0, "WON", current, None])
            if before.alive and not write.alive:
                for register in sorted(before.stamps):
                    if register != 0 and unseen(register):
                        effects.append([register, "WON_OVER_UNSEEN", before.stamps[register], before.body.get(register)])
        else:
            effects.append([0, "NO_OP" if write.alive == before.alive else "LOST", current, None])
    return after, effects


TITLE, DETAIL, DUE, UNKNOWN = 1, 2, 4, 900
S1, S2, S3 = stamp(T0, 1), stamp(T0 + 1_000, 2), stamp(T0 + 2_000, 3)


def task(alive=True, life=S1, **registers):
    """A record of kind task written by replica 1 at T0; `registers` overrides (value, stamp)."""
    names = {"title": TITLE, "detail": DETAIL, "due": DUE, "unknown": UNKNOWN}
    fields = {"title": (s(TITLE, "Call Ana"), S1)}
    fields.update(registers)
    stamps, body = {0: life}, {}
    for name, (value, when) in fields.items():
        stamps[names[name]] = when
        if value is not None:
            body[names[name]] = value
    return Record(alive, stamps, body)


def title(text):
    return {TITLE: s(TITLE, text)}


MERGE_INPUT = [
    ("a new record", None, Write(S1, {**title("Call Ana"), DUE: s(DUE, "2026-01-31")})),
    ("a new record with an emptied register", None, Write(S1, title("Call Ana"), clear=[DETAIL])),
    ("a later edit wins", task(), Write(S2, title("Call Bo"), base={TITLE: S1})),
    ("an earlier edit loses", task(title=(s(TITLE, "Call Bo"), S3)), Write(S2, title("Call Cy"), base={TITLE: S1})),
    ("another register is left alone", task(), Write(S2, {DETAIL: s(DETAIL, "tomorrow")})),
    ("an equal value takes the later stamp", task(), Write(S2, title("Call Ana"), base={TITLE: S1})),
    ("an equal value that its author had not seen is not told", task(title=(s(TITLE, "Call Ana"), S2)),
     Write(S3, title("Call Ana"), base={TITLE: S1})),
    ("an equal older value does nothing", task(title=(s(TITLE, "Call Bo"), S3)), Write(S2, title("Call Bo"))),
    ("the same write again does nothing", task(), Write(S1, title("Call Ana"))),
    ("equal clocks: the greater replica wins", task(title=(s(TITLE, "Call Bo"), stamp(T0, 2))),
     Write(stamp(T0, 3), title("Call Cy"), base={TITLE: stamp(T0, 2)})),
    ("equal clocks: the smaller replica loses", task(title=(s(TITLE, "Call Bo"), stamp(T0, 2))),
     Write(stamp(T0, 1), title("Call Cy"))),
    ("equal milliseconds: the greater counter wins", task(title=(s(TITLE, "Call Bo"), stamp(T0, 9, 1))),
     Write(stamp(T0, 1, 2), title("Call Cy"), base={TITLE: stamp(T0, 9, 1)})),
    ("equal milliseconds: the smaller counter loses", task(title=(s(TITLE, "Call Bo"), stamp(T0, 1, 2))),
     Write(stamp(T0, 9, 1), title("Call Cy"))),
    ("equal stamps: the greater bytes win", task(), Write(S1, title("Call Bo"))),
    ("equal stamps: the smaller bytes lose", task(title=(s(TITLE, "Call Bo"), S1)), Write(S1, title("Call Ana"))),
    ("equal stamps: emptying loses", task(), Write(S1, clear=[TITLE])),
    ("a later edit over a value its author had not seen", task(title=(s(TITLE, "Call Bo"), S2)),
     Write(S3, title("Call Cy"), base={TITLE: S1})),
    ("a later edit over a value where its author saw none", task(detail=(s(DETAIL, "by phone"), S2)),
     Write(S3, {DETAIL: s(DETAIL, "by mail")})),
    ("a later edit over a value its author had seen", task(title=(s(TITLE, "Call Bo"), S2)),
     Write(S3, title("Call Cy"), base={TITLE: S2})),
    ("a replica has always seen its own writes", task(title=(s(TITLE, "Call Bo"), stamp(T0 + 500, 3))),
     Write(S3, title("Call Cy"), base={TITLE: S1})),
    ("two registers, one wins and one loses", task(detail=(s(DETAIL, "by phone"), S3)),
     Write(S2, {**title("Call Bo"), DETAIL: s(DETAIL, "by mail")}, base={TITLE: S1})),
    ("emptying a register", task(detail=(s(DETAIL, "by phone"), S1)), Write(S2, clear=[DETAIL], base={DETAIL: S1})),
    ("emptying an unseen value", task(detail=(s(DETAIL, "by phone"), S2)), Write(S3, clear=[DETAIL])),
    ("emptying an empty register takes the stamp", task(), Write(S2, clear=[DETAIL])),
    ("an older value does not come back after emptying", task(detail=(None, S3)),
     Write(S2, {DETAIL: s(DETAIL, "by phone")})),
    ("deleting keeps the body", task(), Write(S2, alive=False, base={0: S1, TITLE: S1})),
    ("deleting goes over edits its author had not seen",
     task(title=(s(TITLE, "Call Bo"), S2), detail=(s(DETAIL, "by phone"), S2), due=(s(DUE, "2026-01-31"), S1)),
     Write(S3, alive=False, base={0: S1, TITLE: S1, DUE: S1})),
    ("deleting goes over an emptied register its author had not seen", task(detail=(None, S2)),
     Write(S3, alive=False, base={0: S1, TITLE: S1})),
    ("deleting after one's own unsynced edit", task(title=(s(TITLE, "Call Bo"), stamp(T0 + 500, 3))),
     Write(S3, alive=False, base={0: S1, TITLE: S1})),
    ("an earlier deletion loses against a restoring", task(life=S3), Write(S2, alive=False, base={0: S1, TITLE: S1})),
    ("deleting twice takes the later stamp", task(alive=False, life=S2), Write(S3, alive=False)),
    ("deleting twice, the older one does nothing", task(alive=False, life=S3), Write(S2, alive=False)),
    ("restoring", task(alive=False, life=S2), Write(S3, alive=True, base={0: S2})),
    ("an earlier restoring loses", task(alive=False, life=S3), Write(S2, alive=True, base={0: S1})),
    ("life is independent: an edit later than the deletion does not restore", task(alive=False, life=S2),
     Write(S3, title("Call Cy"), base={TITLE: S1})),
    ("life is independent: an edit earlier than the deletion is applied too", task(alive=False, life=S3),
     Write(S2, title("Call Cy"), base={TITLE: S1})),
    ("life is independent: an old edit of a deleted record loses to its register's stamp",
     task(alive=False, life=S3, title=(s(TITLE, "Call Bo"), S2)), Write(stamp(T0 + 500, 3), title("Call Cy"))),
    ("unknown registers pass through", task(unknown=(v(UNKNOWN, 300), S1)), Write(S2, title("Call Bo"), base={TITLE: S1})),
    ("unknown registers merge like others", task(unknown=(v(UNKNOWN, 300), S1)), Write(S2, {UNKNOWN: v(UNKNOWN, 301)})),
]

MERGE = []
for name, before, write in MERGE_INPUT:
    after, effects = merge(before, write)
    MERGE.append({
        "name": name,
        "before": before and before.show(),
        "write": write.show(),
        "after": after.show(),
        "changed": before is None or after.key() != before.key(),
        "effects": [
            {"register": r, "effect": e, "stamp": show_stamp(o), "value": None if b is None else b.hex()}
            for r, e, o, b in effects
        ],
    })

# ---------------------------------------------------------------- digest

IDS = ["019a0000-0000-7000-8000-000000000001", "019a0000-0000-7000-8000-000000000002",
       "019a1234-5678-7abc-9def-0123456789ab", "ffffffff-ffff-7fff-bfff-ffffffffffff"]


def fingerprint(identifier, stamps, body=b""):
    content = uuid.UUID(identifier).bytes
    for register in sorted(stamps):
        hlc, replica = stamps[register]
        content += struct.pack(">IQI", register, hlc, replica)
    content += body
    return hashlib.sha256(content).digest()[:16]


DIGEST_RECORDS = [
    (IDS[0], True, {0: S1, 1: S1}, s(1, "Call Ana")),
    (IDS[1], True, {0: S1, 1: S2, 4: S3}, s(1, "Café") + v(4, 3)),
    (IDS[2], False, {0: S3, 1: S1}, s(1, "Gone")),
    (IDS[3], True, {0: (MAX, 0xFFFFFFFF), 1: (0, 0), UNKNOWN: (1, 1)}, b""),
    # One bit of a value is another, its stamps are not.
    (IDS[0], True, {0: S1, 1: S1}, s(1, "Call Ani")),
]


def total(records):
    value = sum(int.from_bytes(fingerprint(i, st, b), "little") for i, alive, st, b in records if alive)
    return {"live": sum(1 for r in records if r[1]), "sum": (value % (1 << 128)).to_bytes(16, "little").hex()}


DIGEST = {
    "records": [
        {"id": i, "alive": a, "stamps": [[n, show_stamp(st[n])] for n in sorted(st)],
         "body": b.hex(), "fingerprint": fingerprint(i, st, b).hex()} for i, a, st, b in DIGEST_RECORDS
    ],
    "sums": [
        {"records": list(picked), **total([DIGEST_RECORDS[p] for p in picked])}
        for picked in [(), (0,), (0, 1), (1, 0), (2,), (0, 1, 2, 3), (3, 3, 3), (4,), (1, 4)]
    ],
}

# ---------------------------------------------------------------- messages

ACCOUNT_ID, PERSON_ID = IDS[2], IDS[0]
ACCOUNT, CONTACT, POINT, PLAN, OBJECTIVE, TASK, COMMENT = 32, 34, 35, 40, 41, 42, 61


def stamps_field(groups):
    out = b""
    for (hlc, replica), registers in groups:
        inner = f64(1, hlc) + (v(2, replica) if replica else b"")
        out += s(5, s(1, inner) + s(2, b"".join(varint(r) for r in registers)))
    return out


def state(identifier, kind, sequence, alive, groups, content):
    return (s(1, identifier) + v(2, kind) + v(3, sequence) + (v(4, 1) if alive else b"") + stamps_field(groups)
            + s(6, s(kind, content)))


CALL = s(1, "Call Ana") + v(3, 1)
GOOD_STATE = state(IDS[0], TASK, 7, True, [(S1, [0, 1, 3])], CALL)

STATES = [
    ("a record written in one go", GOOD_STATE, "canonical"),
    ("two stamps, by ascending stamp", state(IDS[0], TASK, 8, True, [(S1, [0, 3]), (S2, [1])], CALL), "canonical"),
    ("a deleted record keeps its body", state(IDS[0], TASK, 9, False, [(S1, [1, 3]), (S2, [0])], CALL), "canonical"),
    ("written by the server: replica 0 is left out", state(IDS[0], 17, 1, True, [((S1[0], 0), [0, 1])], s(1, "Sales")), "canonical"),
    ("a register of a newer version", state(IDS[0], TASK, 7, True, [(S1, [0, 1, 3, UNKNOWN])], CALL + v(UNKNOWN, 300)), "canonical"),
    ("a kind of a newer version", state(IDS[0], 200, 7, True, [(S1, [0, 1])], s(1, "x")), "canonical"),
    ("fields in another order", state(IDS[0], TASK, 7, True, [(S1, [0, 1, 3])], v(3, 1) + s(1, "Call Ana")), "accepted"),
    ("groups in another order", state(IDS[0], TASK, 8, True, [(S2, [1]), (S1, [0, 3])], CALL), "accepted"),
    ("registers of a group not packed",
     s(1, IDS[0]) + v(2, TASK) + v(3, 7) + v(4, 1)
     + s(5, s(1, f64(1, S1[0]) + v(2, S1[1])) + v(2, 0) + v(2, 1) + v(2, 3)) + s(6, s(TASK, CALL)), "accepted"),
    ("an unknown field of the state itself", GOOD_STATE + s(99, "later"), "accepted"),
    ("the id in upper case", state(IDS[2].upper(), TASK, 7, True, [(S1, [0, 1, 3])], CALL), "accepted"),
    ("nothing", b"", "refused"),
    ("no id", v(2, TASK) + v(3, 7) + s(6, s(TASK, CALL)), "refused"),
    ("an id that is none", state("019a0000", TASK, 7, True, [(S1, [0, 1])], CALL), "refused"),
    ("an id that is not UTF-8", s(1, b"\xff" * 36) + v(2, TASK), "refused"),
    ("a truncated varint", s(1, IDS[0]) + tag(3, 0) + b"\x80", "refused"),
    ("a varint of eleven bytes", s(1, IDS[0]) + tag(3, 0) + b"\x80" * 10 + b"\x01", "refused"),
    ("a varint above 64 bits", s(1, IDS[0]) + tag(3, 0) + b"\xff" * 9 + b"\x02", "refused"),
    ("a length beyond the end", s(1, IDS[0]) + tag(6, 2) + varint(500) + b"\x00", "refused"),
    ("a length near 2^64", s(1, IDS[0]) + tag(6, 2) + varint(MAX), "refused"),
    ("a group", s(1, IDS[0]) + tag(9, 3) + tag(9, 4), "refused"),
    ("field number 0", s(1, IDS[0]) + b"\x00\x01", "refused"),
    ("a field number above 2^29-1", s(1, IDS[0]) + varint((1 << 29) << 3) + b"\x01", "refused"),
    ("wire type 6", s(1, IDS[0]) + tag(9, 6), "refused"),
    ("a body of two kinds", s(1, IDS[0]) + v(2, TASK) + s(6, s(TASK, CALL) + s(PLAN, s(1, "x"))), "refused"),
    ("a body that is a number", s(1, IDS[0]) + v(2, TASK) + s(6, v(TASK, 1)), "refused"),
    ("a body of another kind than the record's", s(1, IDS[0]) + v(2, PLAN) + s(6, s(TASK, CALL)), "refused"),
    ("no kind", s(1, IDS[0]) + v(3, 7) + s(6, s(TASK, CALL)), "refused"),
    ("a truncated stamp", s(1, IDS[0]) + v(2, TASK) + s(5, s(1, tag(1, 1) + b"\x00" * 7)), "refused"),
]
for cut in (1, 2, 3, len(CALL), len(GOOD_STATE) // 2):
    STATES.append((f"the last {cut} bytes are missing", GOOD_STATE[:-cut], "refused"))


def body(kind, content):
    return s(kind, content)


def one(content):  # a task with one register more than it needs
    return body(TASK, CALL + content)


BODIES = [  # (name, kind, RecordBody, verdict)
    ("the least account", ACCOUNT, body(ACCOUNT, s(1, "Acme")), "accepted"),
    ("every sort of register of an account", ACCOUNT,
     body(ACCOUNT, s(1, "Acmé 株式会社") + s(2, "acme-1") + v(3, 1) + v(4, 6) + v(5, 9) + s(8, "FR") + s(10, "TND")
          + money(12, "EUR", 120050) + s(13, "2024-02-29") + s(14, "first\nsecond\tthird") + v(15, 0)), "accepted"),
    ("fields in another order", TASK, body(TASK, v(3, 1) + s(1, "Call Ana")), "accepted"),
    ("a varint with a needless byte", TASK, body(TASK, s(1, "Call Ana") + tag(3, 0) + b"\x81\x00"), "accepted"),
    ("200 characters of four bytes", ACCOUNT, body(ACCOUNT, s(1, "😀" * 200)), "accepted"),
    ("201 characters", ACCOUNT, body(ACCOUNT, s(1, "a" * 201)), "refused"),
    ("201 characters of four bytes", ACCOUNT, body(ACCOUNT, s(1, "😀" * 201)), "refused"),
    ("an empty text", ACCOUNT, body(ACCOUNT, s(1, "")), "refused"),
    ("a required register is missing", TASK, body(TASK, s(1, "Call Ana")), "refused"),
    ("no body at all", TASK, b"", "refused"),
    ("an amount of nothing", ACCOUNT, body(ACCOUNT, s(1, "Acme") + money(12, "EUR", 0)), "accepted"),
    ("a negative amount", ACCOUNT, body(ACCOUNT, s(1, "Acme") + money(12, "EUR", -1)), "accepted"),
    ("the least amount", ACCOUNT, body(ACCOUNT, s(1, "Acme") + money(12, "EUR", -(10**15))), "accepted"),
    ("an amount too large to be counted", ACCOUNT, body(ACCOUNT, s(1, "Acme") + money(12, "EUR", 10**15 + 1)), "refused"),
    ("an amount without currency", ACCOUNT, body(ACCOUNT, s(1, "Acme") + s(12, v(2, 2))), "refused"),
    ("an amount in “eur”", ACCOUNT, body(ACCOUNT, s(1, "Acme") + money(12, "eur", 1)), "refused"),
    ("an amount in two currencies", ACCOUNT, body(ACCOUNT, s(1, "Acme") + s(12, s(1, "EUR") + s(1, "USD") + v(2, 2))), "refused"),
    ("an amount with two numbers", ACCOUNT, body(ACCOUNT, s(1, "Acme") + s(12, s(1, "EUR") + v(2, 2) + v(2, 4))), "refused"),
    ("an amount whose number is text", ACCOUNT, body(ACCOUNT, s(1, "Acme") + s(12, s(1, "EUR") + s(2, "2"))), "refused"),
    ("a country in lower case", ACCOUNT, body(ACCOUNT, s(1, "Acme") + s(8, "fr")), "refused"),
    ("a currency of four letters", ACCOUNT, body(ACCOUNT, s(1, "Acme") + s(10, "EURO")), "refused"),
    ("a slug that begins with a hyphen", ACCOUNT, body(ACCOUNT, s(1, "Acme") + s(2, "-acme")), "refused"),
    ("a slug in upper case", ACCOUNT, body(ACCOUNT, s(1, "Acme") + s(2, "Acme")), "refused"),
    ("a slug of 40 characters", ACCOUNT, body(ACCOUNT, s(1, "Acme") + s(2, "a" * 40)), "accepted"),
    ("a slug of 41 characters", ACCOUNT, body(ACCOUNT, s(1, "Acme") + s(2, "a" * 41)), "refused"),
    ("tier 9", ACCOUNT, body(ACCOUNT, s(1, "Acme") + v(5, 9)), "accepted"),
    ("tier 10", ACCOUNT, body(ACCOUNT, s(1, "Acme") + v(5, 10)), "refused"),
    ("tier 0", ACCOUNT, body(ACCOUNT, s(1, "Acme") + v(5, 0)), "refused"),
    ("tier -1", ACCOUNT, body(ACCOUNT, s(1, "Acme") + v(5, -1)), "refused"),
    ("an enumeration's number of a newer version", TASK, one(v(5, 99)), "accepted"),
    ("an enumeration's 0", TASK, one(v(5, 0)), "refused"),
    ("an enumeration's number beyond 16 bits", TASK, one(v(5, 65_536)), "refused"),
    ("a day that exists", TASK, one(s(4, "2028-02-29")), "accepted"),
    ("a day that does not exist", TASK, one(s(4, "2027-02-29")), "refused"),
    ("a day in another format", TASK, one(s(4, "2027-2-9")), "refused"),
    ("an id", TASK, one(s(7, IDS[1])), "accepted"),
    ("an id that is none", TASK, one(s(7, IDS[1][:-1])), "refused"),
    ("a decimal number", OBJECTIVE, body(OBJECTIVE, s(2, "Grow") + s(6, "-12.50")), "accepted"),
    ("a decimal number with an exponent", OBJECTIVE, body(OBJECTIVE, s(2, "Grow") + s(6, "1e5")), "refused"),
    ("a decimal number without digits before the point", OBJECTIVE, body(OBJECTIVE, s(2, "Grow") + s(6, ".5")), "refused"),
    ("a period of one day", PLAN, body(PLAN, s(1, "2026") + period(2, "2026-01-01", "2026-01-01")), "accepted"),
    ("a period that ends before it begins", PLAN, body(PLAN, s(1, "2026") + period(2, "2026-01-02", "2026-01-01")), "refused"),
    ("a period without end", PLAN, body(PLAN, s(1, "2026") + s(2, s(1, "2026-01-01"))), "refused"),
    ("a period with two ends", PLAN,
     body(PLAN, s(1, "2026") + s(2, s(1, "2026-01-01") + s(2, "2026-12-31") + s(2, "2025-01-01"))), "refused"),
    ("a tab and line breaks in a long text", TASK, one(s(2, "a\tb\nc")), "accepted"),
    ("a line break in a line", TASK, body(TASK, s(1, "Call\nAna") + v(3, 1)), "refused"),
    ("NUL", TASK, one(s(2, "a\0b")), "refused"),
    ("ESC", TASK, one(s(2, "a\x1b[31mb")), "refused"),
    ("a carriage return", TASK, one(s(2, "a\r\nb")), "refused"),
    ("DEL", TASK, one(s(2, "a\x7fb")), "refused"),
    ("a C1 control", TASK, one(s(2, "a\u0085b")), "refused"),
    ("not UTF-8", TASK, one(s(2, b"a\xffb")), "refused"),
    ("UTF-8 of needless length", TASK, one(s(2, b"a\xc0\x80b")), "refused"),
    ("UTF-8 of half a surrogate pair", TASK, one(s(2, b"a\xed\xa0\x80b")), "refused"),
    ("UTF-8 that ends early", TASK, one(s(2, b"a\xe2\x82")), "refused"),
    ("a register twice", TASK, body(TASK, s(1, "Call Ana") + s(1, "Call Bo") + v(3, 1)), "refused"),
    ("a number twice", TASK, body(TASK, s(1, "Call Ana") + v(3, 1) + v(3, 2)), "refused"),
    ("a text that is a number", TASK, body(TASK, v(1, 5) + v(3, 1)), "refused"),
    ("a number that is a text", TASK, body(TASK, s(1, "Call Ana") + s(3, "1")), "refused"),
    ("a number of eight bytes", TASK, body(TASK, s(1, "Call Ana") + f64(3, 1)), "refused"),
    ("a truncated varint", TASK, body(TASK, CALL + tag(5, 0) + b"\x80"), "refused"),
    ("a varint of eleven bytes", TASK, one(tag(5, 0) + b"\x80" * 10 + b"\x01"), "refused"),
    ("a group", TASK, one(tag(2, 3) + tag(2, 4)), "refused"),
    ("field number 0", TASK, one(b"\x02\x00"), "refused"),
    ("a length beyond the end", TASK, one(tag(2, 2) + b"\x05a"), "refused"),
    ("a body of two kinds", TASK, body(TASK, CALL) + body(PLAN, s(1, "x")), "refused"),
    ("a body of another kind than the change's", TASK, body(PLAN, s(1, "x")), "refused"),
    ("a comment", COMMENT, body(COMMENT, s(1, IDS[1]) + v(2, TASK) + s(3, "Good.") + v(5, T0)), "accepted"),
    ("a register of a newer version", TASK, one(v(UNKNOWN, 1)), "ahead"),
    ("a kind of a newer version", 200, body(200, s(1, "x")), "ahead"),
    ("no kind", 0, b"", "refused"),
]

MESSAGES = {
    "record_states": [{"name": n, "bytes": b.hex(), "verdict": w} for n, b, w in STATES],
    "author": PERSON_ID,
    "account": ACCOUNT_ID,
    "bodies": [{"name": n, "kind": k, "bytes": b.hex(), "verdict": w} for n, k, b, w in BODIES],
}

# ---------------------------------------------------------------- ids

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def handle(identifier, length):
    bits = int(identifier.replace("-", ""), 16)
    return "".join(ALPHABET[bits >> 5 * place & 31] for place in reversed(range(length)))


def with_low_byte(identifier, change):
    raw = bytearray(uuid.UUID(identifier).bytes)
    raw[15] ^= change
    return str(uuid.UUID(bytes=bytes(raw)))


IDS_VECTORS = {
    "ids": [
        {"text": i, "bytes": i.replace("-", ""), "handle": handle(i, 4), "longest_handle": handle(i, 12),
         "milliseconds": int(i.replace("-", "")[:12], 16), "last_byte": int(i[-2:], 16),
         "privileged_contact": with_low_byte(i, 38)}
        for i in IDS + ["00000000-0000-7000-8000-000000000000", "0199c7d4-b000-7123-8456-789abcdef012"]
    ],
    "ascending": sorted(IDS + ["00000000-0000-7000-8000-000000000000", "80000000-0000-7000-8000-000000000000",
                               "019a0000-0000-7000-bfff-ffffffffffff"]),
    "same": [[IDS[2], IDS[2].upper()]],
    "not_ids": ["", "019a0000", IDS[0][:-1], IDS[0] + "0", IDS[0].replace("-", ""), "{" + IDS[0] + "}",
                "urn:uuid:" + IDS[0], IDS[0].replace("-", "_"), "g19a0000-0000-7000-8000-000000000001",
                " 19a0000-0000-7000-8000-000000000001", "019a0000-0000-7000-8000-00000000000\u0661",
                "019a00000-000-7000-8000-000000000001"],
    "not_time_ordered": ["019a0000-0000-4000-8000-000000000001", "019a0000-0000-1000-8000-000000000001",
                         "019a0000-0000-7000-0000-000000000001", "019a0000-0000-7000-c000-000000000001",
                         "00000000-0000-0000-0000-000000000000"],
    "handles": [
        {"typed": "7QK2", "reads": "7QK2"}, {"typed": "7qk2", "reads": "7QK2"}, {"typed": "7-Qk-2", "reads": "7QK2"},
        {"typed": "oO0o", "reads": "0000"}, {"typed": "iIlL1", "reads": "11111"}, {"typed": "0000", "reads": "0000"},
        {"typed": "ZZZZZZZZZZZZ", "reads": "ZZZZZZZZZZZZ"}, {"typed": "7QK", "reads": None},
        {"typed": "", "reads": None}, {"typed": "----", "reads": None}, {"typed": "ZZZZZZZZZZZZZ", "reads": None},
        {"typed": "7QU2", "reads": None}, {"typed": "7Q 2", "reads": None}, {"typed": "7QÉ2", "reads": None},
        {"typed": "7QK*", "reads": None},
    ],
}

# ---------------------------------------------------------------- permissions

# Who asks. Everyone but the last has signed in to the organisation the account belongs to.
ASKERS = {
    "A": "admin of the organisation", "E": "executive of the organisation", "M": "manager of the account",
    "C": "contributor to the account", "V": "viewer of the account",
    "L": "lead of the department the record is addressed to", "D": "member of the department it is addressed to",
    "O": "member of another department engaged in the account",
    "X": "lead of a department that is not engaged in the account",
    "N": "member with no access to the account",
}
# Nothing is allowed that is not named here.
PLAN = ["contact", "contact_point", "plan", "objective", "task", "division", "stakeholder_role", "influence", "coverage",
        "task_dependency", "task_role", "department_expectation", "project", "swot_item", "whitespace_cell", "opportunity",
        "observation", "interview", "survey_campaign", "survey_invitation", "survey_response", "external_review",
        "service_request", "communication_item", "communication_sent", "business_review", "criterion_score",
        "segment_member", "participant"]
# What people of every engaged department add, too.
SAID = ["comment", "request_event", "interaction"]
FINANCE = ["sale", "cost_event", "revenue_target", "profitability_target", "contract"]
# What admins and the leads of departments keep in the directory, and what only admins do.
SHARED = ["product", "strategy", "survey_template", "interview_guide", "selection_criterion", "segment",
          "plan_template", "template_step", "import_mapping"]
SETTINGS = ["health_definition", "kpi_target", "service_level", "exchange_rate"]
ADD = {**dict.fromkeys(PLAN + ["privileged_contact"], "AMC"), **dict.fromkeys(SAID, "AMCLDO"),
       **dict.fromkeys(FINANCE, "AM"), **dict.fromkeys(SHARED, "ALX"), **dict.fromkeys(SETTINGS, "A")}
DELETE = {"account": "AM", **dict.fromkeys(PLAN + SAID, "AMC"), **dict.fromkeys(FINANCE, "AM"),
          **dict.fromkeys(SHARED + SETTINGS, "A")}
CHANGE = {**dict.fromkeys(PLAN + ["account", "privileged_contact"], "AMC"), **dict.fromkeys(FINANCE, "AM"),
          **dict.fromkeys(SHARED, "ALX"), **dict.fromkeys(SETTINGS + ["department"], "A")}
# What is sealed: who deletes and restores it all the same, and who takes the seal off.
SEALED = {**dict.fromkeys(["survey_template", "interview", "business_review"], {"delete_sealed": "A", "unseal": "A"}),
          "revenue_target": {"delete_sealed": "AM", "unseal": "AM"}}
CHANGE_REGISTER = {
    "account.key_account": "AM", "account.manager": "AM", "account.parent": "AM",
    **{f"task.{name}": "AMCLD" for name in
       ("progress_note", "blocked_reason", "done_on", "evidence", "claimed_by", "status")},
    "department_expectation.status": "AMCLD", "department_expectation.note": "AMCLD",
    "service_request.assignee": "AMCLD", "service_request.detail": "AMCLD",
}


def permissions():
    """Every register of every kind, with who may add a record that has it and who may change it."""
    text = (HERE.parent / "kam/v1/model.proto").read_text()
    kinds = re.findall(r"^    (\w+) (\w+) = (\d+);", text[text.index("message RecordBody"):].split("}")[0], re.M)
    rows = []
    for message, kind, number in kinds:
        body = text[text.index(f"\nmessage {message} {{") :].split("\n}")[0]
        registers = re.findall(r"// \[([LGOS])\][^\n]*\n(?:  //[^\n]*\n)*  (?:optional |repeated )[\w.]+ (\w+) = (\d+);",
                               body)
        for policy, name, register in registers:
            allowed = "" if policy in "OS" else CHANGE_REGISTER.get(f"{kind}.{name}", CHANGE.get(kind, ""))
            rows.append({"kind": int(number), "name": kind, "register": int(register), "field": name,
                         "add": "" if policy == "S" else ADD.get(kind, ""), "change": allowed,
                         "delete": DELETE.get(kind, ""), **SEALED.get(kind, {})})
    return {"askers": ASKERS, "rows": rows}


# ---------------------------------------------------------------- refusals

# Each code once, with every form its arguments have; `outcome` of the edit that it is told of.
REFUSALS = [{"code": code, "arguments": list(arguments), "outcome": outcome} for outcome, code, *arguments in [
    ("DENIED", "no-such-account"),
    ("DENIED", "directory-closed"),
    ("DENIED", "needs-role", "contributor", "add", "task"),
    ("DENIED", "needs-role", "manager", "change", "business_review"),
    ("DENIED", "needs-role", "manager", "change-register", "account", "key_account"),
    ("DENIED", "needs-role", "manager", "share"),
    ("DENIED", "needs-role", "manager", "engage"),
    ("DENIED", "needs-role", "contributor", "delete-or-restore", "contact_point"),
    ("DENIED", "needs-role", "manager", "delete-or-restore-sealed", "business_review"),
    ("DENIED", "needs-role-or-department", "contributor", "member", "4", "change-register", "task", "progress_note"),
    ("DENIED", "needs-role-or-department", "contributor", "lead", "0", "add", "comment"),
    ("DENIED", "needs-admin", "change", "department"),
    ("DENIED", "needs-keeper", "change-directory"),
    ("DENIED", "server-written", "person"),
    ("DENIED", "task-held", "move-held-task"),
    ("DENIED", "task-held", "claim-for-another"),
    ("DENIED", "foreign-author", "comment"),
    ("DENIED", "not-a-colleague", "4"),
    ("INVALID", "not-engaged", "1"),
    ("INVALID", "wrong-scope", "task", "directory"),
    ("INVALID", "missing", "task", "title"),
    ("INVALID", "set-once", "comment", "about"),
    ("INVALID", "unguarded", "task", "claimed_by"),
    ("INVALID", "server-register", "account", "departments"),
    ("INVALID", "not-the-singleton", "privileged_contact"),
    ("INVALID", "cannot-delete", "privileged_contact"),
    ("INVALID", "malformed", "it changes nothing"),
    ("INVALID", "clears-required", "task", "title"),
    ("INVALID", "too-many", "changes", "201", "200"),
    ("INVALID", "too-many", "guards", "401", "400"),
    ("INVALID", "too-many", "summary", "301", "200"),
    ("INVALID", "too-many", "access", "201", "200"),
    ("INVALID", "too-many", "value-bytes", "300000", "262144"),
    ("INVALID", "too-many-accounts", "999"),
    ("INVALID", "too-many-own-accounts", "200"),
    ("INVALID", "too-many-today", "accounts", "50"),
    ("INVALID", "too-many-today", "directory-records", "1000"),
    ("INVALID", "account-first"),
    ("INVALID", "sealed", "business_review", "final", "final"),
    ("INVALID", "sealed", "plan", "locked", "open"),
    ("INVALID", "reference-unknown", "task", "opportunity"),
    ("INVALID", "reference-kind", "task", "opportunity", "opportunity"),
    ("INVALID", "own-parent", "account", "parent"),
    ("INVALID", "would-loop", "account", "parent"),
    ("INVALID", "waits-for-itself", "0"),
    ("INVALID", "waits-for-itself", "2"),
    ("INVALID", "slug-taken", "acme", "Acme & Söhne"),
    ("INVALID", "never-came-back", "30"),
    ("INVALID", "value", "task", "title", "empty"),
    ("INVALID", "value", "task", "title", "too-long", "300", "400"),
    ("INVALID", "value", "task", "title", "not-utf8"),
    ("INVALID", "value", "task", "title", "control-character", "27"),
    ("INVALID", "value", "task", "due", "not-a-date", "2026-02-31"),
    ("INVALID", "value", "sale", "period", "ends-before-it-begins", "2026-02-01", "2026-01-01"),
    ("INVALID", "value", "sale", "period", "not-a-period", "February"),
    ("INVALID", "value", "account", "slug", "not-a-slug", "A b"),
    ("INVALID", "value", "account", "country", "not-a-country", "France"),
    ("INVALID", "value", "account", "currency", "not-a-currency", "euro"),
    ("INVALID", "value", "measure", "value", "not-a-decimal", "12,5"),
    ("INVALID", "value", "sale", "amount", "not-an-amount", "12"),
    ("INVALID", "value", "sale", "amount", "amount-too-large", "1200.50 EUR"),
    ("INVALID", "value", "answer", "score", "not-a-number", "ten"),
    ("INVALID", "value", "opportunity", "stage", "not-graded", "9", "negotiating", "won"),
    ("INVALID", "value", "answer", "score", "out-of-range", "11", "0", "10"),
    ("INVALID", "value", "account", "key_account", "not-a-flag", "2"),
    ("INVALID", "value", "task", "priority", "unknown-choice", "9", "low", "high"),
    ("INVALID", "value", "task", "opportunity", "not-an-id", "x"),
    ("INVALID", "value", "task", "title", "malformed", "truncated"),
    ("GUARD_FAILED", "guard-failed"),
    ("TARGET_GONE", "record-gone", "task"),
    ("SCHEMA_AHEAD", "schema-ahead"),
    ("WAITING", "former-missing"),
    ("WAITING", "decided-anew"),
]]

# Of calls, each code once; those of edits are codes of calls, too.
CALLS = [{"code": code, "arguments": list(arguments)} for code, *arguments in [
    ("admins-only",),
    ("no-such-person", "zoe@demo.example"),
    ("not-an-email", "zoe"),
    ("last-manager", "ana@demo.example"),
    ("last-admin", "ana@demo.example"),
    ("unknown-role", "9"),
    ("no-such-department", "Catering"),
    ("department-exists", "Law"),
    ("not-a-department-name", ""),
    ("too-many-departments", "100"),
    ("no-such-device", "7"),
    ("too-many-devices", "20"),
    ("too-many-copies", "20"),
    ("no-copy-seen",),
    ("unusable-invite",),
    ("holds-anothers",),
    ("no-credential",),
    ("unknown-device",),
    ("device-revoked",),
    ("device-suspended",),
    ("person-suspended",),
    ("silent-too-long", "90"),
    ("unknown-protocol", "1", "2", "3"),
    ("too-often", "requests", "12"),
    ("too-often", "strangers", "12"),
    ("too-often", "joins", "600"),
    ("too-many-scopes", "2001", "2000"),
    ("disk-full",),
    ("database-held",),
    ("no-such-account",),
    ("needs-role", "manager", "share"),
    ("too-many-today", "roles", "500"),
]]

# ---------------------------------------------------------------- files


def render(value, depth=0):
    """JSON with one case a line, so that a difference reads well."""
    if depth == 2 or not isinstance(value, (dict, list)) or not value:
        return json.dumps(value, ensure_ascii=False)
    pad = "  " * (depth + 1)
    if isinstance(value, dict):
        inner = [f"{pad}{json.dumps(k)}: {render(x, depth + 1)}" for k, x in value.items()]
        return "{\n" + ",\n".join(inner) + "\n" + "  " * depth + "}"
    inner = [pad + render(x, 2) for x in value]
    return "[\n" + ",\n".join(inner) + "\n" + "  " * depth + "]"


def main():
    files = {
        "clock.json": {"cases": CLOCK}, "merge.json": {"kind": TASK, "cases": MERGE}, "digest.json": DIGEST,
        "messages.json": MESSAGES, "ids.json": IDS_VECTORS, "permissions.json": permissions(),
        "refusals.json": {"refusals": REFUSALS, "calls": CALLS},
    }
    stale = []
    for name, content in files.items():
        text = render(content) + "\n"
        path = HERE / name
        if "--check" in sys.argv:
            if not path.exists() or path.read_text() != text:
                stale.append(name)
        else:
            path.write_text(text)
    if stale:
        sys.exit("not what make_vectors.py writes: " + ", ".join(stale))


if __name__ == "__main__":
    main()
