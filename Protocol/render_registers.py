#!/usr/bin/env python3
"""Renders Sources/PlanModel/ModelNumbers.swift: the numbers of kam/v1/model.proto, by their names in Swift.

`make protocol` calls it. Code names a kind, a register and a status by these, so that the compiler finds a name that
is wrong, and what is renamed in model.proto is renamed everywhere or does not build."""
import pathlib
import re
import sys

HEAD = """// Rendered from Protocol/kam/v1/model.proto by `make protocol`; do not edit.
"""

# Enumerations that rules ask about. The others are only shown and chosen, by the words in the kinds' descriptions.
RULED = re.compile(r"Status$|^SaleType$|^SwotQuadrant$|^OpportunityStage$")

# Names that Swift wants in backticks where they are declared.
KEYWORDS = {"case", "class", "default", "extension", "for", "func", "import", "in", "init", "internal", "is", "operator",
            "private", "protocol", "public", "repeat", "return", "self", "static", "struct", "switch", "throws", "where"}


def camel(name: str) -> str:
    """claimed_by and CLAIMED_BY are claimedBy in Swift, and external_id is externalID."""
    first, *rest = name.lower().split("_")
    return first + "".join("ID" if word == "id" else word.capitalize() for word in rest)


def blocks(text: str) -> dict[str, list[tuple[str, str, int]]]:
    """The outermost messages and enumerations, as (type, name, number); nested ones are parts of one register."""
    found: dict[str, list[tuple[str, str, int]]] = {}
    open_blocks: list[str] = []
    for line in (line.strip() for line in text.splitlines()):
        if match := re.match(r"(?:message|enum|oneof) (\w+) \{", line):
            open_blocks.append(match[1])
        elif line == "}":
            open_blocks.pop()
        elif match := re.match(r"(?:optional |repeated )?(?:([\w.]+) )?(\w+) = (\d+);", line):
            if len(open_blocks) == 1 or open_blocks == ["RecordBody", "kind"]:
                found.setdefault(open_blocks[0], []).append((match[1] or "", match[2], int(match[3])))
    return found


def constants(comment: str, name: str, type_: str, members: list[tuple[str, int]]) -> str:
    """One caseless enumeration of constants."""
    rows = []
    for member, number in members:
        word = f"`{member}`" if member in KEYWORDS else member
        rows.append(f"  @inlinable @inline(__always) package static var {word}: {type_} {{ {number} }}")
    return "\n".join([f"/// {comment}", f"package enum {name} {{", *rows, "}", ""])


def main(source: pathlib.Path) -> str:
    found = blocks(source.read_text())
    kinds = found["RecordBody"]
    parts = [HEAD, constants("The numbers of the kinds.", "KindNumber", "UInt32",
                             [(camel(name), number) for _, name, number in kinds])]
    for message, name, _ in kinds:
        parts.append(constants(f"The registers of the kind {name.replace('_', '-')}.", f"{message}Register", "UInt32",
                               [(camel(field), number) for _, field, number in found[message]]))
    for name in (name for name in found if RULED.search(name)):
        prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", name).upper() + "_"
        values = [(camel(value.removeprefix(prefix)), number) for _, value, number in found[name] if number]
        parts.append(constants(f"The values of {name}. A newer version may know more.", name, "Int64", values))
    return "\n".join(parts)


if __name__ == "__main__":
    here = pathlib.Path(__file__).parent
    text = main(here / "kam/v1/model.proto")
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here / "../Sources/PlanModel/ModelNumbers.swift"
    target.write_text(text)
