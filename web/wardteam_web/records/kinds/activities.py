"""What leaders do for their teams: rescues, rounds, teaching, study sessions, case discussions."""

from __future__ import annotations

from wardteam.domain.control import Activity, ActivityKind
from wardteam.errors import Message
from wardteam_web.forms import CHOOSE, FieldSpec, Kind, enum_choices
from wardteam_web.records.ground import Ground
from wardteam_web.records.page import Column, RecordPage, Values

DATE = Message("Date")
TEAM = Message("Team")
KIND = Message("Kind of activity")
LEADER = Message("Led by")
TOPIC = Message("Topic")
PRESENT = Message("Present")
MINUTES = Message("Minutes")


def _fields(ground: Ground, activity: Activity | None) -> list[FieldSpec]:
    leader = activity.leader if activity else ""
    return [
        FieldSpec("day", DATE, Kind.DATE),
        FieldSpec(
            "kind", KIND, Kind.CHOICE, choices=enum_choices(ActivityKind, ground.words.t, empty=CHOOSE)
        ),
        FieldSpec("leader", LEADER, Kind.CHOICE, choices=ground.people(also=leader)),
        FieldSpec("team", TEAM, Kind.CHOICE, is_required=False, choices=ground.teams()),
        FieldSpec("topic", TOPIC, hint=Message("No patient's and no nurse's name.")),
        FieldSpec("present", PRESENT, Kind.WHOLE, high=500),
        FieldSpec("minutes", MINUTES, Kind.WHOLE, high=1440),
    ]


def _fill(activity: Activity) -> Values:
    return {
        "day": activity.day,
        "kind": activity.kind.value,
        "leader": activity.leader,
        "team": activity.team,
        "topic": activity.topic,
        "present": activity.present,
        "minutes": activity.minutes,
    }


def _read(values: Values, code: str, _before: Activity | None, _ground: Ground) -> Activity:
    return Activity(
        code=code,
        day=values["day"],
        kind=ActivityKind(values["kind"]),
        leader=values["leader"],
        topic=values["topic"],
        team=values["team"] or "",
        present=values["present"],
        minutes=values["minutes"],
    )


ACTIVITIES: RecordPage[Activity] = RecordPage(
    address="activities",
    kind=Activity,
    title=Message("Leaders' activities"),
    new=Message("Add an activity"),
    about=Message("Rescues, rounds, teaching, study sessions and case discussions that leaders hold."),
    prefix="T",
    columns=(
        Column(DATE, lambda activity, ground: ground.words.plain_day(activity.day)),
        Column(KIND, lambda activity, ground: ground.words.t(activity.kind)),
        Column(LEADER, lambda activity, ground: ground.name(activity.leader)),
        Column(TEAM, lambda activity, ground: ground.team(activity.team)),
        Column(TOPIC, lambda activity, _ground: activity.topic),
        Column(PRESENT, lambda activity, _ground: str(activity.present), is_figure=True),
        Column(MINUTES, lambda activity, _ground: str(activity.minutes), is_figure=True),
    ),
    fields=_fields,
    fill=_fill,
    read=_read,
)
