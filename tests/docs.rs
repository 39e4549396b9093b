//! Every example in the documentation is run.

#[test]
fn examples_in_the_documentation_are_true() {
    trycmd::TestCases::new().case("README.md").case("docs/*.md");
}
