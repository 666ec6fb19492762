"""Whatever is missing or in the way ends in one sentence that says how to mend it."""

import ast
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.launch import machine
from tests.config.clone import ROOT

NOBODY_LISTENS = "http://127.0.0.1:9/simple"


def one_sentence(done: subprocess.CompletedProcess, code: int = 1) -> str:
    assert done.returncode == code, done
    assert "Traceback" not in done.stderr
    said = done.stderr.strip()
    assert len(said.splitlines()) == 1, said
    return said


@pytest.fixture
def taken_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


def test_manage_parses_on_old_pythons():
    ast.parse((ROOT / "manage.py").read_text(), feature_version=(3, 4))


def test_an_old_python_is_told_so():
    old = "import sys; sys.version_info = (3, 9, 2); sys.argv = ['manage.py', 'up']"
    run = "import runpy; runpy.run_path('manage.py', run_name='__main__')"
    done = subprocess.run([sys.executable, "-c", f"{old}; {run}"], cwd=ROOT, capture_output=True, text=True)
    assert "needs Python 3.11 or newer, and this is Python 3.9" in one_sentence(done)


def test_the_launcher_needs_no_package():
    """-S leaves site-packages out, -I the environment."""
    code = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import config.launch\n"
        "from config.launch import check, command, lock, up"
    )
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


def test_a_taken_port_is_named_before_any_work(clone, taken_port):
    said = one_sentence(clone.manage("up", "--port", taken_port))
    assert f"Port {taken_port} on 127.0.0.1 cannot be used" in said
    assert f"--port {int(taken_port) + 1}" in said
    assert not clone.venv.exists()


@pytest.mark.parametrize("port", ["0", "65536", "８０００", "eighty"])
def test_what_is_no_port(clone, port):
    done = clone.manage("up", "--port", port)
    assert done.returncode == 2
    assert "a port is a number from 1 to 65535" in done.stderr


def test_an_unknown_host(clone):
    said = one_sentence(clone.manage("up", "--host", "no-such-host.invalid"))
    assert "does not know the address no-such-host.invalid" in said


def test_a_venv_whose_python_is_gone(clone):
    (clone.venv / "bin").mkdir(parents=True)
    (clone.venv / "bin" / "python").symlink_to("/nowhere/python")
    said = one_sentence(clone.manage("up", "--port", "8399"))
    assert "The folder .venv is damaged (its Python does not run)" in said
    assert "rm -rf .venv" in said


def test_a_venv_that_lost_a_package(clone):
    clone.lend_packages()
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", clone.venv.with_name("v")])
    for name in ("bin", "lib"):
        (clone.venv / name).unlink()
        (clone.venv.with_name("v") / name).rename(clone.venv / name)
    said = one_sentence(clone.manage("check_invariants"))
    assert "The folder .venv is damaged (the package allauth is gone)" in said


@pytest.mark.slow
def test_no_network(clone):
    """A half-made .venv is not called damaged the next time."""
    away = {
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_FIND_LINKS": "",
        "PIP_INDEX_URL": NOBODY_LISTENS,
        "UV_DEFAULT_INDEX": NOBODY_LISTENS,
        "PIP_CACHE_DIR": str(clone.folder / "pip-cache"),
        "UV_CACHE_DIR": str(clone.folder / "uv-cache"),
    }
    for _ in range(2):
        said = one_sentence(clone.manage("check", **away))
        assert "the network does not answer" in said


def test_another_portal_in_the_same_folder(clone):
    holder = clone.begin(
        "import time\n"
        "from config.launch import places, up\n"
        "places.make_state_folder()\n"
        "with up._only_one('http://127.0.0.1:8123'):\n"
        "    print('holding', flush=True); time.sleep(60)",
    )
    assert holder.stdout.readline() == "holding\n"
    said = one_sentence(clone.manage("up", "--port", "8398"))
    holder.kill()
    holder.communicate()
    assert f"running already at http://127.0.0.1:8123: stop it first (process {holder.pid})" in said


def test_somebody_elses_folder(clone):
    """Root may write anywhere, so the launcher is asked what it would say."""
    code = (
        "import config.launch as launch, sys\n"
        "def refuse(words): raise PermissionError(13, 'Permission denied', '.portal/stamps.json')\n"
        "launch._run = refuse\n"
        "sys.exit(launch.main(['up']))"
    )
    holder = clone.begin(code)
    _, said = holder.communicate()
    assert holder.returncode == 1
    assert said.startswith(".portal/stamps.json belongs to another user: run the command as")


NEED = machine.Need("the PDF libraries", lambda: False, ("libpango-1.0-0", "libpangoft2-1.0-0"))
FONT = machine.Need("a Chinese font", lambda: False, ("fonts-noto-cjk",))


def test_an_ordinary_user_reads_the_command(monkeypatch):
    monkeypatch.setattr(machine.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(machine, "program", lambda *names: "/usr/bin/apt-get")
    assert machine.provide([NEED, FONT]) == (
        "This machine lacks the PDF libraries and a Chinese font: "
        "run `sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 fonts-noto-cjk`."
    )


def test_without_apt_the_packages_are_named(monkeypatch):
    monkeypatch.setattr(machine, "program", lambda *names: None)
    assert "install what Debian calls fonts-noto-cjk." in machine.provide([FONT])


def test_root_installs_and_renews_the_lists_once(monkeypatch, tmp_path):
    """A bare machine has no lists yet: the first install fails, update, install again."""
    apt = tmp_path / "apt-get"
    calls = tmp_path / "calls"
    apt.write_text(f'#!/bin/sh\necho "$1" >> {calls}\ntest "$(wc -l < {calls})" -ge 3\n')
    apt.chmod(0o755)
    monkeypatch.setattr(machine.os, "geteuid", lambda: 0)
    monkeypatch.setattr(machine, "LOGS", tmp_path)
    monkeypatch.setattr(machine, "program", lambda *names: str(apt))
    need = machine.Need("a thing", lambda: calls.exists(), ("thing",))
    assert machine.provide([need]) == ""
    assert calls.read_text().split() == ["install", "update", "install"]


def test_programs_are_found_with_path_stripped(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert Path(machine.program("sh")).name == "sh"
