"""The proper names in a text: municipalities of Korea, years, and persons with a title.

All provinces, cities (시) and counties (군), as of 2025, and the districts (구) whose names no two cities share. A
name that is also a common word (예산, 음성, 장수) counts only with its ending (예산군).
"""

import re

from knowledge.text.particles import without_particle

_PROVINCES = {
    "서울": "서울특별시 서울시",
    "부산": "부산광역시 부산시",
    "대구": "대구광역시 대구시",
    "인천": "인천광역시 인천시",
    "광주": "광주광역시 광주시",
    "대전": "대전광역시 대전시",
    "울산": "울산광역시 울산시",
    "세종": "세종특별자치시 세종시",
    "경기": "경기도",
    "강원": "강원도 강원특별자치도",
    "충북": "충청북도",
    "충남": "충청남도",
    "전북": "전라북도 전북특별자치도",
    "전남": "전라남도",
    "경북": "경상북도",
    "경남": "경상남도",
    "제주": "제주도 제주시 제주특별자치도",
}
_METROPOLITAN = frozenset(["서울", "부산", "대구", "인천", "광주", "대전", "울산", "세종"])
_CITIES = """
수원 성남 의정부 안양 부천 광명 평택 동두천 안산 고양 과천 구리 남양주 오산 시흥 군포 의왕 하남 용인 파주 이천
안성 김포 화성 양주 포천 여주 춘천 원주 강릉 동해 태백 속초 삼척 청주 충주 제천 천안 공주 보령 아산 서산 논산
계룡 당진 전주 군산 익산 정읍 남원 김제 목포 여수 순천 나주 광양 포항 경주 김천 안동 구미 영주 영천 상주 문경
경산 창원 진주 통영 사천 김해 밀양 거제 양산 서귀포
""".split()  # noqa: SIM905
_COUNTIES = """
연천 가평 양평 홍천 횡성 영월 평창 정선 철원 화천 양구 인제 고성 양양 보은 옥천 영동 증평 진천 괴산 음성 단양
금산 부여 서천 청양 홍성 예산 태안 완주 진안 무주 장수 임실 순창 고창 부안 담양 곡성 구례 고흥 보성 화순 장흥
강진 해남 영암 무안 함평 영광 장성 완도 진도 신안 의성 청송 영양 영덕 청도 고령 성주 칠곡 예천 봉화 울진 울릉
의령 함안 창녕 남해 하동 산청 함양 거창 합천 달성 군위 기장 강화 옹진 울주
""".split()  # noqa: SIM905
_DISTRICTS = """
종로 용산 성동 광진 동대문 중랑 성북 강북 도봉 노원 은평 서대문 마포 양천 강서 구로 금천 영등포 동작 관악 서초
강남 송파 강동 해운대 영도 부산진 동래 사하 금정 연제 수영 사상 수성 달서 미추홀 연수 남동 부평 계양 유성 대덕
광산 분당 수정 중원 권선 장안 팔달 영통 덕양 일산 수지 기흥 처인
""".split()  # noqa: SIM905
_ALSO_COMMON = frozenset(
    """
경기 고양 구리 과천 이천 화성 양주 여주 동해 공주 아산 영주 영천 상주 문경 진주 사천 거제 양산 인제 고성 보은
영동 진천 음성 단양 금산 부여 서천 청양 홍성 예산 태안 진안 장수 강진 무안 영광 장성 진도 신안 의성 영양 청도
고령 성주 봉화 의령 남해 하동 함양 달성 기장 강화 완도 해남 보성 안성 성동 성북 강북 강서 강남 강동 수영 사상
수성 연수 남동 대덕 광산 수정 중원 장안 수지 동작 영도 구로 금천 동래 금정 서초 유성 세종 남원 안동 정선
""".split()  # noqa: SIM905
)


def _names() -> dict[str, str]:
    """Every way to write a place, and the name it stands for."""
    names = {written: name for name, long in _PROVINCES.items() for written in long.split()}
    names |= {f"{name}시": name for name in _CITIES} | {f"{name}군": name for name in _COUNTIES}
    names |= {f"{name}구": f"{name}구" for name in _DISTRICTS}
    short = (*_PROVINCES, *_CITIES, *_COUNTIES, *_DISTRICTS)
    return names | {name: name for name in short if name not in _ALSO_COMMON}


_NAMES = _names()
PROVINCES = tuple(
    written for name, long in _PROVINCES.items() for written in (name, *long.split()) if name not in _METROPOLITAN
)
"""Every way to write a province, which are no cities."""
_WORD = re.compile(r"[가-힣]+")
_OF_A_PLACE = (
    "시청",
    "군청",
    "구청",
    "도청",
    "시민",
    "군민",
    "구민",
    "도민",
    "사람",
    "주민",
    "거주",
    "에서",
    "지역",
    "쪽",
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:\s*년(?:도)?|(?=\s|$))|(?<![\d가-힣])(?:['’](\d\d)\s*년|(\d\d)\s*년도)")
_CENTURY = 2000
_FIRST_OF_THE_LAST = 60


def places_in(text: str) -> frozenset[str]:
    """The places that a text names, each by its short name: 목포시는, 목포에서 and 목포 시민 name 목포."""
    return frozenset(place for word in _WORD.findall(text) if (place := _place(word)))


def _place(word: str) -> str | None:
    word = word.removesuffix("요")
    if word.startswith("원주민"):  # those who lived there before
        return None
    for stem in (word, *(stem for stem, _ in without_particle(word))):
        if stem in _NAMES:
            return _NAMES[stem]
        for tail in _OF_A_PLACE:
            if stem.endswith(tail) and stem[: -len(tail)] in _NAMES:
                return _NAMES[stem[: -len(tail)]]
            if len(tail) > 1 and stem.endswith(tail) and (own := stem[: 1 - len(tail)]) in _NAMES:
                return _NAMES[own]  # 목포시청: 목포시
    return None


def years_in(text: str) -> frozenset[int]:
    """The years that a text names with four digits, or with two and 년 ('18년, 18년도; not 10년)."""
    found = set()
    for four, short, shorter in _YEAR.findall(text):
        year = int(four or short or shorter)
        found.add(year if four else year + (_CENTURY if year < _FIRST_OF_THE_LAST else _CENTURY - 100))
    return frozenset(found)


_SURNAMES = (
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하"
    "곽성차주우구민진엄채원천방공현함변염석선설마길연위표명기반왕금옥"
)
_TITLES = (
    "시장|군수|구청장|도지사|지사|대통령|총리|장관|차관|의원|의장|위원장|대표|회장|사장|이사장|원장|총장|학장|교수"
    "|박사|소장|국장|과장|단장|팀장|관장|선생|감독|씨|님"
)
_ENDING = "(?:님|이|은|는|의|가|을|를|도|과|와|께|한테|에게)*"
_PERSON = re.compile(rf"(?<![가-힣])([{_SURNAMES}][가-힣]{{2}})\s?(?:[전현]\s)?(?:{_TITLES}){_ENDING}(?![가-힣])")


def people_in(text: str) -> frozenset[str]:
    """What stands where a person's name of three syllables stands, before a title: 강기정 in 강기정 시장님은.

    It need not be a name: who knows the words of the text tells.
    """
    return frozenset(_PERSON.findall(text))
