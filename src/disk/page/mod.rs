//! Files in memory, for a page: a browser gives a program no files, only a place for bytes.
//!
//! 1. The names and calls are those of [`std::fs`], so that no room need know where it runs.
//! 2. Each change of a file that is to be kept is a record of a log. Whoever has the browser's
//!    storage writes the log there ([`changes`], [`stored`]) and hands it back at the next start
//!    ([`restore`]); [`File::sync_all`] waits until it is written, as it does on a disk.
//! 3. A file that is not to be kept is for the analyst: when it has its last name, it is to be
//!    handed over ([`take_finished`]). A session that was saved is both.

mod disk;
mod file;
mod log;
mod metadata;
mod store;

use std::io;
use std::path::{Path, PathBuf};

use disk::Disk;
pub use file::{File, OpenOptions};
pub use metadata::{DirEntry, Metadata};

/// The files of this page.
static DISK: Disk = Disk::new();

/// Where files lie that were given to the page, and what the program keeps for itself.
pub const KEPT: &str = "kept";

/// [`std::fs::metadata`].
///
/// # Errors
/// There is nothing of that name.
pub fn metadata(path: &Path) -> io::Result<Metadata> {
    DISK.metadata(path)
}

/// [`std::fs::read`].
///
/// # Errors
/// There is no file of that name.
pub fn read(path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
    DISK.read(path.as_ref())
}

/// [`std::fs::read_to_string`].
///
/// # Errors
/// There is no file of that name, or it is not in UTF-8.
pub fn read_to_string(path: impl AsRef<Path>) -> io::Result<String> {
    String::from_utf8(read(path)?).map_err(io::Error::other)
}

/// [`std::fs::write`].
///
/// # Errors
/// The name is that of a folder.
pub fn write(path: impl AsRef<Path>, bytes: impl AsRef<[u8]>) -> io::Result<()> {
    DISK.write(path.as_ref(), bytes.as_ref())
}

/// [`std::fs::copy`].
///
/// # Errors
/// There is no file of that name.
pub fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    let bytes = read(from)?;
    write(to, &bytes)?;
    Ok(bytes.len() as u64)
}

/// [`std::fs::rename`].
///
/// # Errors
/// There is no file of that name.
pub fn rename(from: &Path, to: &Path) -> io::Result<()> {
    DISK.rename(from, to)
}

/// [`std::fs::hard_link`].
///
/// # Errors
/// There is no file of that name, or one of the other.
pub fn hard_link(file: &Path, name: &Path) -> io::Result<()> {
    DISK.link(file, name)
}

/// [`std::fs::remove_file`].
///
/// # Errors
/// There is no file of that name.
pub fn remove_file(path: impl AsRef<Path>) -> io::Result<()> {
    DISK.remove(path.as_ref())
}

/// Does nothing: a folder is there when there is something in it.
///
/// # Errors
/// None.
pub fn create_dir_all(_: impl AsRef<Path>) -> io::Result<()> {
    Ok(())
}

/// [`std::fs::read_dir`], in order of the names.
///
/// # Errors
/// There is no folder of that name.
pub fn read_dir(path: impl AsRef<Path>) -> io::Result<impl Iterator<Item = io::Result<DirEntry>>> {
    Ok(DISK.list(path.as_ref())?.into_iter().map(Ok))
}

/// Takes a file that the analyst gave to the page, and returns where it lies. One of the same name
/// that says something else stays as it is: then the name gets a number.
///
/// # Errors
/// None that a page knows.
pub fn receive(name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    DISK.receive(name, bytes)
}

/// Brings back what the storage holds, and returns how many of its bytes can be read; what follows
/// them was torn.
pub fn restore(log: &[u8]) -> usize {
    DISK.restore(log)
}

/// All that is to be kept, as a log without what was written over since.
pub fn whole() -> Vec<u8> {
    DISK.whole()
}

/// The records of changes that are not stored yet; waits for some.
pub fn changes() -> Vec<u8> {
    DISK.store.changes()
}

/// Says that what [`changes`] returned last is stored, or why not.
pub fn stored(outcome: Result<(), String>) {
    DISK.store.stored(outcome);
}

/// Files that were finished and are to be handed to the analyst, each once: name and content.
pub fn take_finished() -> Vec<(String, Vec<u8>)> {
    DISK.take_finished()
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek, SeekFrom, Write};
    use std::path::Path;

    use super::OpenOptions;
    use super::disk::Disk;

    fn page() -> &'static Disk {
        Box::leak(Box::new(Disk::new()))
    }

    fn made(disk: &'static Disk, name: &str, text: &str) -> super::File {
        let mut options = OpenOptions::new();
        let options = options.create(true).truncate(true);
        let mut file = options.open_in(disk, Path::new(name)).expect("a file");
        file.write_all(text.as_bytes()).expect("room");
        file
    }

    #[test]
    fn a_file_is_read_and_written_from_any_place_and_is_there_while_it_is_open() {
        let disk = page();
        let mut file = made(disk, "/kept/a", "hello");
        file.seek(SeekFrom::Start(1)).expect("a place");
        file.write_all(b"a").expect("room");
        file.seek(SeekFrom::End(2)).expect("a place");
        file.write_all(b"!").expect("room");
        assert_eq!(
            disk.read(Path::new("kept/a")).expect("there"),
            b"hallo\0\0!"
        );
        file.set_len(5).expect("room");
        assert_eq!(
            disk.metadata(Path::new("./kept/a")).expect("there").len(),
            5
        );
        assert!(disk.metadata(Path::new("/kept")).expect("there").is_dir());
        disk.remove(Path::new("/kept/a")).expect("there");
        file.rewind().expect("a place");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        assert_eq!(text, "hallo");
        assert!(disk.read(Path::new("/kept/a")).is_err());
        assert!(disk.metadata(Path::new("/kept")).is_err());
    }

    #[test]
    fn names_are_listed_by_folder_and_lead_to_one_file() {
        let disk = page();
        drop(made(disk, "t/b/c", "1"));
        drop(made(disk, "t/a", "2"));
        disk.link(Path::new("t/a"), Path::new("t/z")).expect("free");
        assert!(disk.link(Path::new("t/a"), Path::new("t/z")).is_err());
        let listed = disk.list(Path::new("/t")).expect("a folder");
        let is_folder = |entry: &super::DirEntry| entry.file_type().expect("a kind").is_dir();
        let listed: Vec<_> = listed.iter().map(|e| (e.path(), is_folder(e))).collect();
        let expected = [("/t/a", false), ("/t/b", true), ("/t/z", false)];
        assert_eq!(listed, expected.map(|(name, folder)| (name.into(), folder)));
        disk.rename(Path::new("t/a"), Path::new("t/b/c"))
            .expect("there");
        assert_eq!(disk.read(Path::new("t/b/c")).expect("there"), b"2");
        assert_eq!(disk.read(Path::new("t/z")).expect("there"), b"2");
    }

    /// What is brought back from a log, whole or torn anywhere, is what was there at some moment.
    #[test]
    fn what_is_kept_comes_back_from_the_log_and_a_torn_end_is_left_out() {
        let disk = page();
        let mut journal = made(disk, "a.glad.journal", "one ");
        drop(made(disk, "/kept/b.glad.part-1", "session"));
        disk.rename(Path::new("/kept/b.glad.part-1"), Path::new("/kept/b.glad"))
            .expect("there");
        drop(made(disk, "scores.csv", "not kept"));
        journal.write_all(b"two").expect("room");
        let log = disk.store.changes();
        disk.store.stored(Ok(()));
        let whole = page();
        assert_eq!(whole.restore(&log), log.len());
        assert_eq!(
            whole.read(Path::new("a.glad.journal")).expect("there"),
            b"one two"
        );
        assert_eq!(
            whole.read(Path::new("/kept/b.glad")).expect("there"),
            b"session"
        );
        assert!(whole.read(Path::new("scores.csv")).is_err());
        for end in 0..log.len() {
            let torn = page();
            let used = torn.restore(&log[..end]);
            assert!(used <= end);
            let text = torn.read(Path::new("a.glad.journal")).unwrap_or_default();
            assert!(["", "one ", "one two"].contains(&String::from_utf8_lossy(&text).as_ref()));
        }
        // Written as a whole it says the same, and what comes after has a number of its own.
        let short = whole.whole();
        let again = page();
        assert_eq!(again.restore(&short), short.len());
        drop(made(again, "/kept/new", "new"));
        assert_eq!(
            again.read(Path::new("a.glad.journal")).expect("there"),
            b"one two"
        );
        let more = [short, again.store.changes()].concat();
        assert_eq!(page().restore(&more), more.len());
    }

    #[test]
    fn a_sync_waits_for_the_storage_and_tells_its_trouble() {
        let disk = page();
        let journal = made(disk, "a.glad.journal", "one");
        std::thread::scope(|scope| {
            let sync = scope.spawn(|| journal.sync_all());
            let records = disk.store.changes();
            assert!(!records.is_empty() && !sync.is_finished());
            disk.store.stored(Ok(()));
            sync.join().expect("no panic").expect("stored");
        });
        drop(made(disk, "b.glad.journal", "two"));
        drop(disk.store.changes());
        disk.store
            .stored(Err("the browser gives no more room".to_owned()));
        let error = journal.sync_all().expect_err("trouble");
        assert!(error.to_string().contains("no more room"), "{error}");
        made(disk, "scores.csv", "")
            .sync_all()
            .expect("not for the storage");
    }

    #[test]
    fn what_is_finished_is_handed_over_once_and_a_session_stays() {
        let disk = page();
        for (draft, name) in [
            (".scores.part", "scores.csv"),
            ("c.glad.part-1", "c.glad"),
            ("c.glad.~-1", "c.glad~"),
            ("own.ron.part-1", "own.ron"),
            ("/kept/window.new", "/kept/window.ron"),
        ] {
            drop(made(disk, draft, name));
            disk.rename(Path::new(draft), Path::new(name))
                .expect("there");
        }
        let finished = disk.take_finished();
        let names: Vec<&str> = finished.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["scores.csv", "c.glad", "own.ron"]);
        assert!(
            finished
                .iter()
                .all(|(name, bytes)| name.as_bytes() == bytes)
        );
        assert!(disk.take_finished().is_empty());
        assert!(disk.read(Path::new("scores.csv")).is_err());
        assert!(disk.read(Path::new("c.glad")).is_ok());
    }

    #[test]
    fn a_file_that_is_given_takes_the_place_of_no_other() {
        let disk = page();
        let mut places = Vec::new();
        for text in ["one", "two", "one", "two", "three"] {
            places.push(disk.receive("t.csv", text.as_bytes()).expect("room"));
        }
        let expected = [
            "/kept/t.csv",
            "/kept/t (2).csv",
            "/kept/t.csv",
            "/kept/t (2).csv",
        ];
        assert_eq!(places[..4], expected.map(std::path::PathBuf::from));
        assert_eq!(disk.read(&places[4]).expect("there"), b"three");
    }
}
