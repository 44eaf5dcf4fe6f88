//! Claims are found by how a sentence is built and not by its words: each frame of `fixtures/claims/frames.toml` is tried
//! with each outcome, and what surrounds a claim must neither hide it nor make one of what is denied or unsure.

use std::io::Write;
use std::process::{Command, Stdio};

const FRAMES: &str = include_str!("../fixtures/claims/frames.toml");
/// Families whose findings say that something is claimed.
const CLAIMS: [&str; 3] = ["overclaim/", "evidence/", "safety/"];

#[derive(serde::Deserialize)]
struct Frames {
    head: String,
    outcomes: Vec<Outcome>,
    claims: Vec<String>,
    acquittals: Vec<String>,
}

#[derive(serde::Deserialize)]
struct Outcome {
    finite: String,
    base: String,
    gerund: String,
    past: String,
}

impl Frames {
    fn read() -> Frames {
        toml::from_str(FRAMES).expect("the frames are TOML")
    }

    /// Each frame with each outcome.
    fn sentences(&self, frames: &[String]) -> Vec<String> {
        let filled = |frame: &String, o: &Outcome| {
            let words = [("{finite}", &o.finite), ("{base}", &o.base), ("{gerund}", &o.gerund), ("{past}", &o.past)];
            let sentence = words.iter().fold(frame.clone(), |s, (name, words)| s.replace(name, words));
            if sentence.ends_with(['.', '?', '!']) { sentence } else { sentence + "." }
        };
        frames.iter().flat_map(|frame| self.outcomes.iter().map(move |o| filled(frame, o))).collect()
    }

    /// The claim lints that speak in each sentence, which stands below the head.
    fn found(&self, sentences: &[String]) -> Vec<Vec<String>> {
        let line = self.head.matches('\n').count() as u64 + 1;
        let mut command = Command::new(env!("CARGO_BIN_EXE_caveat"));
        command.args(["check", "--no-config", "--records", "-", "--format", "jsonl"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("caveat starts");
        let record = |(id, s): (usize, &String)| serde_json::json!({ "id": id, "text": format!("{}{s}\n", self.head) }).to_string() + "\n";
        let records: String = sentences.iter().enumerate().map(record).collect();
        let mut input = child.stdin.take().expect("a pipe");
        let writer = std::thread::spawn(move || input.write_all(records.as_bytes()));
        let output = child.wait_with_output().expect("caveat ends");
        writer.join().expect("the writer ends").expect("caveat reads all");
        let lints = |record: serde_json::Value| {
            let findings = record["findings"].as_array().cloned().unwrap_or_else(|| panic!("no findings: {record}"));
            let here = findings.into_iter().filter(|f| f["line"].as_u64() == Some(line));
            let names = here.filter_map(|f| f["lint"].as_str().map(str::to_owned));
            names.filter(|lint| CLAIMS.iter().any(|family| lint.starts_with(family))).collect()
        };
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        text.lines().map(|l| lints(serde_json::from_str(l).expect("JSON"))).collect()
    }
}

/// Each of the chosen frames with each outcome, and the claim lints that speak in it.
fn tried(choose: impl Fn(&Frames) -> &[String]) -> Vec<(String, Vec<String>)> {
    let frames = Frames::read();
    let sentences = frames.sentences(choose(&frames));
    let found = frames.found(&sentences);
    assert_eq!(found.len(), sentences.len());
    sentences.into_iter().zip(found).collect()
}

#[test]
fn a_claim_is_found_whatever_surrounds_it() {
    let all = tried(|frames| &frames.claims);
    let missed: Vec<&String> = all.iter().filter(|(_, lints)| lints.is_empty()).map(|(sentence, _)| sentence).collect();
    assert!(missed.is_empty(), "{} of {} are missed: {missed:#?}", missed.len(), all.len());
}

#[test]
fn what_is_unsure_denied_asked_or_reported_is_no_claim() {
    let all = tried(|frames| &frames.acquittals);
    let noisy: Vec<_> = all.iter().filter(|(_, lints)| !lints.is_empty()).collect();
    assert!(noisy.is_empty(), "{} of {} are flagged: {noisy:#?}", noisy.len(), all.len());
}
