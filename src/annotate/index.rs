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

/// Numbers of annotations by tag, each list in order of place.
#[derive(Default)]
pub struct Index {
    /// By tag.
    lists: Vec<Vec<u32>>,
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
            index.lists.resize_with(tags, Vec::new);
        }
        index
    }

    /// The annotations with that tag.
    pub fn of(&self, tag: TagId) -> &[u32] {
        self.lists.get(tag as usize).map_or(&[], Vec::as_slice)
    }

    /// Adds the annotations that came since the last time; among those of one place the earlier ones stay first.
    pub fn add(&mut self, annotations: &[Annotation]) {
        let mut late: Vec<TagId> = Vec::new();
        for (number, a) in annotations.iter().enumerate().skip(self.indexed) {
            let Some(list) = self.lists.get_mut(a.tag as usize) else { continue };
            match list.last().and_then(|&last| annotations.get(last as usize)) {
                None => self.used.push(a.tag),
                Some(last) if last.start > a.start && late.last() != Some(&a.tag) => late.push(a.tag),
                _ => {}
            }
            list.push(number as u32);
        }
        self.indexed = annotations.len();
        late.sort_unstable();
        late.dedup();
        for tag in late {
            if let Some(list) = self.lists.get_mut(tag as usize) {
                list.sort_by_key(|&n| annotations.get(n as usize).map_or(0, |a| a.start));
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
                Some(list) if list.capacity() > KEPT => *list = Vec::new(),
                Some(list) => list.clear(),
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
