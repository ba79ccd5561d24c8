#!/usr/bin/env bash
# Makes .build-python: programs of others that the tests talk to, and the library that writes the bill of materials.
set -euo pipefail
cd "$(dirname "$0")/.."
# Its version is exact, as the bill of materials is compared byte by byte; the others are asked, not believed.
wanted=(connectrpc icalendar protobuf sslyze vobject 'cyclonedx-python-lib[json-validation]==11.12.0')
if [ ! -x .build-python/bin/python ] || ! .build-python/bin/python -c '
import connectrpc, google.protobuf, icalendar, jsonschema, sslyze, vobject, importlib.metadata
assert importlib.metadata.version("cyclonedx-python-lib") == "11.12.0"' 2>/dev/null; then
  python3 -m venv .build-python
  .build-python/bin/pip install --quiet "${wanted[@]}"
fi
