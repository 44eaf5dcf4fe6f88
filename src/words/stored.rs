//! Texts that lie frozen in the binary and are read where they lie: to thaw one copies nothing and does not look at it.

use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error, Serialize, Serializer};
use std::borrow::{Borrow, Cow};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::OnceLock;

/// A text from the binary, or from a file that was read. It is made from a text and from nothing else, so that its bytes
/// are UTF-8; that is seen to when it is used, since most of those that are thawed never are.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stored(Cow<'static, [u8]>);

impl Stored {
    /// The text.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Its bytes, to compare them.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Hash for Stored {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl Deref for Stored {
    type Target = str;
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for Stored {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl fmt::Display for Stored {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl From<String> for Stored {
    fn from(text: String) -> Stored {
        Stored(Cow::Owned(text.into_bytes()))
    }
}

impl From<&'static str> for Stored {
    fn from(text: &'static str) -> Stored {
        Stored(Cow::Borrowed(text.as_bytes()))
    }
}

impl PartialEq<str> for Stored {
    fn eq(&self, other: &str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl PartialEq<&str> for Stored {
    fn eq(&self, other: &&str) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Borrow<str> for Stored {
    fn borrow(&self) -> &str {
        self.as_str()
    }
}

impl Serialize for Stored {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => serializer.serialize_str(self),
            false => serializer.serialize_bytes(&self.0),
        }
    }
}

impl<'de: 'static> Deserialize<'de> for Stored {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Stored, D::Error> {
        <&'static [u8]>::deserialize(deserializer).map(|text| Stored(Cow::Borrowed(text)))
    }
}

/// A value as bytes, for [`thaw`].
pub fn freeze<T: Serialize>(value: &T) -> Option<Vec<u8>> {
    postcard::to_stdvec(value).ok()
}

/// The value that was frozen; `None` where the bytes are not of this version.
pub fn thaw<T: Deserialize<'static>>(bytes: &'static [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// A part of what lies frozen in the binary that is thawed when it is first asked for: of the many lints, most have
/// nothing to say of an article.
pub struct Later<T> {
    bytes: &'static [u8],
    thawed: OnceLock<Box<T>>,
}

impl<T> From<T> for Later<T> {
    fn from(value: T) -> Later<T> {
        Later { bytes: &[], thawed: OnceLock::from(Box::new(value)) }
    }
}

impl<T: Default + Deserialize<'static>> Deref for Later<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.thawed.get_or_init(|| Box::new(thaw(self.bytes).unwrap_or_default()))
    }
}

impl<T: Clone> Clone for Later<T> {
    fn clone(&self) -> Later<T> {
        Later { bytes: self.bytes, thawed: self.thawed.clone() }
    }
}

impl<T: Default + Deserialize<'static> + fmt::Debug> fmt::Debug for Later<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: Default + Deserialize<'static> + Serialize> Serialize for Later<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&freeze(&**self).ok_or_else(|| S::Error::custom("a part cannot be frozen"))?)
    }
}

impl<'de: 'static, T> Deserialize<'de> for Later<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Later<T>, D::Error> {
        Ok(Later { bytes: <&'static [u8]>::deserialize(deserializer)?, thawed: OnceLock::new() })
    }
}
