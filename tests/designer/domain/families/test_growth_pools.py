from tests.designer.designs import a_design, keys_of


def test_a_growth_pool_says_how_many_servers_may_still_come_and_makes_none() -> None:
    graph = a_design().with_("grow", "growth_pool", parent="sn", max=3).graph()

    assert keys_of(graph.of_component("grow")) == {"grow/external[growth]"}
    coming = graph["grow/external[growth]"].properties
    assert (coming["most"], coming["by_hand"]) == (3, False)


def test_servers_of_the_pool_that_exist_leave_less_room() -> None:
    graph = a_design().with_("grow", "growth_pool", parent="sn", current=2, max=3).graph()

    assert {"grow/server[0]", "grow/server[1]"} <= keys_of(graph.of_component("grow"))
    assert graph["grow/external[growth]"].properties["most"] == 1


def test_a_pool_that_is_full_has_nothing_to_come() -> None:
    graph = a_design().with_("grow", "growth_pool", parent="sn", current=3, max=3).graph()

    assert "grow/external[growth]" not in graph.resources
