//! `carepath ask`: the interview.

use std::io::{self, IsTerminal};
use std::path::Path;

use super::args::{AskArgs, CommonArgs};
use super::exit::Exit;
use super::files::{self, Keeper};
use super::prompt::{Plain, Prompt, Prompter, Reply, Stop, Terminal};
use super::streams::Streams;
use super::{contacts, decide, interrupt, rules, state};
use crate::answers::Answers;
use crate::explain::Explanation;
use crate::interview::{Interview, Order, Step};
use crate::model::{RuleSet, State};
use crate::present::{clean, introduction, no_longer_used, unfit, why};

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
    let state = state::named(rules, args.state.as_deref())?;
    let contacts = contacts::listed(rules, args.contacts.contacts.as_deref())?;
    let Some(answers) = earlier_answers(args, rules)? else {
        return Ok(Exit::Broken);
    };
    // A place that cannot be written is said before the first question, not after the last.
    let keeper = match &args.save {
        Some(path) => Some(Keeper::new(path, args.answers.as_deref(), rules, &answers)?),
        None => None,
    };
    streams.result_to(common.out.as_deref())?;
    let page = Streams::message_page();
    let order = if args.quick { Order::Quick } else { Order::File };
    let mut interview = Interview::in_order(rules, answers, order);
    let end = if args.plain || !can_show_menus() {
        interrupt::exit_at_once();
        Streams::message(&introduction(rules).text(page));
        let mut prompter = Plain::new(io::stdin().lock(), io::stderr().lock(), page.width);
        conduct(rules, &mut interview, &mut prompter, keeper.as_ref())?
    } else {
        interrupt::note_only();
        Streams::message(&introduction(rules).text(page));
        conduct(rules, &mut interview, &mut Terminal::new(), keeper.as_ref())?
    };
    Streams::message("\n");
    let options = options_again(args, common, state);
    if end == End::Interrupted {
        say_what_was_kept(keeper.as_ref(), &options, &end);
        return Ok(Exit::Interrupted);
    }
    let explanation = Explanation::new(rules, interview.answers()).in_state(state).with_contacts(contacts.as_ref());
    let exit = decide::show(&explanation, None, common.format, streams);
    if end == End::Left || keeper.is_some() {
        say_what_was_kept(keeper.as_ref(), &options, &end);
    }
    Ok(streams.finish(exit))
}

/// Menus need a terminal to read keys from and one to draw on.
fn can_show_menus() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdin().is_terminal() && io::stderr().is_terminal() && !dumb && Terminal::is_high_enough()
}

/// The answers to go on from; `None` where the file is wrong and that was said.
fn earlier_answers(args: &AskArgs, rules: &RuleSet) -> anyhow::Result<Option<Answers>> {
    let Some(path) = &args.answers else {
        return Ok(Some(Answers::new(rules)));
    };
    let Some(read) = files::read(rules, path)? else {
        return Ok(None);
    };
    let metadata = rules.metadata();
    if let Some((name, version)) = &read.file.rule_set
        && (name, version) != (&metadata.name, &metadata.version)
    {
        Streams::note(&format!(
            "These answers were given to the rules \"{} {}\"; now they are \"{} {}\".",
            clean(name),
            clean(version),
            clean(&metadata.name),
            clean(&metadata.version)
        ));
    }
    if !read.file.misfits.is_empty() {
        Streams::note("These answers do not fit the rules any more; where it matters you are asked again.");
        Streams::message("\n");
        files::report(&read.texts, &read.file.misfits);
    }
    Ok(Some(read.file.answers))
}

/// Asks until the outcome is settled or the person leaves, keeping what is said after each answer.
fn conduct(
    rules: &RuleSet,
    interview: &mut Interview<'_>,
    prompter: &mut impl Prompter,
    keeper: Option<&Keeper>,
) -> anyhow::Result<End> {
    let mut rejected = None;
    loop {
        let Step::Ask(ask) = interview.step() else {
            return Ok(End::Settled);
        };
        let prompt = Prompt { unfit: rejected.take(), ..Prompt::new(rules, &ask) };
        let replied = prompter.ask(&prompt).and_then(|reply| {
            match reply {
                Reply::Answer(answer) => {
                    match interview.answer(ask.question, answer) {
                        Err(reason) => {
                            rejected = Some(answer);
                            prompter.say(&unfit(&rules.questions()[ask.question], reason))?;
                        }
                        Ok(fallen_away) => {
                            if let Some(words) = no_longer_used(rules, &fallen_away) {
                                prompter.say(&words)?;
                            }
                            // The interview is worth more than its copy.
                            if let Some(Err(error)) = keeper.map(|keeper| keeper.keep(rules, interview.answers())) {
                                prompter.say(&clean(&format!("{error:#}")))?;
                            }
                        }
                    }
                }
                Reply::Back => {
                    if !interview.back() {
                        prompter.say("This is the first question; there is nothing to go back to.")?;
                    }
                }
                Reply::Why => {
                    for words in why(rules, &rules.questions()[ask.question], &interview.stakes(ask.question)) {
                        prompter.say(&words)?;
                    }
                }
                Reply::Quit => return Ok(false),
            }
            Ok(true)
        });
        match replied {
            Ok(true) => {}
            Ok(false) | Err(Stop::EndOfInput) => return Ok(End::Left),
            Err(Stop::Interrupted) => return Ok(End::Interrupted),
            Err(Stop::Failed(error)) => return Err(error.into()),
        }
    }
}

/// The options with which a command gives the same result again, each after a blank.
fn options_again(args: &AskArgs, common: &CommonArgs, state: Option<State>) -> String {
    let rules = common.rules.as_ref().map(|rules| format!(" --rules {}", typed(rules)));
    let state = state.map(|state| format!(" --state {state}"));
    let contacts = args.contacts.contacts.as_ref().map(|contacts| format!(" --contacts {}", typed(contacts)));
    [rules, state, contacts].into_iter().flatten().collect()
}

/// Says what became of the answers, and what to type to use them again with these options.
fn say_what_was_kept(keeper: Option<&Keeper>, options: &str, end: &End) {
    Streams::message("\n");
    let Some(keeper) = keeper else {
        Streams::note("Your answers were not kept. With --save FILE they are.");
        return;
    };
    let path = typed(keeper.path());
    Streams::note(&format!("Your answers are kept in {path}."));
    // To be copied, so it is not wrapped.
    Streams::message(&match end {
        End::Settled => format!("See the result again with: carepath decide {path}{options}\n"),
        End::Left | End::Interrupted => format!("Go on with: carepath --answers {path} --save {path}{options}\n"),
    });
}

/// A path as it is typed in a shell.
fn typed(path: &Path) -> String {
    let path = clean(&path.display().to_string());
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-+,:@%".contains(letter);
    if path.chars().all(is_plain) { path } else { format!("'{}'", path.replace('\'', r"'\''")) }
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
        let mut interview = Interview::new(&rules, Answers::new(&rules));
        let mut script = Scripted::new(replies);
        let end = conduct(&rules, &mut interview, &mut script, None).unwrap();
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
        assert_eq!(shown, ["Do you have any of these?", "These signs cannot wait.", "Do you have any of these?"]);
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
