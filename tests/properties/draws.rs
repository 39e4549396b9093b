//! Choices drawn from random bytes, so that proptest can shrink what was chosen.
//!
//! Whoever draws lets a zero stand for the simplest thing, and so does everything after the last byte.

use std::fmt;
use std::ops::Range;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::{NewTree, ValueTree};
use proptest::test_runner::TestRunner;

/// Bytes to draw from.
#[derive(Clone)]
pub(crate) struct Bytes(Vec<u8>);

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A tail of zeros says nothing.
        let end = self.0.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        write!(f, "{:?}", &self.0[..end])
    }
}

/// So many bytes.
pub(crate) fn bytes(length: usize) -> impl Strategy<Value = Bytes> {
    AnyBytes(length)
}

/// Some items, each with so many bytes: taking one away leaves the others as they are.
pub(crate) fn items(count: Range<usize>, length: usize) -> impl Strategy<Value = Vec<Bytes>> {
    vec(bytes(length), count)
}

#[derive(Debug)]
struct AnyBytes(usize);

impl Strategy for AnyBytes {
    type Tree = BytesTree;
    type Value = Bytes;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let mut bytes = vec![0; self.0];
        runner.rng().fill_bytes(&mut bytes);
        Ok(BytesTree { before: bytes.clone(), bytes, next: 0 })
    }
}

/// Shrinks many bytes in few steps: all of them become zeros, then either half, then each byte.
#[derive(Debug)]
struct BytesTree {
    bytes: Vec<u8>,
    /// The bytes before the last attempt.
    before: Vec<u8>,
    /// The next attempt.
    next: usize,
}

impl BytesTree {
    fn attempt(&self, number: usize) -> Option<Range<usize>> {
        let end = self.bytes.len();
        match number {
            0 => Some(0..end),
            1 => Some(end / 2..end),
            2 => Some(0..end / 2),
            _ => (number - 3 < end).then_some(number - 3..number - 2),
        }
    }
}

impl ValueTree for BytesTree {
    type Value = Bytes;

    fn current(&self) -> Bytes {
        Bytes(self.bytes.clone())
    }

    fn simplify(&mut self) -> bool {
        self.before.clone_from(&self.bytes);
        while let Some(part) = self.attempt(self.next) {
            self.next += 1;
            let part = &mut self.bytes[part];
            if part.iter().any(|byte| *byte != 0) {
                part.fill(0);
                return true;
            }
        }
        false
    }

    fn complicate(&mut self) -> bool {
        self.bytes.clone_from(&self.before);
        // What is left is known to fail; going on to the next attempt saves trying it again.
        self.simplify();
        true
    }
}

impl Bytes {
    /// Draws from the first byte on.
    pub(crate) fn draws(&self) -> Draws<'_> {
        Draws(&self.0)
    }
}

/// A place in some bytes.
pub(crate) struct Draws<'b>(&'b [u8]);

impl<'b> Draws<'b> {
    fn byte(&mut self) -> usize {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        usize::from(*first)
    }

    /// The next `length` bytes, to draw from apart.
    pub(crate) fn part(&mut self, length: usize) -> Draws<'b> {
        let (part, rest) = self.0.split_at(length.min(self.0.len()));
        self.0 = rest;
        Draws(part)
    }

    /// A number below `end`, which is at most 256; 0 is the simplest.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.byte() % end.max(1)
    }

    /// Yes, with this chance; no is simpler.
    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.byte() * 100 / 256 >= 100 - chance
    }

    /// One of these; the first is the simplest. They are not empty.
    pub(crate) fn one_of<T: Copy>(&mut self, things: &[T]) -> T {
        things[self.below(things.len())]
    }

    /// At least one of these, in their order. They are not empty, and at most eight.
    pub(crate) fn some_of<T: Copy>(&mut self, things: &[T]) -> Vec<T> {
        let mask = 1 + self.below((1 << things.len()) - 1);
        things.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1).map(|(_, thing)| *thing).collect()
    }

    /// The same bytes but for a few, and sometimes cut off. There is at least one.
    pub(crate) fn damage(&mut self, mut text: Vec<u8>) -> Vec<u8> {
        for _ in 0..=self.below(4) {
            let place = (self.byte() * 256 + self.byte()) % text.len();
            let byte = u8::try_from(self.byte()).expect("it was one");
            match self.below(5) {
                0 | 1 => text[place] = self.one_of(b"\n:[]{}, -\"'&*!|>%@#0a"),
                2 => text[place] = byte,
                3 if text.len() > 1 => drop(text.remove(place)),
                _ => text.insert(place, byte),
            }
        }
        if self.percent(20) {
            text.truncate(self.byte() * 16);
        }
        text
    }
}
