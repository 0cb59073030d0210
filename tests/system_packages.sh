#!/bin/sh
# The tests drive a real browser and a real (virtual) microphone. Installs what they
# need where apt and root are at hand; elsewhere names exactly what is missing.
set -eu

has() { command -v "$1" >/dev/null 2>&1; }

has_browser() { has chromium || has chromium-browser || has google-chrome || [ -d "/Applications/Google Chrome.app" ]; }

has_library() { [ "$(uname)" != Linux ] || ldconfig -p 2>/dev/null | grep -q "$1" || /sbin/ldconfig -p | grep -q "$1"; }

missing() {
  has_browser || echo chromium
  has_library libportaudio.so.2 || echo libportaudio2
  has_library libatomic.so.1 || echo libatomic1 # for the browser driver's Node.js
  [ "$(uname)" != Linux ] || has pulseaudio || echo pulseaudio
  [ "$(uname)" != Linux ] || has strace || echo strace
  [ "$(uname)" != Linux ] || [ -n "$(find /usr/lib /usr/lib64 -name 'libasound_module_pcm_pulse.so' 2>/dev/null | head -1)" ] || echo libasound2-plugins
}

packages=$(missing)
[ -n "$packages" ] || exit 0
if has apt-get && [ "$(id -u)" = 0 ]; then
  echo "Installing" $packages
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # shellcheck disable=SC2086 # one word each
  apt-get install -qq --yes --no-install-recommends fonts-liberation $packages >/dev/null
  packages=$(missing)
  [ -n "$packages" ] || exit 0
fi
echo "The tests need these packages (named as in Debian), please install them:" $packages >&2
if has apt-get; then echo "  sudo apt-get install" $packages >&2; fi
exit 1
