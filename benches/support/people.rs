//! Made-up people for measurements: answers to a rule set, drawn from a seed so that every run measures the same.

use carepath::answers::{Answer, Answers};
use carepath::decide::Situation;
use carepath::model::{Kind, OptionIx, Position, Question, QuestionIx, Role, RuleSet};

/// A small generator of numbers that look random (Steele, Lea and Flood 2014: `SplitMix64`).
pub(crate) struct Dice(u64);

impl Dice {
    /// The same seed, the same numbers.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is not 0. What the remainder favours is too little to matter here.
    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.roll() % u64::try_from(limit).unwrap_or(1)).unwrap_or(0)
    }

    fn one_in(&mut self, chances: usize) -> bool {
        self.below(chances) == 0
    }
}

/// Answers to all questions that apply, drawn in file order.
pub(crate) fn complete_answers(rules: &RuleSet, dice: &mut Dice) -> Answers {
    let mut answers = Answers::new(rules);
    for (position, question) in rules.questions().iter() {
        // An option that does not apply answers nothing: then another is drawn.
        while is_open(rules, &answers, position) {
            let fits = answers.set(rules, position, draw(question, dice));
            assert!(fits.is_ok(), "what is drawn fits the question");
        }
    }
    answers
}

/// The same with about half of the answers left out.
pub(crate) fn half_of(rules: &RuleSet, complete: &Answers, dice: &mut Dice) -> Answers {
    let mut half = complete.clone();
    for question in rules.questions().positions() {
        if dice.one_in(2) {
            half.clear(question);
        }
    }
    half
}

fn is_open(rules: &RuleSet, answers: &Answers, question: QuestionIx) -> bool {
    Situation::new(rules, answers).standing(question).is_open()
}

fn draw(question: &Question, dice: &mut Dice) -> Answer {
    // Danger signs come first, and ticks at random would make nearly everybody an emergency.
    if let Some(none) = question.option_with(Role::NoneOfThese)
        && !dice.one_in(3)
    {
        return Answer::option(none);
    }
    let own = question.choices().filter(|(_, choice)| choice.role == Role::Plain).count();
    match &question.kind {
        Kind::One => Answer::option(OptionIx::new(dice.below(question.options.len()))),
        Kind::Many => Answer::Options((0..=dice.below(2)).map(|_| OptionIx::new(dice.below(own))).collect()),
        Kind::Number(range) => match question.option_with(Role::Unsure) {
            Some(unsure) if dice.one_in(8) => Answer::option(unsure),
            _ => {
                let numbers = usize::try_from(range.max - range.min).unwrap_or(0) + 1;
                Answer::Number(range.min + i32::try_from(dice.below(numbers)).unwrap_or(0))
            }
        },
    }
}
