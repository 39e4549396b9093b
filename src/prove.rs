//! What can be said of all completions of some answers.

mod relevance;

pub use relevance::{next_question, open_questions, questions_of_need, questions_to_come, relevant_questions};
