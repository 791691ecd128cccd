#!/usr/bin/env bash
# Installs the Debian packages that the tests use, or says in one line how to.
set -euo pipefail

declare -A needs=(
  [chromium]=chromium
  [soffice]="libreoffice-writer-nogui libreoffice-calc-nogui"
  [pdftoppm]=poppler-utils
  [npm]=npm
)
packages=()
for command in "${!needs[@]}"; do
  command -v "$command" >/dev/null || packages+=(${needs[$command]})
done
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || packages+=(postgresql)
dpkg -s python3-venv >/dev/null 2>&1 || python3 -c 'import ensurepip' 2>/dev/null || packages+=(python3-venv)
[ ${#packages[@]} -eq 0 ] && exit 0

line="apt-get update && apt-get install -y --no-install-recommends ${packages[*]}"
if [ "$(id -u)" -eq 0 ]; then as=""
elif sudo -n true 2>/dev/null; then as="sudo"
else
  echo "The tests need Debian packages. Run this once as root:"
  echo "  $line"
  exit 1
fi
echo "Installing for the tests: ${packages[*]}"
export DEBIAN_FRONTEND=noninteractive
$as apt-get update -qq
$as apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
