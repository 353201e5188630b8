import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("STACKDRAFT_MODE", "cloudy", "use embedded or production"),
        ("STACKDRAFT_DEBUG", "maybe", "use 1 or 0"),
        ("STACKDRAFT_TASK_TIME_LIMIT", "soon", "use a whole number"),
        ("STACKDRAFT_TASK_TIME_LIMIT", "1", "use 10 or more"),
        ("STACKDRAFT_SECRET_KEY_FILE", "/nowhere", "cannot be read"),
    ],
)
def test_a_bad_setting_stops_start_up_with_one_sentence(
    variable: str, value: str, sentence: str, tmp_path: Path
) -> None:
    done = _manage("check", {variable: value, "STACKDRAFT_HOME": str(tmp_path)})

    assert done.returncode != 0
    assert variable.removesuffix("_FILE") in done.stderr
    assert sentence in done.stderr.splitlines()[-1]


def test_production_makes_no_secret_up(tmp_path: Path) -> None:
    done = _manage("check", {"STACKDRAFT_MODE": "production", "STACKDRAFT_HOME": str(tmp_path)})

    assert done.returncode != 0
    assert "STACKDRAFT_SECRET_KEY is not set" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_embedded_secrets_are_made_once_and_for_their_owner_only(tmp_path: Path) -> None:
    for _ in range(2):
        assert _manage("check", {"STACKDRAFT_HOME": str(tmp_path)}).returncode == 0

    kept = tmp_path / "secret-key"
    assert kept.stat().st_mode & 0o077 == 0
    assert len(kept.read_text()) > 40


def _manage(command: str, environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if not name.startswith("STACKDRAFT_")}
    clean |= {"DJANGO_SETTINGS_MODULE": "config.settings.base", **environment}
    manage = [sys.executable, "manage.py", command]
    return subprocess.run(manage, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)
