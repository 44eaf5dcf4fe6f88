//! What the tests of annotators share: a text as they leave it.

use super::Article;
use crate::check::{Checker, Options};
use crate::embedded;
use crate::read::{self, Format};
use std::sync::OnceLock;

/// Looks at what is found in a text with all that ships.
pub fn annotated<T>(text: &str, format: Format, look: impl FnOnce(&Article) -> T) -> T {
    static CHECKER: OnceLock<Checker> = OnceLock::new();
    let checker = CHECKER.get_or_init(|| Checker::new(embedded::catalog(), Options::default(), &|_| true));
    look(&checker.annotate(&mut read::read(text, format)))
}
