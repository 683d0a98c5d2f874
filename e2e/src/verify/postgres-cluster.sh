# Runs a throw-away PostgreSQL on 127.0.0.1 until standard input ends, then stops and removes it. The
# caller holds the other end of that pipe, so the cluster goes with the caller, however it dies.
# Arguments: directory of the programs, port. Prints "ready" once it takes connections.
set -eu
trap '' INT TERM HUP PIPE
bin=$1
port=$2
dir=$(mktemp -d "${TMPDIR:-/tmp}/selene-postgres.XXXXXX")
finish() {
  "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap finish EXIT
fail() {
  cat "$dir/log" >&2
  exit 1
}
"$bin/initdb" -D "$dir/data" --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8 \
  --no-sync >"$dir/log" 2>&1 || fail
# Nothing here outlives a crash on purpose, so nothing waits for the disk.
options="-p $port -k $dir -c listen_addresses=127.0.0.1 -c max_connections=200"
options="$options -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
"$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "$options" start >/dev/null 2>&1 || fail
echo ready
cat >/dev/null
