import os
import re
import subprocess
import sys
from pathlib import Path

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from rest_framework.test import APIClient

ROOT = Path(__file__).resolve().parent.parent.parent
KEPT = ROOT / "frontend" / "src" / "api"


def test_the_kept_schema_and_its_types_are_those_of_the_api(tmp_path: Path) -> None:
    """`make api-types` writes both. A difference here is an API change that the screens don't know yet."""
    schema, types = tmp_path / "schema.yaml", tmp_path / "schema.d.ts"
    bin_directory = Path(sys.executable).parent
    options = ["--validate", "--fail-on-warn", "--file", str(schema)]
    subprocess.run([sys.executable, "manage.py", "spectacular", *options], cwd=ROOT, check=True)
    subprocess.run(
        ["node_modules/.bin/openapi-typescript", str(schema), "-o", str(types)],
        cwd=ROOT / "frontend",
        env={**os.environ, "PATH": f"{bin_directory}:{os.environ['PATH']}"},
        check=True,
        capture_output=True,
    )

    assert schema.read_text() == (KEPT / "schema.yaml").read_text()
    assert types.read_text() == (KEPT / "schema.d.ts").read_text()


def test_every_path_of_the_contract_is_in_the_schema() -> None:
    schema = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(schema)

    expected = {
        "/api/component-types/",
        "/api/templates/",
        "/api/price-books/",
        "/api/designs/",
        "/api/designs/{design_id}/document/",
        "/api/designs/{design_id}/resources/",
        "/api/designs/{design_id}/findings/",
        "/api/designs/{design_id}/estimate/",
        "/api/clouds/",
        "/api/plans/",
        "/api/plans/{plan_id}/apply/",
        "/api/deployments/{deployment_id}/",
    }
    assert expected <= schema["paths"].keys()


def test_the_documentation_page_opens_under_our_own_content_policy(api: APIClient) -> None:
    """`script-src 'self'` runs no script that stands in the page itself."""
    page = api.get("/api/docs/")
    scripts = re.findall(r"<script([^>]*)>([^<]*)</script>", page.content.decode())

    assert scripts
    assert all("src=" in attributes and not body.strip() for attributes, body in scripts)
    assert b"openapi" in api.get("/api/schema/").content
