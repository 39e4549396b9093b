//! The professionals whom somebody knows by name: whom to call for what a plan asks for.

mod file;

pub use file::read_contacts;

use crate::model::{Id, ProfessionalIx};

/// One professional with a name and ways to be reached. Each text is one line, shown as it is given; the
/// phone number, too, is text.
#[derive(Debug, Clone)]
pub struct Contact {
    /// Its id, where it has one.
    pub id: Option<Id>,
    /// What the person, or the place, is called.
    pub name: String,
    /// What they are.
    pub profession: ProfessionalIx,
    /// What they have learned, as they write it behind their name.
    pub credential: Option<String>,
    /// The number to call.
    pub phone: Option<String>,
    /// Where they are.
    pub address: Option<String>,
    /// The languages they speak.
    pub languages: Vec<String>,
    /// What else is good to know.
    pub notes: Option<String>,
}

/// A list of contacts, in the order of its file.
#[derive(Debug, Clone, Default)]
pub struct Contacts {
    rows: Vec<Contact>,
}

impl Contacts {
    /// All who are of one profession.
    pub fn of(&self, profession: ProfessionalIx) -> impl Iterator<Item = &Contact> {
        self.rows.iter().filter(move |contact| contact.profession == profession)
    }
}
