//! `carepath ask`: the interview.

mod after;
mod report;

use std::io::{self, IsTerminal};
use std::path::Path;

use after::After;

use super::args::{AskArgs, CommonArgs, PageFormat};
use super::exit::Exit;
use super::files::{self, Keeper, typed};
use super::prompt::{self, Prompt, Prompter, Reply, Stop};
use super::streams::Streams;
use super::{contacts, decide, interrupt, rules, state};
use crate::answers::Answers;
use crate::contacts::Contacts;
use crate::explain::Explanation;
use crate::interview::{Interview, Order, Step};
use crate::model::{RuleSet, State};
use crate::present::{asked_again, clean, introduction, no_longer_used, unfit, why};

/// How an interview ends.
#[derive(Debug, PartialEq, Eq)]
enum End {
    /// The outcome is settled.
    Settled,
    /// The person left, or the input ended.
    Left,
    /// Ctrl-C.
    Interrupted,
}

pub(super) fn run(args: &AskArgs, common: &CommonArgs, streams: &mut Streams) -> anyhow::Result<Exit> {
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let rules = &loaded.rules;
    let state = state::named(rules, args.state.state.as_deref())?;
    let contacts = contacts::listed(rules, args.contacts.contacts.as_deref())?;
    let Some(answers) = earlier_answers(args, rules)? else {
        return Ok(Exit::Broken);
    };
    let order = if args.quick { Order::Quick } else { Order::File };
    let interview = Interview::in_order(rules, answers, order);
    // A place that cannot be written is said before the first question, not after the last.
    let keeper = match &args.save {
        Some(path) => Some(Keeper::new(path, args.answers.as_deref(), rules, interview.answers())?),
        None => None,
    };
    streams.result_to(common.out.as_deref())?;
    let mut prompter = prompt::open(args.plain);
    let again = options_again(common, state, args.contacts.contacts.as_deref());
    interrupt::last_words(what_was_kept(keeper.as_ref(), &again, &End::Interrupted, None));
    Streams::message(&introduction(rules).text(Streams::message_page()));
    let contacts = contacts.as_ref();
    let mut sitting = Sitting { rules, contacts, interview, prompter: prompter.as_mut(), keeper: keeper.as_ref() };
    let mut end = ended(sitting.conduct())?;
    Streams::message("\n");
    let mut exit = Exit::Interrupted;
    if end != End::Interrupted {
        let explanation = sitting.explanation(state);
        exit = decide::show(&explanation, sitting.interview.answers(), None, common.format, streams);
        if end == End::Settled && has_room_for_more(common) {
            (end, exit) = After::new(&mut sitting, streams, state).follow(explanation)?;
        }
    }
    if end != End::Settled || keeper.is_some() {
        // Once the outcome is settled, none of them matters.
        let again_asked = if end == End::Settled { Vec::new() } else { sitting.interview.to_be_put_again() };
        let asked_again = asked_again(rules, &again_asked);
        Streams::message(&what_was_kept(keeper.as_ref(), &again, &end, asked_again.as_deref()));
    }
    Ok(if end == End::Interrupted { exit } else { streams.finish(exit) })
}

/// Whether more may follow the result. A result that goes from a terminal to a file or a program is one note, and ends with
/// it; a script that feeds the interview can go on.
fn has_room_for_more(common: &CommonArgs) -> bool {
    let is_for_eyes = common.format == PageFormat::Text && common.out.is_none();
    is_for_eyes && (io::stdout().is_terminal() || !io::stdin().is_terminal())
}

/// The answers to go on from; `None` where the file is wrong and that was said.
fn earlier_answers(args: &AskArgs, rules: &RuleSet) -> anyhow::Result<Option<Answers>> {
    let Some(path) = &args.answers else {
        return Ok(Some(Answers::new(rules)));
    };
    let Some(read) = files::read(rules, path)? else {
        return Ok(None);
    };
    if !read.file.misfits.is_empty() {
        Streams::note("These answers do not fit the rules any more; where it matters you are asked again.");
        Streams::message("\n");
        files::report(&read.texts, &read.file.misfits);
    }
    Ok(Some(read.file.answers))
}

/// An interview, with whom it is held and where it is kept.
struct Sitting<'p, 'r> {
    rules: &'r RuleSet,
    contacts: Option<&'r Contacts>,
    interview: Interview<'r>,
    prompter: &'p mut dyn Prompter,
    keeper: Option<&'p Keeper>,
}

impl<'r> Sitting<'_, 'r> {
    /// Asks until the outcome is settled or the person leaves, keeping what is said after each answer.
    fn conduct(&mut self) -> Result<End, Stop> {
        let mut rejected = None;
        loop {
            let Step::Ask(ask) = self.interview.step() else {
                return Ok(End::Settled);
            };
            let question = &self.rules.questions()[ask.question];
            let prompt = Prompt { unfit: rejected.take(), ..Prompt::new(self.rules, &ask) };
            match self.prompter.ask(&prompt)? {
                Reply::Answer(answer) => match self.interview.answer(ask.question, answer) {
                    Ok(fallen_away) => {
                        if let Some(words) = no_longer_used(self.rules, &fallen_away) {
                            self.prompter.say(&words)?;
                        }
                        self.keep()?;
                    }
                    Err(reason) => {
                        rejected = Some(answer);
                        self.prompter.say(&unfit(question, reason))?;
                    }
                },
                Reply::Back => {
                    if self.interview.back() {
                        // A change that was taken back must not stay in the file.
                        self.keep()?;
                    } else {
                        self.prompter.say("This is the first question; there is nothing to go back to.")?;
                    }
                }
                Reply::Why => {
                    for words in why(self.rules, question, &self.interview.stakes(ask.question)) {
                        self.prompter.say(&words)?;
                    }
                }
                Reply::Quit => return Ok(End::Left),
            }
        }
    }

    fn keep(&mut self) -> Result<(), Stop> {
        let Some(keeper) = self.keeper else { return Ok(()) };
        // The interview is worth more than its copy.
        keeper
            .keep(self.rules, self.interview.answers())
            .or_else(|error| self.prompter.say(&clean(&format!("{error:#}"))))
    }

    /// What was said amounts to this.
    fn explanation(&self, state: Option<State>) -> Explanation<'r> {
        Explanation::new(self.rules, self.interview.answers()).in_state(state).with_contacts(self.contacts)
    }
}

/// How a conversation ended that may have been broken off.
fn ended(conversation: Result<End, Stop>) -> anyhow::Result<End> {
    match conversation {
        Ok(end) => Ok(end),
        Err(Stop::EndOfInput) => Ok(End::Left),
        Err(Stop::Interrupted) => Ok(End::Interrupted),
        Err(Stop::Failed(error)) => Err(error.into()),
    }
}

/// The options with which a command gives the same result again, each after a blank.
pub(super) fn options_again(common: &CommonArgs, state: Option<State>, contacts: Option<&Path>) -> String {
    let rules = common.rules.as_ref().map(|rules| format!(" --rules {}", typed(rules)));
    let state = state.map(|state| format!(" --state {state}"));
    let contacts = contacts.map(|contacts| format!(" --contacts {}", typed(contacts)));
    [rules, state, contacts].into_iter().flatten().collect()
}

/// What became of the answers, and what to type to use them again with these options. `asked_again` says which of them are
/// not enough any more.
fn what_was_kept(keeper: Option<&Keeper>, options: &str, end: &End, asked_again: Option<&str>) -> String {
    let Some(keeper) = keeper else {
        return format!("\n{}", Streams::wrapped("Your answers were not kept. With --save FILE they are."));
    };
    let path = typed(keeper.path());
    let kept = Streams::wrapped(&format!("Your answers are kept in {path}."));
    let asked_again = asked_again.map(Streams::wrapped).unwrap_or_default();
    // To be copied, so it is not wrapped.
    let next = match end {
        End::Settled => format!("See the result again with: carepath decide {path}{options}\n"),
        End::Left | End::Interrupted => go_on_with(&path, options),
    };
    format!("\n{kept}{asked_again}{next}")
}

/// What to type to go on from the answers in a file.
pub(super) fn go_on_with(path: &str, options: &str) -> String {
    format!("Go on with: carepath --answers {path} --save {path}{options}\n")
}

#[cfg(test)]
mod tests {
    use super::super::prompt::Scripted;
    use super::*;
    use crate::answers::Answer;
    use crate::load::load_texts;
    use crate::model::{OptionIx, OptionSet, Position};
    use crate::source::Texts;

    const RULES: &str = include_str!("../../examples/first-rules/rules.yaml");

    fn rules() -> RuleSet {
        let mut texts = Texts::default();
        let file = texts.add("rules.yaml", RULES);
        load_texts(texts, &[file]).unwrap().rules
    }

    fn option(index: usize) -> Reply {
        Reply::Answer(Answer::option(OptionIx::new(index)))
    }

    #[track_caller]
    fn run(replies: impl IntoIterator<Item = Reply>) -> (End, Vec<String>) {
        let rules = rules();
        let mut script = Scripted::new(replies);
        let interview = Interview::new(&rules, Answers::new(&rules));
        let mut sitting = Sitting { rules: &rules, contacts: None, interview, prompter: &mut script, keeper: None };
        let end = ended(sitting.conduct()).unwrap();
        (end, script.shown)
    }

    const NONE: usize = 2;
    const FITNESS: usize = 1;
    const ANKLE: usize = 0;
    const CHEST: usize = 0;

    #[test]
    fn asks_in_file_order_and_only_what_matters() {
        let (end, shown) = run([option(NONE), option(FITNESS)]);
        assert_eq!(end, End::Settled);
        assert_eq!(shown, ["Do you have any of these?", "What brings you here?"]);
    }

    #[test]
    fn an_emergency_ends_the_interview_at_once() {
        let (end, shown) = run([option(CHEST)]);
        assert_eq!(end, End::Settled);
        assert_eq!(shown.len(), 1);
    }

    #[test]
    fn why_is_answered_and_the_question_put_again() {
        let (_, shown) = run([Reply::Why, option(CHEST)]);
        assert_eq!(shown[1], "These signs cannot wait.");
        assert!(shown[2].starts_with("Your answer could mean that you should call 911 now"), "{shown:?}");
        assert_eq!(shown[3], "Do you have any of these?");
    }

    #[test]
    fn going_back_changes_an_answer_and_what_follows() {
        let (end, shown) = run([option(NONE), option(ANKLE), Reply::Back, option(FITNESS)]);
        assert_eq!(end, End::Settled);
        assert_eq!(shown[2], "How many days ago did you twist it?");
        assert_eq!(shown[3], "What brings you here?");
    }

    #[test]
    fn there_is_nothing_before_the_first_question() {
        let (_, shown) = run([Reply::Back, option(CHEST)]);
        assert!(shown[1].contains("nothing to go back to"), "{shown:?}");
    }

    #[test]
    fn what_does_not_fit_is_explained_and_asked_again() {
        let nothing = Reply::Answer(Answer::Options(OptionSet::EMPTY));
        let both = Reply::Answer(Answer::Options([OptionIx::new(CHEST), OptionIx::new(NONE)].into_iter().collect()));
        let (end, shown) = run([nothing, both, option(CHEST)]);
        assert_eq!(end, End::Settled);
        assert!(shown[1].contains("Nothing is ticked"), "{shown:?}");
        assert!(shown[3].contains("one or the other"), "{shown:?}");
    }

    #[test]
    fn leaving_and_the_end_of_input_end_the_interview() {
        assert_eq!(run([option(NONE), Reply::Quit]).0, End::Left);
        assert_eq!(run([option(NONE)]).0, End::Left);
    }
}
