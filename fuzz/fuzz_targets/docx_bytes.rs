//! Any bytes read as a Word file: no panic, and no more memory than its limits allow.
#![no_main]

mod places;

use caveat::read::docx;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok((text, doc)) = docx::read(bytes) {
        places::assert_places(&text, &doc);
    }
});
