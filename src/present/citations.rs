//! The sources of a page: numbers where something is said, and the list at the end.

use super::document::{Document, Line, Mark, Piece};
use super::words;
use crate::model::{RuleSet, Source, SourceIx};

/// The sources that a page may cite, numbered in the order of the list.
pub(super) struct Citations<'e> {
    rules: &'e RuleSet,
    cited: &'e [SourceIx],
    /// Something stands on the page for which no source was read.
    wholly: bool,
    /// Something stands on the page for a part of which no source was read.
    partly: bool,
}

impl<'e> Citations<'e> {
    /// These, under a rule set.
    pub(super) fn new(rules: &'e RuleSet, cited: &'e [SourceIx]) -> Self {
        Self { rules, cited, wholly: false, partly: false }
    }

    /// The numbers of these sources.
    pub(super) fn cite(&mut self, sources: &[SourceIx]) -> Vec<Mark> {
        let places = sources.iter().filter_map(|source| self.cited.iter().position(|cited| cited == source));
        let marks: Vec<Mark> = places
            .filter_map(|index| Some((index + 1, self.rules.sources()[*self.cited.get(index)?].reviewed)))
            .map(|(number, reviewed)| Mark { number, reviewed })
            .collect();
        if marks.iter().any(|mark| !mark.reviewed) {
            let wholly = marks.iter().all(|mark| !mark.reviewed);
            self.wholly |= wholly;
            self.partly |= !wholly;
        }
        marks
    }

    /// The list, and what the marks of general knowledge mean.
    pub(super) fn list(&self, sheet: &mut Document) {
        if self.cited.is_empty() {
            return;
        }
        sheet.heading("Sources");
        for (index, position) in self.cited.iter().enumerate() {
            sheet.source(index + 1, entry(&self.rules.sources()[*position]));
        }
        if let Some(meaning) = words::general_knowledge(self.wholly, self.partly) {
            sheet.gap();
            sheet.paragraph(0, meaning);
        }
    }
}

fn entry(source: &Source) -> Line {
    let year = source.year.map(|year| year.to_string());
    let parts = [source.authors.clone(), Some(source.title.clone()), source.publisher.clone(), year];
    let mut entry: Vec<String> = parts.into_iter().flatten().collect();
    if let (Some(last), false) = (entry.last_mut(), source.reviewed) {
        last.push_str(" (no source read)");
    }
    let entry: Vec<String> = entry.iter().map(|part| words::sentence(part)).collect();
    let line = Line::from(entry.join(" "));
    // No full stop after an address: it would be copied with it.
    match address(source) {
        Some((text, to)) => line.with(Piece::Words(" ".to_owned())).with(Piece::Link { text, to }),
        None => line,
    }
}

/// The address of a source as it is read, and where it leads.
fn address(source: &Source) -> Option<(String, String)> {
    let doi = source.doi.as_ref().map(|doi| (format!("doi:{doi}"), format!("https://doi.org/{doi}")));
    doi.or_else(|| source.url.as_ref().map(|url| (url.clone(), url.clone())))
}
