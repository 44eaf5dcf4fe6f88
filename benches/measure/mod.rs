//! Processes measured from outside, for benches. CPU is user and system time of the children as the kernel counts
//! it (in ticks, so short runs are repeated); memory is the kernel's high-water mark. Linux only.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// Kernel ticks a second: `USER_HZ`, 100 on every Linux that caveat runs on.
const TICKS: f64 = 100.0;

/// A folder of this name for a bench, not there yet; `None` where nothing is measured.
pub fn folder(name: &str) -> Option<PathBuf> {
    // `cargo test --benches` runs benches with this flag; there is nothing to test here.
    if std::env::args().any(|a| a == "--test") {
        return None;
    }
    if !Path::new("/proc/self/stat").exists() {
        println!("process figures need /proc: skipped");
        return None;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    Some(folder)
}

/// caveat as it is installed: a copy of what was built. What a linker has just written lies in memory page by page, and a
/// program starts slower from there than from a file that was written or read in one go.
pub fn installed() -> &'static Path {
    static COPY: LazyLock<PathBuf> = LazyLock::new(|| {
        let built = Path::new(env!("CARGO_BIN_EXE_caveat"));
        let copy = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("installed{}", std::env::consts::EXE_SUFFIX));
        let _ = fs::remove_file(&copy);
        fs::copy(built, &copy).expect("the target folder takes files");
        copy
    });
    &COPY
}

/// CPU seconds of all children so far.
fn children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let field = |n: usize| after.split(' ').nth(n).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    (field(13) + field(14)) / TICKS
}

/// CPU and wall seconds a run, over `runs` of them; a run may find something, but not fail.
pub fn time(command: &mut Command, runs: usize) -> (f64, f64) {
    let (cpu, wall) = (children(), Instant::now());
    for _ in 0..runs {
        let status = command.status().expect("the program starts");
        assert!(status.code().is_some_and(|c| c < 2), "{command:?} failed: {status}");
    }
    ((children() - cpu) / runs as f64, wall.elapsed().as_secs_f64() / runs as f64)
}

/// The most memory that a run held, in MiB.
pub fn peak(command: &mut Command) -> f64 {
    let mut peak = 0.0f64;
    let mut child = command.spawn().expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    while child.try_wait().expect("a child").is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kib = line.and_then(|l| l.trim().strip_suffix(" kB")).and_then(|n| n.parse().ok()).unwrap_or(0.0);
        peak = peak.max(kib / 1024.0);
        std::thread::sleep(Duration::from_micros(200));
    }
    peak
}

/// Prints a figure with the limit that it must keep; whether it does.
pub fn figure(what: &str, value: f64, unit: &str, limit: f64, at_most: bool) -> bool {
    let kept = if at_most { value <= limit } else { value >= limit };
    let (sign, verdict) = (if at_most { "<=" } else { ">=" }, if kept { "ok" } else { "NOT KEPT" });
    println!("{what:<58} {value:>9.2} {unit:<8} {sign} {limit} {verdict}");
    kept
}
