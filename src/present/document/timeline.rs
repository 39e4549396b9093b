//! A plan as a picture: phases from left to right, and below them a lane for each professional. Drawn as SVG.

use std::io::Write;

use textwrap::core::display_width;

use super::html::{Page, Written};

/// Who is on a plan, phase by phase.
#[derive(Debug, Clone)]
pub(in crate::present) struct Timeline {
    /// What it shows, in a few words.
    pub(in crate::present) title: String,
    /// The phases, in order.
    pub(in crate::present) phases: Vec<Stage>,
}

/// A phase of a plan, for the picture.
#[derive(Debug, Clone)]
pub(in crate::present) struct Stage {
    /// What it is called.
    pub(in crate::present) title: String,
    /// Who is in it, by name.
    pub(in crate::present) who: Vec<(String, Start)>,
}

/// When somebody starts with what they do in a phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::present) enum Start {
    /// When the phase does.
    WithThePhase,
    /// When the doctor agrees.
    WithTheOk,
    /// When what holds it back has passed.
    Later,
}

impl Start {
    /// What is said of it; nothing of those who start with the phase.
    pub(in crate::present) fn said(self) -> Option<&'static str> {
        match self {
            Self::WithThePhase => None,
            Self::WithTheOk => Some("waits for the doctor's OK"),
            Self::Later => Some("later: on hold for now"),
        }
    }

    /// The style of its bar.
    fn class(self) -> &'static str {
        match self {
            Self::WithThePhase => "bar",
            Self::WithTheOk => "bar waits",
            Self::Later => "bar later",
        }
    }
}

/// Its width; the style makes it as wide as there is room. All lengths are in its units.
const WIDTH: f32 = 320.0;
const NAMES: f32 = 13.0;
const TITLES: f32 = 12.0;
const LINE: f32 = 16.0;
const RADIUS: f32 = 11.0;
const BAR: f32 = 10.0;
/// Room between what does not belong together.
const GAP: f32 = 12.0;
/// Below this a column has no room for a title: then the titles are a list below the lanes.
const NARROW: f32 = 76.0;

impl<W: Write> Page<W> {
    /// Draws it, with words for those who do not see it. `id` tells it from other pictures of the page.
    pub(super) fn timeline(&mut self, timeline: &Timeline, id: usize) -> Written {
        let (title, description) = (format!("picture-{id}"), format!("picture-{id}-told"));
        let drawing = drawing(timeline);
        let view = format!("0 0 {WIDTH} {:.1}", drawing.height);
        let attributes = [
            ("class", "timeline"),
            ("role", "img"),
            ("aria-labelledby", &format!("{title} {description}")),
            ("viewBox", &view),
        ];
        self.within("svg", &attributes, |page| {
            page.cell("title", &[("id", &title)], &timeline.title)?;
            page.cell("desc", &[("id", &description)], &told(timeline))?;
            drawing.shapes.iter().try_for_each(|shape| page.shape(shape))
        })
    }

    fn shape(&mut self, shape: &Shape) -> Written {
        match shape {
            Shape::Line { from, to, y } => {
                self.drawn("line", "track", &[("x1", *from), ("x2", *to), ("y1", *y), ("y2", *y)], "")
            }
            Shape::Circle { x, y } => self.drawn("circle", "number", &[("cx", *x), ("cy", *y), ("r", RADIUS)], ""),
            Shape::Bar { x, y, width, start } => {
                let places = [("x", *x), ("y", *y), ("width", *width), ("height", BAR), ("rx", BAR / 2.0)];
                self.drawn("rect", start.class(), &places, "")
            }
            Shape::Words { x, y, class, text } => self.drawn("text", class, &[("x", *x), ("y", *y)], text),
        }
    }

    fn drawn(&mut self, element: &str, class: &str, places: &[(&str, f32)], text: &str) -> Written {
        let places: Vec<(&str, String)> = places.iter().map(|(name, place)| (*name, format!("{place:.1}"))).collect();
        let places = places.iter().map(|(name, place)| (*name, place.as_str()));
        let attributes: Vec<(&str, &str)> = std::iter::once(("class", class)).chain(places).collect();
        self.cell(element, &attributes, text)
    }
}

/// The picture in words: "1. Heal: physical therapist. 2. …".
fn told(timeline: &Timeline) -> String {
    let stages = timeline.phases.iter().enumerate().map(|(index, stage)| {
        let who = stage.who.iter().map(|(name, start)| match start.said() {
            Some(said) => format!("{name} ({said})"),
            None => name.clone(),
        });
        format!("{}. {}: {}.", index + 1, stage.title, who.collect::<Vec<_>>().join(", "))
    });
    stages.collect::<Vec<_>>().join(" ")
}

/// What is drawn, and how high it is.
struct Drawing {
    shapes: Vec<Shape>,
    height: f32,
}

enum Shape {
    Line { from: f32, to: f32, y: f32 },
    Circle { x: f32, y: f32 },
    Bar { x: f32, y: f32, width: f32, start: Start },
    Words { x: f32, y: f32, class: &'static str, text: String },
}

impl Drawing {
    /// Lines of words, the first of them with its upper edge at the lower end of what is there.
    fn words(&mut self, x: f32, class: &'static str, lines: Vec<String>) {
        for text in lines {
            self.height += LINE;
            self.shapes.push(Shape::Words { x, y: self.height - LINE / 4.0, class, text });
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a plan has at most twelve phases")]
fn drawing(timeline: &Timeline) -> Drawing {
    let mut drawing = Drawing { shapes: Vec::new(), height: 2.0 * RADIUS };
    let column = WIDTH / timeline.phases.len().max(1) as f32;
    let left = |index: usize| index as f32 * column;
    let titles_fit = column >= NARROW;

    drawing.shapes.push(Shape::Line { from: RADIUS, to: WIDTH, y: RADIUS });
    let below = drawing.height;
    let mut lowest = below;
    for (index, stage) in timeline.phases.iter().enumerate() {
        let (x, number) = (left(index) + RADIUS, (index + 1).to_string());
        drawing.shapes.push(Shape::Circle { x, y: RADIUS });
        drawing.shapes.push(Shape::Words { x, y: RADIUS + NAMES / 3.0, class: "digits", text: number });
        if titles_fit {
            drawing.height = below + GAP / 3.0;
            drawing.words(left(index), "phase", lines(&stage.title, TITLES, column - GAP / 2.0));
            lowest = lowest.max(drawing.height);
        }
    }
    drawing.height = lowest;

    for name in names(timeline) {
        drawing.height += GAP;
        drawing.words(0.0, "who", lines(name, NAMES, WIDTH));
        drawing.height += GAP / 3.0;
        let y = drawing.height;
        drawing.shapes.push(Shape::Line { from: 0.0, to: WIDTH, y: y + BAR / 2.0 });
        for (index, stage) in timeline.phases.iter().enumerate() {
            if let Some((_, start)) = stage.who.iter().find(|(who, _)| who == name) {
                let width = column - GAP / 4.0;
                drawing.shapes.push(Shape::Bar { x: left(index) + 1.0, y, width, start: *start });
            }
        }
        drawing.height += BAR;
    }

    if !titles_fit {
        drawing.height += GAP;
        for (index, stage) in timeline.phases.iter().enumerate() {
            drawing.words(0.0, "phase", lines(&format!("{}. {}", index + 1, stage.title), TITLES, WIDTH));
        }
    }
    legend(timeline, &mut drawing);
    drawing.height += GAP / 2.0;
    drawing
}

/// What the bars mean that are not like the others.
fn legend(timeline: &Timeline, drawing: &mut Drawing) {
    const SAMPLE: f32 = 28.0;
    for start in [Start::WithTheOk, Start::Later] {
        let shown = timeline.phases.iter().flat_map(|stage| &stage.who).any(|(_, shown)| *shown == start);
        let (true, Some(said)) = (shown, start.said()) else {
            continue;
        };
        drawing.height += GAP;
        let y = drawing.height + LINE / 2.0 - BAR / 2.0;
        drawing.shapes.push(Shape::Bar { x: 1.0, y, width: SAMPLE, start });
        drawing.words(SAMPLE + GAP, "phase", lines(said, TITLES, WIDTH - SAMPLE - GAP));
    }
}

/// Everybody on the plan, by first appearance.
fn names(timeline: &Timeline) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for (name, _) in timeline.phases.iter().flat_map(|stage| &stage.who) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    names
}

/// A text in letters of a size, broken into lines that are no wider than `room`, within words where it must be.
fn lines(text: &str, size: f32, room: f32) -> Vec<String> {
    let room = room / size;
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for word in text.split_inclusive(' ') {
        let width: f32 = word.trim_end().chars().map(letter).sum();
        if used > 0.0 && used + width > room {
            lines.push(String::new());
            used = 0.0;
        }
        for sign in word.chars() {
            if used > 0.0 && sign != ' ' && used + letter(sign) > room {
                lines.push(String::new());
                used = 0.0;
            }
            used += letter(sign);
            if let Some(line) = lines.last_mut() {
                line.push(sign);
            }
        }
    }
    lines
}

/// The room that a letter of size 1 takes in a wide typeface: nobody knows which one a reader has.
fn letter(letter: char) -> f32 {
    match letter {
        'i' | 'j' | 'l' | ' ' | '.' | ',' | '\'' => 0.35,
        'm' | 'w' | 'M' | 'W' => 1.0,
        letter if letter.is_uppercase() || display_width(letter.encode_utf8(&mut [0; 4])) > 1 => 0.95,
        _ => 0.66,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timeline(phases: usize, professionals: usize) -> Timeline {
        let stage = |index: usize| Stage {
            title: format!("Phase {} with a rather long name", "long".repeat(index)),
            who: (0..professionals)
                .map(|who| (format!("professional {who} {}", "W".repeat(40)), Start::Later))
                .collect(),
        };
        Timeline { title: "Plan".into(), phases: (0..phases).map(stage).collect() }
    }

    /// Where a shape ends: left, right and below.
    fn edges(shape: &Shape) -> (f32, f32, f32) {
        match shape {
            Shape::Line { from, to, y } => (*from, *to, *y),
            Shape::Circle { x, y } => (x - RADIUS, x + RADIUS, y + RADIUS),
            Shape::Bar { x, y, width, .. } => (*x, x + width, y + BAR),
            // These stand in their circle.
            Shape::Words { x, y, class: "digits", .. } => (*x, *x, *y),
            Shape::Words { x, y, text, class } => {
                let size = if *class == "who" { NAMES } else { TITLES };
                let width: f32 = text.trim_end().chars().map(letter).sum();
                (*x, x + size * width, y + LINE / 4.0)
            }
        }
    }

    #[test]
    fn nothing_stands_outside_of_the_picture_whatever_the_plan() {
        for phases in 1..=12 {
            for professionals in 0..=10 {
                let drawing = drawing(&timeline(phases, professionals));
                for (left, right, below) in drawing.shapes.iter().map(edges) {
                    let inside = left >= 0.0 && right <= WIDTH + 0.1 && below <= drawing.height;
                    assert!(inside, "{phases} {professionals}: {left} {right} {below} of {}", drawing.height);
                }
            }
        }
    }

    #[test]
    fn words_say_what_the_picture_shows() {
        let stage = |title: &str, who: &[(&str, Start)]| Stage {
            title: title.into(),
            who: who.iter().map(|(name, start)| ((*name).to_owned(), *start)).collect(),
        };
        let phases = vec![
            stage("Heal", &[("physical therapist", Start::WithTheOk)]),
            stage("Build up", &[("athletic trainer", Start::WithThePhase), ("masseur", Start::Later)]),
        ];
        assert_eq!(
            told(&Timeline { title: String::new(), phases }),
            "1. Heal: physical therapist (waits for the doctor's OK). \
             2. Build up: athletic trainer, masseur (later: on hold for now)."
        );
    }

    #[test]
    fn a_text_is_broken_at_blanks_and_within_words_that_are_too_long() {
        assert_eq!(lines("one two three", 10.0, 50.0), ["one two ", "three"]);
        assert_eq!(lines("endlessness", 10.0, 40.0).concat(), "endlessness");
        assert!(lines("endlessness", 10.0, 40.0).len() > 1);
    }
}
