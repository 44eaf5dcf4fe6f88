#!/usr/bin/env bash
# Packs the npm packages: the one of a platform, which carries the binary, and `caveat`, which starts it.
#   npm/build.sh [BINARY [PLATFORM]]     default: target/release/caveat, for the platform of this node
# PLATFORM is what node calls it: linux-x64, linux-arm64, darwin-arm64, win32-x64.
# Run it once a platform with all binaries; `caveat` then depends on every platform packed so far.
# Tarballs and what they are packed from go to target/npm; remove it to start anew.
set -euo pipefail
root="$(cd "$(dirname "$0")/.." && pwd)"
binary="${1:-$root/target/release/caveat}"
platform="${2:-$(node -p 'process.platform + "-" + process.arch')}"
out="${CARGO_TARGET_DIR:-$root/target}/npm"
[ -f "$binary" ] || { echo "npm/build.sh: $binary is not there: cargo build --release makes it" >&2; exit 2; }
# The version is that of the crate: one place to raise it.
version="$(sed -n '/^\[package\]/,/^\[dep/s/^version = "\(.*\)"/\1/p' "$root/Cargo.toml")"

package="$out/caveat-$platform"
rm -rf "$package" "$out/caveat" "$out/caveat-$platform-$version.tgz" "$out/caveat-$version.tgz"
mkdir -p "$package/bin" "$out/caveat"
name=caveat
case "$platform" in win32-*) name=caveat.exe ;; esac
install -m 755 "$binary" "$package/bin/$name"

# A binary that asks for glibc must not be put where musl is; a static one runs anywhere (ldd fails on one at a fixed place).
libc=
case "$platform" in
    linux-*) if ! { ldd "$binary" 2>&1 || true; } | grep -Eq 'statically linked|not a dynamic'; then libc=glibc; fi ;;
esac
cp "$root/README.md" "$root/LICENSE-MIT" "$root/LICENSE-APACHE" "$out/caveat/"
cp "$root/LICENSE-MIT" "$root/LICENSE-APACHE" "$package/"
cp -R "$root/npm/caveat/." "$out/caveat/"
chmod 755 "$out/caveat/bin/caveat.js"

node - "$out" "$platform" "$version" "$libc" <<'JS'
const fs = require("node:fs");
const [, , out, platform, version, libc] = process.argv;
const [os, cpu] = platform.split("-");
const write = (folder, what) => fs.writeFileSync(`${out}/${folder}/package.json`, JSON.stringify(what, null, 2) + "\n");
const caveat = JSON.parse(fs.readFileSync(`${out}/caveat/package.json`, "utf8"));
write(`caveat-${platform}`, {
  name: `caveat-${platform}`,
  version,
  description: `The caveat binary for ${platform}; install the package caveat`,
  license: caveat.license,
  os: [os],
  cpu: [cpu],
  ...(libc ? { libc: [libc] } : {}),
  files: ["bin", "LICENSE-MIT", "LICENSE-APACHE"],
  preferUnplugged: true,
});
caveat.version = version;
for (const name of fs.readdirSync(out).sort()) {
  const manifest = `${out}/${name}/package.json`;
  if (!name.startsWith("caveat-") || !fs.existsSync(manifest)) continue;
  if (JSON.parse(fs.readFileSync(manifest, "utf8")).version === version) caveat.optionalDependencies[name] = version;
}
write("caveat", caveat);
JS
for folder in "$package" "$out/caveat"; do
    npm pack --silent --pack-destination "$out" "$folder" | sed "s|^|$out/|"
done
