//! Tells cargo that the binary embeds these folders, so that a file added to them is noticed.

fn main() {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=examples/cases");
    println!("cargo::rerun-if-changed=examples/starter");
}
