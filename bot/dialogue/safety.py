"""Tells messages of people in danger: who wants to die, is beaten, finds somebody lifeless, sees a fire.

It reads the text alone, so that it works before anything is loaded and while the database is away. Patterns are
compared by sound: syllables are taken apart, so that 주꼬십다 is 죽고 싶다, and a space may stand or be missing between
any two. What only sounds alike (더워 죽겠다), asks about a subject (자살 예방 기술) or passes on news is told apart.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.text.hangul import compose, is_syllable, split
from knowledge.text.keyboard import to_hangul


class Danger(StrEnum):
    """What somebody may be in; each has the numbers to call in `bot.wording`."""

    SELF_HARM = "self_harm"
    MEDICAL = "medical"
    """Injury, illness, poisoning, fire and accidents."""
    CHILD = "child"
    PARTNER = "partner"
    """Violence at home, between partners, and sexual violence."""
    SCHOOL = "school"
    VIOLENCE = "violence"
    """Violence and crime."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """The dangers that a message tells of, the most urgent first.

    `sure` is false where it may be meant otherwise: then the numbers are given, and the answer too.
    """

    dangers: tuple[Danger, ...]
    sure: bool = True


_LONGEST = 1000
"""Characters that are read; who is in danger says so early or at the end of a message."""


def alarm_in(text: str) -> Alarm | None:
    """The alarm that a message raises, or None."""
    for reading in _readings(text):
        found = _alarm(reading)
        if found:
            return found
    return None


def _readings(text: str) -> Iterator[str]:
    shortened = text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} . {text[-_LONGEST // 2 :]}"
    yield shortened
    if shortened.isascii() and any(map(str.isalpha, shortened)):  # wnrrh tlvek, typed on the Latin layout
        typed = to_hangul(shortened)
        if not re.search("[ㄱ-ㅣ]", typed):
            yield typed


def _alarm(text: str) -> Alarm | None:
    sound, plain = _sound(text), " ".join(re.sub(r"[^\w'.]+", " ", text.lower().replace("’", "'")).split())
    informs = _asks_about_a_subject(sound, plain)
    sure = [
        danger for danger, told in _TOLD.items() if not (informs and danger in informs) and told.sure_in(sound, plain)
    ]
    if sure:
        return Alarm(_narrowed(sure, sound))
    if informs is not None:
        return None
    doubtful = [danger for danger, told in _TOLD.items() if told.doubtful_in(sound)]
    return Alarm(_narrowed(doubtful, sound), sure=False) if doubtful else None


def _sound(text: str) -> str:
    """Letters as they sound, with one space between words: tense consonants twice, vowels that sound alike as one."""
    composed = compose(text.lower())
    letters = "".join(_syllable_sound(char) if is_syllable(char) else char for char in composed)
    return re.sub(r"\s+", " ", re.sub(r"[^ㄱ-ㅣa-z0-9\s.?!]+", " ", letters)).strip()


_TENSE = str.maketrans({"ㄲ": "ㄱㄱ", "ㄸ": "ㄷㄷ", "ㅃ": "ㅂㅂ", "ㅆ": "ㅅㅅ", "ㅉ": "ㅈㅈ"})
_ALIKE = str.maketrans({"ㅍ": "ㅂ", "ㅐ": "ㅔ", "ㅒ": "ㅖ", "ㅙ": "ㅚ", "ㅞ": "ㅚ"})
_FINAL = str.maketrans({"ㅆ": "ㅅ", "ㄲ": "ㄱ"})


def _syllable_sound(syllable: str) -> str:
    initial, vowel, final = split(syllable)
    return (initial.translate(_TENSE) + vowel + final.translate(_FINAL)).translate(_ALIKE)


def _pattern(*written: str) -> re.Pattern[str]:
    """What any of the patterns matches by sound. `~` is the beginning of a word, `_` up to a dozen letters."""
    return re.compile("|".join(map(_by_sound, written)))


def _by_sound(written: str) -> str:
    spoken = re.sub("[가-힣]+", lambda run: " ?".join(map(_syllable_pattern, run.group())), written)
    return spoken.replace("~", r"(?:(?<=[ .?!])|(?<=^))").replace("_", r"[^.?!]{0,14}?").replace(" ", " ?")


def _syllable_pattern(syllable: str) -> str:
    """Its sound; a final consonant must not begin another syllable: 발작 is not in 개발자가."""
    return f"(?:{_syllable_sound(syllable)}{'(?![ㅏ-ㅣ])' if split(syllable)[2] else ''})"


@dataclass(frozen=True, slots=True)
class _Told:
    """How a danger is told: surely, and in words that may be meant otherwise; by sound, and in English."""

    sure: re.Pattern[str]
    english: re.Pattern[str]
    not_meant: re.Pattern[str] | None = None
    doubtful: re.Pattern[str] | None = None

    def sure_in(self, sound: str, plain: str) -> bool:
        rest = self.not_meant.sub(" ", sound) if self.not_meant else sound
        return bool(self.sure.search(rest) or self.english.search(plain))

    def doubtful_in(self, sound: str) -> bool:
        rest = self.not_meant.sub(" ", sound) if self.not_meant else sound
        return bool(self.doubtful and self.doubtful.search(rest))


def _english(*written: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{each})\b" for each in written))


_PARTNERS = (
    "남편|아내|와이프|남친|여친|남자 ?친구|여자 ?친구|애인|전남편|전처|배우자|동거|시댁|시어머니|시아버지|신랑|집사람"
)
_PARENTS = (
    "아빠|엄마|아버지|어머니|새아빠|새엄마|계부|계모|부모|할머니|할아버지|삼촌|고모|이모|보호자|보육원|어린이집|유치원"
)
_CHILDREN = "아이|애기|아기|아들|딸|조카|어린애|꼬마|초등학생|초딩|중학생|중딩|고등학생|고딩|미성년|청소년|학생인데"
_MATES = "친구들|반 ?애|애들|학교|선배|일진|급우|같은 ?반|우리 ?반|짝꿍|선생님|담임"
_HIT = (
    "(얻어 ?맞|두들겨 ?맞|처맞|쳐맞|맞고 ?(있|살|왔|들어|지|다)|맞았(어|는데|다|습니|고)|맞아서 ?(멍|피|아|다)"
    "|맞는(다| ?것 ?같|데 ?어)|맞기 ?싫)"
)
_BEATS = (
    "때려(?!ㅊㅣ|ㅈㅏㅂ|ㅂㅏㄱ|ㅂㅜ)|때리|때린|때렸|때립|두들겨|얻어 ?맞|처맞|쳐맞|주먹|폭행|폭력을|목을 ?조"
    "|목을 ?졸|발로 ?차|학대"
)

_TOLD: dict[Danger, _Told] = {
    Danger.MEDICAL: _Told(
        sure=_pattern(
            "숨을? ?(안|못) ?쉬",
            "숨을? ?쉬지 ?(를 ?)?(않|못)",
            "숨이 ?(안 ?쉬|멎|멈|막혀|막힙|가빠|차서 ?죽)",
            "호흡이? ?(없|안|멈|곤란)",
            "의식(이|을)? ?(없|잃|불명|안 ?돌)",
            "정신을? ?(잃|못 ?차)",
            "기절",
            "쓰러(졌|지셨|져 ?있|져서|져요|지고|진 ?채|질 ?것|지더니)",
            "심장이? ?(멈|멎|안 ?뛰|너무 ?아|조여|터질)",
            "심장 ?마비|심정지|뇌졸중|뇌출혈|질식",
            "맥박이? ?(없|안|약)",
            "가슴이? ?(너무 ?|갑자기 ?|많이 ?|막 ?)*(아파|아프|조여|조이|찢어|쥐어)",
            "피(가|를)? ?(안 ?멈|멈추지|많이 ?나|철철|계속 ?나|엄청 ?나|토|흘리|너무 ?나|쏟)",
            "출혈|발작|경련을?|경기를 ?(일|해|하)|거품을 ?물",
            "(떡|음식|사탕|뭐가|뼈|가시|목)이? ?(목에 ?)?(걸려|걸렸)_(숨|말|못|기침|컥|아이|아기|어떡)",
            "기도가? ?막",
            "(약|수면제|알약|진통제|감기약|세제|락스|농약|표백제|건전지|단추)(을|를)? ?"
            "(너무 ?|한꺼번에 ?|한 ?번에 ?|한 ?통 ?|전부 ?|다 ?|많이 ?|잔뜩 ?|여러 ?개 ?|잘못 ?|[0-9]+알 ?|수십 ?알 ?)+"
            "(을 ?|를 ?)?(먹|삼|드|마|털어)",
            "(농약|락스|세제|표백제|독극물|쥐약)(을|를)? ?(먹|마|삼|드)",
            "물에 ?빠(졌|져|진)|익사|떠내려",
            "차에 ?치|치였|교통 ?사고(가|를)? ?(났|나서|당)|뺑소니|~(차|트럭|오토바이)(가|에|이랑|랑)? ?(부딪|받혔"
            "|뒤집혔)",
            "(크게|심하게|많이|머리를?) ?다(쳤|쳐|치)|뼈가 ?부러|다리가 ?부러|팔이 ?부러|손가락이 ?(잘|절)",
            "화상을? ?(입|당)|감전|데였|데었",
            "(옥상|난간|계단|사다리|베란다|창문|높은 ?데)에서 ?(떨어|굴러|추락)",
            "양수가? ?터|진통이? ?(와|시작|심|있)|아기가? ?나오려|애가? ?나오려|하혈",
            "(뱀|벌)(에|한테) ?(물|쏘)",
            "(갇혔|갇혀|매몰|깔렸|깔려)",
            "~불이? ?(났|나서|나고|나요|나는 ?것|난 ?것|난다|붙었|번지|안 ?꺼|크게)|불타고|불길|화재가? ?(났|발생"
            "|예요|입니|요)",
            "연기가? ?(나|올라|자욱|가득|들어|심|막)",
            "가스 ?(냄새|누출)|가스가? ?(새|샌|누)|일산화 ?탄소",
            "폭발(했|이 ?났|음이|할 ?것)|건물이? ?(무너|흔들)|(아파트|천장|벽)(이|가)? ?무너",
            "119 ?(불러|좀|신고|에 ?신고|대)|구급차|앰뷸런스|앰블런스|응급 ?(상황|환자)",
        ),
        english=_english(
            r"not breathing|can'?t breathe|cannot breathe|stopped breathing|unconscious|passed out|collapsed|fainted",
            r"heart attack|having a (?:stroke|seizure)|severe bleeding|bleeding (?:a lot|badly|heavily)"
            r"|won'?t stop bleeding",
            r"overdos\w+|took (?:too many|all (?:the|my)) pills|swallowed (?:bleach|pills|poison)|drowning|choking",
            r"(?:house|building|apartment|kitchen|car|room) is on fire|there(?:'s| is) a fire|fire in my"
            r"|smell(?:s)? (?:of )?gas",
            r"(?:car|traffic) accident|hit by a car|ambulance|in labou?r|water broke|chest (?:pain|hurts)",
        ),
        not_meant=_pattern(
            "(회사|기업|업체|가게|경제|산업|공장|정부|시장이)(들|이|가|도|은|는|다| )*쓰러",
            "(열|천|발등에|발등의|호떡집에|입에서|입에|눈에|속에서|댓글에|엉덩이에|산업에|경쟁에|이마에) ?불이?",
            "(차|길|교통|도로)(가|이)? ?막혀_숨",
            "불이 ?나(면|게|도록)",
            "(연기|출연)(가|를)? ?(대상|력|자)",
        ),
        doubtful=_pattern(
            "(아이|아기|애기|애)(가|의)?_열이? ?(39|40|41|펄펄|안 ?내|심|높)",
            "~응급실|~응급",
            "(머리|배|허리|가슴|몸)(가|이)? ?(깨질|찢어질|터질|부서질|끊어질)",
            "불이 ?나(면)_(대피|어디로|어떻게 ?해|신고)",
            "화재 ?신고|불 ?신고",
        ),
    ),
    Danger.SELF_HARM: _Told(
        sure=_pattern(
            "~죽(고|구|꼬)(만|도)? ?(싶|십|시퍼|시포|시프|파|프)|~(주|쥬)(꼬|꾸) ?(싶|십|시퍼|시포)|~주거 ?버리",
            "~죽을(래|라고|려고|거야|거예요|겁니|생각|까|결심|각오로 ?뛰|용기|준비|방법)",
            "~죽(으려|으러|을려|어야|어버려|어버리|어 ?버릴|어 ?볼까|는게 ?나|는게 ?낫|는 ?방법|는 ?법|음을 ?생각"
            "|을 ?수 ?있는 ?(약|방법|곳))",
            "(그냥|확|콱|이대로|조용히|편하게|편히|차라리|같이|다 ?같이|안 ?아프게|빨리) ?죽(고|었으면|을|자|어)",
            "죽었으면 ?(좋|해|싶)|죽어 ?없어|죽을 ?만큼 ?(힘|괴|아프|외|슬)|죽지 ?못해|살아서 ?뭐|살아 ?뭐|나만 ?(죽"
            "|없어)",
            "살(고|구)(도)? ?(싶지|시지|싶은 ?(마음|생각|맘)(이|도)? ?없|싶은 ?생각 ?안)",
            "(~|더 ?|더는 ?|이제 ?|그만 ?)살(기|고)(가|도|는|조차)? ?(싫|힘들|두려|무서|귀찮|지쳤|지겹|버거|벅)",
            "(더|더는|이상) ?못 ?(살|버티|견디|참고 ?살)",
            "살(아갈|아야 ?할|)? ?(이유|의미|가치|자신|희망|의욕|낙|힘)(가|이|도|는|를|을|란)? ?(없|못|모르|안|잃)",
            "(사는|살아가는|살아 ?있는|숨 ?쉬는) ?(게|것이|거|것도|것)_(싫|지옥|의미|고통|괴로|무의미|지긋|지겨|지쳤"
            "|버겁|벅차|힘들|두렵|무섭|부질)",
            "(삶|생|인생|목숨|생명)(을|를|이|은)? ?(끝|포기|마감|마치|끊|버리|놓|접|정리|의미가? ?없|그만)",
            "~세상(을)? ?(떠나|등지|뜨)(고|자|려|겠)|극단적_(선택|생각|시도)|스스로 ?목숨|세상을? ?(떠나|등지|뜨)"
            "|(이|저) ?세상(에서)? ?(떠나|사라|없어|하직)",
            "뛰어 ?내(리|려|릴)|투신|목(을|이)? ?(매|맬|멜|맸|메달|매달)|동맥을?",
            "손목(을|이)? ?(그|긋|칼|자르)|칼로_(손목|팔|허벅지|몸|그었|긋)",
            "~자해|자해(를|하|했|시도|충동|중독|흔적)",
            "~자살(하|할|해|했|을 ?(생|하|시|결|준|기|마)|이 ?하|이나|각|충동|시도|생각|방법|카페|사이트|마렵|기도"
            "|예고|밖에|로 ?끝|하고|뿐)",
            "번개탄|연탄(을|불을?)? ?피|수면제_(모|다 ?먹|털|한 ?통|몇 ?알)|유서(를|도|는|에|쓰|썼|남|까지)",
            "(마지막|끝) ?(인사|편지|말|날)(를|을|이)?_(드|하|남|쓰|예요|이에요|입니|인|일)_(안녕|고마|미안|다들"
            "|그동안|엄마)",
            "(오늘|내일|이게|이제|여기)(이|가)? ?마지막(이|입|일)(에요|예요|야|니다| ?것| ?거)",
            "(사라|없어|지워|증발해?)지?(고|버리고|져 ?버리고|져 ?버렸|고만)(만|도)? ?(싶|시프)|사라져 ?버리고"
            "|사라졌으면|없어졌으면 ?좋",
            "(다|모두|모든 ?(걸|것|것을|게)|전부|이제 ?다?|그냥|그만|이만|확|여기서|인생|삶|내 ?손으로) ?끝(내|낼"
            "|내버|장내)"
            "(고|래|려|겠|야|자|버리|고만)",
            "그만 ?(살|숨 ?쉬|버티|견디)(고|래|려|련|까|자|아야|ㅏ|기)|안 ?살(고|래|아 ?도|거|겠)_(싶|요|야|어|ㅏ)?",
            "태어나지 ?(말|않)|왜 ?태어|안 ?태어났|태어난 ?게",
            "(눈|잠)(을|에서)? ?(뜨기|안 ?떴으면|안 ?뜨|깨기|안 ?깼으면|깨고 ?싶지|깨어나지|안 ?깨)_(싫|좋|않|싶|해)",
            "깨어나(고|지) ?(싶지|않)|내일이? ?(안|오지)_(왔으면|않았으면|오면)",
            "~(저|나|내|제)(만|가| ?같은 ?(건|거|게|사람|놈)|하나|하나만|이) ?(없어지|사라지면|죽으면|없으면)",
            "(한강|옥상|다리 ?위|난간|베란다|철로|선로)(에|으로|로|위에)? ?(가서|뛰|서 ?있|올라|갈|가야|가려|왔)_(뛰"
            "|끝|죽|서|떨어|싶|있|요|야|까|다|해)?",
            "하늘(나라|로|에)_(가고 ?싶|갈래|따라|가려)|따라 ?(죽|가고 ?싶)",
            "죽여 ?(주세요|줘요?~?|달라)",
            "(희망|미래|답|출구|방법)(이|도|가)? ?(하나도 ?|아무것도 ?|전혀 ?|더 ?)*(없어|없는|안 ?보여)_(그만|끝|죽"
            "|힘들|포기|살)",
        ),
        english=_english(
            r"kill(?:ing)? (?:my ?self|him ?self|her ?self|them ?sel\w+)|(?:wants?|going|wanna|ready|plan\w*|trying"
            r"|like) (?:to )?die",
            r"(?:wanna|want to|going to|gonna) end (?:it|my life|everything|it all)|end(?:ing)? my (?:own )?life"
            r"|take my (?:own )?life",
            r"i(?:'m| am) suicidal|feel(?:ing)? suicidal|commit(?:ting)? suicide|suicid\w+ (?:thoughts|ideation|plan"
            r"|note|attempt)",
            r"thinking (?:about|of) suicide|(?:hurt|harm|cut|cutting|hurting|harming) my ?self|self.?harm\w*",
            r"(?:don'?t|do not|not) want to (?:live|be alive|exist|wake up|be here)(?: any ?more)?|no (?:reason"
            r"|point) (?:to|in) liv\w+",
            r"better off (?:dead|without me)|wish i (?:was|were) (?:dead|never born)|jump off|hang my ?self"
            r"|tired of (?:living|life)",
            r"can'?t go on|want to disappear|slit my",
        ),
        not_meant=_pattern(
            "(숙제|일|공부|과제|프로젝트|사업|공사|신청|업무|회의|대화|상담|통화|게임|연애|결혼|학교|질문|채팅|설치"
            "|청소)"
            "(을|를|도|은|는|이)? ?(다 ?|빨리 ?|그만 ?|이제 ?|여기서 ?|모두 ?|얼른 ?)*끝",
            "~(너|니가|네가|느그|니들) ?죽(고|을)",
            "(에|에다|에다가|에만|한테|데) ?목(을)? ?매|목(을)? ?매(고 ?있는|는) ?(큰 ?)?(데|곳|회사)",
            "투자 ?해|혼자 ?해|각자 ?해",
            "(시간|분위기|연습|숨) ?죽",
        ),
        doubtful=_pattern(
            "(힘들|괴로|외로|우울|지쳐|슬프|슬퍼|무서|불안|비참|억울|살기)(어서?|워서?|해서?|서)? ?(너무 ?)?죽(겠"
            "|을 ?것 ?같|을 ?거 ?같)",
            "^(사는 ?게 ?|마음이? ?|요즘 ?|너무 ?|정말 ?|진짜 ?|많이 ?|그냥 ?|혼자 ?|저 ?|나 ?|제가 ?|내가 ?|이제 ?"
            "|자꾸 ?|계속 ?|다 ?|자주 ?)*"
            "(힘들(어|다|어요|네|네요|ㅓ)|우울(해|하|합|증)|외로워|외롭|괴로|지쳤|지칩|지쳐|절망|무기력|포기하고 ?싶"
            "|포기할래|눈물이?|울고 ?싶|불안해|공황)"
            "(요|다|네요|네|습니다|니다|어요|해요|워요|어|인 ?것 ?같아요|나요|나|만 ?나요"
            "|ㅅㅡㅂㄴㅣㄷㅏ)*[ .?!ㅠㅜㅡ]*$",
            "죽기 ?(싫|무서)|죽음|~자살(?!률|ㄹㅠㄹ)|살(기|고) ?싫|목숨",
            "^(아 ?)?(죽겠|죽을 ?것 ?같|죽을 ?거 ?같)(다|어요?|ㅓㅛ|네|네요|음|습니다|ㅏㅛ|ㅏ)[ .?!ㅠㅜㅡ]*$",
            "(아무도|누구도) ?(없|나를|날|내 ?편|제 ?편|안 ?믿)_(요|어|다)[ .?!ㅠㅜ]*$",
        ),
    ),
    Danger.CHILD: _Told(
        sure=_pattern(
            f"~(우리|저희|새|친)? ?({_PARENTS})(들)?(이|가|께서|한테|에게|는|은|랑)? ?_({_BEATS}|굶|밥을? ?안|가둬"
            f"|가두|내쫓|쫓아내)",
            f"~(우리|저희|새|친)? ?({_PARENTS})(한테|에게)_{_HIT}",
            f"~({_CHILDREN}|옆집|윗집|아랫집)_({_HIT}|맞는 ?(것|거|소리)|{_BEATS}|굶|비명|멍이|울음 ?소리"
            f"|울어요_매일|방치|만지|만졌|성추행|유괴|납치)",
            "아동 ?(학대|성)_(신고|당|같|의심|하는|봤|해요|있어)|학대(를|를 ?)?(당|받|하는 ?것|신고|같아|의심|해요"
            "|하고)",
            "가출(했|하고|해서|한|할|중|청소년|하려)|집(을|에서)? ?(나왔|쫓겨|나가래|나가라)_(갈|학생|잘|어디|돈|없"
            "|무서|어떡)",
            "쫓겨(났|나서)_(집|갈|잘|학생|엄마|아빠)|(엄마|아빠|부모)(가|님이)? ?(나가래|나가라|쫓아)",
            "(중학생|고등학생|초등학생|중딩|고딩|초딩|청소년|학생|[0-9]+살)_(갈 ?데|갈 ?곳|잘 ?데|잘 ?곳|먹을)",
            "(갈 ?데|갈 ?곳|잘 ?데|잘 ?곳)(가|이|도)? ?없_(중학생|고등학생|청소년|학생|미성년|가출)",
            "(아이|애기|애|아들|딸|조카|아기|손주|치매|할머니|할아버지|엄마|동생)(가|를|이|을|께서)? ?"
            "(없어졌|사라졌|사라지셨|잃어버|안 ?보여|실종|유괴|납치|길을 ?잃)",
        ),
        english=_english(
            r"(?:my )?(?:dad|mom|mum|father|mother|step\w+|parents?|uncle|grand\w+) (?:\w+ )?(?:hits?|beats?|hurts?"
            r"|abuses?|touch\w*|hit|beat)(?: me)?",
            r"child abuse|(?:lost|missing|kidnapped) (?:my )?(?:child|kid|son|daughter)|my (?:child|kid|son"
            r"|daughter) is (?:lost|missing)",
            r"ran away from home|kicked out of (?:the |my )?(?:house|home)|run away from home|hitting (?:a|the|his"
            r"|her) (?:child|kid|baby)",
        ),
        not_meant=_pattern("북을 ?때|(비|눈|주사|백신|예방 ?접종|침)(를|을)? ?맞"),
        doubtful=_pattern("갈 ?(데|곳)(가|이|도) ?없|혼자 ?집에_(무서|있어요)|아동 ?학대"),
    ),
    Danger.PARTNER: _Told(
        sure=_pattern(
            f"~({_PARTNERS})(이|가|한테|에게|분이|님이)? ?_({_BEATS}|{_HIT}|협박|감금|가둬|죽이|죽여|칼|흉기|따라"
            f"|찾아와|욕|던지|던졌|무서)",
            "가정 ?폭력_(당|신고|피해|도움|시달|있|해요|예요|이에요|심)|데이트 ?폭력|스토(킹|커)(를|가|한테|에게|이"
            "|당|때문| )",
            "성 ?(폭행|폭력|추행|희롱|착취)(을|를|당|피해| ?신고)|강간|몰카|불법 ?촬영|강제로 ?(만|벗|키|성|하|당)",
            "(몸|가슴|엉덩이|허벅지|다리)(을|를)? ?(만졌|만지|더듬)|(나체|알몸|사진|영상)_(유포|퍼뜨|뿌린|뿌리|올린다)",
            "(헤어진|전|옛) ?(남친|여친|남자 ?친구|여자 ?친구|애인|남편)_(찾아|따라|협박|연락|집 ?앞|기다)",
        ),
        english=_english(
            r"(?:husband|wife|boyfriend|girlfriend|partner|ex|fianc\w+) (?:\w+ )?(?:hits?|beats?|hurts?|abuses?|hit"
            r"|beat|threaten\w*|chok\w+|stalk\w*|is (?:hitting|beating|hurting|abusing|stalking|threatening))",
            r"domestic violence|raped|(?:sexual(?:ly)?|indecent(?:ly)?) (?:assault\w*|abus\w*|harass\w*)"
            r"|(?:being )?stalked|stalker|molest\w+",
        ),
        doubtful=_pattern("가정 ?폭력|성 ?폭력|성 ?폭행|성 ?추행|스토킹"),
    ),
    Danger.SCHOOL: _Told(
        sure=_pattern(
            f"~({_MATES})(이|가|한테|에게|에서|랑|들이|들한테|애들이|애가)? ?_({_BEATS}|{_HIT}|괴롭|왕따|따돌"
            f"|돈을? ?(뺏|빼앗|내놓|가져)|뺏|놀려|놀리|무시|욕|협박|심부름|셔틀)",
            "왕따|따돌림|~은따|(학폭|학교 ?폭력)_(당|신고|피해|도움|시달|있|해요|때문|인데|가해|심)|빵 ?셔틀"
            "|사이버 ?불링",
            "(아들|딸|아이|애|동생|조카|저|제가|나|내가)(이|가)?_학교(에서|에)_(괴롭|맞|왕따|따돌|무서|가기 ?싫)",
        ),
        english=_english(
            r"bull(?:y|ied|ying|ies)(?: (?:me|at school|my \w+))?|kids at school (?:hit|beat|hurt) me"
            r"|beaten up at school"
        ),
        not_meant=_pattern("(회사|직장|상사|부장|사장|팀장)_괴롭"),
        doubtful=_pattern("학폭|학교 ?폭력|괴롭(혀|힘을)"),
    ),
    Danger.VIOLENCE: _Told(
        sure=_pattern(
            "~(누가|누군가|모르는 ?사람|사람|아저씨|남자|여자|이웃|옆집|윗집|아랫집|사장|상사|손님|취객|형|오빠|누나"
            "|언니|동생|친구|걔|그 ?(사람|놈|새끼)|애)"
            f"(이|가|한테|에게|들이|들한테)? ?_({_BEATS}|{_HIT}|칼|흉기|망치|쫓아|따라와|따라 ?오|따라 ?붙|미행|협박"
            f"|위협|죽이|죽인|죽여|침입|집에 ?들어|방에 ?들어|문을? ?두드|문을? ?따|훔쳐)",
            f"~(저|나|날|절|우리)(를|한테|에게|을)? ?({_BEATS})|~(지금|방금|자꾸|매일|또|계속|밤마다) ?({_BEATS}"
            f"|{_HIT})",
            "(칼|흉기|도끼|망치|총)(을|를|로)? ?(들|휘두|찌르|찔|위협|겨)",
            "~강도(가|를|한테|야|예요|입니다|당)|(도둑|빈집 ?털이|괴한)(이|가|을)? ?(들|왔|있|침입|잡)|소매치기"
            "|날치기|(지갑|돈|가방|휴대폰|핸드폰|차|오토바이|자전거)(을|를|이)? ?(도둑|훔쳐|털렸|도난|빼앗)",
            "납치|감금|유괴|인신 ?매매|살인(을|마|범|미수)|살해|(죽이겠|죽여 ?버리겠|죽여버린|죽인다|죽일 ?거"
            "|해치겠)(다고|대요|고 ?(해|하|협)|래요|다는|라고)",
            "협박(을|당|받|해요|하고|편지|문자|전화)|(보이스|스미싱|메신저) ?피싱?_(당|걸|보냈|송금|같|전화|속|입금"
            "|링크|문자)",
            "(마약|필로폰)(을|를)? ?(팔|하|탔|먹였|권)|술에_(뭘|뭔가|약)_탔|음주 ?운전(을|하는|차)",
            "(제발|저 ?좀|나 ?좀|사람|우리 ?좀|여기|누가|빨리) ?살려|^(아 ?|제발 ?)*살려(주세요|줘요?|줘|ㅈㅜ)",
            "(112|경찰)(에|을|좀)? ?(신고해 ?주|불러 ?주|불러줘|출동)|신변 ?보호|범죄를? ?(신고|당)|폭탄(을"
            "|이)? ?(설치|터뜨|있어요|발견)|총소리",
            "(죽여 ?버리|죽이|해치|찌르|불 ?지르|불을 ?지르)고 ?(싶|말)",
            "집단 ?폭행|묻지마|폭행을?(당|하고|신고|해요)|(집|방)에 ?누가 ?(들어|있|침입)",
        ),
        english=_english(
            r"(?:someone|somebody|a man|a stranger|he|she|they|people|neighbou?r) (?:is |are |keeps? )?(?:following"
            r"|chasing|attacking|threatening|beating|hitting|stalking|trying to (?:kill|break))\w*(?: me)?",
            r"(?:being|been|got|was) (?:attacked|robbed|kidnapped|beaten|mugged|stabbed|threatened|scammed)"
            r"|burglar\w*|broke into",
            r"(?:has|with) a (?:knife|gun)|help me please i|call the police|going to kill me|wants to kill me"
            r"|please save me|save me",
        ),
        not_meant=_pattern(
            "(경제|지역|산업|회사|기업|상권|시장|상인|나라|광주|도시|소상공인|장사|가게|자영업)(를|을|좀|들|들을"
            "| )*살려",
            "(시간|분위기|연습)(을|를)? ?죽",
            "(예산|세금|물|물량|요금|관세) ?폭탄",
            "북을 ?때|(비|눈|주사|백신|예방 ?접종|침)(를|을)? ?맞",
        ),
        doubtful=_pattern(
            "^(제발 ?|저 ?좀 ?|나 ?좀 ?|누가 ?좀 ?|너무 ?|지금 ?|여기 ?)*(무서워|무섭|위험해|위험하|큰일)(요|다|니다"
            "|ㅓㅛ|났어요|났다|ㅛ| )*[ .?!ㅠㅜ]*$",
            "^(제발|저 ?좀|나 ?좀|빨리|누가) ?_도와(주세|줘)|살려 ?(주세요|줘)",
            "사기(를)? ?(당|쳤|맞)",
            "(누가|모르는 ?사람)_(무서|지켜|쳐다|서 ?있)|범죄 ?신고|경찰서? ?번호",
        ),
    ),
}

_SUBJECTS = _pattern(
    "(자살|극단적 ?선택|고독사|세상을? ?뜨|돌아가시|음주 ?운전|폭력|학대|화재|재난|범죄|테러|살인|사고|응급|심정지"
    "|질병|성폭력|성희롱|마약|피싱|스토킹|왕따|가출|실종|정전|폭발|자해|심장|뇌졸중|발작|불)"
    "(들|이나|나|과|와|및|·|,|등| )*(을|를|의|이|에|도)?_"
    "(예방|예측|방지|막는|막을|막기|막아|줄이|줄일|줄어|감지|탐지|대응|대책|대비|정책|사업|기술|교육|통계|현황|건수"
    "|비율|발생률|이?율|연구|시스템|서비스|보험|데이터|플랫폼|솔루션|인공지능|ai)"
)
"""Asks what is done about a danger, not for help in one."""
_NEEDED = _pattern(
    "(저|나|내|제)(가|는|도|를|한테|좀)? ?_(하고 ?싶|할 ?것|하려|당|맞|죽)",
    "(당했|당하|신고|상담|도와|도움|살려|무서|지금 ?_(났|있|해요))",
    "(시도|충동|생각이 ?(나|들)|생각만)",
)
_HEARSAY = _pattern(
    "(났|졌|했|있|들|됐|린)(다는|다던|다던데|다며|다면서|다고 ?하던|다길래|다더라|다고요|다고 ?들|던데|단|었다는"
    "|었다던)",
    "~(뉴스|기사|보도|방송|소문|영화|드라마|소설|만화|웹툰|노래|게임)",
    "왜_(났|졌)",
)
_WISH_DANGERS = frozenset((Danger.SELF_HARM,))
_ENGLISH_SUBJECT = _english(
    r"(?:suicide|fire|crime|violence|bullying|abuse|disaster|accident|overdose)[ -](?:prevention|prediction"
    r"|detection|rate|rates|statistics|technology|policy|research|response)",
    r"prevent(?:ing|ion of|s)? (?:\w+ ){0,2}(?:suicides?|fires?|crimes?|violence|bullying|abuse|disasters?|deaths?)",
)
_ENGLISH_SELF = _english(r"i|me|my|myself|help")


def _asks_about_a_subject(sound: str, plain: str) -> frozenset[Danger] | None:
    """The dangers that the text only speaks about, or None where it may tell of any."""
    if _ENGLISH_SUBJECT.search(plain) and not _ENGLISH_SELF.search(plain):
        return frozenset(Danger)
    if _SUBJECTS.search(sound) and not _NEEDED.search(sound):
        return frozenset(Danger)
    if _HEARSAY.search(sound):
        return frozenset(Danger) - _WISH_DANGERS
    return None


def _narrowed(found: list[Danger], sound: str) -> tuple[Danger, ...]:
    """At most two, without what a narrower one says better: who is beaten by a father needs no second number."""
    narrow = [danger for danger in found if danger in (Danger.CHILD, Danger.PARTNER, Danger.SCHOOL)]
    kept = [danger for danger in found if not (narrow and danger is Danger.VIOLENCE)]
    if Danger.PARTNER in kept and Danger.CHILD in kept and re.search(_by_sound(f"({_PARTNERS})"), sound):
        kept.remove(Danger.CHILD)
    if Danger.SCHOOL in kept and Danger.CHILD in kept and re.search(_by_sound(f"({_MATES})"), sound):
        kept.remove(Danger.CHILD)
    return tuple(kept[:2])
