"""What the operating system must give: libraries of Qt, a PostgreSQL server for the tests, a screen.

Debian's and Ubuntu's packages are installed where apt is there; elsewhere a sentence names what is missing.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from words import Stopped, progress, say

# Which package brings which library. Ubuntu 24.04's names with t64 provide these, so apt finds them.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlidec.so.1": "libbrotli1",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libzstd.so.1": "libzstd1",
}

# The parts of Qt that deskapp loads: on a screen (X11, Wayland), without one, printing, pictures, PDF.
QT_PARTS = (
    "Qt*.abi3.so",
    "Qt/plugins/platforms/libqxcb.so",
    "Qt/plugins/platforms/libqoffscreen.so",
    "Qt/plugins/platforms/libqwayland.so",
    "Qt/plugins/platforminputcontexts/libibus*.so",
    "Qt/plugins/platforminputcontexts/libcompose*.so",
    "Qt/plugins/printsupport/*.so",
    "Qt/plugins/imageformats/*.so",
    "Qt/plugins/xcbglintegrations/*.so",
)
QT_MODULES = {
    "QtCore",
    "QtGui",
    "QtWidgets",
    "QtPrintSupport",
    "QtSvg",
    "QtSvgWidgets",
}

_SERVERS = Path("/usr/lib/postgresql")
_CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")
_CLUSTER_DEFAULTS = Path("/usr/share/postgresql-common/createcluster.conf")


def has_screen() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def missing_libraries(venv: Path) -> list[str]:
    """File names of the shared libraries that Qt's parts ask for and this Linux does not have."""
    qt = next(iter(venv.glob("lib/python3*/site-packages/PySide6")), None)
    if not sys.platform.startswith("linux") or qt is None or not shutil.which("ldd"):
        return []
    parts = [str(part) for pattern in QT_PARTS for part in sorted(qt.glob(pattern)) if _is_used(part)]
    found = subprocess.run(["ldd", *parts], capture_output=True, text=True).stdout
    return sorted({name for name in re.findall(r"^\s*(\S+) => not found", found, re.M) if "Qt6" not in name})


def _is_used(part: Path) -> bool:
    return not part.name.endswith(".abi3.so") or part.name.partition(".")[0] in QT_MODULES


def ensure_qt_libraries(venv: Path) -> None:
    """Installs what Qt lacks.

    Raises:
        Stopped: something is still missing; names it.
    """
    missing = missing_libraries(venv)
    if not missing:
        return
    packages = sorted({PACKAGES[name] for name in missing if name in PACKAGES})
    if packages:
        apt_install(packages, say("install.need.qt"))
    left = missing_libraries(venv)
    if left:
        raise Stopped(say("install.stop.libraries", names=" ".join(left)))


def ensure_postgres() -> bool:
    """A PostgreSQL server's programs for the tests. False where they cannot be had (no apt, Windows)."""
    if sys.platform == "win32":
        return False
    if list(_SERVERS.glob("*/bin/initdb")) or shutil.which("initdb"):
        return True
    if not shutil.which("apt-get"):
        progress(say("install.no_postgres"))
        return False
    # The package would make a server of its own and start it with the machine; only its programs are wanted.
    own_settings = _CLUSTER_SETTINGS.exists()
    if not own_settings:
        _as_root(["mkdir", "-p", str(_CLUSTER_SETTINGS.parent)])
        _as_root(["tee", str(_CLUSTER_SETTINGS)], given="create_main_cluster = false\n")
    apt_install(["postgresql"], say("install.need.postgres"))
    if not own_settings and _CLUSTER_DEFAULTS.exists():
        _as_root(["cp", str(_CLUSTER_DEFAULTS), str(_CLUSTER_SETTINGS)])
        _as_root(["rm", "-f", f"{_CLUSTER_SETTINGS}.ucf-dist"])
    return True


def apt_install(packages: list[str], what_for: str) -> None:
    """Installs Debian packages, as root or through sudo.

    Raises:
        Stopped: no apt, no right, or apt failed; names the packages.
    """
    names = " ".join(packages)
    if not shutil.which("apt-get"):
        raise Stopped(say("install.stop.no_apt", what_for=what_for, packages=names))
    progress(say("install.apt", what_for=what_for, packages=names))
    apt = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    order = [*apt, "install", "-y", "--no-install-recommends", *packages]
    if _as_root(order).returncode == 0:
        return
    _as_root([*apt, "update"])  # a fresh machine has no lists yet, an old one has stale ones
    done = _as_root(order)
    if done.returncode:
        sys.stderr.write(done.stderr[-2000:])
        raise Stopped(say("install.stop.apt", what_for=what_for, packages=names))


def _as_root(command: list[str], given: str | None = None) -> subprocess.CompletedProcess[str]:
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            raise Stopped(say("install.stop.no_right", command=" ".join(command)))
        command = ["sudo", *command]
    return subprocess.run(command, input=given, capture_output=True, text=True)
