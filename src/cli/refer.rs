//! `carepath refer`: a hand-over note from answers in a file.

use std::io;
use std::path::Path;

use anyhow::bail;

use super::args::{CommonArgs, ReferArgs};
use super::exit::Exit;
use super::find::find_professional;
use super::prompt::{Plain, Stop};
use super::streams::Streams;
use super::{contacts, files, interrupt, rules};
use crate::explain::Explanation;
use crate::present::{clean, referral, referral_json};
use crate::referral::{Names, Receiver, Referral};

pub(super) fn run(args: &ReferArgs, common: &CommonArgs, streams: &mut Streams) -> anyhow::Result<Exit> {
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let rules = &loaded.rules;
    if args.ask_names && args.answers == Path::new("-") {
        bail!("--ask-names reads names from standard input: name a file of answers");
    }
    let sender = args.sender.as_deref().map(|sender| find_professional(rules, sender)).transpose()?;
    let contacts = contacts::listed(rules, args.contacts.contacts.as_deref())?;
    let Some(read) = files::read_fitting(rules, &args.answers)? else {
        return Ok(Exit::Broken);
    };
    streams.result_to(common.out.as_deref())?;
    let given = |name: &Option<String>| name.as_deref().and_then(name_of);
    let mut names = Names { from: given(&args.from), to: given(&args.to), person: given(&args.person) };
    let explanation = Explanation::new(rules, &read.file.answers).with_contacts(contacts.as_ref());
    let note = Referral::new(explanation, &read.file.answers).sent_by(sender);
    if args.ask_names {
        ask_for(&mut names, &listed_receivers(&note))?;
    }
    let note = note.naming(names);
    streams.page(common.format, || referral(&note), || referral_json(&note, &read.name));
    let exit = if note.explanation.settled() { Exit::Done } else { Exit::Unsettled };
    Ok(streams.finish(exit))
}

/// The names in the list of contacts of those who could take over.
fn listed_receivers<'e>(note: &'e Referral<'_>) -> Vec<&'e str> {
    match (note.receiver(), note.explanation.contacts) {
        (Receiver::Professional(who), Some(contacts)) => {
            contacts.of(who).map(|contact| contact.name.as_str()).collect()
        }
        _ => Vec::new(),
    }
}

/// Asks for the names that were not given; those left empty, and all after the end of the input, are lines to fill in.
/// Of those who could take over, the ones in the list are named.
fn ask_for(names: &mut Names, listed: &[&str]) -> anyhow::Result<()> {
    interrupt::exit_at_once();
    let mut prompter = Plain::new(io::stdin().lock(), io::stderr().lock(), Streams::message_page().width);
    for (name, whose, listed) in [
        (&mut names.person, "Name of the person", &[][..]),
        (&mut names.from, "Your name, as the one who hands over", &[]),
        (&mut names.to, "Name of the one who takes over", listed),
    ] {
        if name.is_none() {
            let listed =
                if listed.is_empty() { String::new() } else { format!(" (in your list: {})", listed.join("; ")) };
            match prompter.line(&format!("{whose}{listed}? Press Enter alone to leave a line to fill in:")) {
                Ok(line) => *name = name_of(&line),
                Err(Stop::EndOfInput | Stop::Interrupted) => return Ok(()),
                Err(Stop::Failed(error)) => return Err(error.into()),
            }
        }
    }
    Ok(())
}

/// A name as it is shown; `None` where nothing was given.
fn name_of(typed: &str) -> Option<String> {
    let name = clean(typed.trim());
    (!name.is_empty()).then_some(name)
}
