"""What stands on a workbook's first sheet."""

from collections.abc import Mapping
from typing import Final

HOW_TO: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "ko": (
        "사용법",
        (
            "지식 고치는 법",
            "1. 아래 시트 하나가 주제 하나, 한 줄이 항목 하나입니다. 칸을 고치고 저장한 뒤 되돌려 넣습니다.",
            "2. ‘다른 물음’은 한 줄에 하나씩 적습니다. 칸 안에서 줄을 바꾸려면 Alt+Enter 를 누르세요.",
            "3. 새 항목은 맨 아래 줄에 적습니다. id 를 비워 두면 저절로 만들어집니다.",
            "4. id 는 고치지 마세요. 줄을 지워도 항목은 지워지지 않고, 지워지지 않았다고 알려 드립니다.",
            "5. ‘기준 시점’은 2020, 2020-06, 2020-06-30 가운데 하나, 다른 날짜는 2024-12-31처럼 적습니다.",
            "6. 자료에 없어 답하지 못하는 것은 ‘모르는 것’에 예 를 적고 ‘모르는 것의 이름’에 ‘주차 요금’처럼 적습니다.",
            "7. ‘함께 볼 것’에는 다른 항목의 id 를 쉼표로 나누어 적습니다.",
            "8. 수식, 합친 칸, 색은 쓰지 않습니다. 열의 이름은 바꾸지 마세요. 열의 순서는 바꿔도 됩니다.",
            "9. 업무 화면의 ‘엑셀로 고치기’에 올리면 무엇이 바뀌는지 보고 적용할 수 있습니다.",
            "10. 또는 명령으로, 보기만: python main.py entries import 파일.xlsx --dry-run (적용은 --dry-run 없이)",
            "11. 새 주제는 시트를 더하고 시트 이름을 영어 소문자(parking)로, 첫 줄은 다른 시트에서 복사합니다.",
        ),
    ),
    "en": (
        "How to",
        (
            "How to change the knowledge",
            "1. Each sheet is a topic, each row an entry. Change cells, save, and import the file again.",
            "2. Write one phrasing a line. Alt+Enter begins a new line inside of a cell.",
            "3. Write a new entry into the next free row. Where you leave the id empty, one is made.",
            "4. Leave ids as they are. A row that you delete deletes no entry; you are told so.",
            "5. Write ‘기준 시점’ (as of) as 2020, 2020-06 or 2020-06-30, and the other dates as 2024-12-31.",
            "6. For what the material does not say, write 예 under ‘모르는 것’ and a noun phrase in the next column.",
            "7. ‘함께 볼 것’ (see also) takes ids of other entries, with commas.",
            "8. No formulas, merged cells or colours. Leave the headings as they are; columns may be moved.",
            "9. On the console's page ‘Change entries in Excel’ you see what would change, and publish it.",
            "10. Or by command: python main.py entries import THIS.xlsx --dry-run (without --dry-run it is written)",
            "11. For a new topic add a sheet with a name such as parking, and copy the first row of another sheet.",
        ),
    ),
}
