"""The embedded PostgreSQL is made, shared, stopped, and survives what killed its launcher."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.config.clone import cloned

pytestmark = pytest.mark.slow

OPEN = """
from config.launch.database import opened
with opened() as database:
    print(database.server.port, database.server._pid_lines()[0], flush=True)
    {body}
"""


def data_of(clone) -> Path:
    """Its data lie elsewhere when root's server cannot reach the clone's packages."""
    return Path(clone.run("from config.launch.home import find_home as find\nprint(find('demonstration').data)"))


def port_and_process(line: str) -> tuple[int, int]:
    port, process = line.split()
    return int(port), int(process)


def is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until_gone(process: int) -> None:
    until = time.monotonic() + 10
    while is_alive(process) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_alive(process)


def test_roles_database_and_chinese_trigrams(settled_clone):
    said = settled_clone.run(
        OPEN.format(
            body="print(database.ask(\"SELECT cardinality(show_trgm('數碼')) > 0\"),"
            " database.ask('SHOW max_connections'), database.ask('SHOW fsync'),"
            " database.may_be_marked(), database.is_demonstration())"
        )
    )
    assert said.splitlines()[1] == "t 200 on True False"


def test_it_ends_with_the_block_and_starts_again_with_its_data(settled_clone):
    line = settled_clone.run(OPEN.format(body="database.ask('CREATE TABLE kept (n int)')"))
    wait_until_gone(port_and_process(line)[1])
    said = settled_clone.run(OPEN.format(body="print(database.ask('SELECT count(*) FROM kept'))"))
    assert said.splitlines()[1] == "0"


def test_the_serving_role_cannot_make_tables(settled_clone):
    body = """
    import psycopg
    with psycopg.connect(database.owner, autocommit=True) as owner:
        owner.execute("CREATE TABLE things (n int)")
    with psycopg.connect(database.serving, autocommit=True) as serving:
        serving.execute("INSERT INTO things VALUES (1)")
        try:
            serving.execute("CREATE TABLE mine (n int)")
        except psycopg.errors.InsufficientPrivilege:
            print("refused")
    """
    assert settled_clone.run(OPEN.format(body=body)).endswith("refused")


def test_a_second_command_joins_the_running_server(settled_clone):
    first = settled_clone.begin(OPEN.format(body="import time; time.sleep(3)"))
    line = first.stdout.readline()
    assert settled_clone.run(OPEN.format(body="pass")) == line.strip()
    first.communicate()
    wait_until_gone(port_and_process(line)[1])


def test_who_started_it_waits_for_who_joined(settled_clone):
    first = settled_clone.begin(OPEN.format(body="import time; time.sleep(1.5)"))
    line = first.stdout.readline()
    body = "import time; time.sleep(3); print(database.ask('SELECT 7'))"
    second = settled_clone.begin(OPEN.format(body=body))
    assert second.stdout.readline() == line
    said, _ = second.communicate(timeout=30)
    assert said.strip() == "7"
    _, warned = first.communicate(timeout=30)
    assert "Another command still uses the database" in warned


def test_a_killed_launcher_takes_its_server_along(settled_clone):
    launcher = settled_clone.begin(OPEN.format(body="import time; time.sleep(60)"))
    line = launcher.stdout.readline()
    launcher.kill()
    launcher.communicate()
    wait_until_gone(port_and_process(line)[1])
    settled_clone.run(OPEN.format(body="pass"))


def test_a_killed_server_is_started_again(settled_clone):
    launcher = settled_clone.begin(OPEN.format(body="import time; time.sleep(60)"))
    port, process = port_and_process(launcher.stdout.readline())
    os.kill(process, signal.SIGKILL)
    launcher.kill()
    launcher.communicate()
    assert (data_of(settled_clone) / "postmaster.pid").exists()
    settled_clone.run(OPEN.format(body="pass"))


def test_a_stale_process_number_of_another_program(settled_clone):
    """After a reboot the number in the file may belong to anybody."""
    settled_clone.run(OPEN.format(body="pass"))
    pid_file = data_of(settled_clone) / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{pid_file.parent}\n1\n5432\n\n127.0.0.1\n\nready\n")
    settled_clone.run(OPEN.format(body="pass"))


def test_data_of_another_version_are_left_alone(installed_clone):
    installed_clone.run(OPEN.format(body="pass"))
    version = data_of(installed_clone) / "PG_VERSION"
    version.write_text("14\n")
    done = installed_clone.manage("version")
    assert done.returncode == 1
    assert "were made by PostgreSQL 14" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_long_path_is_no_hindrance(installed_clone):
    """A Unix socket's path ends at 107 characters; ours is an address."""
    long = installed_clone.folder / ("deep" * 30)
    installed_clone.state.mkdir(exist_ok=True)
    long.mkdir()
    installed_clone.state.rename(long / ".portal")
    installed_clone.state.symlink_to(long / ".portal")
    installed_clone.run(OPEN.format(body="pass"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server to nobody")
def test_root_in_a_closed_folder_opens_no_door():
    with cloned(mode=0o700) as clone:
        clone.lend_packages()
        said = clone.run(OPEN.format(body="print(database.server.home.data)"))
        data = said.splitlines()[1]
        assert not data.startswith(str(clone.folder))
        assert os.stat(data).st_mode & 0o777 == 0o700
        assert clone.folder.stat().st_mode & 0o777 == 0o700
        assert clone.run(OPEN.format(body="print(database.server.home.data)")).endswith(data)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the server to nobody")
def test_root_lends_the_server_to_nobody(settled_clone):
    said = settled_clone.run(
        OPEN.format(body="import os, pwd; print(pwd.getpwuid(os.stat(database.server.home.data).st_uid).pw_name)")
    )
    assert said.endswith("nobody")


def test_reset_refuses_a_database_without_the_row(installed_clone):
    body = """
    from config.launch.progress import Stop
    database.ask("CREATE TABLE precious (n int)")
    database.server.remember(marked=True)
    try:
        database.empty()
    except Stop as stop:
        print(stop)
    print(database.ask("SELECT count(*) FROM precious"))
    """
    said = installed_clone.run(OPEN.format(body=body)).splitlines()
    assert said[1].startswith("This database is not a demonstration, so nothing in it was touched")
    assert said[2] == "0"


def test_reset_empties_a_demonstration(installed_clone):
    body = """
    database.ask("CREATE TABLE core_demonstration (id int PRIMARY KEY, created_at timestamptz)")
    database.mark()
    database.stamps().put("migrate", "done")
    assert database.is_demonstration() and not database.may_be_marked()
    database.empty()
    print(database.is_empty(), database.may_be_marked(), database.stamps().knows("migrate"))
    """
    assert installed_clone.run(OPEN.format(body=body)).endswith("True True False")


def test_a_real_database_is_never_reset(installed_clone):
    """The one of DATABASE_URL, asked over the same road as `up --reset` takes."""
    body = """
    import os
    from config.launch import main
    with __import__("psycopg").connect(database.owner, autocommit=True) as owner:
        owner.execute("CREATE TABLE precious (n int)")
    os.environ["DATABASE_URL"] = database.owner
    print(main(["up", "--port", "8397", "--reset"]), main(["up", "--port", "8397", "--demo"]))
    print(database.ask("SELECT count(*) FROM precious"))
    """
    said = installed_clone.run(OPEN.format(body=body)).splitlines()
    assert said[-2:] == ["1 1", "0"]
