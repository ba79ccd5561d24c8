#!/usr/bin/env python3
"""Renders Protocol/model.md from the comments of kam/v1/model.proto. `make protocol` calls it."""
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
Account roles, each including the ones below: *manager* (writes plan and finance, shares the account, key account,
account manager, parent), *contributor* (writes plan, reads finance), *viewer* (reads plan). A task that somebody holds is
moved by its holder or a manager; a claim is made in one's own name, or by a manager.
"""


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
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    here = pathlib.Path(__file__).parent
    text = main(here / "kam/v1/model.proto")
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "model.md"
    target.write_text(text)
