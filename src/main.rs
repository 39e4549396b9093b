//! A doorbell.

fn main() {}
