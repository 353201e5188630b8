"""An Ansible of its own beside ours: made on first need, kept in the cache, only for trying exports."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKED = ROOT / "requirements" / "ansible.txt"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "stackdraft"


def ansible_home() -> Path:
    """The virtual environment. A changed lock file makes another one."""
    version = hashlib.sha256(LOCKED.read_bytes()).hexdigest()[:12]
    home = CACHE / f"ansible-{version}"
    done = home / "installed"
    if not done.exists():
        print(f"Installing Ansible into {home}, once.", flush=True)
        uv = str(Path(sys.executable).with_name("uv"))
        subprocess.run([uv, "venv", "-q", "--allow-existing", str(home)], check=True)
        python = str(home / "bin" / "python")
        install = [uv, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", str(LOCKED)]
        subprocess.run(install, check=True)
        done.touch()
    return home


def play(
    folder: Path, playbook: str, *, clouds_yaml: Path, cloud: str, variables: Mapping[str, str]
) -> "subprocess.CompletedProcess[str]":
    """Run a playbook of an exported project. Secrets go by a file that only this user reads."""
    home = ansible_home()
    said = folder / "secrets.json"
    said.touch(mode=0o600)
    said.write_text(json.dumps(dict(variables)))
    return subprocess.run(
        [
            str(home / "bin" / "ansible-playbook"),
            playbook,
            "-i",
            "localhost,",
            "-e",
            f"cloud={cloud}",
            "-e",
            f"ansible_python_interpreter={home / 'bin' / 'python'}",
            "-e",
            f"@{said}",
        ],
        cwd=folder,
        env=os.environ | {"OS_CLIENT_CONFIG_FILE": str(clouds_yaml), "ANSIBLE_HOME": str(home / "home")},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
