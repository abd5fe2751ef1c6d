"""Questionnaires from issue to score: the one door to the rooms beside this one."""

from __future__ import annotations

from wardteam.services.questionnaire_answers import check_answers
from wardteam.services.questionnaire_codes import Issued, answer_by_code, code_ward, issue, open_by_code
from wardteam.services.questionnaire_entry import Difference, differences, enter, enter_second, settle
from wardteam.services.questionnaire_flow import Flow, FlowLine, flow, flow_of
from wardteam.services.questionnaire_scoring import answers_of, invalid_because, score

__all__ = [
    "Difference",
    "Flow",
    "FlowLine",
    "Issued",
    "answer_by_code",
    "answers_of",
    "check_answers",
    "code_ward",
    "differences",
    "enter",
    "enter_second",
    "flow",
    "flow_of",
    "invalid_because",
    "issue",
    "open_by_code",
    "score",
    "settle",
]
