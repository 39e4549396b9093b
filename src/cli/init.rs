//! `carepath init`: a folder with rules and cases of one's own to start from.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::args::{CommonArgs, Format, InitArgs};
use super::exit::Exit;
use super::files::typed;
use super::streams::Streams;
use crate::builtin::Template;
use crate::present::{clean, init_json, init_text};

pub(super) fn run(args: &InitArgs, common: &CommonArgs<Format>, streams: &mut Streams) -> anyhow::Result<Exit> {
    if common.rules.is_some() {
        bail!("`init` copies rules that are part of the program: leave out --rules");
    }
    let template = if args.minimal { Template::Starter } else { Template::BuiltIn };
    let files: Vec<(PathBuf, &str)> =
        template.files().into_iter().map(|(path, text)| (args.folder.join(path), text)).collect();
    write_new(&args.folder, &files)?;
    streams.result(&match common.format {
        Format::Text => {
            let [rules, cases] = ["rules", "cases"].map(|name| typed(&args.folder.join(name)));
            init_text(&shown(&args.folder), files.len(), &rules, &cases, streams.result_page())
        }
        Format::Json => {
            let written: Vec<String> = files.iter().map(|(path, _)| path.display().to_string()).collect();
            init_json(&written) + "\n"
        }
    });
    Ok(streams.finish(Exit::Done))
}

/// Writes files into a folder, which is made if it is not there.
///
/// # Errors
/// What the file system reports; and a file in the way, or rules or cases of somebody else beside which these would be
/// read. Nothing is written then.
fn write_new(folder: &Path, files: &[(PathBuf, &str)]) -> anyhow::Result<()> {
    const STAYS: &str = "nothing was written, so that nothing in it is lost; name another folder";
    if folder.is_file() {
        bail!("`{}` is a file; name a folder", shown(folder));
    }
    if let Some((path, _)) = files.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
        bail!("`{}` is there already: {STAYS}", shown(path));
    }
    for (path, _) in files {
        let parent = path.parent().unwrap_or(folder);
        if parent != folder && fs::read_dir(parent).is_ok_and(|mut inside| inside.next().is_some()) {
            bail!("the folder `{}` is not empty: {STAYS}", shown(parent));
        }
    }
    for (path, text) in files {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("cannot make the folder `{}`", shown(parent)))?;
        }
        // A file that came in the meantime is not written over.
        File::create_new(path)
            .and_then(|mut file| file.write_all(text.as_bytes()))
            .with_context(|| format!("cannot write `{}`", shown(path)))?;
    }
    Ok(())
}

fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}
