#!/usr/bin/env python3
"""Draws the modules in ARCHITECTURE.md from the package itself, so that the picture cannot be wrong.

    ops/architecture.py write    puts the picture into ARCHITECTURE.md
    ops/architecture.py check    fails when it is another, or when a module has no row in the table of modules

An arrow that follows from two others is left out: kam imports Wording, and so does nearly everything that kam imports."""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- modules: ops/architecture.py write -->\n```\n", "```\n<!-- /modules -->\n"


def targets() -> dict[str, set[str]]:
    """Each module of ours with the modules of ours that it imports; system libraries and tests are not drawn."""
    dump = subprocess.run(["swift", "package", "dump-package"], cwd=ROOT, check=True, capture_output=True, text=True)
    drawn = [target for target in json.loads(dump.stdout)["targets"]
             if target["type"] in ("regular", "executable")
             and (target["name"] == "Simulation" or not (target.get("path") or "").startswith("Tests/"))]
    names = {target["name"] for target in drawn}
    return {target["name"]: {name for dependency in target["dependencies"]
                             for name in [(dependency.get("byName") or dependency.get("target") or [""])[0]]
                             if name in names}
            for target in drawn}


def reached(graph: dict[str, set[str]], name: str) -> set[str]:
    """What a module imports, and what that imports, and so on."""
    found: set[str] = set()
    rest = list(graph[name])
    while rest:
        if (module := rest.pop()) not in found:
            found.add(module)
            rest += graph[module]
    return found


def levels(graph: dict[str, set[str]]) -> dict[str, int]:
    """How many arrows lead from a module down to one that imports nothing of ours, at most."""
    known: dict[str, int] = {}

    def level(name: str) -> int:
        if name not in known:
            known[name] = 1 + max((level(other) for other in graph[name]), default=-1)
        return known[name]

    for name in graph:
        level(name)
    return known


def picture(graph: dict[str, set[str]]) -> str:
    """One line a module, those that import nothing of ours first; each imports only what stands above it."""
    depth = levels(graph)
    width = max(map(len, graph)) + 2
    lines = []
    for level in range(max(depth.values()) + 1):
        for name in sorted(name for name in graph if depth[name] == level):
            direct = {other for other in graph[name]
                      if not any(other in reached(graph, third) for third in graph[name] - {other})}
            lines.append(f"{name:<{width}}{'← ' + ' '.join(sorted(direct)) if direct else ''}".rstrip())
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def missing_rows(text: str, graph: dict[str, set[str]]) -> list[str]:
    """Modules that the table says nothing of."""
    rows = set(re.findall(r"^\| ([\w/, ]+?) \|", text, flags=re.M))
    told = {part.strip().rsplit("/", 1)[-1] for row in rows for part in row.split(",")}
    return sorted(set(graph) - told)


def main(mode: str) -> str | None:
    """What is wrong; nothing when all is well."""
    file = ROOT / "ARCHITECTURE.md"
    text = file.read_text()
    graph = targets()
    if BEGIN not in text or END not in text:
        return "ARCHITECTURE.md has no place for the picture of the modules."
    before, rest = text.split(BEGIN)
    drawn, after = rest.split(END)
    if mode == "write":
        file.write_text(before + BEGIN + picture(graph) + END + after)
        return None
    if drawn != picture(graph):
        return "The modules in ARCHITECTURE.md are not those of Package.swift: run ops/architecture.py write."
    if missing := missing_rows(text, graph):
        return "The table of modules in ARCHITECTURE.md has no row for " + ", ".join(missing) + "."
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
