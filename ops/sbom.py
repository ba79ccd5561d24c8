"""Writes the bill of materials of kam and kamd, as CycloneDX JSON: what is in them, what they load, what builds them.

    make sbom        (.build-python/bin/python ops/sbom.py; ops/python.sh makes .build-python)

Made from ops/dependencies.json, ops/third_parties.py and kam's version alone, without time or chance: the same list
makes the same bytes. So it is committed, and a release needs nothing of CycloneDX's.
"""

import os
import re
import sys
import uuid

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import dependencies
import third_parties
from cyclonedx.model import ExternalReference, ExternalReferenceType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

DESCRIPTIONS = {"kam": "command line of the key-account plans", "kamd": "server of the key-account plans"}


FILE = os.path.join(dependencies.OPS, "kam.cdx.json")


def version():
    """The version of kam and kamd, from their source."""
    with open(os.path.join(dependencies.ROOT, "Sources/SyncCore/Program.swift"), encoding="utf-8") as file:
        return re.search(r'static let version = "([^"]+)"', file.read()).group(1)


def properties(**values):
    return [Property(name=f"kam:{name.replace('_', '-')}", value=value) for name, value in values.items() if value]


def address(url):
    return [ExternalReference(type=ExternalReferenceType.VCS, url=XsUri(url))]


def program(name):
    return Component(
        name=name,
        type=ComponentType.APPLICATION,
        version=version(),
        bom_ref=f"program:{name}",
        description=DESCRIPTIONS[name],
        licenses=[LicenseExpression("Apache-2.0")],
    )


def package_component(package):
    """A Swift package. Packages that are fetched and not linked are here as well: their manifests run in a build."""
    programs = dependencies.programs_of(package)
    namespace, name = package["url"].removeprefix("https://").rsplit("/", 1)
    return Component(
        name=package["name"],
        version=package["version"],
        bom_ref=f"package:{package['name']}",
        scope=ComponentScope.REQUIRED if programs else ComponentScope.EXCLUDED,
        licenses=[LicenseExpression(package["licence"])],
        purl=PackageURL("swift", namespace, name, package["version"]),
        external_references=address(package["url"]),
        properties=properties(linked_into=" ".join(programs), content_sha256=package["content"]),
    )


def inside_component(inside, package, its_version):
    """Somebody's work inside a package."""
    return Component(
        name=inside.name,
        version=its_version,
        bom_ref=f"inside:{package['name']}:{inside.name}",
        scope=ComponentScope.REQUIRED,
        licenses=[LicenseExpression(inside.licence)],
        copyright=inside.copyright,
        external_references=address(inside.url),
        properties=properties(
            linked_into=" ".join(dependencies.programs_with(inside, package)), inside=package["name"]
        ),
    )


def outside_component(outside, scope, kind):
    """What comes from the toolchain or the system; its version is the builder's or the system's."""
    return Component(
        name=outside.name,
        type=kind,
        bom_ref=f"{outside.debian or 'toolchain'}:{outside.name}",
        description=outside.what,
        scope=scope,
        licenses=[LicenseExpression(outside.licence)],
        purl=PackageURL("deb", "debian", outside.debian) if outside.debian else None,
        external_references=[ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(outside.url))],
        properties=properties(used_by=" ".join(outside.programs)),
    )


def bill(listed):
    """The whole bill of a list of packages."""
    bom = Bom()
    bom.metadata.timestamp = None
    licence = LicenseExpression("Apache-2.0")
    root = Component(
        name="kam", type=ComponentType.APPLICATION, version=version(), bom_ref="kam", licenses=[licence]
    )
    bom.metadata.component = root
    programs = {name: program(name) for name in dependencies.PROGRAMS}
    packages = {name: package_component(package) for name, package in listed.items()}
    insides = {name: [] for name in listed}
    for inside, name, its_version in dependencies.works_listed(listed):
        insides[name].append(inside_component(inside, listed[name], its_version))
    beside = {name: [] for name in programs}
    for outside in third_parties.TOOLCHAIN + third_parties.SYSTEM:
        component = outside_component(outside, ComponentScope.REQUIRED, ComponentType.LIBRARY)
        bom.components.add(component)
        for name in outside.programs:
            beside[name].append(component)
    for outside in third_parties.TOOLS:
        bom.components.add(outside_component(outside, ComponentScope.EXCLUDED, ComponentType.APPLICATION))
    bom.components.update(programs.values(), packages.values(), *insides.values())
    bom.register_dependency(root, programs.values())
    for name, component in programs.items():
        linked = [packages[key] for key, package in listed.items() if package["modules"][name]]
        bom.register_dependency(component, linked + beside[name])
    for name, package in listed.items():
        bom.register_dependency(packages[name], [packages[key] for key in package["needs"]] + insides[name])
    return bom


def text(listed):
    """The bill as JSON. Its serial number is its content's: another content has another."""
    bom = bill(listed)
    nobody = uuid.UUID(int=0)
    bom.serial_number = nobody
    first = make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1)
    return first.replace(str(nobody), str(uuid.uuid5(uuid.NAMESPACE_URL, first))) + "\n"


if __name__ == "__main__":
    with open(FILE, "w", encoding="utf-8") as file:
        file.write(text(dependencies.agreed()))
