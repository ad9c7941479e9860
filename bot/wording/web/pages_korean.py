"""What every web page says in Korean."""

from bot.wording.web.pages import FailureSentences, PageSentences

PAGES_KOREAN = PageSentences(
    name_unknown="자동 안내",
    to_content="본문으로 바로 가기",
    pages="화면 목록",
    chat="대화",
    console="담당자 화면",
    other_language="English",
    local_notice="이 컴퓨터에서만 열리는 시험 화면입니다. 로그인 없이 모든 기능을 쓸 수 있습니다.",
    back_to_start="처음 화면으로",
    failures={
        403: FailureSentences(
            "요청을 받지 못했습니다", "화면이 오래되었을 수 있습니다. 앞 화면을 새로 고친 뒤 다시 해 주세요."
        ),
        404: FailureSentences("없는 화면입니다", "주소를 확인하시거나 처음 화면에서 다시 시작해 주세요."),
        405: FailureSentences("이 주소에서는 할 수 없는 요청입니다", "처음 화면에서 다시 시작해 주세요."),
        413: FailureSentences("보내신 내용이 너무 깁니다", "내용을 줄여서 다시 보내 주세요."),
        421: FailureSentences("이 주소로는 열 수 없습니다", "안내받으신 주소로 다시 열어 주세요."),
        429: FailureSentences("요청이 너무 많습니다", "잠시 뒤에 다시 해 주세요."),
        503: FailureSentences("지금은 잠시 이용할 수 없습니다", "조금 뒤에 다시 해 주세요."),
    },
    other_failure=FailureSentences("문제가 생겼습니다", "조금 뒤에 다시 해 주세요."),
)
