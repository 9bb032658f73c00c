"""What a bare machine gets: an environment made from the locks, once, and nothing where one is there already."""

import os
import sys
from pathlib import Path

import pytest

from ta_portal import bootstrap


@pytest.fixture
def machine(tmp_path, monkeypatch) -> Path:
    """A clone with two empty locks, outside any virtual environment."""
    for name in (*bootstrap.LOCKS.values(), bootstrap.INSTALLER_LOCK):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    monkeypatch.delenv("TA_PORTAL_BOOTSTRAP", raising=False)
    return tmp_path


@pytest.fixture
def installed(machine, monkeypatch) -> list[str]:
    """The locks that were installed, in order; the environment is a folder with a link to this Python."""
    names: list[str] = []

    def make(environment: Path, *, fresh: bool) -> None:
        python = environment / "bin" / "python"
        python.parent.mkdir(parents=True, exist_ok=True)
        python.unlink(missing_ok=True)
        python.symlink_to(sys.executable)
        names.extend(["anew"] if fresh and (environment / "installed-locks").exists() else [])

    monkeypatch.setattr(bootstrap, "make", make)
    monkeypatch.setattr(bootstrap, "install", lambda python, lock: names.append(lock.name))
    return names


def prepare(machine: Path, command: str) -> None:
    bootstrap.prepare(machine / ".venv", machine / bootstrap.LOCKS[command])


def test_a_bare_machine_gets_an_environment_and_a_sentence_where_packages_cannot_be_had(machine, capfd):
    prepare(machine, "run")
    assert (machine / ".venv" / "bin" / "pip").exists()
    assert "requirements.lock" in (machine / ".venv" / "installed-locks").read_text()
    assert capfd.readouterr().out == "Making .venv ...\nInstalling requirements.lock ...\n"
    (machine / "requirements.lock").write_text(f"nowhere==1 --hash=sha256:{'0' * 64}\n--no-index\n")
    with pytest.raises(SystemExit, match="could not be installed"):
        prepare(machine, "run")
    assert not (machine / ".venv" / "installed-locks").exists()


def test_a_second_start_installs_nothing(machine, installed):
    prepare(machine, "run")
    prepare(machine, "run")
    assert installed == ["requirements.lock"]


def test_run_and_test_share_one_environment(machine, installed):
    for command in ("run", "test", "run", "test"):
        prepare(machine, command)
    assert installed == ["requirements.lock", "requirements-dev.lock"]


def test_a_changed_lock_is_installed_and_so_is_the_old_one_when_it_comes_back(machine, installed):
    lock = machine / "requirements.lock"
    for text in ("", "# newer", ""):
        lock.write_text(text)
        prepare(machine, "run")
    assert installed == ["requirements.lock"] * 3


def test_an_old_state_of_the_other_lock_is_forgotten_when_a_lock_is_installed(machine, installed):
    run, test = (machine / name for name in bootstrap.LOCKS.values())
    prepare(machine, "test")
    test.write_text("# newer")
    prepare(machine, "run")
    test.write_text("")
    prepare(machine, "test")
    assert installed == ["requirements-dev.lock", "requirements.lock", "requirements-dev.lock"]
    assert run.name in (machine / ".venv" / "installed-locks").read_text()


def test_another_python_makes_the_environment_anew(machine, installed):
    prepare(machine, "run")
    stamp = machine / ".venv" / "installed-locks"
    stamp.write_text("/opt/another/python\n" + stamp.read_text().split("\n", 1)[1])
    prepare(machine, "run")
    assert installed == ["requirements.lock", "anew", "requirements.lock"]


def test_an_interrupted_installation_is_repeated(machine, installed, monkeypatch):
    def interrupted(python: Path, lock: Path) -> None:
        raise KeyboardInterrupt

    prepare(machine, "run")
    (machine / "requirements.lock").write_text("# newer")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(bootstrap, "install", interrupted)
        prepare(machine, "run")
    (machine / "requirements.lock").write_text("")
    prepare(machine, "run")
    assert installed == ["requirements.lock", "requirements.lock"]


def test_another_command_goes_on_in_the_environment_that_is_there_and_makes_none(machine, installed, monkeypatch):
    gone_on: list[tuple[Path, list[str]]] = []
    monkeypatch.setattr("os.execv", lambda program, arguments: gone_on.append((program, arguments)))
    bootstrap.enter_what_is_there(["issue_api_key"], machine)
    assert gone_on == []
    prepare(machine, "run")
    bootstrap.enter_what_is_there(["issue_api_key"], machine)
    python = machine / ".venv" / "bin" / "python"
    assert gone_on == [(python, [str(python), str(machine / "manage.py"), "issue_api_key"])]
    assert installed == ["requirements.lock"]


def test_inside_an_environment_nothing_is_set_up(machine, installed, monkeypatch):
    monkeypatch.setattr(sys, "prefix", "/some/environment")
    bootstrap.enter_environment("run", ["run"], machine)
    assert installed == []


def test_the_container_sets_nothing_up(machine, installed, monkeypatch):
    monkeypatch.setenv("TA_PORTAL_BOOTSTRAP", "0")
    bootstrap.enter_environment("run", ["run"], machine)
    assert installed == []


@pytest.mark.parametrize(("cores", "workers"), [(1, "1"), (2, "2"), (64, "4"), (None, "1")])
def test_the_tests_run_on_the_cores_of_the_machine_unless_told_otherwise(tmp_path, monkeypatch, cores, workers):
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda program, arguments: started.append(arguments))
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    bootstrap.become_pytest(["-n", "0"], tmp_path)
    [[_python, _m, _pytest, *arguments]] = started
    assert arguments == ["-n", workers, "--dist", "loadfile", "-n", "0"]
