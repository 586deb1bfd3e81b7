"""What CrowdWalk's agents do when they hear an alert: changed goals become forks of routes.

Of the rule language this reads conditions `listenAlert`, `placeHasTag` and a random share, and the action
`changeGoal`. An alert is heard on the link it is sent to; the decision is taken where that link ends.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .crowdwalk import World
from .crowdwalk_ways import Ways

Branch = tuple[float, str]  # share of those who come, goal


def goals_of(actions: Iterable[Any], share: float = 1.0) -> list[Branch]:
    """Goals in a list of actions, each with the share of people that takes it."""
    branches: list[Branch] = []
    for action in actions:
        kind = action.get("", "")
        if kind == "changeGoal":
            branches.append((share, str(action["goal"])))
        elif kind == "if" and action.get("condition", {}).get("left", {}).get("") == "random":
            chance = float(action["condition"]["right"])
            branches += goals_of(action.get("then", []), share * chance)
            branches += goals_of(action.get("else", []), share * (1 - chance))
    return branches


class Signs:
    """Forks by the clock, and where passing a place changes the goal."""

    def __init__(self, world: World, ways: Ways) -> None:
        self.world = world
        self.ways = ways
        self.by_alert: dict[str, list[Branch]] = {}
        self.by_tag: dict[str, str] = {}
        for rule in world.agent_rules:
            condition = rule.get("condition", {})
            branches = goals_of(rule.get("then", []))
            if condition.get("") == "listenAlert":
                self.by_alert[str(condition["message"])] = branches
            elif condition.get("") == "placeHasTag" and branches:
                self.by_tag[str(condition["tag"])] = branches[0][1]
        self.node_of_sign = {place: self._decision(place) for place in self._places()}

    def _alerts(self) -> list[dict[str, Any]]:
        return [e for e in self.world.events if e.get("type") == "Alert" and "placeTag" in e]

    def _places(self) -> list[str]:
        return sorted({str(alert["placeTag"]) for alert in self._alerts()})

    def _decision(self, tag: str) -> str:
        # the end of the sign's link from which the goals are nearer
        link = self.world.at(tag)[0]
        goals = {goal for branches in self.by_alert.values() for _, goal in branches}
        nodes = [self.world.at(goal)[0].ends[0] for goal in sorted(goals)]
        return min(link.ends, key=lambda end: sum(self.ways.metres(end, node) for node in nodes))

    def timetable(self) -> list[tuple[str, float, list[Branch]]]:
        """Node, moment (clock s) and branches from then on, by sign and time; no branches: go on."""
        table = []
        for tag, node in self.node_of_sign.items():
            heard: dict[str, bool] = {}
            at_sign = [alert for alert in self._alerts() if alert["placeTag"] == tag]
            moments = sorted({alert["s"] for alert in at_sign})
            for moment in moments:
                for alert in at_sign:
                    if alert["s"] == moment:
                        on = str(alert.get("onoff", "true")).lower() != "false"
                        heard[str(alert.get("message", ""))] = on
                # the first rule whose alert is heard decides
                said = [b for message, b in self.by_alert.items() if heard.get(message)]
                table.append((node, moment, said[0] if said else []))
        return table

    def onward(self, goal: str) -> str | None:
        """The goal that passing on to `goal` leads to: a rule of a link that ends there."""
        (node,) = self.world.at(goal)[0].ends[:1]
        for tag, further in self.by_tag.items():
            if any(node in place.ends for place in self.world.tagged.get(tag, [])):
                return further
        return None
