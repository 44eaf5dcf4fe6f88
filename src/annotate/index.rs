//! Which annotations have which tag. There are far more tags than a short article has words, so a thread keeps the
//! lists of one article for the next, and only those that it used are emptied.

use super::Annotation;
use crate::words::lexicon::TagId;
use std::cell::RefCell;

/// Numbers that a list may keep room for from article to article.
const KEPT: usize = 256;

thread_local! {
    static SPARE: RefCell<Index> = RefCell::default();
}

/// Numbers of annotations.
#[derive(Default)]
struct List {
    numbers: Vec<u32>,
    /// Where the last of them starts.
    last: u32,
}

/// Numbers of annotations by tag, each list in order of place.
#[derive(Default)]
pub struct Index {
    /// By tag.
    lists: Vec<List>,
    /// Tags with a list that is not empty.
    used: Vec<TagId>,
    /// Annotations that are in it.
    indexed: usize,
}

impl Index {
    /// An empty one for so many tags.
    pub fn new(tags: usize) -> Index {
        let mut index = SPARE.take();
        if index.lists.len() < tags {
            index.lists.resize_with(tags, List::default);
        }
        index
    }

    /// The annotations with that tag.
    pub fn of(&self, tag: TagId) -> &[u32] {
        self.lists.get(tag as usize).map_or(&[], |list| list.numbers.as_slice())
    }

    /// The tags that any annotation has, each once.
    pub fn used(&self) -> &[TagId] {
        &self.used
    }

    /// Adds the annotations that came since the last time; among those of one place the earlier ones stay first.
    pub fn add(&mut self, annotations: &[Annotation]) {
        let mut late: Vec<TagId> = Vec::new();
        for (number, a) in annotations.iter().enumerate().skip(self.indexed) {
            let Some(list) = self.lists.get_mut(a.tag as usize) else { continue };
            if list.numbers.is_empty() {
                self.used.push(a.tag);
            } else if list.last > a.start && late.last() != Some(&a.tag) {
                late.push(a.tag);
            }
            list.last = a.start;
            list.numbers.push(number as u32);
        }
        self.indexed = annotations.len();
        late.sort_unstable();
        late.dedup();
        for tag in late {
            if let Some(list) = self.lists.get_mut(tag as usize) {
                let start = |n: u32| annotations.get(n as usize).map_or(0, |a| a.start);
                list.numbers.sort_by_key(|&n| start(n));
                list.last = list.numbers.last().map_or(0, |&n| start(n));
            }
        }
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        let mut lists = std::mem::take(&mut self.lists);
        let mut used = std::mem::take(&mut self.used);
        for tag in used.drain(..) {
            match lists.get_mut(tag as usize) {
                Some(list) if list.numbers.capacity() > KEPT => list.numbers = Vec::new(),
                Some(list) => list.numbers.clear(),
                None => {}
            }
        }
        // What is given back is emptied already; at the end of a thread it goes for good.
        let _ = SPARE.try_with(|spare| match spare.try_borrow_mut() {
            Ok(mut spare) if spare.lists.is_empty() => (spare.lists, spare.used) = (lists, used),
            _ => {}
        });
    }
}
