import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VARIABLE = re.compile(r'"(STACKDRAFT_[A-Z_]+|DATABASE_URL|REDIS_URL)"')


def test_every_setting_is_in_the_operators_page_and_none_else() -> None:
    read = set(VARIABLE.findall((ROOT / "config/settings/base.py").read_text()))
    table = (ROOT / "docs/operating.md").read_text()
    told = set(re.findall(r"^\| `(STACKDRAFT_[A-Z_]+|DATABASE_URL|REDIS_URL)` \|", table, flags=re.MULTILINE))

    assert read == told
