"""What is said about the software of others is true: exact versions, the list of what a build took, notices, the bill
of materials, and that a difference in any of them is seen.

    .build-python/bin/python -B -m unittest discover -s ops        (ops/python.sh makes .build-python)
"""

import copy
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import dependencies
import sbom
import third_parties
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from license_expression import get_spdx_licensing


def text_of(*path):
    with open(os.path.join(dependencies.ROOT, *path), encoding="utf-8") as file:
        return file.read()


class Agreed(unittest.TestCase):
    """Package.swift and the list."""

    def setUp(self):
        self.listed = dependencies.agreed()
        self.manifest = text_of("Package.swift")

    def test_package_swift_names_exact_versions_and_the_list_has_the_same(self):
        direct = dependencies.direct_dependencies(self.manifest)
        self.assertEqual(len(direct), self.manifest.count(".package(url"))
        for name, (kind, version) in direct.items():
            self.assertEqual((name, kind, version), (name, "exact", self.listed[name]["version"]))
        self.assertEqual(set(direct), {name for name, package in self.listed.items() if package["direct"]})

    def test_what_is_needed_is_listed_and_what_the_core_needs_is_marked(self):
        needs = {name: package["needs"] for name, package in self.listed.items()}
        direct = dependencies.direct_dependencies(self.manifest)
        self.assertEqual(dependencies.closure(direct, needs), set(self.listed))
        core = dependencies.closure(dependencies.core_dependencies(self.manifest), needs)
        self.assertEqual(core, {name for name, package in self.listed.items() if package["core"]})

    def test_addresses_are_those_that_everybody_has(self):
        for package in self.listed.values():
            self.assertRegex(package["url"], r"^https://github\.com/[\w-]+/[\w.-]+$")
        elsewhere = re.compile(r"(?:file|ssh|git)://\S+|localhost|(?<=[\s\"'(])/\w+/\S+")
        for path in ("ops/dependencies.json", "ops/kam.cdx.json", "THIRD-PARTY-NOTICES", "Package.swift"):
            self.assertEqual((path, elsewhere.findall(text_of(path))), (path, []))

    def test_licences_are_spdx(self):
        known = get_spdx_licensing()
        outside = third_parties.TOOLCHAIN + third_parties.SYSTEM + third_parties.TOOLS
        for what in [package["licence"] for package in self.listed.values()] + [
            one.licence for one in third_parties.INSIDE + outside
        ]:
            self.assertEqual((what, known.validate(what).errors), (what, []))


class Build(unittest.TestCase):
    """What of a build is not as agreed is said; built here are two small packages and two programs."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.scratch = folder.name
        self.host = "https://github.com/them"
        self.listed = {}
        for name, core in (("alpha", True), ("beta", False)):
            where = os.path.join(self.scratch, "checkouts", name)
            self.write(f"checkouts/{name}/Package.swift", "// swift-tools-version: 6.0")
            self.write(f"checkouts/{name}/Sources/{name.title()}/a.swift", "let a = 1")
            modules = {program: {name.title(): f"Sources/{name.title()}"} for program in dependencies.PROGRAMS}
            self.listed[name] = {"name": name, "version": "1.0.0", "core": core, "modules": modules}
            self.listed[name]["content"] = dependencies.content(where, [f"Sources/{name.title()}"])
        self.resolve(alpha="1.0.0", beta="1.0.0")
        for program in dependencies.PROGRAMS:
            self.link(program, "Alpha", "Beta", program)

    def write(self, path, text):
        path = os.path.join(self.scratch, path)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def resolve(self, **versions):
        state = [
            {
                "packageRef": {"identity": name, "location": f"{self.host}/{name}.git"},
                "state": {"checkoutState": {"revision": "0" * 40, **({"version": version} if version else {})}},
                "subpath": name,
            }
            for name, version in versions.items()
        ]
        self.write("workspace-state.json", json.dumps({"object": {"dependencies": state}}))

    def link(self, program, *modules):
        objects = "".join(f"/somewhere/debug/{module}.build/a.swift.o\n" for module in modules)
        self.write(f"debug/{program}.product/Objects.LinkFileList", objects)

    def said(self, core=False):
        return dependencies.differences(dependencies.resolved(self.scratch), self.listed, core)

    def linked(self):
        return dependencies.link_differences(self.scratch, self.listed)

    def test_a_build_as_agreed_is_silent_wherever_its_packages_came_from(self):
        self.assertEqual(self.said() + self.linked(), [])
        self.host = "https://mirror.example"
        self.resolve(alpha="1.0.0", beta="1.0.0")
        self.assertEqual(self.said(), [])

    def test_another_version_is_seen(self):
        self.resolve(alpha="1.0.1", beta="1.0.0")
        self.assertEqual(self.said(), ["alpha is 1.0.1, agreed is 1.0.0"])

    def test_a_commit_without_a_version_is_seen(self):
        self.resolve(alpha=None, beta="1.0.0")
        self.assertEqual(self.said(), ["alpha is no version, agreed is 1.0.0"])

    def test_a_new_package_is_seen(self):
        self.resolve(alpha="1.0.0", beta="1.0.0", gamma="2.0.0")
        self.assertEqual(self.said(), ["gamma 2.0.0 is new"])

    def test_a_missing_package_is_seen(self):
        self.resolve(alpha="1.0.0")
        self.assertEqual(self.said(), ["beta 1.0.0 is missing"])

    def test_the_core_has_fewer_packages_but_all_of_its_own(self):
        self.resolve(alpha="1.0.0")
        self.assertEqual(self.said(core=True), [])
        self.resolve(beta="1.0.1")
        self.assertEqual(self.said(core=True), ["alpha 1.0.0 is missing", "beta is 1.0.1, agreed is 1.0.0"])

    def test_the_same_version_with_another_content_is_seen(self):
        for path in ("Sources/Alpha/a.swift", "Sources/Alpha/new.swift", "Package@swift-6.1.swift"):
            with self.subTest(path):
                self.setUp()
                self.write(f"checkouts/alpha/{path}", "let a = 2")
                self.assertEqual(len(self.said()), 1)
                self.assertIn("alpha 1.0.0 has another content than was agreed", self.said()[0])

    def test_what_is_not_compiled_does_not_matter(self):
        self.write("checkouts/alpha/README.md", "Another word")
        self.assertEqual(self.said(), [])

    def test_a_module_that_is_linked_and_not_listed_is_seen_and_one_that_is_gone(self):
        self.link("kam", "Alpha", "Gamma", "kam")
        self.assertEqual(self.linked(), ["Gamma is new in kam", "Beta is not in kam any more"])

    def test_a_program_that_was_not_built_is_not_taken_for_checked(self):
        os.remove(os.path.join(self.scratch, "debug/kamd.product/Objects.LinkFileList"))
        self.assertEqual(len(self.linked()), 1)
        self.assertIn("kamd was not built", self.linked()[0])

    def test_a_build_folder_that_cannot_be_read_is_an_error(self):
        for text in ("", "{}", '{"object": {"dependencies": [{}]}}'):
            self.write("workspace-state.json", text)
            self.assertRaises(dependencies.Unusable, dependencies.resolved, self.scratch)
        os.remove(os.path.join(self.scratch, "workspace-state.json"))
        self.assertRaises(dependencies.Unusable, dependencies.resolved, self.scratch)

    def test_the_command_says_what_differs_what_to_do_and_ends_with_1(self):
        command = [sys.executable, "-B", os.path.join(dependencies.OPS, "dependencies.py"), "check", self.scratch]
        environment = {**os.environ, "KAM_CORE": "0"}
        ended = subprocess.run(command, capture_output=True, text=True, env=environment)
        self.assertEqual(ended.returncode, 1)
        self.assertIn("alpha 1.0.0 is new", ended.stderr)
        self.assertIn("make dependencies", ended.stderr)

    def test_a_file_with_a_licence_of_its_own_that_nobody_named_is_found(self):
        packages = dependencies.resolved(self.scratch)
        self.assertEqual(list(dependencies.strangers(self.listed, packages)), [])
        self.write("checkouts/alpha/Sources/Alpha/b.c", "// Permission is hereby\n//  granted, free of charge\nint b;")
        self.assertEqual(list(dependencies.strangers(self.listed, packages)), ["alpha: Sources/Alpha/b.c"])
        self.assertRaises(dependencies.Unusable, dependencies.notices, self.listed, packages)

    def test_a_licence_that_nobody_looked_at_is_an_error(self):
        self.write("checkouts/alpha/LICENSE", "You may do as you like on Sundays.")
        self.assertRaises(dependencies.Unusable, dependencies.licence_of, os.path.join(self.scratch, "checkouts/alpha"))


class Notices(unittest.TestCase):
    """THIRD-PARTY-NOTICES beside the list. That it says what the packages' own files say is checked after a build, by
    `ops/dependencies.py check`."""

    def setUp(self):
        self.listed = dependencies.agreed()
        self.notices = text_of("THIRD-PARTY-NOTICES")
        components = self.notices.split("1. Components", 1)[1].split("\n2. Notices of the components", 1)[0]
        self.components = [block.splitlines() for block in re.split(r"\n\n", components.strip("\n-"))]
        self.licences = self.notices.split("\n3. Licences", 1)[1]

    def component(self, title):
        return [[line.strip() for line in block] for block in self.components if block[0] == title]

    def test_every_linked_package_is_there_with_its_version_address_licence_and_programs(self):
        for name, package in self.listed.items():
            programs = dependencies.programs_of(package)
            found = self.component(f"{name} {package['version']}")
            self.assertEqual((name, len(found)), (name, 1 if programs else 0))
            if programs:
                expected = [package["url"], f"Licence: {package['licence']}", f"In: {', '.join(programs)}"]
                self.assertEqual(found[0][1:4], expected)

    def test_every_work_inside_a_linked_package_is_there_and_nothing_else(self):
        inside = list(dependencies.works_listed(self.listed))
        for work, name, version in inside:
            self.assertEqual(len(self.component(" ".join(filter(None, (work.name, version))) + f", inside {name}")), 1)
        linked = [package for package in self.listed.values() if dependencies.programs_of(package)]
        self.assertEqual(len(self.components), len(linked) + len(inside) + len(third_parties.TOOLCHAIN))

    def test_every_licence_is_there_and_its_words_are_once(self):
        expressions = {package["licence"] for package in self.listed.values() if dependencies.programs_of(package)}
        expressions |= {work.licence for work, _, _ in dependencies.works_listed(self.listed)}
        expressions |= {outside.licence for outside in third_parties.TOOLCHAIN}
        for licence in {word for expression in expressions for word in expression.split(" WITH ")}:
            self.assertIn(f"\n{licence}\n{'.' * len(licence)}\n", self.licences)
        apache, mit = "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION", "distribute, sublicense, and/or sell"
        for words in (apache, mit):
            self.assertEqual(" ".join(self.licences.split()).count(words), 1)


class Bill(unittest.TestCase):
    """The bill of materials."""

    def setUp(self):
        self.listed = dependencies.agreed()
        self.text = text_of("ops", "kam.cdx.json")
        self.bill = json.loads(self.text)
        self.components = {component["bom-ref"]: component for component in self.bill["components"]}
        self.depends = {entry["ref"]: entry.get("dependsOn", []) for entry in self.bill["dependencies"]}

    def test_it_is_what_the_list_says_byte_by_byte(self):
        self.assertTrue(self.text == sbom.text(self.listed), "kam.cdx.json is stale: run make sbom, and commit")

    def test_another_list_has_another_bill_with_another_serial_number(self):
        other = copy.deepcopy(self.listed)
        other["swift-nio"]["version"] = "99.0.0"
        again = json.loads(sbom.text(other))
        self.assertNotEqual(again["serialNumber"], self.bill["serialNumber"])
        self.assertIn("pkg:swift/github.com/apple/swift-nio@99.0.0", [one.get("purl") for one in again["components"]])

    def test_it_is_valid_cyclonedx(self):
        self.assertIsNone(JsonStrictValidator(SchemaVersion.V1_6).validate_str(self.text))

    def test_every_package_has_version_licence_address_and_digest(self):
        for name, package in self.listed.items():
            component = self.components[f"package:{name}"]
            address = package["url"].removeprefix("https://")
            self.assertEqual(component["version"], package["version"])
            self.assertEqual(component["licenses"], [{"expression": package["licence"]}])
            self.assertEqual(component["purl"], f"pkg:swift/{address}@{package['version']}")
            self.assertIn({"name": "kam:content-sha256", "value": package["content"]}, component["properties"])
            self.assertEqual(component["scope"], "required" if dependencies.programs_of(package) else "excluded")

    def test_each_program_depends_on_what_is_linked_into_it(self):
        for program in dependencies.PROGRAMS:
            linked = {f"package:{name}" for name, package in self.listed.items() if package["modules"][program]}
            self.assertEqual({ref for ref in self.depends[f"program:{program}"] if ref.startswith("package:")}, linked)
        self.assertNotEqual(self.depends["program:kam"], self.depends["program:kamd"])
        self.assertIn("libexpat1:Expat", self.depends["program:kam"])
        self.assertNotIn("libexpat1:Expat", self.depends["program:kamd"])

    def test_notices_and_bill_name_the_same_components(self):
        notices = text_of("THIRD-PARTY-NOTICES")
        for component in self.components.values():
            if component["bom-ref"].startswith("inside:") or (
                component["bom-ref"].startswith("package:") and component["scope"] == "required"
            ):
                self.assertIn(" ".join(filter(None, (component["name"], component.get("version")))), notices)


class Papers(unittest.TestCase):
    def test_licence_notices_and_bill_go_beside_the_programs(self):
        with tempfile.TemporaryDirectory() as folder:
            stale = os.path.join(folder, "kam-0.0.1.cdx.json")
            with open(stale, "w", encoding="utf-8") as file:
                file.write("{}")
            subprocess.run([os.path.join(dependencies.OPS, "papers.sh"), folder], check=True)
            bill = f"kam-{sbom.version()}.cdx.json"
            self.assertEqual(sorted(os.listdir(folder)), sorted(["LICENSE", "THIRD-PARTY-NOTICES", bill]))
            for name, source in (("LICENSE", "LICENSE"), ("THIRD-PARTY-NOTICES",) * 2, (bill, "ops/kam.cdx.json")):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    self.assertEqual(file.read(), text_of(source))


if __name__ == "__main__":
    unittest.main()
