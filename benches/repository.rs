//! A publisher's whole repository, measured from outside: `cargo bench --bench repository` prints files and
//! megabytes a second with one thread and two, what the second thread brings, the most memory held, and where
//! the time goes. It ends with 1 when a limit is not kept. Linux only.
//!
//! The best of several runs counts, taken in turns, since a machine does other things, too.

mod measure;
#[path = "../tests/repository/mod.rs"]
mod repository;

use measure::{figure, folder, peak, time};
use std::path::Path;
use std::process::{Command, Stdio};

/// Articles of the repository.
const COUNT: usize = 2000;
/// Runs of which the best counts.
const RUNS: usize = 15;

fn main() {
    let Some(folder) = folder("repository") else { return };
    let articles = repository::write(&folder, 2026, COUNT);
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let planted: usize = articles.iter().map(|a| a.planted.len()).sum();
    println!("{:<58} {:>9.2} MB", format!("{COUNT} articles of all formats, {planted} planted defects"), bytes as f64 / 1e6);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut best = [(f64::INFINITY, f64::INFINITY); 2];
    for _ in 0..RUNS {
        for (threads, best) in (1..).zip(&mut best) {
            let (cpu, wall) = time(&mut caveat(&folder, threads), 1);
            *best = (best.0.min(cpu), best.1.min(wall));
        }
    }
    for (threads, (cpu, wall)) in (1..).zip(best) {
        let what = format!("{threads} thread(s): {:.0} ms of CPU, {:.0} ms", cpu * 1e3, wall * 1e3);
        println!("{what:<58} {:>9.0} files/s {:>6.2} MB/s", COUNT as f64 / wall, bytes as f64 / wall / 1e6);
    }
    let mut kept = true;
    let efficiency = best[0].1 / best[1].1 / 2.0 * 100.0;
    let whole = best[0].0 / best[0].1 * 100.0;
    if cores < 2 {
        println!("{:<58} skipped: one core", "parallel efficiency on two cores");
    } else if whole < 90.0 {
        println!("{:<58} {efficiency:>9.2} % not judged: one thread gets {whole:.0}% of a core here", "parallel efficiency on two cores");
    } else {
        kept &= figure("parallel efficiency on two cores", efficiency, "%", 90.0, false);
    }
    let most = (0..3).map(|_| peak(&mut caveat(&folder, 2))).fold(0.0, f64::max);
    kept &= figure("peak memory with two threads", most, "MiB", 100.0, true);
    stages(&folder);
    if !kept {
        std::process::exit(1);
    }
}

fn caveat(folder: &Path, threads: usize) -> Command {
    let mut command = Command::new(measure::installed());
    command.current_dir(folder).args(["check", "content", "--no-config", "--as-of", "2026-01-15", "--format", "json", "-j"]);
    command.arg(threads.to_string()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Prints the share of each part of the work, as `--stats` tells it.
fn stages(folder: &Path) {
    let output = caveat(folder, 1).arg("--stats").stderr(Stdio::piped()).output().expect("the program starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let parts = said.split("time over all threads\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or("");
    println!("time of each stage, one thread\n{parts}");
}
