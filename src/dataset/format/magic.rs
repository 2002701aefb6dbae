//! What a file is, by its first bytes.

use super::texts::{has, is_libsvm, is_sql, is_yaml};

/// How many bytes are looked at.
pub(super) const LOOK: u64 = 4096;

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing in particular: text, as far as that is to be seen here.
    Text,
    /// A stream packed by gzip.
    Gzip,
    /// A stream packed by Zstandard.
    Zstd,
    /// A zip archive; also most office documents.
    Zip,
    /// An office document of before 2007.
    Compound,
    /// Apache Parquet.
    Parquet,
    /// Apache Arrow: a file (Feather), or a stream.
    Arrow {
        /// Whether it is a file.
        is_file: bool,
    },
    /// A database of SQLite.
    Sqlite,
    /// An array of NumPy.
    Numpy,
    /// JSON: records one after another, or in one list.
    Json,
    /// Attribute-Relation File Format.
    Arff,
    /// Something that is no table, or none that can be read: what, and what would be right.
    Foreign(&'static str, &'static str),
}

const UNPACK: &str = "unpack it, and open the table that is in it";
const SAVE: &str = "open it in its own program, and save the table as CSV";
const PICTURE: &str = "a table needs one row of values for each instance";

/// Beginnings of files, with what they are and what would be right.
const BEGINNINGS: [(&[u8], &str, &str); 42] = [
    (
        b"version https://git-lfs.github.com/spec/",
        "a Git LFS pointer, which stands for the table and is not the table itself",
        "fetch the file with “git lfs pull”, or download it from where it is kept",
    ),
    (
        b"SIMPLE  =",
        "a FITS file",
        "save its table as CSV or Parquet, for instance with astropy: Table.read(file).write('table.csv')",
    ),
    (
        b"%PDF",
        "a PDF document",
        "ask for the table behind it as CSV or Excel",
    ),
    (
        b"\x89HDF\r\n\x1a\n",
        "an HDF5 file (also of netCDF, Keras, MATLAB or pandas)",
        "save its table as CSV or Parquet, for instance with pandas: read_hdf(file).to_parquet('table.parquet')",
    ),
    (
        b"CDF\x01",
        "a netCDF file",
        "save its variables as CSV, for instance with xarray: to_dataframe().to_csv('table.csv')",
    ),
    (
        b"CDF\x02",
        "a netCDF file",
        "save its variables as CSV, for instance with xarray: to_dataframe().to_csv('table.csv')",
    ),
    (
        b"MATLAB 5.0 MAT-file",
        "a MATLAB file",
        "save its table as CSV, with writetable or writematrix",
    ),
    (
        b"FEA1",
        "a Feather file of the first version",
        "save it in the second, or as Parquet, for instance with pandas: read_feather(file).to_parquet('table.parquet')",
    ),
    (
        b"\x80\x02",
        "a pickle of Python",
        "save the table in it as CSV or Parquet: pandas.read_pickle(file).to_parquet('table.parquet')",
    ),
    (
        b"\x80\x03",
        "a pickle of Python",
        "save the table in it as CSV or Parquet: pandas.read_pickle(file).to_parquet('table.parquet')",
    ),
    (
        b"\x80\x04\x95",
        "a pickle of Python",
        "save the table in it as CSV or Parquet: pandas.read_pickle(file).to_parquet('table.parquet')",
    ),
    (
        b"\x80\x05\x95",
        "a pickle of Python",
        "save the table in it as CSV or Parquet: pandas.read_pickle(file).to_parquet('table.parquet')",
    ),
    (
        b"RDX2\n",
        "a file of R",
        "save the table in it with write.csv",
    ),
    (
        b"RDX3\n",
        "a file of R",
        "save the table in it with write.csv",
    ),
    (
        b"X\n\0\0\0",
        "a file of R",
        "save the table in it with write.csv",
    ),
    (b"$FL2", "an SPSS file", SAVE),
    (b"$FL3", "an SPSS file", SAVE),
    (b"<stata_dta>", "a Stata file", SAVE),
    (b"Obj\x01", "an Avro file", "save it as Parquet or CSV"),
    (b"ORC", "an ORC file", "save it as Parquet or CSV"),
    (
        b"TDSm",
        "a TDMS file of LabVIEW",
        "save its channels as CSV",
    ),
    (b"PAR1", "an Apache Parquet file", "copy it again"),
    (
        b"PARE",
        "an encrypted Parquet file",
        "save it without encryption",
    ),
    (b"Rar!\x1a\x07", "a RAR archive", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"\xfd7zXZ\0", "a file packed by xz", UNPACK),
    (b"BZh", "a file packed by bzip2", UNPACK),
    (b"\x04\x22\x4d\x18", "a file packed by LZ4", UNPACK),
    (b"\x1f\x9d", "a file packed by compress", UNPACK),
    (b"\x89PNG\r\n\x1a\n", "a PNG picture", PICTURE),
    (b"\xff\xd8\xff", "a JPEG picture", PICTURE),
    (b"GIF8", "a GIF picture", PICTURE),
    (b"II*\0", "a TIFF picture", PICTURE),
    (b"MM\0*", "a TIFF picture", PICTURE),
    (b"RIFF", "a sound, film or picture", PICTURE),
    (b"OggS", "a sound or film", PICTURE),
    (b"ID3", "a sound", PICTURE),
    (b"fLaC", "a sound", PICTURE),
    (b"{\\rtf", "a text document (RTF)", SAVE),
    (
        b"%!PS",
        "a PostScript document",
        "ask for the table behind it as CSV or Excel",
    ),
    (b"\x7fELF", "a program", "choose a table"),
    (b"MZ\x90\0", "a program", "choose a table"),
];

/// Marks behind the first bytes, with what the files are.
const INSIDE: [(usize, &[u8], &str); 5] = [
    (4, b"Standard Jet DB", "an Access database"),
    (4, b"Standard ACE DB", "an Access database"),
    (12, b"\xc2\xea\x81\x60\xb3\x14\x11\xcf", "a SAS table"),
    (0, b"HEADER RECORD*******LIBRARY", "a SAS transport file"),
    (0, b"root\0", "a ROOT file"),
];

/// Tells what a file is by its first bytes, and by its `length` where that is known.
pub(super) fn kind(head: &[u8]) -> Kind {
    match head {
        [0x1f, 0x8b, ..] => return Kind::Gzip,
        [0x28, 0xb5, 0x2f, 0xfd, ..] => return Kind::Zstd,
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return Kind::Zip,
        [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ..] => return Kind::Compound,
        [b'P', b'A', b'R', b'1', ..] => return Kind::Parquet,
        [b'A', b'R', b'R', b'O', b'W', b'1', 0, 0, ..] => return Kind::Arrow { is_file: true },
        _ if is_arrow_stream(head) => return Kind::Arrow { is_file: false },
        _ if head.starts_with(b"SQLite format 3\0") => return Kind::Sqlite,
        [0x93, b'N', b'U', b'M', b'P', b'Y', ..] => return Kind::Numpy,
        _ => {}
    }
    // What is also the beginning of a text has to go on as no text does.
    let is_binary = head.contains(&0)
        || std::str::from_utf8(head).is_err_and(|error| error.error_len().is_some());
    for (beginning, what, right) in BEGINNINGS {
        let is_word = beginning.iter().all(u8::is_ascii_alphanumeric);
        if head.starts_with(beginning) && (is_binary || !is_word) {
            return Kind::Foreign(what, right);
        }
    }
    for (offset, mark, what) in INSIDE {
        if head
            .get(offset..)
            .is_some_and(|rest| rest.starts_with(mark))
        {
            return Kind::Foreign(what, SAVE);
        }
    }
    if head.get(257..262) == Some(b"ustar") {
        return Kind::Foreign("a tar archive", UNPACK);
    }
    if head.get(8..12) == Some(b"DUCK") {
        return Kind::Foreign(
            "a DuckDB database",
            "write the table as Parquet: COPY table TO 'table.parquet'",
        );
    }
    text(head)
}

/// Whether bytes begin with the mark of a part of a stream of Arrow, and a length that such a part can
/// have.
fn is_arrow_stream(head: &[u8]) -> bool {
    let [0xff, 0xff, 0xff, 0xff, a, b, c, d, rest @ ..] = head else {
        return false;
    };
    let length = u32::from_le_bytes([*a, *b, *c, *d]);
    (16..1 << 26).contains(&length) && length.is_multiple_of(4) && rest.len() >= 8
}

/// Tells one text from another.
fn text(head: &[u8]) -> Kind {
    let head = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    let begins = |word: &[u8]| {
        head.get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    if begins(b"<!doctype html")
        || begins(b"<html")
        || begins(b"<head")
        || begins(b"<body")
        || begins(b"<table")
    {
        return Kind::Foreign(
            "a web page (HTML), perhaps one that asks to log in",
            "download the file itself; a page that shows the table can be saved as CSV by a spreadsheet",
        );
    }
    if begins(b"<?xml") || begins(b"<!--") || is_tagged(head) {
        return Kind::Foreign("an XML document", SAVE);
    }
    if is_libsvm(head) {
        return Kind::Foreign(
            "a file of LIBSVM, each row with the numbers of its features",
            "save it as CSV, for instance with scikit-learn: load_svmlight_file(file)",
        );
    }
    if is_sql(head) {
        return Kind::Foreign(
            "a script of SQL, which makes a table and is none",
            "run it, and export the table as CSV",
        );
    }
    if is_json(head) && has(head, b"\"nbformat\"") {
        return Kind::Foreign("a notebook (Jupyter)", "choose the table that it reads");
    }
    if is_yaml(head) {
        return Kind::Foreign("a YAML document", "write its records as JSON lines or CSV");
    }
    if is_json(head) {
        return Kind::Json;
    }
    if is_arff(head) {
        return Kind::Arff;
    }
    Kind::Text
}

/// Whether a text begins with a tag that is closed again; names of columns in such brackets are not.
fn is_tagged(head: &[u8]) -> bool {
    let Some(tag) = head.strip_prefix(b"<") else {
        return false;
    };
    tag.first().is_some_and(u8::is_ascii_alphabetic) && tag.windows(2).any(|pair| pair == b"</")
}

/// JSON begins with an object, or with a list of objects or lists, or each of its lines is a list; a CSV
/// file does not go on as they do.
fn is_json(head: &[u8]) -> bool {
    let [first, rest @ ..] = head else {
        return false;
    };
    let next = rest.trim_ascii_start().first();
    match first {
        b'{' => matches!(next, Some(b'"' | b'}')),
        b'[' => matches!(next, Some(b'{' | b'[')) || are_lists(head),
        _ => false,
    }
}

/// Whether the first two lines are lists of JSON.
fn are_lists(head: &[u8]) -> bool {
    let mut lines = head.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii);
    let is_list = |line: &[u8]| {
        let list = serde_json::from_slice::<Vec<serde_json::Value>>(line);
        list.is_ok_and(|list| list.len() > 1)
    };
    lines.next().is_some_and(is_list) && lines.next().is_some_and(is_list)
}

/// After its comments, ARFF begins with the name of the relation.
fn is_arff(head: &[u8]) -> bool {
    let mut lines = head
        .split(|&byte| byte == b'\n' || byte == b'\r')
        .map(<[u8]>::trim_ascii);
    let first = lines.find(|line| !line.is_empty() && !line.starts_with(b"%"));
    first.is_some_and(|line| {
        let word = line
            .split(u8::is_ascii_whitespace)
            .next()
            .unwrap_or_default();
        word.eq_ignore_ascii_case(b"@relation") || word.eq_ignore_ascii_case(b"@attribute")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_foreign(head: &[u8], what: &str) -> bool {
        matches!(kind(head), Kind::Foreign(name, _) if name.contains(what))
    }

    #[test]
    fn files_are_told_by_their_first_bytes() {
        assert_eq!(kind(b"a,b\n1,2\n"), Kind::Text);
        assert_eq!(kind(b""), Kind::Text);
        assert_eq!(kind(b"{\"a\": 1}\n"), Kind::Json);
        assert_eq!(kind(b"[\n {\"a\": 1}]"), Kind::Json);
        assert_eq!(kind(b"[1, \"a\"]\n[2, \"b\"]\n"), Kind::Json);
        assert_eq!(kind(b"[a],[b]\n1,2\n"), Kind::Text);
        assert_eq!(kind(b"% notes\n\n@RELATION x\n"), Kind::Arff);
        assert_eq!(kind(b"@handle,followers\n"), Kind::Text);
        assert!(is_foreign(
            b"version https://git-lfs.github.com/spec/v1\noid",
            "Git LFS"
        ));
        assert!(is_foreign(b"\n <!DOCTYPE HTML>", "HTML"));
        assert_eq!(kind(b"ARROW1\0\0\xff\xff"), Kind::Arrow { is_file: true });
        let stream = [&[0xff; 4][..], &[64, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0]].concat();
        assert_eq!(kind(&stream), Kind::Arrow { is_file: false });
        assert_eq!(kind(b"SQLite format 3\0\x10"), Kind::Sqlite);
        assert!(is_foreign(b"SIMPLE  =    T", "FITS"));
        assert!(is_foreign(b"<Error><Code>NoSuchKey</Code></Error>", "XML"));
        assert_eq!(kind(b"<DATE>\t<OPEN>\n2024-03-01\t5\n"), Kind::Text);
        assert!(is_foreign(
            b"-- dump\nPRAGMA x;\nCREATE TABLE t (\n a int\n);\n",
            "SQL"
        ));
        assert!(is_foreign(b"INSERT INTO t VALUES (1, 2);\n", "SQL"));
        assert!(is_foreign(b"1 1:0.5 3:2.5\n-1 2:1.5\n1 1:0.25\n", "LIBSVM"));
        assert_eq!(kind(b"1 10:05\n2 10:06\n3 10:07\n4 10:08\n"), Kind::Text);
        assert_eq!(kind(b"create table saw,price\n1,2\n"), Kind::Text);
        assert!(is_foreign(b"{\"cells\": [], \"nbformat\": 4}", "notebook"));
        assert!(is_foreign(b"- a: 1\n  b: 2\n", "YAML"));
        assert_eq!(kind(b"- a: 1, 2\n- b: 3, 4\n"), Kind::Text);
        assert!(is_foreign(b"\0\x01\0\0Standard Jet DB\0", "Access"));
        assert!(is_foreign(b"\x80\x04\x95\0\0", "pickle"));
        assert!(is_foreign(&[&[b'a'; 257][..], b"ustar\0"].concat(), "tar"));
    }

    #[test]
    fn a_header_that_begins_like_a_binary_file_is_text() {
        for text in [
            "ORC,count\n1,2\n",
            "ID3,x\n",
            "RIFF,y\n1,2\n",
            "GIF89,z\n",
            "BZh,x\n",
            "PAR,x\n",
        ] {
            assert_eq!(kind(text.as_bytes()), Kind::Text, "{text}");
        }
        assert!(is_foreign(b"ORC\x00\xff", "ORC"));
    }
}
