//! `carepath ask`: the interview.

use std::io::{self, IsTerminal};

use super::args::{AskArgs, CommonArgs};
use super::exit::Exit;
use super::files::{self, Keeper};
use super::prompt::{Plain, Prompt, Prompter, Reply, Stop, Terminal};
use super::streams::Streams;
use super::{decide, interrupt, rules};
use crate::answers::Answers;
use crate::interview::{Interview, Step};
use crate::model::RuleSet;
use crate::present::{clean, introduction, unfit, why};

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
    let Some(answers) = earlier_answers(args, rules)? else {
        return Ok(Exit::Broken);
    };
    // A place that cannot be written is said before the first question, not after the last.
    let keeper = match &args.save {
        Some(path) => Some(Keeper::new(path, args.answers.as_deref(), rules, &answers)?),
        None => None,
    };
    let page = Streams::message_page();
    let mut interview = Interview::new(rules, answers);
    let end = if args.plain || !can_show_menus() {
        interrupt::exit_at_once();
        Streams::message(&introduction(rules, page));
        let mut prompter = Plain::new(io::stdin().lock(), io::stderr().lock(), page.width);
        conduct(rules, &mut interview, &mut prompter, keeper.as_ref())?
    } else {
        interrupt::note_only();
        Streams::message(&introduction(rules, page));
        conduct(rules, &mut interview, &mut Terminal::new(page), keeper.as_ref())?
    };
    Streams::message("\n");
    if end == End::Interrupted {
        Streams::message(&kept(keeper.as_ref()));
        return Ok(Exit::Interrupted);
    }
    let exit = decide::show(rules, interview.answers(), None, common.format, streams);
    if end == End::Left || keeper.is_some() {
        Streams::message(&kept(keeper.as_ref()));
    }
    Ok(streams.finish(exit))
}

/// Menus need a terminal to read keys from and one to draw on.
fn can_show_menus() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdin().is_terminal() && io::stderr().is_terminal() && !dumb
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
        Streams::message(&format!(
            "These answers were given to the rules \"{} {}\"; now they are \"{} {}\".\n",
            clean(name),
            clean(version),
            clean(&metadata.name),
            clean(&metadata.version)
        ));
    }
    if !read.file.misfits.is_empty() {
        Streams::message("These answers do not fit the rules any more; where it matters you are asked again.\n\n");
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
    loop {
        let Step::Ask(ask) = interview.step() else {
            return Ok(End::Settled);
        };
        let prompt = Prompt::new(rules, &ask);
        let replied = prompter.ask(&prompt).and_then(|reply| {
            match reply {
                Reply::Answer(answer) => {
                    if let Err(reason) = interview.answer(ask.question, answer) {
                        prompter.say(unfit(reason))?;
                    } else if let Some(keeper) = keeper
                        && let Err(error) = keeper.keep(rules, interview.answers())
                    {
                        // The interview is worth more than its copy.
                        prompter.say(&clean(&format!("{error:#}")))?;
                    }
                }
                Reply::Back => {
                    if !interview.back() {
                        prompter.say("This is the first question; there is nothing to go back to.")?;
                    }
                }
                Reply::Why => prompter.say(why(&rules.questions()[ask.question]))?,
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

/// What became of the answers.
fn kept(keeper: Option<&Keeper>) -> String {
    match keeper {
        Some(keeper) => {
            let path = clean(&keeper.path().display().to_string());
            format!("\nYour answers are kept in {path}.\nGo on with: carepath --answers {path} --save {path}\n")
        }
        None => "\nYour answers were not kept. With --save FILE they are.\n".to_owned(),
    }
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
