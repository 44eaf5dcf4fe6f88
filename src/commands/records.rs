//! `--records`: JSON Lines in, JSON Lines out, in order, with bounded memory: the door for pipelines.
//!
//! A batch is what has arrived, up to a limit, so that a program which writes one record and waits for
//! the answer gets it.

use super::configured::Applied;
use super::terminal::Terminal;
use super::{audit, setup};
use crate::audit::Audit;
use crate::cli::Articles;
use crate::files;
use crate::finding::Level;
use crate::read::{self, Format};
use crate::report::json::write;
use crate::source::Source;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Records that are in memory at once.
const BATCH: usize = 512;
/// Bytes of records that are in memory at once, unless a single one is larger.
const BATCH_BYTES: usize = 4 << 20;

/// A record as it comes in; what else it holds is left alone.
#[derive(Deserialize)]
struct Record {
    id: Value,
    text: String,
    format: Option<String>,
}

/// What came of a stream of records.
pub struct Outcome {
    /// Whether every line was a record.
    pub is_whole: bool,
    /// The most serious finding.
    pub worst: Option<Level>,
}

/// Writes the JSON that is answered to an article, and tells its most serious finding.
pub type Answer<'a> = &'a (dyn Fn(&Source, Audit, &mut Vec<u8>) -> Option<Level> + Sync);

/// Answers every record of `path` with `{"id", key: answer}`.
///
/// # Errors
/// What the output says.
pub fn run(path: &Path, key: &str, articles: &Articles, applied: &Applied, answer: Answer, terminal: &mut Terminal) -> io::Result<Outcome> {
    let mut outcome = Outcome { is_whole: true, worst: None };
    let input = match files::open_records(path) {
        Ok(input) => input,
        Err(problem) => {
            terminal.problem(&problem)?;
            outcome.is_whole = false;
            return Ok(outcome);
        }
    };
    let mut input = BufReader::with_capacity(1 << 18, input);
    let mut number = 0;
    let asked = setup::format(articles.input_format);
    loop {
        let (lines, is_end) = match batch(&mut input, &mut number) {
            Ok(batch) => batch,
            Err(error) => {
                terminal.problem(&files::trouble(path, format!("cannot be read: {error}")))?;
                outcome.is_whole = false;
                return Ok(outcome);
            }
        };
        let one = |line: &(usize, Line)| reply(line, key, asked, applied, answer);
        let replies: Vec<Reply> =
            if lines.len() == 1 || articles.threads == 1 { lines.iter().map(one).collect() } else { lines.par_iter().map(one).collect() };
        for reply in replies {
            terminal.out.write_all(&reply.line)?;
            outcome.is_whole &= reply.is_answer;
            outcome.worst = outcome.worst.max(reply.worst);
        }
        terminal.out.flush()?;
        if is_end {
            return Ok(outcome);
        }
    }
}

/// A line: its bytes, or how many there were when there were too many.
enum Line {
    Bytes(Vec<u8>),
    TooLong,
}

struct Reply {
    line: Vec<u8>,
    is_answer: bool,
    worst: Option<Level>,
}

/// The next lines with their numbers, and whether they are the last. Blank lines are left out.
fn batch(input: &mut BufReader<impl io::Read>, number: &mut usize) -> io::Result<(Vec<(usize, Line)>, bool)> {
    let mut lines = Vec::new();
    let mut bytes = 0;
    loop {
        let Some(line) = next_line(input)? else { return Ok((lines, true)) };
        *number += 1;
        if !matches!(&line, Line::Bytes(b) if b.trim_ascii().is_empty()) {
            bytes += if let Line::Bytes(b) = &line { b.len() } else { 0 };
            lines.push((*number, line));
        }
        let waits = memchr::memchr(b'\n', input.buffer()).is_none();
        if lines.len() >= BATCH || bytes >= BATCH_BYTES || waits && !lines.is_empty() {
            return Ok((lines, false));
        }
    }
}

/// The next line without its end; a line of more than [`files::MAX_BYTES`] is read over.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Line>> {
    let mut line = Vec::new();
    let mut is_any = false;
    let mut is_too_long = false;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            break;
        }
        is_any = true;
        let end = memchr::memchr(b'\n', buffer);
        let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or(buffer);
        is_too_long |= (line.len() + part.len()) as u64 > files::MAX_BYTES;
        if is_too_long {
            line = Vec::new();
        } else {
            line.extend_from_slice(part);
        }
        let used = part.len() + usize::from(end.is_some());
        input.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(is_any.then_some(if is_too_long { Line::TooLong } else { Line::Bytes(line) }))
}

fn reply((number, line): &(usize, Line), key: &str, asked: Option<Format>, applied: &Applied, answer: Answer) -> Reply {
    let bytes = match line {
        Line::Bytes(bytes) => bytes,
        Line::TooLong => return fault(*number, Value::Null, format!("longer than {} MB", files::MAX_BYTES >> 20)),
    };
    let record: Record = match serde_json::from_slice(bytes) {
        Ok(record) => record,
        Err(error) => return fault(*number, Value::Null, without_line(&error.to_string())),
    };
    let Record { id, text, format } = record;
    let format = match format.as_deref() {
        Some(name) => match Format::parse(name) {
            Some(format) => Some(format),
            None => return fault(*number, id, format!("`{name}` is no format")),
        },
        None => asked,
    };
    let format = setup::format_of(format, None, &text);
    if format == Format::Docx {
        return fault(*number, id, "a Word file is no text: give its path instead".to_owned());
    }
    let source = Source::new("record", text);
    let mut line = b"{\"id\":".to_vec();
    write(&mut line, &id);
    line.push(b',');
    write(&mut line, key);
    line.push(b':');
    match audit::guarded(|| answer(&source, applied.check(&source, read::read(&source.text, format), &[], None, &mut |_| {}), &mut line)) {
        Ok(worst) => {
            line.extend_from_slice(b"}\n");
            Reply { line, is_answer: true, worst }
        }
        Err(why) => fault(*number, id, why),
    }
}

/// serde_json ends its messages with "at line 1 column 5"; the line is the record's here.
fn without_line(message: &str) -> String {
    message.replace(" at line 1 column ", " at column ")
}

fn fault(number: usize, id: Value, error: String) -> Reply {
    #[derive(Serialize)]
    struct Fault {
        id: Value,
        line: usize,
        error: String,
    }
    let mut line = Vec::new();
    write(&mut line, &Fault { id, line: number, error });
    line.push(b'\n');
    Reply { line, is_answer: false, worst: None }
}
