"""A bill of materials (CycloneDX 1.6) of what is installed with showup: `python -m supply.sbom FILE`.

It is made of the pinned list and the page of licences alone, so that the same commit always gives the same bytes.
"""

import json
import re
import sys
import uuid
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.dependency import Dependency
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from supply.licences import listed
from supply.pins import ROOT, Pin, extras, pins


def bill() -> str:
    """The bill as JSON.

    Raises:
        ValueError: it is not as the standard wants it.
    """
    components = [_component(pin, ComponentScope.REQUIRED) for pin in pins()]
    components += [_component(pin, ComponentScope.OPTIONAL) for pin in extras()]
    root = Component(
        name="showup",
        version=_version(),
        type=ComponentType.APPLICATION,
        licenses=[LicenseFactory().make_with_id("MIT")],
        bom_ref="showup",
    )
    bom = Bom(components=components, serial_number=uuid.UUID(int=0))
    bom.metadata.component = root
    bom.dependencies.add(Dependency(root.bom_ref, [Dependency(one.bom_ref) for one in components]))
    made = json.loads(JsonV1Dot6(bom).output_as_string())
    made["metadata"].pop("timestamp", None)
    made.pop("serialNumber", None)
    made["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(made, sort_keys=True))}"
    text = json.dumps(made, indent=2) + "\n"
    wrong = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if wrong is not None:
        raise ValueError(str(wrong))
    return text


def _component(pin: Pin, scope: ComponentScope) -> Component:
    """A package, with the hashes of the files that pip may take. What an extra brings is optional."""
    address = PackageURL("pypi", name=pin.name, version=pin.version)
    return Component(
        name=pin.name,
        version=pin.version,
        type=ComponentType.LIBRARY,
        scope=scope,
        purl=address,
        bom_ref=str(address),
        licenses=[LicenseFactory().make_from_string(listed()[pin.name, pin.version])],
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in pin.hashes],
    )


def _version() -> str:
    found = re.search(r'__version__ = "([^"]+)"', (ROOT / "src/showup/__init__.py").read_text("utf-8"))
    if not found:
        raise ValueError("showup says no version")
    return found[1]


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(bill(), "utf-8")
    print(f"{target}: {len(pins())} packages and {len(extras())} of the extra, as CycloneDX 1.6 wants it")
