//! Configs laid over each other, and what they come to for one article.

use super::{Audience, Config, Layer, Said};
use crate::allow::Allow;
use crate::finding::Level;
use crate::glob;
use crate::lint::model::Lint;
use crate::source::{Source, Span};
use crate::written::Text;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The configs that apply to the articles of a folder, what is extended first.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    /// The files; the last is the one that was found.
    pub configs: Vec<Arc<Config>>,
    /// Folders of lints and word lists, in the order in which they are laid over each other, and who names them.
    pub lints: Vec<(PathBuf, Place)>,
}

/// A place in a config file.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<Source>,
    /// Where in it.
    pub span: Span,
}

impl Place {
    /// `caveat.toml:12`.
    pub fn name(&self) -> String {
        format!("{}:{}", self.file.name, self.file.line_of(self.span.start) + 1)
    }
}

/// A path counted from a folder, with `/`; `None` where it does not lie in it.
pub fn below(path: &Path, folder: &Path) -> Option<String> {
    let inside = path.strip_prefix(folder).ok()?;
    Some(inside.iter().map(|p| p.to_string_lossy()).collect::<Vec<_>>().join("/"))
}

fn is_meant(config: &Config, globs: &[Text], path: &Path) -> Option<usize> {
    let path = below(path, &config.folder)?;
    globs.iter().position(|g| glob::matches_path(&g.value, &path))
}

impl Chain {
    /// Numbers of what applies to an article: of each config the `[[path]]` and, after `u32::MAX`, the `[[allow]]`.
    /// Articles with the same numbers are audited alike.
    pub fn key(&self, path: &Path) -> Vec<u32> {
        let mut key = Vec::new();
        for config in &self.configs {
            key.push(u32::MAX);
            key.extend((0u32..).zip(&config.paths).filter(|(_, p)| is_meant(config, &p.globs, path).is_some()).map(|(i, _)| i));
            key.push(u32::MAX);
            key.extend((0u32..).zip(&config.allows).filter(|(_, e)| is_allowed(config, &e.path, path)).map(|(i, _)| i));
        }
        key
    }

    /// What is set for an article, what counts most last.
    pub fn settings(&self, path: &Path) -> Settings<'_> {
        let mut layers = Vec::new();
        for config in &self.configs {
            layers.push((&**config, &config.layer));
            layers.extend(config.paths.iter().filter(|p| is_meant(config, &p.globs, path).is_some()).map(|p| (&**config, &p.layer)));
        }
        Settings { layers }
    }

    /// The glob that leaves an article out, if one does.
    pub fn excluded(&self, path: &Path) -> Option<Place> {
        self.configs.iter().find_map(|config| {
            let at = is_meant(config, &config.exclude, path)?;
            Some(Place { file: config.file.clone(), span: config.exclude.get(at)?.span })
        })
    }

    /// The excuses that are written for an article: numbers of config and entry, and the excuse.
    pub fn allows(&self, path: &Path) -> Vec<((usize, usize), &Allow)> {
        let entries = |(c, config): (usize, &Arc<Config>)| {
            let config = config.clone();
            let meant: Vec<usize> = (0..).zip(&config.allows).filter(|(_, e)| is_allowed(&config, &e.path, path)).map(|(i, _)| i).collect();
            meant.into_iter().map(move |i| (c, i))
        };
        let all = self.configs.iter().enumerate().flat_map(entries);
        all.filter_map(|(c, i)| Some(((c, i), &self.configs.get(c)?.allows.get(i)?.allow))).collect()
    }
}

fn is_allowed(config: &Config, glob: &Option<Text>, path: &Path) -> bool {
    glob.as_ref().is_none_or(|g| is_meant(config, std::slice::from_ref(g), path).is_some())
}

/// What is set for one article.
#[derive(Clone, Debug, Default)]
pub struct Settings<'a> {
    layers: Vec<(&'a Config, &'a Layer)>,
}

/// A value that is set, and where.
pub type Set<'a, T> = (T, Place, &'a Text);

impl<'a> Settings<'a> {
    fn last<T>(&self, get: impl Fn(&'a Layer) -> Option<(T, &'a Text)>) -> Option<Set<'a, T>> {
        self.layers.iter().rev().find_map(|(config, layer)| get(layer).map(|(value, text)| (value, place(config, text), text)))
    }

    /// The level that is set for a lint: the last layer that names it counts, in it the glob that says most.
    pub fn level(&self, id: &str) -> Option<Set<'a, Level>> {
        self.last(|layer| {
            let named = layer.levels.iter().filter(|l| glob::matches(&l.text.value, id));
            let says = |l: &&Said<Level>| (!l.text.value.contains('*'), l.text.value.len());
            named.max_by_key(says).map(|l| (l.value, &l.text))
        })
    }

    /// The glob that ignores a lint, if one does.
    pub fn ignored(&self, id: &str) -> Option<Place> {
        let find = |(config, layer): &(&'a Config, &'a Layer)| {
            layer.ignore.iter().find(|t| glob::matches(&t.value, id)).map(|text| place(config, text))
        };
        self.layers.iter().find_map(find)
    }

    /// The `select` that leaves a lint out, if one does: the last one counts.
    pub fn unselected(&self, id: &str) -> Option<Place> {
        let (config, select) = self.layers.iter().rev().find_map(|(config, layer)| Some((config, layer.select.as_ref()?)))?;
        let is_selected = select.iter().any(|t| glob::matches(&t.value, id));
        (!is_selected).then(|| select.first().map_or(Place { file: config.file.clone(), span: Span::default() }, |t| place(config, t)))
    }

    /// Where the articles are published.
    pub fn jurisdiction(&self) -> Option<Set<'a, &'a [Text]>> {
        self.last(|layer| layer.jurisdiction.as_deref().and_then(|j| Some((j, j.first()?))))
    }

    /// Whether preview lints run.
    pub fn preview(&self) -> Option<Set<'a, bool>> {
        self.last(|layer| layer.preview.as_ref().map(|p| (p.value, &p.text)))
    }

    /// The kind of page.
    pub fn kind(&self) -> Option<Set<'a, &'a str>> {
        self.last(|layer| layer.kind.as_ref().map(|k| (k.value.as_str(), k)))
    }

    /// Who reads the articles.
    pub fn audience(&self) -> Option<Set<'a, Audience>> {
        self.last(|layer| layer.audience.as_ref().map(|a| (a.value, &a.text)))
    }

    /// Whether a lint runs and at which level, if that is set: `None`, it does not run. A lint that was selected by hand
    /// needs no `select`.
    pub fn runs(&self, lint: &Lint, by_hand: bool) -> Option<Option<Level>> {
        if self.ignored(&lint.id).is_some() || !by_hand && self.unselected(&lint.id).is_some() {
            return None;
        }
        if let Some((level, ..)) = self.level(&lint.id) {
            return Some(Some(level));
        }
        let level = self.audience().map_or(lint.level, |(audience, ..)| audience.level(lint.family(), lint.level));
        Some((level != lint.level).then_some(level))
    }
}

fn place(config: &Config, text: &Text) -> Place {
    Place { file: config.file.clone(), span: text.span }
}
