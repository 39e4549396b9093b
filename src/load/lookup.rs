//! Finds the things of a checked rule set by the names in other files.

use super::node::Node;
use super::reader::Reader;
use crate::diagnostic::Code;
use crate::model::{FlagIx, Id, PhaseIx, Position, ProfessionalIx, QuestionIx, RuleSet, ServiceIx, Table};

/// The names of a rule set.
pub(crate) struct Lookup<'r> {
    rules: &'r RuleSet,
}

macro_rules! lookups {
    ($($name:ident $what:literal $table:ident $position:ident $code:ident)*) => {$(
        #[doc = concat!("The ", $what, " that `node` names; reports an unknown one.")]
        pub(crate) fn $name(&self, node: &Node, reader: &mut Reader<'_>) -> Option<$position> {
            find(self.rules.$table(), |row| &row.id, concat!("a ", $what), Code::$code, node, reader)
        }
    )*};
}

impl<'r> Lookup<'r> {
    pub(crate) fn new(rules: &'r RuleSet) -> Self {
        Self { rules }
    }

    lookups! {
        question "question" questions QuestionIx UnknownQuestion
        flag "flag" flags FlagIx UnknownFlag
        professional "professional" professionals ProfessionalIx UnknownProfessional
        service "service" services ServiceIx UnknownService
        phase "phase" phases PhaseIx UnknownPhase
    }
}

fn find<P: Position, T>(
    table: &Table<P, T>,
    id: impl Fn(&T) -> &Id,
    what: &str,
    code: Code,
    node: &Node,
    reader: &mut Reader<'_>,
) -> Option<P> {
    let name = reader.word(node, what)?;
    let found = table.iter().find(|(_, row)| id(row).as_str() == name).map(|(position, _)| position);
    if found.is_none() {
        let known: Vec<&str> = table.rows().iter().map(|row| id(row).as_str()).collect();
        reader.report_unknown(code, what, name, node.span, known.into_iter(), std::iter::empty());
    }
    found
}
