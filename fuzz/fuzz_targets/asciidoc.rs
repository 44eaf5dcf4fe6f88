//! Any text read as asciidoc: no panic, true places.
#![no_main]

mod places;

use caveat::read::{self, Format};

libfuzzer_sys::fuzz_target!(|text: &str| {
    places::assert_places(text, &read::read(text, Format::Asciidoc));
});
