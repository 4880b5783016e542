#!/usr/bin/env bash
# A Ballista cluster on the loopback: a scheduler and one, then two executors, each of one
# core. Runs the query of `counts` there, compares every row with one process alone, and says
# how long it took. Any failure ends it; the processes end with it.
#
#   integrations/datafusion/cluster.sh [ROWS]
set -euo pipefail
cd "$(dirname "$0")/.."
rows=${1:-100000}
port=${PORT:-50150}
work=$(mktemp -d)
running=()

stop() {
  local process
  for process in "${running[@]:-}"; do
    if [ -n "$process" ]; then
      kill "$process" 2>/dev/null || true
      wait "$process" 2>/dev/null || true
    fi
  done
  running=()
}
finish() {
  local status=$?
  stop
  if [ "$status" != 0 ]; then
    echo "failed; the end of the logs:" >&2
    tail -n 5 "$work"/*.log >&2 || true
  fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

cargo build --profile "${PROFILE:-release}" -p bangla-ner-datafusion
directory=${PROFILE:-release}
[ "$directory" = dev ] && directory=debug
program=${CARGO_TARGET_DIR:-target}/$directory/bangla-ner-datafusion

# Waits until something listens on a port; fails when the process behind it has ended.
listening() { # port, process
  for _ in $(seq 100); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return; fi
    kill -0 "$2" 2>/dev/null || { echo "the process for port $1 has ended" >&2; return 1; }
    sleep 0.1
  done
  echo "nothing listens on port $1 after ten seconds" >&2
  return 1
}
start() { # port, name, arguments
  local listens=$1 name=$2
  shift 2
  "$program" "$@" >"$work/$name.log" 2>&1 &
  running+=($!)
  listening "$listens" $!
}

"$program" generate "$work/articles.parquet" --rows "$rows" ../tests/golden/*.txt
for executors in 1 2; do
  echo "== executors: $executors, of one core each"
  start "$port" scheduler scheduler --port "$port"
  for number in $(seq "$executors"); do
    start $((port + 10 * number)) "executor-$number" executor --port $((port + 10 * number)) --scheduler-port "$port"
  done
  "$program" compare "$work/articles.parquet" --cluster "df://127.0.0.1:$port"
  stop
done
echo "== the cluster answers as one process does"
