#!/usr/bin/env node
// Starts the caveat that the package of this platform carries: same arguments, same streams, same exit code.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");

const platform = `${process.platform}-${process.arch}`;
const name = `caveat-${platform}`;

/** Where the binary lies, or null when the package of this platform is not installed. */
function binary() {
  const file = process.platform === "win32" ? "caveat.exe" : "caveat";
  try {
    return require.resolve(`${name}/bin/${file}`);
  } catch {
    return null;
  }
}

function fail(why) {
  console.error(`caveat: ${why}`);
  process.exitCode = 2;
}

const path = binary();
if (path === null) {
  fail(`the package ${name} is not installed; install without --no-optional, or build caveat from its source where there is no package for ${platform}`);
} else {
  const child = spawn(path, process.argv.slice(2), { stdio: "inherit" });
  // A signal is for the child, which ends in its own good order; this process then ends as the child did.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("error", (error) => fail(`${path} cannot be started: ${error.message}`));
  child.on("exit", (code, signal) => {
    process.exitCode = signal === null ? code : 128 + (constants.signals[signal] ?? 0);
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
      process.removeAllListeners(name);
    }
  });
}
