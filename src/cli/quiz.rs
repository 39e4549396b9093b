//! `carepath quiz`: a class judges the stories of cases.

use anyhow::bail;

use super::args::{CommonArgs, Format, QuizArgs};
use super::exit::Exit;
use super::files::typed;
use super::prompt::{self, Out, Prompter, Stop};
use super::streams::Streams;
use super::{cases, rules};
use crate::cases::Tested;
use crate::diagnostic::Diagnostics;
use crate::model::{Level, ProfessionalIx, RuleSet};
use crate::present::{
    NOBODY, clean, diagnostics_text, left_out, level_in_words, professional_row, quiz_introduction, score_json,
    score_text, story_text, verdict_json, verdict_text,
};
use crate::quiz::{Pick, Question, Score, Story, Verdict, draw, told_once};
use crate::source::Texts;

/// Short enough for a blackboard.
const SEEDS: std::ops::Range<u64> = 1..10_000;

pub(super) fn run(args: &QuizArgs, common: &CommonArgs<Format>, streams: &mut Streams) -> anyhow::Result<Exit> {
    if common.rules.is_some() && args.cases.is_none() {
        bail!("the built-in stories belong to the built-in rules; name those of your rules with `--cases DIR`");
    }
    let Some(loaded) = rules::rules(common)? else {
        return Ok(Exit::Broken);
    };
    let rules = &loaded.rules;
    let tested = tested(args, rules)?;
    let stories = told_once(stories(&tested));
    if stories.is_empty() {
        bail!("there is no case with a story that ends as its author expects; `carepath test` says more");
    }
    let seed = args.seed.unwrap_or_else(|| fastrand::u64(SEEDS));
    let drawn = draw(&stories, seed, args.count.get());
    let mut prompter = prompt::open(args.plain);
    Streams::message(&quiz_introduction(rules, drawn.len(), stories.len(), seed, Streams::message_page()));
    let mut score = Score::default();
    let ended = conduct(rules, &drawn, prompter.as_mut(), |number, question, verdict| {
        score.add(verdict);
        Streams::message(&verdict_text(question, verdict, Streams::message_page()));
        if common.format == Format::Json {
            streams.result(&format!("{}\n", verdict_json(number, question, verdict)));
        }
    });
    Streams::message("\n");
    let score_on = |page| score_text(rules, &score, seed, drawn.len(), page);
    match common.format {
        Format::Text => streams.result(&score_on(streams.result_page())),
        Format::Json => {
            // The line is for the teacher; the learner reads the score beside it.
            Streams::message(&score_on(Streams::message_page()));
            streams.result(&(score_json(rules, &score, seed, drawn.len()) + "\n"));
        }
    }
    Streams::message(&format!("\nThe same stories again: {}\n", again(args, common, seed)));
    let exit = match ended {
        Ok(()) if score.asked() == drawn.len() => Exit::Done,
        Ok(()) | Err(Stop::EndOfInput) => Exit::Unsettled,
        Err(Stop::Interrupted) => Exit::Interrupted,
        Err(Stop::Failed(error)) => return Err(error.into()),
    };
    Ok(streams.finish(exit))
}

/// Runs the cases, and says what is wrong with files that cannot be read as text.
fn tested(args: &QuizArgs, rules: &RuleSet) -> anyhow::Result<Vec<Tested>> {
    let mut texts = Texts::default();
    let mut faults = Diagnostics::default();
    let files = cases::read(args.cases.as_slice(), &mut texts, &mut faults)?;
    Streams::message(&diagnostics_text(&texts, &faults.into_sorted(), Streams::message_page()));
    Ok(files.into_iter().map(|file| Tested::new(rules, &texts, file)).collect())
}

/// The stories that can be asked. Each file that has none is named.
fn stories(tested: &[Tested]) -> Vec<Story<'_>> {
    let mut stories = Vec::new();
    for case in tested {
        match Story::of(case) {
            Ok(story) => stories.push(story),
            Err(why) => Streams::note(&format!("Left out: {} ({})", clean(&case.name), left_out(why))),
        }
    }
    stories
}

/// Puts one story after the other, and tells of each what the pick is worth, until the last or until the learner leaves.
fn conduct(
    rules: &RuleSet,
    stories: &[Story<'_>],
    prompter: &mut dyn Prompter,
    mut tell: impl FnMut(usize, &Question<'_, '_>, &Verdict),
) -> Result<(), Stop> {
    for (index, story) in stories.iter().enumerate() {
        if index > 0 && !prompter.go_on("Next story")? {
            return Ok(());
        }
        let number = index + 1;
        Streams::message(&story_text(number, stories.len(), story.text, Streams::message_page()));
        let Some(pick) = pick(rules, prompter)? else {
            return Ok(());
        };
        let question = Question::new(rules, *story);
        let verdict = Verdict::new(&question, pick);
        tell(number, &question, &verdict);
    }
    Ok(())
}

/// What the learner says of a story; `None` if they leave.
fn pick(rules: &RuleSet, prompter: &mut dyn Prompter) -> Result<Option<Pick>, Stop> {
    let levels: Vec<Level> = Level::ALL.into_iter().rev().collect();
    let rows: Vec<String> = levels.iter().map(|level| level_in_words(*level, rules)).collect();
    let Some(row) = prompter.choose("What comes first?", &rows, Out::Leave)? else {
        return Ok(None);
    };
    let Some(&level) = levels.get(row) else {
        return Ok(None);
    };
    if level.ends_without_plan() {
        return Ok(Some(Pick { level, professionals: None }));
    }
    let professionals = pick_professionals(rules, level, prompter)?;
    Ok(professionals.map(|professionals| Pick { level, professionals: Some(professionals) }))
}

/// Whom the learner sees on the plan; `None` if they leave.
fn pick_professionals(
    rules: &RuleSet,
    level: Level,
    prompter: &mut dyn Prompter,
) -> Result<Option<Vec<ProfessionalIx>>, Stop> {
    let heading = match level {
        Level::Physician => "Who comes after the doctor? Tick everybody on the plan, also for later.",
        _ => "Who should this person see? Tick everybody on the plan, also for later.",
    };
    let professionals: Vec<ProfessionalIx> = rules.professionals().positions().collect();
    let mut rows: Vec<String> = professionals.iter().map(|who| professional_row(rules, *who)).collect();
    rows.push(NOBODY.to_owned());
    loop {
        let Some(ticked) = prompter.tick(heading, &rows)? else {
            return Ok(None);
        };
        let picked: Vec<ProfessionalIx> = ticked.iter().filter_map(|row| professionals.get(*row)).copied().collect();
        if picked.is_empty() || picked.len() == ticked.len() {
            return Ok(Some(picked));
        }
        prompter.say(&format!("\"{NOBODY}\" was ticked together with somebody. Please tick one or the other."))?;
    }
}

/// What to type for the same stories in the same order.
fn again(args: &QuizArgs, common: &CommonArgs<Format>, seed: u64) -> String {
    let mut line = format!("carepath quiz --seed {seed} --count {}", args.count);
    for (option, path) in [("rules", &common.rules), ("cases", &args.cases)] {
        if let Some(path) = path {
            line.push_str(&format!(" --{option} {}", typed(path)));
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::super::prompt::Scripted;
    use super::*;
    use crate::load::load_texts;
    use crate::model::Position;

    const RULES: &str = include_str!("../../examples/first-rules/rules.yaml");

    /// What comes of these rows, and what the learner was shown.
    #[track_caller]
    fn picked(rows: impl IntoIterator<Item = Option<Vec<usize>>>) -> (Result<Option<Pick>, Stop>, Vec<String>) {
        let mut texts = Texts::default();
        let file = texts.add("rules.yaml", RULES);
        let rules = load_texts(texts, &[file]).unwrap().rules;
        let mut script = Scripted::default().picking(rows);
        (pick(&rules, &mut script), script.shown)
    }

    const EMERGENCY: usize = 0;
    const PHYSICIAN: usize = 2;
    const NONE: usize = 5;
    const NOBODY: usize = 2;

    #[test]
    fn without_a_plan_nobody_is_asked_for() {
        let (pick, shown) = picked([Some(vec![EMERGENCY])]);
        assert_eq!(pick.unwrap(), Some(Pick { level: Level::Emergency, professionals: None }));
        assert_eq!(shown, ["What comes first?"]);
    }

    #[test]
    fn several_professionals_or_nobody() {
        let (pick, shown) = picked([Some(vec![PHYSICIAN]), Some(vec![0, 1])]);
        let both = [0, 1].map(ProfessionalIx::new).to_vec();
        assert_eq!(pick.unwrap(), Some(Pick { level: Level::Physician, professionals: Some(both) }));
        assert!(shown[1].contains("after the doctor"), "{shown:?}");
        let (pick, _) = picked([Some(vec![NONE]), Some(vec![NOBODY])]);
        assert_eq!(pick.unwrap(), Some(Pick { level: Level::None, professionals: Some(Vec::new()) }));
    }

    #[test]
    fn nobody_beside_somebody_is_asked_again() {
        let (pick, shown) = picked([Some(vec![NONE]), Some(vec![1, NOBODY]), Some(vec![1])]);
        assert_eq!(pick.unwrap().unwrap().professionals, Some(vec![ProfessionalIx::new(1)]));
        assert!(shown[2].contains("one or the other"), "{shown:?}");
    }

    #[test]
    fn leaving_and_the_end_of_input_give_no_pick() {
        assert_eq!(picked([None]).0.unwrap(), None);
        assert_eq!(picked([Some(vec![NONE]), None]).0.unwrap(), None);
        assert!(matches!(picked([Some(vec![NONE])]).0, Err(Stop::EndOfInput)));
    }
}
