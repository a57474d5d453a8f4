#!/usr/bin/env bash
# user-manager.sh COMMAND… : runs COMMAND in a session of its own, with a systemd user manager, its D-Bus and an open gnome-keyring,
# all of them real, in the home that HOME names. The machine itself need not be run by systemd. To be started by root, in a mount
# namespace: unshare -m user-manager.sh COMMAND…
set -euo pipefail
mkdir -p /run/systemd
mount -t tmpfs tmpfs /run/systemd
mkdir /run/systemd/system # what systemd looks for to see that it may work

run=$(mktemp -d)
export XDG_RUNTIME_DIR=$run DBUS_SESSION_BUS_ADDRESS=unix:path=$run/bus
unset DISPLAY
# Debian's manager would start a keyring of its own, which is closed.
mkdir -p "$run/systemd/user" "$run/secrets"
for unit in gnome-keyring-daemon.socket gnome-keyring-daemon.service; do ln -s /dev/null "$run/systemd/user/$unit"; done

/usr/lib/systemd/systemd --user --log-target=console >"$run/manager.log" 2>&1 &
manager=$!
end() {
  systemctl --user exit 2>/dev/null || kill "$manager"
  wait "$manager" || true
  rm -rf "$run"
}
trap end EXIT
until [[ $(systemctl --user is-system-running 2>/dev/null) =~ ^(running|degraded)$ ]]; do
  kill -0 "$manager"
  sleep 0.1
done
# Ends with the bus.
printf right | XDG_DATA_HOME=$run/secrets gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>"$run/keyring.log"
"$@"
