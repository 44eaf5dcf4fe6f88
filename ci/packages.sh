#!/usr/bin/env bash
# Builds what people install, installs it as they do, and sees that it says what cargo's own binary says:
# cargo install (static where the C library can be), the wheel, the npm packages; then the pre-commit hook,
# the action and the GitLab job on a repository made for it. One release build serves them all.
# What has no tool here is left out, and a line says so. PRE_COMMIT_RUST=1 also lets pre-commit build caveat.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
cd "$root"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
say() { printf 'packages: %s\n' "$*"; }
die() { say "FAILED: $*" >&2; exit 1; }

# The generated repository of 2,000 articles that the tests leave behind.
repository="$CARGO_TARGET_DIR/tmp/adoption/planted"
[ -d "$repository/content" ] || cargo test --quiet --test adoption every_planted > "$work/log" 2>&1 || { cat "$work/log" >&2; die "the generated repository"; }

# A static binary runs on any Linux of its processor, so it is what the packages carry; at a fixed place in memory it starts sooner.
host="$(rustc -vV | sed -n 's/^host: //p')"
static=(-C target-feature=+crt-static -C relocation-model=static)
if [[ "$host" == *-linux-gnu && -z "${RUSTFLAGS:-}" ]] && rustc "${static[@]}" --target "$host" -o "$work/probe" - <<< 'fn main() {}' 2> /dev/null; then
    export CARGO_BUILD_TARGET="$host"
    name="CARGO_TARGET_$(tr 'a-z-' 'A-Z_' <<< "$host")_RUSTFLAGS"
    export "$name=${static[*]}"
fi
cargo install --quiet --locked --path . --root "$work/cargo" 2> "$work/log" || { cat "$work/log" >&2; die "cargo install"; }
caveat="$work/cargo/bin/caveat"
if [ -n "${CARGO_BUILD_TARGET:-}" ]; then
    # ldd fails on a static binary at a fixed place.
    { ldd "$caveat" 2>&1 || true; } | grep -Eq 'statically linked|not a dynamic' || die "the binary is not static"
    say "cargo install: a static binary of $(($(stat -c %s "$caveat") / 1024)) KiB"
fi

# Everything a caveat says of the fixtures and of the generated repository, exit codes included.
answers() {
    local format
    for format in human json sarif; do
        "$@" check fixtures/short fixtures/articles --level info --as-of 2026-01-01 --format "$format" 2>&1 || echo "exit $?"
    done
    for format in json sarif; do
        "$@" check "$repository/content" --no-config --level info --as-of 2026-01-01 --format "$format" 2>&1 || echo "exit $?"
    done
    "$@" claims fixtures/short --format csv 2>&1 || echo "exit $?"
    "$@" lints --json
    "$@" check nowhere.md 2>&1 || echo "exit $?"
    "$@" --version
}
answers "$caveat" > "$work/cargo.txt"
[ "$(wc -l < "$work/cargo.txt")" -gt 15000 ] || die "fixtures and repository give too little to compare"
same() { # NAME COMMAND...
    local name="$1"
    shift
    answers "$@" > "$work/$name.txt"
    cmp "$work/cargo.txt" "$work/$name.txt" || die "$name says something else than cargo's binary"
    say "$name: installed, and says the same $(wc -c < "$work/cargo.txt") bytes"
}

tools="$CARGO_TARGET_DIR/packages-tools"
has_python=yes
if ! { [ -x "$tools/bin/maturin" ] && [ -x "$tools/bin/pre-commit" ]; }; then
    { python3 -m venv "$tools" && "$tools/bin/pip" install --quiet 'maturin>=1.9,<2' pre-commit; } > "$work/log" 2>&1 || has_python=
fi
if [ -n "$has_python" ]; then
    "$tools/bin/maturin" build --release --locked ${CARGO_BUILD_TARGET:+--target "$CARGO_BUILD_TARGET"} --out "$work/wheel" > "$work/log" 2>&1 || { cat "$work/log" >&2; die "maturin"; }
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --no-index --find-links "$work/wheel" caveat
    same wheel "$work/venv/bin/caveat"
    say "wheel: $(basename "$work"/wheel/*.whl)"
else
    say "no maturin or pre-commit can be installed here: the wheel, the hooks, the action and the GitLab job are not tried"
fi

if command -v npm > /dev/null; then
    rm -rf "$CARGO_TARGET_DIR/npm"
    npm/build.sh "$caveat" > "$work/tarballs"
    # Offline: the launcher must find the platform package among what was packed, and nowhere else.
    xargs npm install --silent --offline --no-audit --no-fund --prefix "$work/npm" < "$work/tarballs"
    same npm "$work/npm/node_modules/.bin/caveat"
else
    say "no npm here: the npm packages are not tried"
fi

[ -n "$has_python" ] && command -v git > /dev/null || exit 0
# A content repository: what it had before passes, and the new article is what the tools must stop.
export PATH="$work/cargo/bin:$tools/bin:$PATH" PRE_COMMIT_HOME="$work/pre-commit" GIT_CONFIG_GLOBAL="$work/gitconfig" GIT_CONFIG_NOSYSTEM=1
git config --global user.name t && git config --global user.email t@t.example && git config --global init.defaultBranch main
mkdir -p "$work/hooks" "$work/content/articles"
cp .pre-commit-hooks.yaml "$work/hooks/"
hook=caveat-system
if [ -n "${PRE_COMMIT_RUST:-}" ]; then
    git archive HEAD | tar x -C "$work/hooks"
    hook=caveat
fi
(cd "$work/hooks" && git init -q && git add -A && git commit -qm hooks)
rev="$(git -C "$work/hooks" rev-parse HEAD)"
cd "$work/content"
printf 'repos:\n  - repo: %s\n    rev: %s\n    hooks:\n      - id: %s\n' "$work/hooks" "$rev" "$hook" > .pre-commit-config.yaml
printf '# Zinc and colds\n\nZinc cures colds in a day.\n' > articles/old.md
git init -q && git add -A && git commit -qm old && git checkout -qb new
pre-commit install > /dev/null
printf '# Opening hours\n\nThe clinic opens at nine.\n' > articles/plain.md
git add -A
git commit -qm plain > "$work/log" 2>&1 || { cat "$work/log"; die "the hook stops an article with no error"; }
printf '# Garlic\n\nGarlic cures diabetes.\n' > articles/garlic.md
git add -A
if git commit -qm garlic > "$work/log" 2>&1; then die "the hook lets an error through"; fi
grep -q 'articles/garlic.md:3:.*overclaim/cure-word' "$work/log" || { cat "$work/log"; die "the hook does not say what it stops"; }
if grep -q 'old.md' "$work/log"; then die "the hook looks at what is not committed"; fi
say "pre-commit: $hook stops a commit and lets another through"
git commit -qm garlic --no-verify

export RUNNER_TEMP="$work/runner"
ends() { # CODE NAME COMMAND...
    local wanted="$1" name="$2" code=0
    shift 2
    "$@" > "$work/log" 2>&1 || code=$?
    [ "$code" = "$wanted" ] || { cat "$work/log"; die "$name ends with $code instead of $wanted"; }
}
steps=("$tools/bin/python" "$root/ci/steps.py")
# The build step finds all built. With the base only the new article counts.
ends 1 action "${steps[@]}" "$root/action.yml" base=main paths=articles
grep -q '^::error file=articles/garlic.md,line=3' "$work/log" || { cat "$work/log"; die "the action shows no error"; }
grep -q '"articles/garlic.md"' caveat.sarif || die "the action writes no SARIF"
if grep -q 'old.md' "$work/log" caveat.sarif; then die "the action looks at what did not change"; fi
ends 0 "action, never failing" "${steps[@]}" "$root/action.yml" fail-on=never
grep -q 'old.md' "$work/log" || die "the action leaves out articles without a base"
ends 2 "action, hostile paths" "${steps[@]}" "$root/action.yml" paths='$(touch pwned); `touch pwned`' base='--output=pwned'
[ ! -e pwned ] || die "an input of the action is run"
say "action: fails on the new article, shows it, writes SARIF"

ends 1 "GitLab job" "${steps[@]}" "$root/ci/gitlab.yml" CAVEAT_PATHS=articles CI_MERGE_REQUEST_DIFF_BASE_SHA="$(git rev-parse main)"
"$tools/bin/python" - <<'PY' || die "the GitLab job writes another report"
import json
found = json.load(open("gl-code-quality-report.json"))
assert found and {f["location"]["path"] for f in found} == {"articles/garlic.md"}, found
assert all(f["fingerprint"] and f["severity"] and f["description"] for f in found), found
PY
ends 0 "GitLab job, never failing" "${steps[@]}" "$root/ci/gitlab.yml" CAVEAT_FAIL_ON=never
say "GitLab job: fails on the new article, writes a Code Quality report"
