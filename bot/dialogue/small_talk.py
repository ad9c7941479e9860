"""What citizens say besides questions: greetings, thanks, insults, 'a person please', 'menu', 'who are you'.

A message is read as phrases. When nothing else is left, the phrases say what it is; otherwise greetings and closing
courtesies are taken off, and the question in the middle is what is looked up, recorded and grouped.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.text.chat import is_chat


class Talk(StrEnum):
    """What somebody says that is no question about the knowledge base."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    HEARD = "heard"
    """Understood, fine, great, laughter: nothing is wanted."""
    APOLOGY = "apology"
    INSULT = "insult"
    YES = "yes"
    NO = "no"
    CHOICE = "choice"
    """The number of a suggestion: 1번."""
    OTHERWISE = "otherwise"
    """The answer was not what was meant: 그거 말고."""
    NOTHING = "nothing"
    """Nothing that can be read: '???'."""
    CONTACT = "contact"
    MENU = "menu"
    HELP = "help"
    """Help is asked for, and with what is not said."""
    WHO = "who"
    HUMAN = "human"
    """Whether it is a person or a machine."""
    MAKER = "maker"
    ABILITY = "ability"
    BASIS = "basis"
    """Where the information comes from and how old it is."""
    TRUST = "trust"
    FOREIGN = "foreign"
    """In a language that is not spoken here."""
    ELSEWHERE = "elsewhere"
    """About another place than ours."""
    UNCLEAR = "unclear"
    """Asks how to apply, and not for what."""


class Service(StrEnum):
    """The kinds of reply that have nothing of the knowledge base; nothing of them is recorded."""

    SAFETY = "safety"
    CONTACT = "contact"
    COURTESY = "courtesy"
    ABOUT = "about"
    MENU = "menu"
    CLARIFY = "clarify"


SERVICES: Mapping[Talk, Service] = {
    Talk.CONTACT: Service.CONTACT,
    Talk.MENU: Service.MENU,
    Talk.HELP: Service.MENU,
    **dict.fromkeys((Talk.WHO, Talk.HUMAN, Talk.MAKER, Talk.ABILITY, Talk.BASIS, Talk.TRUST), Service.ABOUT),
    Talk.ELSEWHERE: Service.ABOUT,
    **dict.fromkeys((Talk.NO, Talk.CHOICE, Talk.OTHERWISE, Talk.NOTHING, Talk.FOREIGN, Talk.UNCLEAR), Service.CLARIFY),
}
"""What small talk is replied with; the rest is courtesy."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as it was heard: `talk` says what it is, or `question` is what is asked in it, without courtesies."""

    talk: Talk | None
    question: str = ""


def listen(text: str) -> Heard:
    """What a message is besides a question, or the question in it."""
    composed = unicodedata.normalize("NFC", text)
    said = _undecorated(composed)
    if not any(map(str.isalnum, said)):
        return Heard(Talk.HEARD if _FRIENDLY.search(composed) else Talk.NOTHING)
    whole = _whole(said)
    if whole:
        return Heard(whole)
    talks, rest = _without_courtesies(said)
    if not any(map(str.isalnum, rest)):
        return Heard(next(talk for talk in _MOST_TELLING if talk in talks))
    whole = _whole(rest) if talks else None
    return Heard(whole) if whole else Heard(None, rest if talks else composed.strip())


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def chosen_number(text: str) -> int | None:
    """The number in a choice ('2번', '두 번째'), counted from 1."""
    digit = re.search("[1-9①-⑨]", text)
    if digit:
        return "①②③④⑤⑥⑦⑧⑨".find(digit.group()) + 1 or int(digit.group())
    return next((number for number, words in _ORDINALS.items() if re.search(words, text.lower())), None)


_ORDINALS = {1: "첫|한|일|맨 ?위|처음|앞|first|^위", 2: "두|둘|이|second", 3: "세|셋|삼|마지막|아래|third|last"}

_FRIENDLY = re.compile("[ㅋㅎㅠㅜㅡ]|[\U0001f300-\U0001faff\u2600-\u27bf\u2190-\u21ff\u2b00-\u2bff^♡♥]")
_DECORATION = re.compile(
    r"[ㅋㅎㅠㅜㅡ]{2,}|(?<![가-힣ㄱ-ㅎ])[ㅋㅎㅠㅜㅡ](?![가-힣ㄱ-ㅣ])|[~^;*♡♥☆★…]+|\bl+o+l+\b|\b(?:ha){2,}h?\b"
    r"|(?<![가-힣])[하허호히]{2,}(?![가-힣])"
    "|[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d]+",
    re.IGNORECASE,
)
_LAUGHS = re.compile(r"[\s.,!?~^)(\-–:;\"'“”‘’]+")


def _undecorated(text: str) -> str:
    """The text without emoji, laughter and decoration."""
    return " ".join(_DECORATION.sub(" ", text).split())


def _phrases(*lines: str) -> re.Pattern[str]:
    """A pattern of phrases, one a line.

    A space may stand or be missing; `~` is any ending of a verb, `…` a few words; brackets only group.
    """
    return re.compile("|".join(map(_pattern, lines)), re.IGNORECASE)


def _pattern(written: str) -> str:
    grouped = re.sub(r"\((?!\?)", "(?:", written)
    return grouped.replace("~", "[가-힣]{0,7}").replace("…", "[가-힣 ]{0,14}").replace(" ", r"\s?")


_VERY = (
    "((정말|진짜|너무|대단히|매우|많이|늘|항상|미리|일단|아무튼|그럼|그래도|잘|꼭|모두|저도|이제|여러모로|오늘도"
    "|좋은|친절한?|빠른|자세한|신속한|상세한"
    "|답변|대답|안내|설명|정보|말씀|관심|응대|도움|상담|친절)(로|히|도|을|를|은|는)? )*"
)
_BECAUSE = "(…(셔서|줘서|주어서|해서|돼서|되어서|려줘|덕분에|덕에) )?"
_EDGE_THANKS = (
    (
        f"{_BECAUSE}{_VERY}감사(합니다?|합니당|함다|함|합|해|해요|해용|해여|드립니다?|드려요?|드려용|드릴게요|드리며"
        f"|했습니다|했어요|하네요|하고요|하며|하겠습니다|할게요|할 따름입니다|링|요|용)(?<!감사)|(감사){{2,}}"
    ),
    f"{_BECAUSE}{_VERY}(고마(?![가-힣])|고마(워|웠|와|우)~|고맙(습|네|구|고|다|군|지|심|소|당)~)",
    f"{_VERY}(ㄱㅅ)+|ㄳ+|{_VERY}(땡큐|쌩유|땡스|캄사|감솨|캄솨)~|복 받으(세|실)~",
    (
        "(many |big )?(thanks|thank you|thx|tysm|cheers)( a lot| so much| very much| again| in advance| a bunch"
        "| for (the|your|all)( \\w+){1,2}| for \\w+ing( me)?)*"
    ),
)
_EDGE_EFFORT = (
    (
        f"{_VERY}(수고|고생|애)(가|를|들)? (하세|하십|하셨|했|하시네|많으|많습|많아|많네|쓰십|쓰시|쓰셨|쓰세|하쇼|하셔"
        f"|하시고|하신|하는)~"
    ),
    f"{_VERY}수고(요|염|링|용)?|ㅅㄱ(요|염|하세요)?",
)
_EDGE_GREETING = (
    (
        "안녕(하세요|하십니까|하신가요|하셔요|하세용|하세여|하쇼|하심까|하신지요|들 하세요|요|용)?|안뇽~|ㅎㅇ+(요|루)?"
        "|하이(요|루|염|하이)?|헬로우?|굿모닝|여보세요|좋은 (아침|오후|저녁)(입니다|이에요|이네요|이야|이요)?"
    ),
    "(만나서 |다시 )?반(갑|가워|가와)~|오랜만(이|입)~|처음 (뵙|인사|이용|왔|써)~",
    "(hi|hello|hey|hiya|greetings)( there| everyone| again)?|good (morning|afternoon|evening|day)",
)
_EDGE_GOODBYE = (
    "안녕히 (계|가|주무)~|(나중에 |다음에 |이따 |내일 )?또 (올|뵙|뵐|봬|봐요|만나요|연락드|물어볼|들르|들를|이용할)~",
    (
        "(좋은|즐거운|행복한|편안한|편한|멋진|보람찬|활기찬|평안한|건강한) (하루|밤|저녁|주말|시간|한 ?주|오후|날|연휴"
        "|명절|휴일|추석|설|오전|아침|한 해|꿈|방학|점심|나날)"
        "(을|를|도)?( (되|보내|맞|꾸|만드)~)?( 바랍니다)?"
    ),
    (
        "(주말|하루|명절|연휴|휴가|오늘|남은 하루|저녁)(도|을|은)? (잘|즐겁게|행복하게|편히) 보내~|건강(하|조심하"
        "|챙기)(세|시|십)~|행복하세요"
    ),
    "새해 복 많이 받~|bye( bye)?|good ?bye|have a (nice|good|great|lovely) (day|one|evening|night|weekend)|take care",
)
_EDGE_REQUEST = (
    (
        "(뭐|하나만?|잠깐|좀|질문|문의|말씀)? (하나 |좀 |하나만 |뭐 )*(물어 ?볼게|물어 ?봐도|물어 ?보려고|물어 ?보고 싶"
        "|물어 ?볼 (게|것)|여쭤 ?볼|여쭤 ?봐도|여쭤 ?보|여쭙|문의드|질문드|질문 있|문의 있)…"
    ),
    "궁금한 (게|것이|점이|거|것) (하나 |좀 |몇 가지 )?(있|생겨)~|실례(합니다|지만|하지만|할게요|해요)|저기요?|저기여",
)
_GREETING = (
    (
        "여기 누구 (있|없|계)~|누구 (있|계)(어요|세요|나요|신가요|냐)|누구 없~|(잘 )?(지내|지냈)(세요|어요|니|나요"
        "|어|죠"
        "|지)|밥은? (먹|드)~|하이|질문(이요|요|할게요?|해도 돼요|합니다)"
    ),
    "how are you( doing)?( today)?|nice to meet you|what'?s up|yo",
)
_GOODBYE = (
    (
        "(그럼 |이만 |이제 )*(갈게|가볼게|가보겠|물러|들어가|나갈게|퇴근)~|(그럼 |이제 )*잘 (있|가|자|지내|쉬|주무|계)~"
        "|(다음에|나중에|이따가?|담에) (봐|뵐|뵙|봅시|올|물어|보자)~"
    ),
    (
        "푹 쉬~|편히 쉬~|힘내~|(화이팅|파이팅)~|메리 크리스마스|(빠이|바이)+(요)?|[ㅂㅃ]ㅂ+|ㅂㅇ+|ㅃㅇ|굿(나잇|밤"
        "|나이트)( (되|보)~)?|내일 봐~"
    ),
    "(see|c) (you|ya|u)( later| soon| tomorrow)?|good ?night|farewell|(talk|ttyl)( to you)? later|later",
)
_HEARD_WORDS = (
    (
        f"{_VERY}(알겠|알았|알아 ?들었|이해했|이해됐|이해가|이해 ?완료|확인했|확인됐|파악했|숙지했|납득했|참고하|참고할"
        f"|해 ?볼게|해 ?보겠|기다릴|기다리겠|그렇게 할|그렇게 하)~"
    ),
    (
        f"{_VERY}(봤|읽었|들었|받았|배웠|배워 ?갑|보고 ?갑|알아 ?갑|알고 ?갑|얻어 ?갑|해결했|해결됐|찾았)(습니다|어요"
        f"|네요|어|음|다|니다)"
    ),
    (
        f"{_VERY}(좋(아|네|습|은데|군|구나|았)|멋지|멋져|훌륭|최고|짱|대단|똑똑|신기|재밌|재미있|다행|완벽|유용|충분"
        f"|친절|기특|칭찬|인정|축하|사랑해|대박|굿|놀랍|쩐다|쩌네|쏘 쿨|시원하)~"
    ),
    (
        f"{_VERY}잘(했|하네|하시네|한다|됐|돼)~|{_VERY}(아주 |꽤 |무척 |정말로 )*(많은 |큰 )?도움(이|은)? (많이 |아주 "
        f"|잘 |너무 |정말 |크게 )*(됐|되|됩|돼)~"
    ),
    (
        f"(그럼 |이제 |아니 )*(괜찮|됐어|됐습|됐네|됐다|됐음)~|그(렇|랬|러)(군|구나|네|습니까|죠|구만|시군)~|그래요?"
        f"|글쿤~|그쿤|글쿠나|아하+|오호+|어머나?|세상에|아이고|{_VERY}접수~|확인(요|함|완료)?"
    ),
    (
        "[아오와음흠에엥헐헉앗우엇]+|(ㅇㅋ)+|오키~|오케이?~|콜|옼+|(네|넵|넹|넴|넷|옙|예|옛|네엡|녭)+|넵넵|천만에~"
        "|별말씀~|심심하~|수긍|속이 시원~|궁금증이? 풀~"
    ),
    (
        "o+k+(ay|ey|ie)?( then)?|k|got it|i (see|understand)|understood|nice( one)?|great|cool|awesome|perfect"
        "|good( job"
        "| bot)?|well done|wow|amazing|sure"
        "|al+ ?right|that (helps|helped)( a lot)?|that'?s (all|it|great|good|helpful|enough)( for now)?|(very )?helpful"
        "|no problem|you'?re welcome|makes sense|interesting"
    ),
)
_APOLOGY = (
    (
        f"{_VERY}(죄송|미안|쏘리|ㅈㅅ)~|(앗 )?잘못 (보냈|눌렀|적었|썼|말했|쳤|보낸)~|(오타|실수)(예|입|임|네|로|였"
        f"|요)?~"
        f"|(그냥 )?(테스트|시험)( 중| 메시지)?(예요|입니다|임|이에요|이야|해봄|하는 중|요)?"
    ),
    "(i'?m )?(so |very )?sorry( about that)?|my (bad|mistake)|(just )?(a )?test(ing)?( \\d)?",
)
_YES = (
    (
        "네|예|응|어|그래|그럼요?|ㅇ+|[웅엉]+|맞아요?|맞(습니다|음|어요?)|그렇(습니다|죠)|당연(하지|하죠|히)"
        "|yes( please)?|yeah|ye[pas]|yup|y|right|correct"
    ),
)
_NO = (
    (
        "아니(요|오|에요|야|여|욤|용|다|지|고|거든요)?|아뇨|아닌데요?|아닙니다|아님|ㄴ+|노+|놉|필요 없~|싫(어|은데"
        "|다)요?|안 해요?|(다 |전부 |모두 )아니(에요|야|요)|(여기에?|이 중에?|이중에) 없~|찾는 (게|것이|내용이) 없~"
    ),
    "no(pe)?( thanks| thank you)?|n|not really|none( of (these|them|those))?",
)
_CHOICE = (
    (
        "([1-9]|[①-⑨]|한|두|세|네|첫|일|이|삼|사) (번|번째)( 거| 것| 꺼| 질문)?(요|이요|으로|로|으로요|이에요|입니다"
        "|은요|을|를)?( 선택~| 알려~| 보여~| 할게요?| 골라~)?|[1-9]|[①-⑨]"
    ),
    (
        "(number|option|no\\.?) [1-9]|(the )?(first|second|third|last)( one)?|(맨 )?(위|아래|마지막|앞)에? (거|것"
        "|꺼)(요"
        "|로|이요)?"
    ),
)
_OTHERWISE = (
    (
        "(아니 |아뇨 |아니요 |아 |음 )*(그거|그것|그건|이거|이것|이건|그게|이게|저거|그런 거|이런 거|그 답|그 얘기)(를"
        "|을|만)? (말고|빼고|아니고|아니에요|아니야|아니라|아닌데|아닙니다|아니|제외하고)(요|는|는요|라고요?|고요?"
        "|니까요?)?( (다른|딴) (거|것|얘기|답|내용)(요|은요?|으로|를|을)?( 없~| 알려~)?)?"
    ),
    (
        "(그게 아니라|제가 (물은|말한|물어본|원한|궁금한) (건|게|것은)…아니~|질문(이랑|이|과는?|하고) (그게|달라|다른"
        "|안 맞)…|동문서답~|엉뚱한 (답|소리|말|얘기)~|딴 ?소리~)"
    ),
    (
        "(다른|딴) (거|것|답|내용)(요|으로|로|은요?|을|는요)?( 알려~| 없~)?|(no,? )?(not that( one)?"
        "|that'?s not what i (asked|meant|want)\\w*|something else|that'?s (wrong|not it)|wrong answer)"
    ),
)
_BOT = (
    "((너|넌|너는|네가|니가|넌요|당신은?|그쪽은?|챗봇은?|봇은?|이 (챗봇|봇|로봇|서비스|프로그램|앱|채팅|안내"
    "|인공지능)(은|이|는)?|여기(는|가)?|이거|이건|얘는?|혹시|저기|근데|그럼|도대체|대체|지금|야) )*"
)
_IS = (
    "(야|니|냐|임|에요|예요|이에요|이야|인가요?|입니까|이니|이냐|인지|일까요?|이지|죠|이죠|이신가요|세요|십니까"
    "|신가요|시죠|시나요|라고|요|가요|네|여|이여|되세요|되나요)*"
)
_IS_SURELY = f"{_IS[:-1]}+"
_MACHINE = (
    "(사람|로봇|봇|챗봇|기계|인간|ai|에이아이|인공지능|자동 응답|프로그램|컴퓨터|알바|직원|공무원|상담원|챗?\\s?gpt"
    "|챗지피티|지피티|chat ?gpt|클로드|제미나이|생성형 ai|llm|시리|빅스비|대답하는 사람)"
)
_WHO = (
    (
        f"{_BOT}(누구|뉘|정체(가|는)? (뭐|무엇|뭔)|이름(이|은)? (뭐|무엇|어떻게|있)|뭐 하는 (애|봇|놈|녀석|사람|데|앱"
        f"|챗봇|거|서비스|프로그램|분)|몇 살|나이(가|는)? (몇|어떻게)|남자|여자|소속이? 어디|어디 소속){_IS}"
    ),
    (
        "(너|넌|너는|당신은?|챗봇은?|이 챗봇은?|이 서비스는?|이 봇은?) (뭐|뭔데|뭐임|뭐하|무엇|뭘 해)(야|니|냐|에요"
        "|예요|하니|하냐|인데|임|인가요?|하는데)?|자기 ?소개(?!서)~( ~)?"
    ),
    (
        "who (are|is) (you|this)|what (are you|is this( bot)?|is your name)|what'?s your name|introduce yourself"
        "|tell me about yourself"
    ),
)
_HUMAN = (
    (
        f"{_BOT}(진짜 |정말 |실제 )*{_MACHINE}(이|가|은|는|랑|하고)? ({_IS_SURELY}|맞(아|나|죠|지)~|아니(야|에요"
        f"|죠|지|냐|니"
        f"|여)요?|쓰(나|니|는 거|세|고 있)~|답(하|해)…|대답…|얘기…|적(는|어)…|보고 있…)( (아니면 )?{_MACHINE}(이"
        f"|가)? {_IS})?"
    ),
    (
        f"{_BOT}(사람|인간)이랑 (얘기|대화|말)하는 (거|것)~|(are|r) (you|u) (a |an |really |actually |just "
        f"|real )*(human|person|people|robot|bot|machine|ai|chat ?gpt|gpt|real|program|computer)( or (a |an )?(human"
        f"|person|robot|bot|machine|ai))?"
    ),
    (
        "is this (a |an )?(bot|robot|human|real person|ai|chatbot|automated)( or (a |an )?(human|person|robot|bot))?"
        "|do you use (ai|chatgpt|gpt)|am i (talking|chatting|speaking) (to|with) (a |an )?(real )?(person|human|bot"
        "|robot|machine)"
    ),
)
_MAKER = (
    (
        f"{_BOT}(누가|어디서|어디에서|어느 (회사|기관|부서|업체|팀)(가|이|에서)?) ((너|널|너를|이걸|이거|이 (챗봇|봇"
        f"|서비스|앱|프로그램|시스템)을?|여기를?|챗봇을?|당신을?) )*(만들|만든|개발|운영|관리|제작|책임)~( 거"
        f"| 것)?{_IS}"
    ),
    (
        f"{_BOT}(제작자|개발자|만든 (사람|곳|데|회사)|운영(자|기관|하는 곳|주체))(가|는|은|이)? (누구|어디)?{_IS}"
        f"|who (made|built|created|developed|runs|operates|programmed) (you|this)( bot)?|who is behind this"
    ),
)
_WHAT = (
    "((뭐|뭘|무엇)(를|을|가|든지?|까지)?|무슨 (것|거|걸|질문|얘기|말)(을|를)?|어떤 (걸|것|것들|거|질문|내용|기능"
    "|정보)(을|를)?|어디까지|얼마나)"
)
_ABILITY = (
    (
        f"{_BOT}{_WHAT} (까지 |좀 )*(물어 ?볼|물어 ?봐|물을|물어도|질문할|질문해|질문하면|물어야|물어보|할 수|해 ?줄"
        f"|답할|대답할|알려 ?줄|도와 ?줄|말해 ?줄|알 수|할 줄|답해|아는 (거|게|것|건))…"
    ),
    (
        f"{_BOT}(기능|할 수 있는 (것|거|일|게)|할 줄 아는 (것|거|게)|아는 (것|거|게)|잘하는 (것|거|게))(은|이|는|가"
        f"|을)? (뭐|무엇|뭔|어떤|있|알려|설명)…|{_BOT}어떻게 (사용|써|쓰|이용하면|물어|질문)…|(사용|이용) (법|방법)(을"
        f"|이|은)? …"
    ),
    (
        "(so )?what (can|could|do|should) (you|i) (do|ask|know|answer|help)( me)?( with)?( you)?( here| about)?|how (do"
        "|can) i use (this|you)( bot)?|what (questions|things|topics|kind of questions) can (i ask|you answer)( you)?"
        "|how does this work|can you help me"
    ),
)
_THIS = "((이|그|저|여기|이런|그런|지금|네|니|너의|당신의?|방금|위의?|너희) )*"
_INFORMATION = "(정보|자료|답변?|대답|내용|지식|말|소식|안내|기사|얘기)(들)?"
_BASIS = (
    (
        f"{_THIS}(알려 ?준 |말한 |말하는 |한 )?{_INFORMATION}(가|는|은|이|의|을|를|도)? (언제|몇 년|최신|어디서"
        f"|어디에서"
        f"|출처|근거|기준|얼마나 오래|얼마나 최신|업데이트|갱신|오래|옛날|어느 시점|뭘 근거|무엇을 근거|무슨 근거"
        f"|최근)…"
    ),
    (
        f"{_THIS}(정보|자료|답변?)?(의|는|은)? (출처|근거|기준(일| 날짜| 시점| 연도)?)(가|는|은|를|이)?( (뭐|어디|무엇"
        f"|알려|있|언제|뭔|밝혀|좀)…)?|(정보(는|가)? )?(언제 |마지막 )*(업데이트|갱신)(는|가|를|된|됐|한|일)?( (언제|됐"
        f"|했|돼|된|하|한)…)?"
    ),
    f"(이거|이건|그거|그건|이게) (언제|몇 년|언제적) (거|것|적|자료|정보|기준|얘기){_IS}",
    (
        "어디서 (난|온|나온|가져온|들은) (정보|자료|거|말|얘기|답)…|how old is (this|the|your) (info\\w*|data|answer)"
        "|how (current|recent|old|up.to.date) is (this|the|your|it)( info\\w*| data)?|is (this|the|your|it) (info\\w* "
        "|data )?(up.to.date|current|outdated|recent|old)"
    ),
    (
        "(what( is| are|'s|'re) )?(your|the) sources?( of (this|your) info\\w*)?|where (do you get|does) (your|this"
        "|the) info\\w*( come)?( from)?|when was (this|it|the info\\w*|the information) (last )?(updated|written)"
    ),
)
_TRUST = (
    (
        f"{_BOT}{_THIS}({_INFORMATION}|이거|그거|이게|그게|말씀)?(을|를|이|은|는|도)? (다 )?(믿(을|어|어도|고|음)…"
        f"|정확(해|한|하|도)…|확실(해|한|하)…|거짓말…|신뢰…)"
    ),
    (
        f"{_THIS}({_INFORMATION}|이거|그거|이게|그게)?(이|은|는|가)? ((진짜|정말|사실|참)(로|이|인)?{_IS}|맞(는|긴 한"
        f"|기는 한) (거|말|정보|얘기|것)…|(틀린|틀릴|잘못된) (거|것|정보|수|답)…)"
    ),
    (
        "(can|should) i (trust|believe|rely on) (you|this|that|your answers?)|are you (sure|reliable|accurate|lying"
        "|certain)|is (this|that|it) (true|correct|right|accurate|reliable|real)|really"
    ),
)
_PLEASE = (
    "( ?(좀|으로|로|요|을|를|이요|보여 ?주세요|보여 ?줘요?|보기|가 ?줘|갈래요?|가기|갈게요?|주세요|줘|알려 ?주세요"
    "|알려 ?줘|열어 ?줘|할래요?|할게요?|하기|하자|해 ?줘요?|해 ?주세요|하고 싶어요?|합니다|해요?|했어요|돼요|되나요"
    "|부탁~|불러줘))*"
)
_MENU = (
    (
        f"[/\\\\]?(전체 |메인 |주제 |질문 )?(메뉴|목록|리스트|카테고리|화면|보기)( 목록| 화면)?{_PLEASE}|[/\\\\]?(맨 "
        f"|다시 |제일 )?(처음|홈|첫 화면|첫 페이지|처음 화면|초기 화면|시작 화면)(부터|에서)?( 다시)?{_PLEASE}"
    ),
    (
        f"[/\\\\]?(도움말|도움|헬프|매뉴얼|이용 안내|사용 안내|안내|시작|주제|항목|버튼|옵션|설정|명령어){_PLEASE}"
        f"|[/\\\\]?(이제 |대화 |질문 |채팅 |여기서 )?(그만|중지|중단|정지|종료|끝|취소|스톱|스탑|멈춰|나가기"
        f"|나갈래|닫기"
        f"|끝내기|끝낼래|끝낼게요)( 두| 둘래요?| 하)?{_PLEASE}"
    ),
    (
        f"[/\\\\]?(뒤로|이전|돌아가|되돌리|되돌아가|리셋|초기화|새로 시작|다시 시작|다음|계속|다시)(가기|기|으로"
        f"|로|화면"
        f"| 화면| 단계| 페이지)?{_PLEASE}"
    ),
    (
        "[/\\\\]?((main |show |the )?menu|help( me)?|start( over)?|stop|cancel|(go )?back|home|exit|quit|restart|reset"
        "|list|topics?|options?|settings|commands?|end|next|continue|undo|main|begin)( please)?"
    ),
)
_HELP = ("(저 좀 |나 좀 |제발 |좀 )*도와(줘|주세요|줄래|주실래|줄 수)…",)
_PEOPLE = (
    "((진짜|실제|담당|상담) )?(사람|상담원|상담사|상담자|담당자|직원|담당 부서|관리자|공무원|운영자|책임자|안내원"
    "|매니저|인간|주무관|콜 ?센터|고객 ?센터|민원실|상담)"
)
_NUMBER = (
    "((전화|대표|문의|민원|안내|담당|폰|핸드폰|상담|콜센터|고객센터) ?(번호|전화)|연락처|문의처|전화"
    "|(?<!당첨)(?<!우편)(?<!계좌)(?<!비밀)(?<!등록)(?<!접수)(?<!차량)(?<!사업자)번호|콜 ?센터|고객 ?센터|이메일"
    "|메일 주소|팩스|카톡|카카오톡)"
)
_GIVE = (
    "( ?(은|는|이|가|을|를|좀|요|이요|하나|뭐|뭔|무엇|몇 번|몇번|어디|어떻게|알려|가르쳐|찾아|있|남겨|주|줘|되|돼"
    "|예요|에요|야|인가요?|인지|나요|어요|세요|시|니|까|입니까|죠|부탁|드립니다|드려요|필요|궁금|합니다|해요|번이"
    "|모르겠))*"
)
_CONTACT = (
    (
        f"{_BOT}(거기 |그냥 |제발 |빨리 |진짜 |아 |(챗봇|봇|기계|로봇|너|ai) ?말고 )*{_PEOPLE}(이랑|랑|하고|과|와|한테"
        f"|에게|이|을|를|으로|님|님이랑|님과|님한테|님을|분이랑|분과|분께|분)? (직접 |좀 |바로 |전화 )*(나와|불러|연결"
        f"|바꿔|바꾸|통화|상담|얘기|이야기|대화|말하|말씀|말할|만나|찾|없|물어|문의|채팅|원해|필요|주세요|줘|부탁"
        f"|받고 싶|하고 싶|가능|계|돌려|나오라|답해 ?주|답변 ?주|호출|데려)…"
    ),
    f"{_BOT}((챗봇|봇|기계|로봇|너|ai) ?말고 )?{_PEOPLE}(요|이요|좀요?|한테|이랑|으로)?",
    f"([가-힣a-z0-9]+(의|에|님|씨)? ){{0,3}}{_NUMBER}{_GIVE}",
    (
        "([가-힣]+ ){0,3}(어디|누구|어느 (부서|과|번호))(로|에|에다가?|한테|에게)? (직접 )?(전화|연락|문의|물어 ?봐야"
        "|물어보면|항의|신고|상담|얘기|말하면|말해야|따져|하소연|건의|민원)…"
    ),
    (
        "(직접 |그냥 |저 |좀 )*(전화|통화|상담|연락)(를|을|로|도)? (하고 싶|걸|할 수|해도|하려면|해야|하면|물어|문의"
        "|받고 싶|상담|주세요|해 주|부탁|되나|돼|연결|가능|원해|좀|할래|하게)…"
    ),
    (
        "([가-힣]+ ){0,2}(민원|불만|항의|건의|불편 ?사항|불편|제보|진정|클레임|컴플레인|탄원)(을|를|이|좀|도|은"
        "|사항을?)? (넣|접수|제기|신청|하고 싶|하려|있|낼|내고|내려|내는|어떻게|어디|해야|할래|하겠|쓰고|올리|좀|하는"
        "|드리|드릴|말하|신고|처리)…|민원(요|이요|실)?"
    ),
    (
        "(can|could|may|let) (i|me|you) (please )?(talk|speak|chat|connect|transfer|get)( me)?( to| with)? (a |an |the "
        "|some)?(real |live |actual |human )*(person|human|agent|someone|somebody|staff|operator|representative|people"
        "|official|employee|manager).*"
    ),
    (
        "i (want|need|would like|'d like|wanna) (to )?(talk|speak|chat|complain)?( to| with| about)? ?(a |an "
        "|some)?(real |live |human )*(person|human|agent|someone|staff|operator|representative|people|this"
        "|something)?( please)?"
    ),
    (
        "(real |live )?(human|agent|operator|representative|staff|person)( please)?|(what( is|'s) )?(the |your "
        "|a )?(\\w+ )?(phone|telephone|contact|hotline)( number| details| info\\w*)?( please)?|(how|where|who) (can|do"
        "|should) i (contact|reach|call|phone|complain|talk to|ask)( .{0,20})?"
    ),
    (
        "(i (want|would like|'d like|need|wish) to )?(make|file|lodge|submit) a complaint|complaint|customer (service"
        "|support)|contact( us)?"
    ),
)
_INSULT = _phrases(
    "바보|멍청|멍충|등신|병신|ㅂㅅ|시발|씨발|씨바|ㅅㅂ|ㅆㅂ|개새|새끼|꺼져(라|$)|닥쳐|닥치|쓸모(가|도)? 없|쓸데 없"
    "|쓰레기( ?봇| ?같| ?네| ?다| ?야)|한심|짜증|답답|말귀|못 ?알아 ?(듣|먹|들)|(이|그|저)(것|거|런 것"
    "|딴 것)도? (몰라|모르|못)|아무것도 (몰라|모르|못)|모르냐|아는 (게|것이) (뭐|없)|미친|미쳤|엉터리|형편 ?없|최악"
    "|구려|구리네|노답|노 답|실망|(하나도|전혀|별로) 도움|도움(이)? (안|하나도)|빡치|빡쳐|열받|지랄|죽을래|무식"
    "|돌대가리|깡통|허접|후지|뭐 이래|왜 이래|왜 이 모양|장난하|장난치|놀리냐|헛소리|개소리|꼴통|멍텅구리|못난"
    "|나쁜 (놈|봇)|재수|꼰대|별로(네|다|야|예요|에요|임|인데)|쓰잘|의미 ?없네|수준 하고는|수준이",
    "\\b(stupid|useless|idiot|idiotic|dumb|moron|sucks?|shut up|fuck\\w*|shit|worthless|terrible|rubbish|garbage"
    "|trash|worst|hate you|piece of)\\b",
)
_INSULTED = re.compile(r"[가-힣a-z]*(?:" + _INSULT.pattern + r")[가-힣a-z]*", re.IGNORECASE)
_AROUND_AN_INSULT = _phrases(
    "챗봇|봇|너|넌|니|네|진짜|정말|아|야|에휴|이|완전|그냥|왜 이렇게|왜|도대체|대체|인공지능|ai|기계|로봇|같은"
    "|같은 게|것|거|게|답변|대답|서비스|너무|참|더럽게|뭐|를|을|가|은|는|도|못|안|알아 ?듣~|하네|하냐|시청|공무원"
    "|이딴|그딴|이런|다 있~|챗봇이|봇이|어휴|휴|쯧|you|are|is|this|bot|so|a|an|the|really|very|just|and|what|such|it"
    "|of|answer|totally|completely",
)
_WHOLE: tuple[tuple[Talk, re.Pattern[str]], ...] = tuple(
    (talk, _phrases(*lines))
    for talk, lines in (
        (Talk.OTHERWISE, _OTHERWISE),
        (Talk.CHOICE, _CHOICE),
        (Talk.YES, _YES),
        (Talk.NO, _NO),
        (Talk.MENU, _MENU),
        (Talk.HELP, _HELP),
        (Talk.CONTACT, _CONTACT),
        (Talk.HUMAN, _HUMAN),
        (Talk.WHO, _WHO),
        (Talk.MAKER, _MAKER),
        (Talk.ABILITY, _ABILITY),
        (Talk.BASIS, _BASIS),
        (Talk.TRUST, _TRUST),
    )
)
_FILLERS = "덕분에|덕에|그리고|그런데|근데|그럼|혹시|음|아|네|예|어|오|자|또|그냥|일단|and|but|so|well|oh|um|please"
_CUT = r"(?=[\s.,!?~)]|$)"


def _alternatives(*groups: tuple[str, ...]) -> str:
    return "|".join(_pattern(line) for lines in groups for line in lines)


_EDGES: dict[Talk, str] = {
    Talk.THANKS: _alternatives(_EDGE_THANKS, _EDGE_EFFORT),
    Talk.GOODBYE: _alternatives(_EDGE_GOODBYE),
    Talk.GREETING: _alternatives(_EDGE_GREETING, _EDGE_REQUEST),
}
_ALONE: dict[Talk, str] = {
    **_EDGES,
    Talk.GOODBYE: f"{_EDGES[Talk.GOODBYE]}|{_alternatives(_GOODBYE)}",
    Talk.GREETING: f"{_EDGES[Talk.GREETING]}|{_alternatives(_GREETING)}",
    Talk.APOLOGY: _alternatives(_APOLOGY),
    Talk.HEARD: _alternatives(_HEARD_WORDS),
}
_COURTESIES = {talk: re.compile(rf"(?:{written}){_CUT}", re.IGNORECASE) for talk, written in _ALONE.items()}
_FRONT = {talk: re.compile(rf"(?:{written}){_CUT}", re.IGNORECASE) for talk, written in _EDGES.items()}
_FRONT_JOINED = re.compile(
    r"(?:안녕하세요|안녕하십니까|수고하세요|수고하십니다|반갑습니다|감사합니다|고맙습니다)(?=[가-힣a-z])", re.IGNORECASE
)
_BACK = {
    talk: re.compile(rf"(?:^|(?<=[\s.,!?~)])|(?<=[요다까죠]))(?:{written})$", re.IGNORECASE)
    for talk, written in _EDGES.items()
}
_BACK_THANKS_ALONE = re.compile(r"(?<=[요다까죠지음])[\s.,!?]+(?:감사|고맙|부탁(?:요|해요?|드려요|드립니다)?)$")
_THANKS_FOR_TELLING = re.compile(
    r"((?:해|알려|가르쳐|말해|설명해|확인해|답변|답|답해|찾아|보내|도와|안내해)\s?)주(?:시|신다)?면\s?(?:정말|매우"
    r"|너무|대단히)?\s?(?:감사|고맙)[가-힣]*$"
)
_MARKS = " \t\n.,!?~)(-–:;\"'“”‘’·"
_MOST_TELLING = (Talk.INSULT, Talk.THANKS, Talk.GOODBYE, Talk.APOLOGY, Talk.GREETING, Talk.HEARD)


def _whole(said: str) -> Talk | None:
    """What the message is as a whole, where it is one of the phrases that ask for something of the assistant."""
    core = said.strip(_MARKS)
    for talk, phrases in _WHOLE:
        if phrases.fullmatch(core):
            return talk
    return None


def _without_courtesies(said: str) -> tuple[list[Talk], str]:
    """The courtesies of a message, and what is left: nothing, or the question."""
    alone = _only_courtesies(said)
    if alone is not None:
        return alone, ""
    if _insults(said):
        return [Talk.INSULT], ""
    return _edges_off(said)


def _only_courtesies(said: str) -> list[Talk] | None:
    """What is said, where it is nothing but courtesies; None where there is more."""
    talks: list[Talk] = []
    rest = said.strip(_MARKS)
    while rest:
        found = max(
            ((match.end(), talk) for talk, phrases in _COURTESIES.items() if (match := phrases.match(rest))),
            default=None,
        )
        filler = re.match(rf"(?:{_FILLERS}){_CUT}", rest, re.IGNORECASE)
        chat = re.match(r"[ㄱ-ㅎ]{2,}" + _CUT, rest)
        if found and found[0] > 0:
            talks.append(found[1])
            rest = rest[found[0] :].lstrip(_MARKS)
        elif filler:
            rest = rest[filler.end() :].lstrip(_MARKS)
        elif chat and is_chat(chat.group()):
            talks.append(Talk.HEARD)
            rest = rest[chat.end() :].lstrip(_MARKS)
        else:
            return None
    return talks or [Talk.HEARD]


_BESIDE_AN_INSULT = 3
"""Letters that may be left; with more, something is asked or told."""


def _insults(said: str) -> bool:
    if not _INSULT.search(said) or re.search(r"얼마|언제|어디|몇|예산|단지", said):
        return False
    left = _AROUND_AN_INSULT.sub("", _INSULTED.sub(" ", said))
    return len(_letters(left)) <= _BESIDE_AN_INSULT


def _edges_off(said: str) -> tuple[list[Talk], str]:
    talks: list[Talk] = []
    rest = _THANKS_FOR_TELLING.sub(r"\1주세요", said.rstrip(" .!~"))
    if rest != said.rstrip(" .!~"):
        talks.append(Talk.THANKS)
    while rest:
        shorter, talk = _edge_off(rest)
        if talk is None:
            return talks, rest
        talks.append(talk)
        rest = shorter
    return talks, rest


def _edge_off(rest: str) -> tuple[str, Talk | None]:
    """The text without a courtesy at one of its ends, and which one it was."""
    front = rest.lstrip(_MARKS)
    for talk, phrases in _FRONT.items():
        found = phrases.match(front)
        if found and found.end():
            return _after(front[found.end() :]), talk
    joined = _FRONT_JOINED.match(front)
    if joined:
        return _after(front[joined.end() :]), Talk.GREETING
    back = rest.rstrip(" .,!~")
    bare = _BACK_THANKS_ALONE.search(back)
    if bare:
        return back[: bare.start()], Talk.THANKS
    for talk, phrases in _BACK.items():
        found = phrases.search(back.rstrip("?"))
        if found and found.start() < found.end():
            return back[: found.start()].rstrip(" .,~"), talk
    return rest, None


def _after(rest: str) -> str:
    """What follows a courtesy, without the little words that led over to it."""
    return re.sub(rf"^(?:{_FILLERS})(?=[\s,])", "", rest.lstrip(_MARKS), flags=re.IGNORECASE).lstrip(_MARKS)
