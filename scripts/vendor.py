"""Re-create the third-party files under turne/static/vendor/ and their manifest.

Run `python scripts/vendor.py` after changing PACKAGES. The files come from the npm registry by the
ordinary npm client, which checks each package's integrity; nothing else in the project needs node.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

VENDOR = Path(__file__).resolve().parent.parent / "turne" / "static" / "vendor"
MANIFEST = "manifest.json"

SOURCE_MAP = re.compile(rb"\n?//# sourceMappingURL=\S+\s*$")


@dataclass(frozen=True)
class Package:
    """One npm package: which of its files we serve, and the integrity that npm must report."""

    name: str
    version: str
    licence: str
    integrity: str
    folder: str
    files: dict[str, str]  # path in the package -> path in our folder

    @property
    def target(self) -> str:
        """The versioned folder: a new version is a new address, so no cache can mix the two."""
        return f"{self.folder}-{self.version}"


PACKAGES = (
    Package(
        name="@fontsource-variable/source-sans-3",
        version="5.3.0",
        licence="OFL-1.1",
        integrity="sha512-dpi0GZk7EQe2tYpg6Q0Fx0OmUgnuGu+0rHPgtXqtKhglYmJuP7jZ12Mu1uN+NfRaJRY1Emn8AQJEWzmoZ4wa9g==",
        folder="source-sans-3",
        files={
            "LICENSE": "LICENSE",
            "files/source-sans-3-latin-wght-normal.woff2": "source-sans-3-latin-wght-normal.woff2",
            "files/source-sans-3-latin-ext-wght-normal.woff2": "source-sans-3-latin-ext-wght-normal.woff2",
        },
    ),
)


def fetch(package: Package, into: Path) -> Path:
    """Download the package's archive with npm and return its path.

    Raises:
        SystemExit: npm fails, or the registry now offers other bytes under this version.
    """
    spec = f"{package.name}@{package.version}"
    command = ["npm", "pack", spec, "--json", "--pack-destination", str(into)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"npm could not fetch {spec}:\n{done.stderr}")
    (answer,) = json.loads(done.stdout)
    if answer["integrity"] != package.integrity:
        sys.exit(f"{spec} is not the package that was checked: {answer['integrity']}")
    return next(into.glob("*.tgz"))


def served(path: str, content: bytes) -> tuple[bytes, str | None]:
    """Return the bytes that we serve, and what was changed in words (None: nothing).

    A script's last line may name a source map. We do not ship the map (it is larger than the
    script), and Django's hashed storage stops at a reference to a file that is not there.
    """
    if path.endswith(".js") and SOURCE_MAP.search(content):
        return SOURCE_MAP.sub(b"\n", content), "the last line, a sourceMappingURL comment, is removed"
    return content, None


def unpack(package: Package, archive: Path, vendor: Path) -> list[dict[str, str]]:
    """Write the package's chosen files below `vendor` and return their manifest rows."""
    rows = []
    with tarfile.open(archive) as tar:
        for source, name in package.files.items():
            member = tar.extractfile(f"package/{source}")
            if member is None:
                sys.exit(f"{package.name}@{package.version} has no file {source}")
            original = member.read()
            content, change = served(name, original)
            target = vendor / package.target / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            rows.append(row(package, source, name, original, content, change))
    return rows


def row(
    package: Package, source: str, name: str, original: bytes, content: bytes, change: str | None
) -> dict[str, str]:
    """Return the manifest row of one file; a changed file says so and keeps the original's hash."""
    facts = {
        "package": package.name,
        "version": package.version,
        "licence": package.licence,
        "integrity": package.integrity,
        "source": source,
        "file": f"{package.target}/{name}",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    if change:
        facts |= {"changed": change, "sha256_original": hashlib.sha256(original).hexdigest()}
    return facts


def build(vendor: Path) -> None:
    """Fetch every package into a fresh folder, then put it in the place of the old one."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "vendor"
        rows: list[dict[str, str]] = []
        for package in PACKAGES:
            download = Path(scratch) / package.target
            download.mkdir()
            rows += unpack(package, fetch(package, download), fresh)
        text = json.dumps({"files": rows}, indent=2, ensure_ascii=False) + "\n"
        (fresh / MANIFEST).write_text(text, encoding="utf-8")
        shutil.rmtree(vendor, ignore_errors=True)
        shutil.copytree(fresh, vendor)


def main() -> None:
    """Build into turne/static/vendor/, or elsewhere for a comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=VENDOR, help="the folder to replace")
    into = parser.parse_args().into
    build(into)
    print(f"{into}: {sum(len(package.files) for package in PACKAGES)} files and {MANIFEST}")


if __name__ == "__main__":
    main()
