//! Reports read back: XML by its events, and all by real readers where `tests/consumers/install.sh` was run.

use std::path::Path;
use std::process::Command;

/// How many elements of that name well-formed XML holds.
pub fn elements(xml: &str, name: &str) -> usize {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut open = 0;
    let mut found = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(e) | Event::Empty(e) if e.name().as_ref() == name => {
                e.attributes().for_each(|a| drop(a.unwrap().normalized_value(quick_xml::XmlVersion::Explicit1_0).unwrap()));
                found += 1;
                open += 1;
            }
            Event::End(e) if e.name().as_ref() == name => open -= 1,
            Event::Start(_) | Event::Empty(_) | Event::End(_) | Event::Text(_) | Event::Decl(_) | Event::GeneralRef(_) => {}
            other => panic!("{other:?} in\n{xml}"),
        }
    }
    assert!(open >= 0);
    found
}

/// What real readers find in `out.sarif` (which must fit the official schema), `out.junit`, `out.checkstyle` and
/// `out.gitlab` of a folder, in this order, and all that they say; `None` where there are no readers.
pub fn counts(folder: &Path) -> Option<(Vec<(String, usize)>, String)> {
    let python = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../consumers/bin/python");
    if !python.exists() {
        eprintln!("skipped: `sh tests/consumers/install.sh` brings the readers");
        return None;
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/consumers/read.py");
    let output = Command::new(python).arg(script).arg(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let count = |line: &str| {
        let mut words = line.split(' ');
        Some((words.next()?.to_owned(), words.next()?.parse().ok()?))
    };
    Some((said.lines().map(|line| count(line).unwrap()).collect(), said))
}
