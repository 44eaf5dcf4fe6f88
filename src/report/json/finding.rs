//! Findings as JSON. A run has many of them, all of one shape and nearly all of plain text, so they are written
//! straight into one buffer.

use super::super::Places;
use super::{is_plain, write};
use crate::audit::Suppressed;
use crate::finding::Finding;
use crate::source::{Source, Span};
use std::io::Write;

/// Writes the findings of an article as an array.
pub fn findings(out: &mut Vec<u8>, source: &Source, all: &[Finding]) {
    let mut pen = Pen::new(out, source);
    pen.array(all, |pen, finding| pen.finding(finding));
}

/// Writes what was excused in an article as an array, and why.
pub fn suppressed(out: &mut Vec<u8>, source: &Source, all: &[Suppressed]) {
    let mut pen = Pen::new(out, source);
    pen.array(all, |pen, excused| {
        pen.finding(&excused.finding);
        // One more key inside the braces.
        pen.out.pop();
        pen.text(",\"suppressed\":{\"reason\":", &excused.reason);
        pen.text(",\"source\":", &excused.source);
        pen.raw("}}");
    });
}

struct Pen<'p> {
    out: &'p mut Vec<u8>,
    source: &'p Source,
    starts: Places<'p>,
    ends: Places<'p>,
}

impl<'p> Pen<'p> {
    fn new(out: &'p mut Vec<u8>, source: &'p Source) -> Pen<'p> {
        Pen { out, source, starts: Places::new(source), ends: Places::new(source) }
    }

    fn array<T>(&mut self, all: &[T], mut each: impl FnMut(&mut Pen<'p>, &T)) {
        self.raw("[");
        for (i, item) in all.iter().enumerate() {
            if i > 0 {
                self.raw(",");
            }
            each(self, item);
        }
        self.raw("]");
    }

    fn finding(&mut self, f: &Finding) {
        let (start, end) = (self.starts.position(f.span.start), self.ends.position(f.span.end));
        self.text("{\"lint\":", &f.lint);
        self.text(",\"level\":", f.level.name());
        self.text(",\"message\":", &f.message);
        self.text(",\"help\":", &f.help);
        self.number(",\"start\":", f.span.start as usize);
        self.number(",\"end\":", f.span.end as usize);
        self.number(",\"line\":", start.line);
        self.number(",\"column\":", start.column);
        self.number(",\"end_line\":", end.line);
        self.number(",\"end_column\":", end.column);
        self.text(",\"text\":", self.source.slice(f.span));
        // Writing to memory does not fail.
        let _ = write!(self.out, ",\"fingerprint\":\"{:016x}\",\"also\":", f.fingerprint);
        self.array(&f.also, |pen, also| pen.text("", also));
        self.raw(",\"related\":");
        self.array(&f.related, |pen, (span, message)| pen.related(*span, message));
        self.raw("}");
    }

    fn related(&mut self, span: Span, message: &str) {
        let at = self.source.position(span.start);
        self.number("{\"start\":", span.start as usize);
        self.number(",\"end\":", span.end as usize);
        self.number(",\"line\":", at.line);
        self.number(",\"column\":", at.column);
        self.text(",\"text\":", self.source.slice(span));
        self.text(",\"message\":", message);
        self.raw("}");
    }

    fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    fn text(&mut self, before: &str, text: &str) {
        self.raw(before);
        if is_plain(text, b"#\"\\") {
            self.raw("\"");
            self.raw(text);
            self.raw("\"");
        } else {
            write(self.out, text);
        }
    }

    fn number(&mut self, before: &str, mut number: usize) {
        self.raw(before);
        let (mut digits, mut first) = ([b'0'; 20], 20);
        while first == 20 || number > 0 {
            first -= 1;
            digits[first] = b'0' + (number % 10) as u8;
            number /= 10;
        }
        self.out.extend_from_slice(&digits[first..]);
    }
}
