import asyncio

from telegram import Chat, Message, Update, User

from handlers.telegram.ordering import ChatOrder


def update_of(chat_id: int) -> Update:
    user = User(chat_id, "Citizen", is_bot=False)
    return Update(1, Message(1, None, Chat(chat_id, "private"), from_user=user))  # type: ignore[arg-type]


async def test_a_chat_keeps_its_order() -> None:
    order, done = ChatOrder(), list[int]()

    async def handle(number: int) -> None:
        await asyncio.sleep(0.002 * (5 - number))
        done.append(number)

    await asyncio.gather(*(order.process_update(update_of(7), handle(number)) for number in range(5)))
    assert done == [0, 1, 2, 3, 4]


async def test_a_flood_delays_nobody_else() -> None:
    order, blocked = ChatOrder(chats_at_once=2), asyncio.Event()
    flood = [asyncio.ensure_future(order.process_update(update_of(7), blocked.wait())) for _ in range(50)]
    await asyncio.sleep(0)
    await asyncio.wait_for(order.process_update(update_of(8), asyncio.sleep(0)), 1)
    blocked.set()
    await asyncio.gather(*flood)
