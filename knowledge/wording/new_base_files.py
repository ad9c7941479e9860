"""The files that a new knowledge base begins with, in Korean; what stands in them is to be changed."""

from collections.abc import Mapping
from typing import Final

NEW_BASE_FILES: Final[Mapping[str, str]] = {
    "about.yaml": """\
# 안내가 자기를 어떻게 소개하는지입니다. 모두 바꾸거나 지워도 됩니다.
name: 우리 기관 안내
greeting: 안녕하세요, **우리 기관** 안내입니다. 궁금한 것을 평소 말투로 적어 주세요.
samples: [몇 시까지 열어요?, 어디에 있어요?]
scope: 이용 시간, 오시는 길
basis: 우리 기관 안내 자료
languages: [ko]
contact:
  office: 안내 담당
  telephone: 000-000-0000
  hours: 평일 9시부터 18시까지
""",
    "sources.yaml": """\
# 항목이 source 에 적는 출처입니다.
guide:
  name: 우리 기관 안내 자료
""",
    "entries/visit.yaml": """\
topic: visit
title: 이용 안내
entries:
  - id: opening-hours
    question: 몇 시까지 열어요?
    phrasings:
      - 이용 시간
      - 운영 시간 알려 주세요
      - 언제 문 열어요
      - 몇 시에 닫나요
      - 토요일에도 하나요
      - 지금 가도 돼요?
      - 영업시간
      - 문 닫는 시간이 언제예요
    answer: 평일 9시부터 18시까지 엽니다.
    source: guide
    as_of: 2026
    see_also: [location]

  - id: location
    question: 어디에 있어요?
    phrasings:
      - 위치
      - 주소 알려 주세요
      - 오시는 길
      - 어떻게 가요
      - 찾아가는 방법
      - 지하철역에서 가까워요?
      - 버스 타고 가려면
      - 약도
    answer: |
      시청 옆 건물 2층입니다.
      지하철 1호선 시청역 3번 출구에서 걸어서 5분 걸립니다.
    source: guide
    as_of: 2026

  # 시민이 자주 묻지만 자료에 없는 것도 적어 둡니다. 모른다고 답하고 담당자에게 전합니다.
  - id: gap-parking-fee
    known_gap: true
    question: 주차 요금은 얼마인가요?
    phrasings:
      - 주차비
      - 주차 무료예요?
      - 차 세우는 데 돈 내요?
      - 주차 요금표
      - 주차 할인 되나요
      - 한 시간 주차하면 얼마
      - 차 가져가도 돼요?
      - 주차권
    subject: 주차 요금
""",
    "README.md": """\
# 우리 기관의 지식

파일을 메모장으로 열어 고치고 저장하면 바로 적용됩니다. 자세한 길잡이는 프로그램의 docs/editors.ko.md 에 있습니다.

1. `about.yaml` 에 기관의 이름, 인사말, 문의처를 적습니다.
2. `sources.yaml` 에 자료의 이름을 적습니다.
3. `entries/visit.yaml` 을 우리 것으로 바꿉니다. 주제마다 파일 하나를 더 만들 수 있습니다.
4. 틀린 곳 찾기: `python main.py check --knowledge 이폴더`
5. 물어보기: `python main.py chat --knowledge 이폴더`
6. 엑셀로 고치기: `python main.py entries export 지식.xlsx --knowledge 이폴더`
7. 늘 쓰려면 `.env` 에 `KNOWLEDGE_DIR=이폴더` 를 적습니다.
""",
}
"""By their places in the folder."""
