#!/usr/bin/env bash
# keyring.sh STATE COMMAND… : runs COMMAND with a private D-Bus session and, unless STATE says otherwise, a throw-away gnome-keyring.
#   unlocked  a keyring of its own, open          locked   the same, closed
#   no-daemon D-Bus, and nothing that keeps secrets   no-bus   not even D-Bus   no-library   libsecret does not load
# Needs Debian's dbus, gnome-keyring, libsecret-1-0 and, to look from outside, libsecret-tools.
set -euo pipefail
state=$1
shift
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export KEYRING_HOME=$home XDG_DATA_HOME=$home/data XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache XDG_RUNTIME_DIR=$home/run
mkdir -p "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME"
mkdir -m 700 "$XDG_RUNTIME_DIR"
unset DBUS_SESSION_BUS_ADDRESS DISPLAY

# A bus that starts nothing by itself: Debian's would start gnome-keyring when it is asked for.
cat >"$home/bus.conf" <<'XML'
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
XML

case $state in
no-bus) "$@" ;;
no-library)
  mkdir "$home/lib"
  : >"$home/lib/libsecret-1.so.0"
  LD_LIBRARY_PATH=$home/lib "$@"
  ;;
no-daemon) dbus-run-session --config-file "$home/bus.conf" -- "$@" ;;
unlocked | locked)
  dbus-run-session --config-file "$home/bus.conf" -- bash -c '
    set -eu
    state=$1
    shift
    # The whole of standard input is the password. A wrong one leaves the keyring closed, with exit status 0.
    printf right | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>"$KEYRING_HOME/daemon.log"
    if [ "$state" = locked ]; then
      printf wrong | gnome-keyring-daemon --replace --unlock --components=secrets >/dev/null 2>>"$KEYRING_HOME/daemon.log"
    fi
    "$@"
  ' keyring "$state" "$@"
  ;;
*)
  echo "unknown state: $state" >&2
  exit 2
  ;;
esac
