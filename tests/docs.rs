//! Every example in the documentation is run.

#[test]
fn examples_in_the_documentation_are_true() {
    // A folder for settings in which there are none: no example shows those of whoever runs this.
    trycmd::TestCases::new().env("XDG_CONFIG_HOME", "tests/rules").case("README.md").case("docs/*.md");
}
