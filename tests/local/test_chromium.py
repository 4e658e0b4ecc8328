"""Which browser the tests take, and what they say when there is none."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from local import chromium, npm
from local.chromium import find_chromium
from local.faults import NoChromium


def browser(folder: Path, name: str, status: int = 0) -> Path:
    """Something that answers `--version`."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(f"#!/bin/sh\nexit {status}\n")
    file.chmod(0o755)
    return file


def test_the_browser_that_is_wished_comes_first(tmp_path: Path) -> None:
    browser(tmp_path, "chromium")
    wished = browser(tmp_path, "mine")
    assert find_chromium({"CHROMIUM": str(wished), "PATH": str(tmp_path)}).executable == wished


def test_a_wished_browser_that_does_not_run_is_refused_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoChromium, match=r"CHROMIUM names /nowhere.*set CHROMIUM to the path"):
        find_chromium({"CHROMIUM": "/nowhere", "PATH": str(tmp_path)})


def test_a_browser_on_the_path_is_taken_only_if_it_runs(tmp_path: Path) -> None:
    browser(tmp_path, "chromium", status=1)
    runs = browser(tmp_path, "google-chrome")
    assert find_chromium({"PATH": str(tmp_path)}).executable == runs


def test_without_any_the_one_from_the_cache_is_taken_with_its_own_libraries(tmp_path: Path) -> None:
    own = browser(tmp_path / "chromium-147.0.0", "chromium")
    found = find_chromium({"PATH": "", "NU_CACHE": str(tmp_path)})
    assert found.executable == own
    assert found.env["LD_LIBRARY_PATH"] == str(own.parent / "lib")


def test_a_download_that_was_changed_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pack(package: str, into: Path, tools: Path) -> Path:
        with tarfile.open(into / "changed.tgz", "w:gz") as tarball:
            tarball.addfile(tarfile.TarInfo("package/bin/chromium.br"), io.BytesIO())
        return into / "changed.tgz"

    monkeypatch.setattr(npm, "pack", pack)
    with pytest.raises(NoChromium, match="is not the one that was checked in"):
        find_chromium({"PATH": "", "NU_CACHE": str(tmp_path / "cache")})
    assert [each.name for each in (tmp_path / "cache").iterdir()] == ["lock"]
    assert chromium.PACKAGE.startswith("@sparticuz/chromium@147.")
