"""The bot that anyone would write first with python-telegram-bot: the control that proves that the tests can fail.

It answers each question by quoting it, with a button, and writes it into a database before. Settings are those of the
assistant; PLAIN_AT_ONCE is how many updates it handles at the same time.
"""

import asyncio
import logging
import os
import sqlite3
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, ApplicationBuilder, CallbackQueryHandler, ContextTypes, MessageHandler, filters

Context = ContextTypes.DEFAULT_TYPE
PlainBot = Application[Any, Any, Any, Any, Any, Any]


async def _answer(update: Update, context: Context) -> None:
    if not update.effective_message:
        return
    text = update.effective_message.text or ""
    database: sqlite3.Connection = context.bot_data["database"]
    database.execute("INSERT INTO questions VALUES (?)", (text,))
    database.commit()
    button = InlineKeyboardButton("👍", callback_data="yes")
    await update.effective_message.reply_text(
        f"답변입니다: {text}", do_quote=True, reply_markup=InlineKeyboardMarkup([[button]])
    )


async def _thank(update: Update, _: Context) -> None:
    if update.callback_query:
        await update.callback_query.answer("고맙습니다")


def _build() -> PlainBot:
    at_once = int(os.environ.get("PLAIN_AT_ONCE", "0"))
    builder = ApplicationBuilder().token(os.environ["TELEGRAM_BOT_TOKEN"])
    application = builder.base_url(os.environ["TELEGRAM_API_BASE_URL"]).concurrent_updates(at_once or False).build()
    application.add_handler(MessageHandler(filters.TEXT, _answer))
    application.add_handler(CallbackQueryHandler(_thank))
    database = sqlite3.connect(os.environ["DATABASE_URL"].partition("///")[2])
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    database.execute("CREATE TABLE IF NOT EXISTS questions (text TEXT)")
    database.commit()
    application.bot_data["database"] = database
    return application


async def _serve_webhook(application: PlainBot, address: str) -> None:
    """As the library's own example does it: into the queue, then 200."""

    async def take(request: web.Request) -> web.Response:
        await application.update_queue.put(Update.de_json(await request.json(), application.bot))
        return web.Response()

    server = web.Application()
    server.router.add_post("/{path:.*}", take)
    async with application:
        await application.start()
        runner = web.AppRunner(server)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", urlsplit(address).port).start()
        await application.bot.set_webhook(address)
        await asyncio.Event().wait()


def _main() -> None:
    logging.basicConfig(level=logging.WARNING)
    application = _build()
    address = os.environ.get("WEBHOOK_URL")
    if address:
        asyncio.run(_serve_webhook(application, address))
    else:
        application.run_polling()


if __name__ == "__main__":
    _main()
