//! Whom to call: the contacts for each professional on the plan.

use super::plan::services_of;
use crate::contacts::Contact;
use crate::explain::Explanation;
use crate::present::document::{Document, Line, Piece};
use crate::present::words;

/// Everybody on the list who is of a profession on the plan. Nothing where no list is used, or there is no plan.
pub(in crate::present) fn whom_to_call(explanation: &Explanation<'_>, sheet: &mut Document) {
    let professionals = explanation.professionals();
    let Some(contacts) = explanation.contacts.filter(|_| !professionals.is_empty()) else {
        return;
    };
    sheet.heading("Whom to call");
    for who in professionals {
        let name = words::professional(explanation.rules, who);
        let mut of_them = contacts.of(who).peekable();
        if of_them.peek().is_none() {
            sheet.gap();
            sheet.paragraph(0, words::no_contact(name));
            continue;
        }
        let later = services_of(explanation, who).all(|service| service.on_hold);
        sheet.name(0, format!("{}{}", words::capitalised(name), if later { " (later, not now)" } else { "" }));
        for contact in of_them {
            sheet.bullet(0, name_of(contact));
            for (label, text) in details(contact) {
                sheet.paragraph(2, Line::labelled(label, &text));
            }
        }
    }
}

/// The name with what they have learned: "Maria Lopez, DPT".
fn name_of(contact: &Contact) -> Line {
    let name = Line::default().with(Piece::Strong(contact.name.clone()));
    match &contact.credential {
        Some(credential) => name.with(Piece::Words(format!(", {credential}"))),
        None => name,
    }
}

/// What else is known of a contact, each with its label.
fn details(contact: &Contact) -> impl Iterator<Item = (&'static str, String)> {
    let languages = (!contact.languages.is_empty()).then(|| words::list(&contact.languages));
    let lines = [
        ("Phone", contact.phone.clone()),
        ("Address", contact.address.clone()),
        ("Languages", languages),
        ("Notes", contact.notes.clone()),
    ];
    lines.into_iter().filter_map(|(label, text)| Some((label, text?)))
}
