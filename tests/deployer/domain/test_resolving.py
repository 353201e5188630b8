"""References become what the cloud answered."""

import pytest

from deployer.domain.resolving import OutputMissing, resolve
from designer.domain.resources import Join, Ref

OUTPUTS = {"web/port": {"id": "p-1", "address": "10.0.0.5"}, "db/password": {"value": "x y"}}


def test_references_are_filled_in_however_deep() -> None:
    properties = {"ports": [Ref("web/port")], "peers": {"web": Ref("web/port", "address")}, "count": 2}

    assert resolve(properties, OUTPUTS) == {"ports": ["p-1"], "peers": {"web": "10.0.0.5"}, "count": 2}


def test_text_is_put_together() -> None:
    text = Join(("host=", Ref("web/port", "address"), " password=", Ref("db/password", "value")))

    assert resolve(text, OUTPUTS) == "host=10.0.0.5 password=x y"


def test_what_is_not_known_is_said() -> None:
    with pytest.raises(OutputMissing, match=r"web/server has no address yet\."):
        resolve({"a": [Ref("web/server", "address")]}, OUTPUTS)


def test_references_inside_a_family_stay() -> None:
    left = resolve({"pool": Ref("lb/pool"), "port": Ref("web/port")}, OUTPUTS, leave=frozenset({"lb/pool"}))

    assert left == {"pool": Ref("lb/pool"), "port": "p-1"}
