"""What staff read about groups, acts, refusals and drafts wherever they work, in Korean and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from bot.errors import AssistantError
from bot.records.drafts import DraftKind, DraftState
from bot.records.errors import ActRefusedError, Caution, Refusal, TextProblem, UnconfirmedTextError, UnsuitableTextError
from bot.records.groups import Act, DismissalReason, GroupState
from bot.records.questions import AskerState
from knowledge.base import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class ActSentences:
    """One language's words. `{names}` in them are filled in by the caller."""

    group_states: Mapping[GroupState, str]
    asker_states: Mapping[AskerState, str]
    acts: Mapping[Act, str]
    draft_kinds: Mapping[DraftKind, str]
    draft_states: Mapping[DraftState, str]
    refusals: Mapping[Refusal, str]
    """With {by} and {at}: who was first, and when."""
    text_problems: Mapping[TextProblem, str]
    """With {length} and {limit}: characters."""
    cautions: Mapping[Caution, str]
    unconfirmed: str
    """Of what citizens would read, until somebody has looked at it."""
    reasons: Mapping[DismissalReason, str]
    """Why a group needs no answer, for staff."""
    somebody: str
    moment: str
    """With {at}: a moment in the city's time."""


_KOREAN = ActSentences(
    group_states={
        GroupState.OPEN: "미답변",
        GroupState.TAKEN: "처리 중",
        GroupState.DRAFTED: "승인 대기",
        GroupState.ANSWERED: "답변함",
        GroupState.DISMISSED: "종결",
        GroupState.MERGED: "합쳐짐",
    },
    asker_states={
        AskerState.WAITING: "기다림",
        AskerState.TELLING: "보내는 중",
        AskerState.TOLD: "알림",
        AskerState.FAILED: "전달 실패",
        AskerState.WITHDRAWN: "취소함",
    },
    acts={
        Act.TAKE: "맡음",
        Act.HAND_OVER: "넘김",
        Act.ANSWER: "답변",
        Act.LINK: "항목 연결",
        Act.APPROVE: "승인",
        Act.ASK_BACK: "되물음",
        Act.DISMISS: "종결",
        Act.REOPEN: "다시 엶",
        Act.SPLIT: "나눔",
        Act.MERGE: "합침",
        Act.UNDO: "되돌림",
        Act.WRITE_DRAFT: "초안 반영",
        Act.CHANGE_DRAFT: "초안 수정",
        Act.DISCARD_DRAFT: "초안 버림",
        Act.IMPORT_SHEET: "엑셀로 지식 고침",
        Act.SIGN_IN: "로그인",
        Act.SIGN_OUT: "로그아웃",
        Act.PAUSE: "답변 멈춤",
        Act.RESUME: "답변 다시 시작",
        Act.REFUSED: "거부됨",
    },
    draft_kinds={DraftKind.ENTRY: "새 항목", DraftKind.PHRASINGS: "새 표현"},
    draft_states={DraftState.NEW: "새 초안", DraftState.WRITTEN: "반영함", DraftState.DISCARDED: "버림"},
    refusals={
        Refusal.TAKEN: "{by} 님이 {at}에 맡았습니다. 먼저 넘겨받으세요.",
        Refusal.DRAFTED: "{by} 님이 {at}에 쓴 답변이 승인을 기다립니다. 승인하거나 넘겨받으세요.",
        Refusal.ANSWERED: "{by} 님이 {at}에 이미 답변했습니다.",
        Refusal.DISMISSED: "{by} 님이 {at}에 종결했습니다.",
        Refusal.MERGED: "{by} 님이 {at}에 다른 묶음과 합쳤습니다.",
        Refusal.NOT_TAKEN: "아직 아무도 맡지 않았습니다.",
        Refusal.NOT_DRAFTED: "승인을 기다리는 답변이 없습니다.",
        Refusal.OWN_DRAFT: "{by} 님이 쓴 답변입니다. 다른 담당자가 승인해야 합니다.",
        Refusal.NOT_CLOSED: "이미 열려 있습니다.",
        Refusal.CHANGED: "{by} 님이 {at}에 답변을 바꿨습니다. 다시 확인하세요.",
        Refusal.NOT_WRITER: "{by} 님이 쓴 미리보기입니다. 쓴 사람만 보낼 수 있습니다.",
        Refusal.NOTHING_TO_UNDO: "되돌릴 일이 없습니다.",
        Refusal.TOO_LATE: "{by} 님이 {at}에 한 일입니다. 1분 안에만 되돌릴 수 있습니다.",
        Refusal.WRONG_QUESTIONS: "이 묶음의 질문 가운데 일부만 나눌 수 있습니다. 전부나 다른 묶음의 질문은 안 됩니다.",
        Refusal.SAME_GROUP: "같은 묶음끼리는 합칠 수 없습니다.",
        Refusal.OTHER_QUESTIONS: "그 사이에 질문이 바뀌었습니다. 다시 보고 보내 주세요.",
        Refusal.NO_ANSWER: "이 항목은 답이 없다는 항목입니다. 다른 항목을 고르세요.",
        Refusal.NOBODY_ASKS: "알림을 신청한 시민이 없어 되물을 수 없습니다.",
    },
    text_problems={
        TextProblem.EMPTY: "내용이 비어 있습니다. 시민이 읽을 글을 적어 주세요.",
        TextProblem.INVISIBLE: "보이지 않는 글자만 있습니다. 시민이 읽을 글을 적어 주세요.",
        TextProblem.TOO_LONG: "{length:,}자입니다. {limit:,}자까지 보낼 수 있으니 줄여 주세요.",
    },
    cautions={
        Caution.PERSONAL_NUMBER: "개인정보로 보이는 번호가 있습니다. 공개된 번호가 맞는지 확인하세요.",
        Caution.MARKUP: "서식 기호가 있습니다. 시민에게도 기호 그대로 보입니다.",
        Caution.TOO_LONG_FOR_ENTRY: "보낼 수는 있지만 지식 항목에 담기에는 깁니다.",
    },
    unconfirmed="개인정보로 보이는 내용이 있습니다. 시민에게 보여도 되는지 확인해 주세요.",
    reasons={
        DismissalReason.UNRELATED: "우리 사업과 관계없는 질문",
        DismissalReason.UNCLEAR: "질문의 뜻을 알 수 없음",
        DismissalReason.ELSEWHERE: "민원 창구로 안내할 일",
        DismissalReason.NOISE: "장난이나 광고",
    },
    somebody="누군가",
    moment="{at:%Y-%m-%d %H:%M}",
)

_ENGLISH = ActSentences(
    group_states={state: state.value for state in GroupState},
    asker_states={state: state.value for state in AskerState},
    acts={act: act.value.replace("_", " ") for act in Act},
    draft_kinds={DraftKind.ENTRY: "new entry", DraftKind.PHRASINGS: "phrasings"},
    draft_states={state: state.value for state in DraftState},
    refusals={
        Refusal.TAKEN: "{by} took it at {at}. Have it handed over first.",
        Refusal.DRAFTED: "An answer that {by} drafted at {at} waits for approval. Approve it, or hand the group over.",
        Refusal.ANSWERED: "{by} answered it already, at {at}.",
        Refusal.DISMISSED: "{by} dismissed it at {at}.",
        Refusal.MERGED: "{by} merged it with another group at {at}.",
        Refusal.NOT_TAKEN: "Nobody has taken it.",
        Refusal.NOT_DRAFTED: "No answer waits for approval.",
        Refusal.OWN_DRAFT: "{by} drafted this answer. Another staff member must approve it.",
        Refusal.NOT_CLOSED: "It is open already.",
        Refusal.CHANGED: "{by} changed the answer at {at}. Look at it first.",
        Refusal.NOT_WRITER: "{by} wrote this preview. Only they can send it.",
        Refusal.NOTHING_TO_UNDO: "There is nothing to undo.",
        Refusal.TOO_LATE: "{by} did this at {at}. It could be undone for one minute only.",
        Refusal.WRONG_QUESTIONS: "Only some of the group's own questions can be split off: not all, nor others.",
        Refusal.SAME_GROUP: "A group cannot be merged with itself.",
        Refusal.OTHER_QUESTIONS: "its questions have changed meanwhile; look at them again",
        Refusal.NO_ANSWER: "That entry is a known gap, which answers nothing. Choose another one.",
        Refusal.NOBODY_ASKS: "Nobody wants to be told, so nobody can be asked back.",
    },
    text_problems={
        TextProblem.EMPTY: "The text is empty. Write what citizens should read.",
        TextProblem.INVISIBLE: "The text has only invisible characters. Write what citizens should read.",
        TextProblem.TOO_LONG: "The text has {length:,} characters; {limit:,} are possible. Shorten it.",
    },
    cautions={
        Caution.PERSONAL_NUMBER: "It holds what looks like a personal number. Make sure that it is a public one.",
        Caution.MARKUP: "It holds characters of markup. Citizens will see them as they are.",
        Caution.TOO_LONG_FOR_ENTRY: "It can be sent, but it is too long for an entry of the knowledge base.",
    },
    unconfirmed="It holds what looks like personal information. Make sure that citizens may read it.",
    reasons={
        DismissalReason.UNRELATED: "Not about our programme",
        DismissalReason.UNCLEAR: "Nobody can tell what is meant",
        DismissalReason.ELSEWHERE: "For the office that takes complaints",
        DismissalReason.NOISE: "Joke or advertisement",
    },
    somebody="somebody",
    moment="{at:%Y-%m-%d %H:%M}",
)

_BY_LANGUAGE: dict[Language, ActSentences] = {"ko": _KOREAN, "en": _ENGLISH}


def act_sentences(language: Language) -> ActSentences:
    """The words of that language."""
    return _BY_LANGUAGE[language]


def reason_text(reason: str | None, language: Language) -> str:
    """Why a group was dismissed, as staff read it: one of the usual reasons, or what somebody wrote."""
    usual = act_sentences(language).reasons
    return next((text for kind, text in usual.items() if kind == reason), reason or "")


def explanation(error: AssistantError, language: Language, timezone: tzinfo) -> str:
    """Why an act is refused or a text cannot be sent; of other errors, their own message."""
    words = act_sentences(language)
    if isinstance(error, UnsuitableTextError):
        return words.text_problems[error.problem].format(length=error.length, limit=error.limit)
    if isinstance(error, UnconfirmedTextError):
        return words.unconfirmed
    if not isinstance(error, ActRefusedError):
        return str(error)
    deed = error.deed
    by = deed.by.name if deed else words.somebody
    at = words.moment.format(at=deed.at.astimezone(timezone)) if deed else ""
    return words.refusals[error.refusal].format(by=by, at=at)
