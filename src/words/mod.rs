//! Vocabulary as config: word lists, the syntax of their terms, and the index that finds them all in one
//! walk over the words of a text.

pub mod contraction;
pub mod file;
pub mod heads;
pub mod inflect;
pub mod kind;
pub mod lexicon;
pub mod list;
pub mod needs;
pub mod numbers;
pub mod scan;
pub mod sequence;
pub mod stored;
pub mod syllables;
pub mod term;
pub mod token;
pub mod trie;
pub mod vocabulary;
