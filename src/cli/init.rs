//! `carepath init`: a folder with rules and cases of one's own to start from.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::args::{CommonArgs, Format, InitArgs};
use super::diff::BUILT_IN;
use super::exit::Exit;
use super::files::typed;
use super::streams::Streams;
use crate::builtin::Template;
use crate::present::{clean, init_json, init_text};

pub(super) fn run(args: &InitArgs, common: &CommonArgs<Format>, streams: &mut Streams) -> anyhow::Result<Exit> {
    if common.rules.is_some() {
        bail!("`init` copies rules that are part of the program: leave out --rules");
    }
    if args.folder == Path::new(BUILT_IN) {
        bail!("`{BUILT_IN}` means the rules that are part of the program; name another folder");
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
/// read. Nothing is left behind then.
fn write_new(folder: &Path, files: &[(PathBuf, &str)]) -> anyhow::Result<()> {
    const STAYS: &str = "nothing was written, so that nothing in it is lost; name another folder";
    if folder.is_file() {
        bail!("`{}` is a file; name a folder", shown(folder));
    }
    let parents = files.iter().filter_map(|(path, _)| path.parent());
    // A link that leads nowhere is in the way as much as a file.
    let in_the_way = |path: &&Path| path.symlink_metadata().is_ok() && !path.is_dir();
    if let Some(path) = std::iter::once(folder).chain(parents).find(in_the_way) {
        bail!("`{}` is in the way and no folder: {STAYS}", shown(path));
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
    let mut made = Vec::new();
    let written = write_all(files, &mut made);
    if written.is_err() {
        // The last first, so that folders are empty when it is their turn.
        for path in made.iter().rev() {
            let _ = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
        }
    }
    written
}

/// Writes files, and tells what was made, each folder before what is in it.
fn write_all(files: &[(PathBuf, &str)], made: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    for (path, text) in files {
        if let Some(parent) = path.parent() {
            make_folder(parent, made).with_context(|| format!("cannot make the folder `{}`", shown(parent)))?;
        }
        // A file that came in the meantime is not written over.
        let file = File::create_new(path).inspect(|_| made.push(path.clone()));
        file.and_then(|mut file| file.write_all(text.as_bytes()))
            .with_context(|| format!("cannot write `{}`", shown(path)))?;
    }
    Ok(())
}

fn make_folder(folder: &Path, made: &mut Vec<PathBuf>) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_folder(parent, made)?;
    }
    fs::create_dir(folder)?;
    made.push(folder.to_owned());
    Ok(())
}

fn shown(path: &Path) -> String {
    clean(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_half_way_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("new/mine");
        // The second cannot be written, as the first is no folder.
        let files = ["rules/a.yaml", "rules/a.yaml/b.yaml"].map(|name| (folder.join(name), "text"));
        assert!(write_new(&folder, &files).is_err());
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
        write_new(&folder, &files[..1]).unwrap();
        assert_eq!(fs::read_to_string(&files[0].0).unwrap(), "text");
    }
}
