"""The packages kam and kamd are made of: what was agreed on (ops/dependencies.json) and what a build really took.

    ops/dependencies.py check .build          the packages of a build, its programs and the notices are as agreed
    ops/dependencies.py take .build           fetch the agreed versions, before a build
    ops/dependencies.py renew                 write the list and the notices anew from .build (make dependencies)

With KAM_CORE=1 in the environment, check and take mean a build of the core: fewer packages, no programs.

Compared are name, version and the content that is compiled. Where a package was fetched from does not matter, and so
its commit does not either: a mirror's may differ, its files may not.
"""

import fnmatch
import glob
import hashlib
import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import third_parties

OPS = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(OPS)
LIST = os.path.join(OPS, "dependencies.json")
NOTICES = os.path.join(ROOT, "THIRD-PARTY-NOTICES")
PROGRAMS = ("kam", "kamd")
WIDTH = 80
COPYRIGHT = re.compile(r"[\s/*#]*Copyright\s+(?:\(c\)\s*|©\s*)?((?:\d{4}|[\s,\-–]|and (?=\d))*)(.+)$", re.IGNORECASE)


class Unusable(Exception):
    """What was to be read is not there, or not as this program knows it."""


# The agreed list.


def agreed(path=LIST):
    """The list, by package."""
    with open(path, encoding="utf-8") as file:
        return {package["name"]: package for package in json.load(file)["packages"]}


def programs_of(package):
    """The programs that a package of the list is linked into."""
    return tuple(program for program in PROGRAMS if package["modules"].get(program))


def directories_of(package):
    """Where the linked modules of a package lie, from its root; each once."""
    return sorted({path for modules in package["modules"].values() for path in modules.values()})


# What Package.swift says.


def direct_dependencies(text):
    """Package.swift's own dependencies: name, and version with the word before it (`exact`, `from`)."""
    found = re.findall(r'\.package\(\s*url: "([^"]+)",\s*(\w+): "([^"]+)"', text)
    return {identity(url): (kind, version) for url, kind, version in found}


def core_dependencies(text):
    """Those of them that a build with KAM_CORE=1 has."""
    part = re.search(r"let coreDependencies[^=]*= \[(.*?)\n\]", text, re.DOTALL)
    return set(direct_dependencies(part.group(1))) if part else set()


def identity(url):
    """SwiftPM's name of a package, from its address."""
    return re.sub(r"\.git$", "", url.rstrip("/").rsplit("/", 1)[-1].lower())


# What a build took.


def resolved(scratch):
    """Name → (version, its folder) of what a build folder holds. A version is None for a branch or a commit."""
    path = os.path.join(scratch, "workspace-state.json")
    try:
        with open(path, encoding="utf-8") as file:
            state = json.load(file)
        return {
            entry["packageRef"]["identity"]: (
                entry["state"].get("checkoutState", {}).get("version"),
                os.path.join(scratch, "checkouts", entry["subpath"]),
            )
            for entry in state["object"]["dependencies"]
        }
    except FileNotFoundError as error:
        raise Unusable(f"{path} is missing: build first") from error
    except (KeyError, TypeError, ValueError) as error:
        raise Unusable(f"{path} is not as this program knows it: {error!r}") from error


def objects_of(scratch, program):
    """The list of objects that a program was linked from, of the newest build in a folder; None if it was not built."""
    lists = glob.glob(os.path.join(scratch, "*", f"{program}.product", "Objects.LinkFileList"))
    return max(lists, key=os.path.getmtime) if lists else None


def modules_of(objects):
    """The modules that a list of objects names."""
    with open(objects, encoding="utf-8") as file:
        return set(re.findall(r"/([^/\n]+)\.build/", file.read()))


def own_modules():
    """Our modules: a folder each, and the client."""
    return set(os.listdir(os.path.join(ROOT, "Sources"))) | {"kam"}


def find_module(module, objects, packages):
    """A module's package and folder there. Swift modules say it in the build; modules in C are searched for."""
    sources = os.path.join(os.path.dirname(os.path.dirname(objects)), f"{module}.build", "sources")
    if os.path.exists(sources):
        with open(sources, encoding="utf-8") as file:
            paths = [line.strip().strip("'\"").replace("\\ ", " ") for line in file if "/checkouts/" in line]
        for name, (_, folder) in packages.items():
            start = f"/checkouts/{os.path.basename(folder)}/"
            inside = [path.split(start, 1)[1] for path in paths if start in path]
            if inside:
                return name, os.path.commonpath([os.path.dirname(path) for path in inside])
    found = [
        (name, f"Sources/{module}")
        for name, (_, folder) in packages.items()
        if os.path.isdir(os.path.join(folder, "Sources", module))
    ]
    if len(found) != 1:
        raise Unusable(f"The module {module} is linked, and {len(found)} packages have it: {found}")
    return found[0]


def content(folder, directories):
    """SHA-256 over what of a package is run or compiled: its manifests, and all files of the linked modules."""
    paths = [os.path.basename(path) for path in glob.glob(os.path.join(folder, "Package*.swift"))]
    for directory in directories:
        for parent, _, names in os.walk(os.path.join(folder, directory)):
            paths += [os.path.relpath(os.path.join(parent, name), folder) for name in names]
    if not paths:
        raise Unusable(f"{folder} holds no package")
    whole = hashlib.sha256()
    for path in sorted(set(paths)):
        with open(os.path.join(folder, path), "rb") as file:
            whole.update(f"{path} {hashlib.sha256(file.read()).hexdigest()}\n".encode())
    return whole.hexdigest()


# Checking.


def differences(packages, listed, core):
    """What of a build is not as agreed, in sentences. Of a core build the core's packages must be there; a folder
    that was used before may hold others as well, which are checked too."""
    said = []
    for name in sorted(listed.keys() | packages.keys()):
        if name not in listed:
            said.append(f"{name} {packages[name][0]} is new")
        elif name not in packages:
            if not core or listed[name]["core"]:
                said.append(f"{name} {listed[name]['version']} is missing")
        elif packages[name][0] != listed[name]["version"]:
            said.append(f"{name} is {packages[name][0] or 'no version'}, agreed is {listed[name]['version']}")
        elif content(packages[name][1], directories_of(listed[name])) != listed[name]["content"]:
            said.append(f"{name} {listed[name]['version']} has another content than was agreed: {packages[name][1]}")
    return said


def link_differences(scratch, listed):
    """What is linked into the programs and not listed so, and the other way round, in sentences."""
    said = []
    for program in PROGRAMS:
        objects = objects_of(scratch, program)
        if objects is None:
            said.append(f"{program} was not built in {scratch}, or Objects.LinkFileList is not there any more")
            continue
        linked = modules_of(objects) - own_modules()
        known = {module for package in listed.values() for module in package["modules"].get(program, {})}
        said += [f"{module} is new in {program}" for module in sorted(linked - known)]
        said += [f"{module} is not in {program} any more" for module in sorted(known - linked)]
    return said


def check(scratch, core):
    """All that is not as agreed in a build, in sentences."""
    listed = agreed()
    packages = resolved(scratch)
    said = differences(packages, listed, core)
    if not core:
        said += link_differences(scratch, listed)
    if not core and not said:
        with open(NOTICES, encoding="utf-8") as file:
            if file.read() != notices(listed, packages):
                said.append("THIRD-PARTY-NOTICES is not what the packages say")
    return said


# Taking what was agreed.


def take(scratch):
    """Resolves a build folder's packages, then moves those that are at another version to the agreed one.

    Package.swift says exactly what we name ourselves; what that names in turn is a range, of which SwiftPM takes the
    newest.
    """

    def resolve(*more):
        command = ["swift", "package", "--scratch-path", scratch, "resolve", *more]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if ended.returncode != 0:
            raise Unusable(f"{' '.join(command)}: {ended.stderr.strip()}")

    listed = agreed()
    resolve()
    for name, (version, _) in sorted(resolved(scratch).items()):
        if name in listed and version != listed[name]["version"]:
            resolve(name, "--version", listed[name]["version"])


# Renewing.


def edges():
    """Package → the packages it names, as SwiftPM tells it; the root's are not among them."""
    command = ["swift", "package", "show-dependencies", "--format", "json"]
    tree = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    needs = {}

    def walk(node):
        for child in node["dependencies"]:
            needs[child["identity"]] = sorted({below["identity"] for below in child["dependencies"]})
            walk(child)

    walk(tree)
    return needs


def addresses(scratch):
    """Package → the address that manifests name it by, without `.git`."""
    with open(os.path.join(scratch, "workspace-state.json"), encoding="utf-8") as file:
        entries = json.load(file)["object"]["dependencies"]
    return {
        entry["packageRef"]["identity"]: re.sub(r"\.git$", "", entry["packageRef"]["location"]) for entry in entries
    }


def closure(names, needs):
    """Names, and all that they need."""
    reached, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += needs.get(name, [])
    return reached


def renewed(scratch):
    """The list, as the build at hand has it."""
    packages, needs, urls = resolved(scratch), edges(), addresses(scratch)
    with open(os.path.join(ROOT, "Package.swift"), encoding="utf-8") as file:
        manifest = file.read()
    direct, core = direct_dependencies(manifest), closure(core_dependencies(manifest), needs)
    modules = {name: {program: {} for program in PROGRAMS} for name in packages}
    for program in PROGRAMS:
        objects = objects_of(scratch, program)
        if objects is None:
            raise Unusable(f"{program} was not built in {scratch}")
        for module in sorted(modules_of(objects) - own_modules()):
            name, directory = find_module(module, objects, packages)
            modules[name][program][module] = directory
    listed = {}
    for name, (version, folder) in sorted(packages.items()):
        if not urls[name].startswith("https://github.com/"):
            raise Unusable(f"{name} comes from {urls[name]}, not from where Package.swift says")
        listed[name] = {
            "name": name,
            "version": version,
            "url": urls[name],
            "licence": licence_of(folder),
            "direct": name in direct,
            "core": name in core,
            "needs": needs[name],
            "modules": modules[name],
            "inside": {},
        }
        listed[name]["content"] = content(folder, directories_of(listed[name]))
    for inside in third_parties.INSIDE:
        for name in is_linked(inside, listed):
            listed[name]["inside"][inside.name] = version_inside(inside, packages[name][1])
    return listed


def renew(scratch):
    """Writes list and notices anew."""
    listed = renewed(scratch)
    text = notices(listed, resolved(scratch))
    with open(LIST, "w", encoding="utf-8") as file:
        json.dump({"packages": list(listed.values())}, file, indent=1, ensure_ascii=False)
        file.write("\n")
    with open(NOTICES, "w", encoding="utf-8") as file:
        file.write(text)


# Licences and notices.


def read(folder, path):
    with open(os.path.join(folder, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def file_of(folder, word):
    """The licence or the notice at the root of a package; None if there is none."""
    found = sorted(name for name in os.listdir(folder) if name.upper().split(".")[0] == word)
    return read(folder, found[0]) if found else None


def licence_of(folder):
    """The SPDX expression of a package's licence; an error for one that nobody has looked at yet."""
    text = " ".join((file_of(folder, "LICENSE") or "").split())
    if "Apache License Version 2.0" in text:
        return "Apache-2.0 WITH Swift-exception" if "Runtime Library Exception" in text else "Apache-2.0"
    if "Permission is hereby granted, free of charge" in text:
        return "MIT"
    raise Unusable(f"The licence of {folder} is none that is known here: look at it, then teach dependencies.py")


def plain(text):
    """A text without the marks of a comment, its lines without blanks at the end."""
    lines = [re.sub(r"^\s*(//|\*+/?|/\*+|#)? ?", "", line).rstrip() for line in text.splitlines()]
    return "\n".join(line for line in lines).strip("\n")


def part(text, first, last):
    """The lines from one with some words to the next with others."""
    lines = plain(text).splitlines()
    begin = next((number for number, line in enumerate(lines) if first in line), None)
    end = next((number for number, line in enumerate(lines) if number >= (begin or 0) and last in line), None)
    if begin is None or end is None:
        raise Unusable(f"No lines from “{first}” to “{last}”")
    return "\n".join(lines[begin : end + 1])


def sources_of(folder, directories):
    """The source files of modules: path and text."""
    for directory in directories:
        for parent, _, names in sorted(os.walk(os.path.join(folder, directory))):
            for name in sorted(names):
                path = os.path.relpath(os.path.join(parent, name), folder)
                if not path.endswith((".md", ".txt", ".xcprivacy", ".modulemap")):
                    yield path, read(folder, path)


def holders(folder, directories):
    """Who is named in the copyright lines of the linked sources; years left out."""
    found = set()
    for _, text in sources_of(folder, directories):
        for line in text.splitlines()[:60]:
            match = COPYRIGHT.match(line)
            if match and '"' not in line and (match.group(1).strip() or "(c)" in line.lower()):
                name = re.sub(r"\s*All rights reserved\.?|\*/|<[^>]*>", "", match.group(2), flags=re.IGNORECASE)
                found.add(name.strip().rstrip(".,").strip())
    return sorted(name for name in found if name and not name.startswith("YEAR"))


def programs_with(inside, package):
    """The programs that somebody's work inside a package is linked into."""
    modules = package["modules"]
    return tuple(program for program in PROGRAMS if set(inside.modules) & set(modules.get(program, ())))


def is_linked(inside, listed):
    """The packages in which somebody's work is in a program."""
    return [name for name in inside.packages if name in listed and programs_with(inside, listed[name])]


def strangers(listed, packages):
    """Files of linked modules that carry a licence of their own and are in no entry of third_parties.INSIDE."""
    for name, package in listed.items():
        folder = packages[name][1]
        known = [pattern for inside in third_parties.INSIDE if name in inside.packages for pattern in inside.files]
        for path, text in sources_of(folder, directories_of(package)):
            words = " ".join(plain(text).lower().split())
            if any(phrase in words for phrase in third_parties.OWN_LICENCE):
                if not any(fnmatch.fnmatch(path, pattern) for pattern in known):
                    yield f"{name}: {path}"


def version_inside(inside, folder):
    """The version or commit of a work inside a package, as far as the package says it."""
    if inside.version_file is None:
        return None
    text = read(folder, inside.version_file).strip()
    return text.split(" at revision ")[-1] if " at revision " in text else text


def works_listed(listed):
    """(work, package, version) of each work of others inside a linked package."""
    for inside in third_parties.INSIDE:
        for name in is_linked(inside, listed):
            yield inside, name, listed[name]["inside"].get(inside.name)


def heading(words, mark="-"):
    return f"{words}\n{mark * len(words)}\n"


def wrapped(label, items):
    """A labelled list in lines of at most WIDTH, what follows indented."""
    lines, line = [], f"{label}:"
    for number, item in enumerate(items):
        word = item + (";" if number + 1 < len(items) else "")
        if len(line) + 1 + len(word) > WIDTH and line.strip():
            lines.append(line)
            line = "   "
        line += f" {word}"
    return "\n".join(lines + [line])


def licences(listed, packages):
    """Each licence's text once: title, what it is of (a package or a work inside one, with its holder), words."""
    texts = {}

    def add(licence, name, text):
        """Notes a text; the lines of its head that name a holder are kept apart, so that equal words are seen."""
        lines = text.strip("\n").splitlines()
        start = next((number for number, line in enumerate(lines) if line and not line.startswith("Copyright")), 0)
        words = "\n".join(lines[start:]).strip("\n").rstrip()
        names, _ = texts.setdefault((licence, " ".join(words.split())), ([], words))
        holder = "; ".join(line for line in lines[:start] if line)
        entry = f"{name}: {holder}" if holder else name
        if entry not in names:
            names.append(entry)

    for name, package in listed.items():
        if not programs_of(package):
            continue
        text = file_of(packages[name][1], "LICENSE").strip("\n").rstrip()
        apache, mark, exception = text.partition("## Runtime Library Exception")
        if package["licence"].startswith("Apache-2.0"):
            add("Apache-2.0", name, apache.strip("\n").rstrip())
        else:
            add(package["licence"], name, text)
        if mark:
            add("Swift-exception", name, mark + exception)
    for inside, name, _ in works_listed(listed):
        if inside.text:
            path, first, last = inside.text
            add(inside.licence, inside.name, part(read(packages[name][1], path), first, last))
    for outside in third_parties.TOOLCHAIN:
        if outside.text:
            add(outside.licence, outside.name, read(OPS, outside.text).strip())
    for inside, _, _ in works_listed(listed):
        if not inside.text and inside.licence == "MIT":
            names = next(names for (licence, _), (names, _) in texts.items() if licence == "MIT")
            names.append(f"{inside.name}: Copyright (c) {inside.copyright}")
    for (licence, _), (names, words) in texts.items():
        yield licence, names, words


def notices(listed, packages):
    """THIRD-PARTY-NOTICES: what is in the programs, whose it is, what they ask to be said, each licence once."""
    unknown = list(strangers(listed, packages))
    if unknown:
        files = ", ".join(unknown)
        raise Unusable(f"Files with a licence of their own, to be named in ops/third_parties.py: {files}")
    linked = [package for package in listed.values() if programs_of(package)]
    out = [
        heading("What kam and kamd contain of others", "="),
        "Written by ops/dependencies.py from the packages' own files: make dependencies.\n"
        "kam itself is under the Apache License 2.0, see LICENSE.\n",
        heading("1. Components"),
    ]
    for package in linked:
        out.append(component(package, packages[package["name"]][1]))
    for inside, name, version in works_listed(listed):
        out.append(
            f"{inside.name}{' ' + version if version else ''}, inside {name}\n    {inside.url}\n"
            f"    Licence: {inside.licence}\n    In: {', '.join(programs_with(inside, listed[name]))}\n"
            + (f"    Copyright: {inside.copyright}\n" if inside.copyright else "")
        )
    for outside in third_parties.TOOLCHAIN:
        out.append(
            f"{outside.name}\n    {outside.url}\n    Licence: {outside.licence}\n"
            f"    In: {', '.join(outside.programs)}; {outside.what}\n"
        )
    out.append(heading("2. Notices of the components"))
    for package in linked:
        text = file_of(packages[package["name"]][1], "NOTICE")
        if text:
            out += [heading(f"NOTICE of {package['name']}", "."), text.strip("\n").rstrip() + "\n"]
    out.append(heading("3. Licences"))
    for licence, names, words in licences(listed, packages):
        out += [heading(licence, "."), wrapped("Of", names) + "\n", words + "\n"]
    return "\n".join(out)


def component(package, folder):
    """One component: name and version, address, licence, programs, holders."""
    lines = [
        f"{package['name']} {package['version']}",
        f"    {package['url']}",
        f"    Licence: {package['licence']}",
        f"    In: {', '.join(programs_of(package))}",
    ]
    named = holders(folder, directories_of(package))
    if not named:
        match = re.search(r"Copyright \(C\) [\d\-]+ (.+)", file_of(folder, "LICENSE") or "")
        named = [match.group(1)] if match else []
    return "\n".join(lines + ["    " + line for line in wrapped("Copyright", named).splitlines() if named]) + "\n"


def main(arguments):
    """Ends with 1, and says what is not as agreed, with what to do."""
    try:
        if arguments[:1] == ["renew"] and len(arguments) <= 2:
            renew(arguments[1] if len(arguments) == 2 else os.path.join(ROOT, ".build"))
            return 0
        if arguments[:1] == ["take"] and len(arguments) == 2:
            take(arguments[1])
            return 0
        if arguments[:1] == ["check"] and len(arguments) == 2:
            said = check(arguments[1], core=os.environ.get("KAM_CORE") == "1")
        else:
            print(__doc__, file=sys.stderr)
            return 64
    except Unusable as error:
        print(error, file=sys.stderr)
        return 1
    if said:
        print("The packages of this build are not those of ops/dependencies.json:", file=sys.stderr)
        print("\n".join(f"  {sentence}" for sentence in said), file=sys.stderr)
        print("For the agreed versions: ops/dependencies.py take FOLDER, and build again.", file=sys.stderr)
        print("If others are meant, read what changed in them; then: make dependencies, and commit.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
