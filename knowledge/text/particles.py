"""What follows a noun: particles, forms of 이다, and the light verbs 하다 and 되다."""

import re
from collections.abc import Iterator

from knowledge.text.hangul import has_final

_PARTICLES = """
이 가 은 는 을 를 의 에 도 로 으로 와 과 랑 이랑 만 나 이나 요 서 에서 에게 에게서 한테 한테서 께 께서 까지 부터
마다 조차 마저 보다 처럼 만큼 같은 이라도 라도 이라고 라고 이라는 라는 이란 란 이든 든 이며 며 하고 하나 으로는 로는
으로도 로도 에는 에도 에만 에선 에서는 에서도 에서의 에의 으로서 로서 으로써 로써 으로부터 로부터 까지는 까지도
부터는 만은 만이 만을 들 들이 들은 들을 들의 들도 들에게 들한테 들과 들이랑 이요 쪽 쪽에 쪽은 쪽으로 대로 밖에 뿐
뿐만 관련 별 별로 측 과의 와의 이고 고 이면 면 에요 에서요 로요 까정 헌티 한티 헌테 허고 맹키로 라우 잉
""".split()  # noqa: SIM905
_COPULAS = """
이야 야 예요 이에요 이예요 에여 예여 이여 여 인가요 인가 인지 인데 인데요 인지요 인 일까 일까요 입니까 입니다 임
이죠 죠 이지 지 이냐 냐 이니 이었나요 였나요 이었죠 였죠 인가여 이라면 라면 이라니 라니 이라서 라서 이래 래 이래요
래요 이라던데 라던데 이라며 라며 인거 인건가요 인건지 이었는지 였는지 이네 네 이네요 네요 이군요 군요
""".split()  # noqa: SIM905
_CASES = "에 에서 에게 한테 까지 부터 와 과 하고 랑 이랑 로 으로 보다 처럼 만".split()  # noqa: SIM905
_TOPICS = "는 은 도 만 의 요".split()  # noqa: SIM905
TAILS = frozenset((*_PARTICLES, *_COPULAS, *(case + topic for case in _CASES for topic in _TOPICS)))
_LONGEST_TAIL = max(map(len, TAILS))
_LONGEST_WORD = 20
_LIGHT_VERB = re.compile(r"(?<=[가-힣]{2})(?:[하한할함합해했되된될됨됩돼됐됬시받당][가-힣]{0,5}|하)$")

_BY_FINAL = {"은": "는", "이": "가", "을": "를", "과": "와", "으로": "로", "이랑": "랑", "이나": "나", "이란": "란"}
_PAIRS = tuple(_BY_FINAL.items())


def without_particle(word: str, shortest: int = 2) -> Iterator[tuple[str, str]]:
    """The ways to read `word` as a stem of at least `shortest` syllables and what follows it, longest tail first."""
    for size in range(min(_LONGEST_TAIL, len(word) - shortest), 0, -1):
        if word[-size:] in TAILS:
            yield word[:-size], word[-size:]


def without_light_verb(word: str) -> Iterator[tuple[str, str]]:
    """`word` as a noun and a form of 하다 or 되다: 완공되나요 is 완공 and 되나요."""
    found = _LIGHT_VERB.search(word) if len(word) <= _LONGEST_WORD else None
    if found:
        yield word[: found.start()], found.group()


def readings(word: str) -> Iterator[tuple[str, str]]:
    """`word` as stem and tail, in every way there is; the whole word first."""
    yield word, ""
    yield from without_particle(word)
    yield from without_light_verb(word)


def attached(word: str, particle: str) -> str:
    """`word` with `particle` in the form that its last sound asks for: 집적단지 and 은 make 집적단지는."""
    closed = has_final(word)
    for after_final, after_vowel in _PAIRS:
        if particle in (after_final, after_vowel):
            return word + (after_final if closed else after_vowel)
    return word + particle
