"""What `doctor` says of each part of an installation, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.diagnosis import Diagnosis, Grade, Sign
from knowledge.base import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorSentences:
    """One language's sentences. `{names}` in them are the values of a diagnosis."""

    grades: Mapping[Grade, str]
    parts: Mapping[str, str]
    signs: Mapping[Sign, str]

    def line(self, diagnosis: Diagnosis) -> str:
        """The diagnosis in one line."""
        sign = diagnosis.sign
        said = " ".join(self.signs[sign].format(**diagnosis.values).split())
        return f"[{self.grades[sign.grade]}] {self.parts[sign.part]}: {said}"


_KOREAN = DoctorSentences(
    grades={Grade.WELL: "정상", Grade.DOUBTFUL: "주의", Grade.ILL: "이상"},
    parts={
        "settings": "설정",
        "telegram": "텔레그램",
        "group": "담당자 그룹",
        "webhook": "수신",
        "clock": "시계",
        "database": "데이터베이스",
        "knowledge": "지식",
        "disk": "디스크",
        "port": "포트",
    },
    signs={
        Sign.SETTINGS: "모두 읽었습니다.",
        Sign.LOCAL_MODE: "토큰이 없어 이 컴퓨터에서만 동작합니다. 텔레그램에서 쓰려면 TELEGRAM_BOT_TOKEN을 적으세요.",
        Sign.BOT: "@{name}(으)로 응답합니다.",
        Sign.TOKEN_REFUSED: "{reason}",
        Sign.UNREACHABLE: "{reason}",
        Sign.NO_GROUP: "STAFF_CHAT_ID가 없어 담당자는 웹이나 터미널에서만 일합니다.",
        Sign.GROUP: "'{title}'에 있습니다.",
        Sign.NOT_IN_GROUP: "{chat}에 들어가 있지 않습니다({reason}). 그룹에 봇을 초대하고 STAFF_CHAT_ID를 확인하세요.",
        Sign.NO_TOPIC_RIGHT: "'{title}'에 주제가 켜져 있지만 만들 권한이 없습니다. 봇에 주제 관리 권한을 주세요.",
        Sign.POLLING: "봇이 직접 받아 옵니다. 기다리는 메시지 {waiting}건.",
        Sign.WEBHOOK: "{address}(으)로 받습니다. 기다리는 메시지 {waiting}건.",
        Sign.WEBHOOK_ELSEWHERE: (
            "텔레그램이 다른 곳({address})으로 보냅니다. 시작하면 바뀝니다. "
            "다른 프로그램이 이 토큰을 쓰는지 확인하세요."
        ),
        Sign.WEBHOOK_FAILS: "텔레그램이 {address}에 전달하지 못합니다({reason}). 앞의 서버와 인증서를 확인하세요.",
        Sign.CLOCK: "맞습니다(텔레그램과 {seconds:.0f}초 차이).",
        Sign.CLOCK_WRONG: "{seconds:.0f}초 틀립니다. 시간 동기화(NTP)를 켜세요.",
        Sign.DATABASE: "열고 썼습니다(버전 {revision}). 답을 기다리는 질문 {open}건.",
        Sign.DATABASE_ILL: "{reason}",
        Sign.KNOWLEDGE: "항목 {entries}개를 읽었습니다.",
        Sign.KNOWLEDGE_ILL: "{reason} (모두 {count}줄) python main.py check로 확인하고 고치세요.",
        Sign.DISK: "{folder}에 {megabytes}MB가 비어 있습니다.",
        Sign.DISK_LOW: "{folder}에 {megabytes}MB만 남았습니다. 자리를 비우세요.",
        Sign.DISK_FULL: "{folder}에 {megabytes}MB만 남아 곧 쓸 수 없습니다. 지금 자리를 비우세요.",
        Sign.PORT_FREE: "{address}이(가) 비어 있습니다.",
        Sign.PORT_OURS: "{address}에서 이미 동작하고 있습니다.",
        Sign.PORT_TAKEN: "{address}을(를) 다른 프로그램이 쓰고 있습니다. HTTP_PORT를 바꾸세요.",
    },
)
_ENGLISH = DoctorSentences(
    grades={Grade.WELL: "ok", Grade.DOUBTFUL: "note", Grade.ILL: "fault"},
    parts={
        "settings": "settings",
        "telegram": "Telegram",
        "group": "staff group",
        "webhook": "updates",
        "clock": "clock",
        "database": "database",
        "knowledge": "knowledge",
        "disk": "disk",
        "port": "port",
    },
    signs={
        Sign.SETTINGS: "all read.",
        Sign.LOCAL_MODE: "no token, so it runs on this machine alone. For Telegram set TELEGRAM_BOT_TOKEN.",
        Sign.BOT: "answers as @{name}.",
        Sign.TOKEN_REFUSED: "{reason}",
        Sign.UNREACHABLE: "{reason}",
        Sign.NO_GROUP: "STAFF_CHAT_ID is not set, so staff work in the web console or the terminal only.",
        Sign.GROUP: "the bot is in '{title}'.",
        Sign.NOT_IN_GROUP: "the bot is not in {chat} ({reason}). Add it to the group, and check STAFF_CHAT_ID.",
        Sign.NO_TOPIC_RIGHT: "'{title}' has topics, which the bot may not make. Let it manage topics.",
        Sign.POLLING: "the bot fetches them. Waiting: {waiting}.",
        Sign.WEBHOOK: "brought to {address}. Waiting: {waiting}.",
        Sign.WEBHOOK_ELSEWHERE: (
            "Telegram brings them elsewhere ({address}). The next start changes this; "
            "see whether another program uses the token."
        ),
        Sign.WEBHOOK_FAILS: (
            "Telegram cannot bring them to {address} ({reason}). Check the server in front and its certificate."
        ),
        Sign.CLOCK: "right ({seconds:.0f} seconds from Telegram's).",
        Sign.CLOCK_WRONG: "wrong by {seconds:.0f} seconds. Switch time synchronisation (NTP) on.",
        Sign.DATABASE: "opened and written to (revision {revision}). Questions without an answer: {open}.",
        Sign.DATABASE_ILL: "{reason}",
        Sign.KNOWLEDGE: "{entries} entries read.",
        Sign.KNOWLEDGE_ILL: "{reason} ({count} lines in all). See: python main.py check",
        Sign.DISK: "{megabytes} MB free in {folder}.",
        Sign.DISK_LOW: "only {megabytes} MB free in {folder}. Free some space.",
        Sign.DISK_FULL: "only {megabytes} MB free in {folder}: soon nothing can be written. Free some space now.",
        Sign.PORT_FREE: "{address} is free.",
        Sign.PORT_OURS: "the assistant runs at {address}.",
        Sign.PORT_TAKEN: "another program uses {address}. Change HTTP_PORT.",
    },
)
_BY_LANGUAGE: dict[Language, DoctorSentences] = {"ko": _KOREAN, "en": _ENGLISH}


def doctor_sentences(language: Language) -> DoctorSentences:
    """The doctor's sentences of that language."""
    return _BY_LANGUAGE[language]
