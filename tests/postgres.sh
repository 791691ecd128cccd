# Sourced: start_postgres sets DATABASE_URL to a private cluster on loopback; stop_postgres ends it.
# The server refuses to run as root, so it runs as the user "postgres" (made by Debian's package) when we are root.

pg_bin=$(dirname "$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1)")
pg_dir=""

pg_as() {
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"; else "$@"; fi
}

start_postgres() {
  pg_dir=$(mktemp -d /tmp/waymark-postgres.XXXXXX)
  [ "$(id -u)" -eq 0 ] && chown postgres "$pg_dir"
  local port
  port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  (cd "$pg_dir" && pg_as "$pg_bin/initdb" -D "$pg_dir/data" -U waymark -A trust -E UTF8 --locale=C.UTF-8 >"$pg_dir/log" 2>&1)
  (cd "$pg_dir" && pg_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -w -l "$pg_dir/server.log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$pg_dir -c fsync=off" start >>"$pg_dir/log" 2>&1) \
    || { cat "$pg_dir/log" "$pg_dir/server.log"; return 1; }
  export DATABASE_URL="postgresql://waymark@127.0.0.1:$port/postgres"
}

stop_postgres() {
  [ -n "$pg_dir" ] || return 0
  (cd "$pg_dir" && pg_as "$pg_bin/pg_ctl" -D "$pg_dir/data" -m fast -w stop >/dev/null 2>&1) || true
  rm -rf "$pg_dir"
  unset DATABASE_URL
}
