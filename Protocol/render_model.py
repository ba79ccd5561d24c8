#!/usr/bin/env python3
"""Renders Protocol/model.md from the comments of kam/v1/model.proto, vectors/permissions.json and served.md.

`make protocol` calls it."""
import json
import pathlib
import re
import sys

HEAD = """# The domain model

Rendered from `kam/v1/model.proto` by `make protocol`; do not edit. One message is one kind of record, one field one
register.

**Policies.** L: last writer wins. G: guarded, compare-and-set, decided by the server. O: once, set when the record is
made. S: written by the server only.

**Conventions.** Ids are UUIDs of version 7 as text. Dates are `YYYY-MM-DD`. Money is a currency and an integer in its
minor unit. A sub-message is one register. Texts are one line of the length that the command's help names, unless they
say otherwise. Unknown values of an enumeration come from a newer version and are kept.

**Who may do what.** Organisation roles: *admin* (users, devices, everything), *executive* (reads everything), *member*.
Account roles, each including the ones below: *manager* (writes plan and finance, shares the account, engages departments,
key account, account manager, parent), *contributor* (writes plan, reads finance), *viewer* (reads plan). Department roles:
*member* (claims and progresses what is addressed to the department), *lead* (also assigns it within the department and
releases it). A department is engaged in every account unless its manager takes it out; its people read the plan, and
those of finance the figures. Everybody reads the directory; admins write it, and the leads of departments, whom admins
name, add and change products, strategies, survey templates, interview guides, criteria, segments, plan templates and import
mappings (`decisions/0019`). Rights are those before the mutation: no part of it is judged by what an earlier part made. A
task that somebody holds is moved to another department by them, a lead of its department or a manager only. The table at the
end has every register.

**Events.** Kinds whose registers are all O are events: what happened is not edited. A correction is another record, a mistake
is deleted. When something happened (`occurred_at`) is not when it was written down (its stamp).

**What stands.** A survey template that is published, an interview or a review that is finalised, a target that is locked takes
no other change. A lock is taken off by whoever may write it, and what is locked is deleted and restored by managers of the
account; the other seals are taken off, and what is under them deleted and restored, by admins only, and the audit log tells of it.
"""


def permissions(source: pathlib.Path) -> str:
    """The table of vectors/permissions.json, which the tests hold the server to."""
    table = json.loads(source.read_text())
    lines = ["\n## Who may write what\n"]
    lines.append("Nothing is allowed that is not named here. " + "; ".join(
        f"**{letter}** {words}" for letter, words in table["askers"].items()) + ".\n")
    lines.append("| kind | register | add | change | delete, restore |\n| --- | --- | --- | --- | --- |")
    lines += [f"| {row['name']} | {row['field']} | {row['add'] or '–'} | {row['change'] or '–'} | {row['delete'] or '–'} |"
              for row in table["rows"]]
    lines.append("""
Besides: whoever founds an account becomes its manager, and anybody may. An author may delete their own comment, and
events in one's own name only, unless an admin brings in what others said. A task that somebody holds is moved by its holder, a lead of its department or a manager;
a claim is made in one's own name, by a lead for people of the department, or by a manager for anybody. Nothing is
addressed to a department that is not engaged. The figures (`finance/`) are read by contributors and written by managers
and by people of an engaged finance department.""")
    return "\n".join(lines)


def main(source: pathlib.Path) -> str:
    out = [HEAD]
    comment: list[str] = []
    stack: list[str] = []
    for line in source.read_text().splitlines():
        text = line.strip()
        if text.startswith("//"):
            comment.append(text[2:].strip())
        elif match := re.match(r"(message|enum) (\w+) \{", text):
            kind, name = match.groups()
            stack.append(kind)
            out.append(f"\n{'#' * (len(stack) + 1)} {name}\n\n{' '.join(comment)}\n".replace("\n\n\n", "\n\n"))
            out.append("| value | meaning |\n| --- | --- |" if kind == "enum"
                       else "| number | register | type | policy | meaning |\n| --- | --- | --- | --- | --- |")
            comment = []
        elif text == "}" and stack:
            stack.pop()
            comment = []
        elif match := re.match(r"([A-Z][A-Z0-9_]+) = (\d+);", text):
            out.append(f"| {match[1]} = {match[2]} | {' '.join(comment)} |")
            comment = []
        elif match := re.match(r"(optional |repeated |)([\w.]+) (\w+) = (\d+);", text):
            note = " ".join(comment)
            policy = re.match(r"\[([LGOS])\] ?", note)
            out.append(f"| {match[4]} | {match[3]} | {match[1] if match[1] == 'repeated ' else ''}{match[2]} "
                       f"| {policy[1] if policy else ''} | {note[policy.end():] if policy else note} |")
            comment = []
        elif text.startswith("oneof"):
            stack.append("oneof")
        elif not text:
            comment = []
    out.append(permissions(source.parents[2] / "vectors/permissions.json"))
    out.append("\n" + (source.parents[2] / "served.md").read_text().rstrip("\n"))
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    here = pathlib.Path(__file__).parent
    text = main(here / "kam/v1/model.proto")
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "model.md"
    target.write_text(text)
