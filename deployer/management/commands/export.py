"""manage.py export FILE|KEY --to heat|terraform|ansible|drawio -o PATH: a design for other tools."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from catalog.checks import CATALOGUE
from deployer.domain.cloud import CloudProfile
from deployer.exports.formats import FORMATS, ExportedFile, download_of
from deployer.management.terminal import find_cloud, find_user, ready_database
from deployer.services.exporting import export_document
from designer.management.documents import bad_input, load_document


class Command(BaseCommand):
    help = "Writes a design (a JSON file, or a template's key) for Heat, Terraform, Ansible or draw.io."
    requires_system_checks = [CATALOGUE]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "design",
            metavar="FILE|KEY",
            help="a design's JSON file, or the key of a template (KEY:hardened for its other form)",
        )
        parser.add_argument("--to", required=True, choices=tuple(FORMATS), help="the format")
        parser.add_argument(
            "-o",
            "--output",
            required=True,
            metavar="PATH",
            help="a file; a folder where the format has several files, or a .zip",
        )
        parser.add_argument(
            "--cloud",
            metavar="NAME",
            help="a cloud of clouds.yaml, whose flavors, images and networks become the defaults",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = load_document(options["design"])
        title = loaded.template.title if loaded.template else loaded.name
        profile = _profile(options["cloud"]) if options["cloud"] else None
        files = export_document(loaded.data, options["to"], title=title, profile=profile)
        output = Path(options["output"])
        try:
            self._write(output, options["to"], title, files)
        except OSError as error:
            raise bad_input(f"{output} can't be written: {error.strerror}.") from None

    def _write(self, output: Path, format_name: str, title: str, files: Sequence[ExportedFile]) -> None:
        is_folder = FORMATS[format_name].ending == "zip" and output.suffix.lower() != ".zip"
        if not is_folder:
            content = download_of(format_name, title, files).content
            output.write_bytes(content)
            self.stdout.write(f"{output}: {len(content) / 1000:,.1f} kB")
            return
        output.mkdir(parents=True, exist_ok=True)
        for one in files:
            (output / one.path).write_text(one.text, encoding="utf-8")
            self.stdout.write(f"{output / one.path}")


def _profile(cloud: str) -> CloudProfile:
    ready_database()
    return find_cloud(find_user(), cloud).profile
