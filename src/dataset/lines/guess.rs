//! The encoding of a few letters: a header of some words, of which no statistics can be made.
//!
//! What a Western text never looks like tells another one: words of accented letters alone, a small
//! letter before a capital, signs in the midst of a word. What stays open is read as Windows-1252, and
//! told as any guess.

use encoding_rs::{
    EUC_JP, EUC_KR, Encoding, GB18030, IBM866, ISO_8859_2, KOI8_R, MACINTOSH, SHIFT_JIS,
    WINDOWS_1250, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255,
};

/// Words that are looked at.
const WORDS: usize = 400;

/// Fewest signs of two bytes by which Korean is told from Chinese where both are possible.
const SIGNS: usize = 3;

/// The encoding that a few letters look like.
pub(super) fn by_few(head: &[u8]) -> &'static Encoding {
    if is_shift_jis(head) {
        return SHIFT_JIS;
    }
    let words: Vec<&[u8]> = head
        .split(|byte| byte.is_ascii() && !byte.is_ascii_alphabetic())
        .filter(|word| !word.is_ascii())
        .take(WORDS)
        .collect();
    if let Some(found) = of_two_bytes(&words) {
        return found;
    }
    let lettered: Vec<&[u8]> = words
        .iter()
        .copied()
        .filter(|word| word.iter().any(|&byte| is_high_letter(byte)))
        .collect();
    let is_foreign = |word: &&&[u8]| !word.iter().any(u8::is_ascii);
    let foreign = lettered.iter().filter(is_foreign).count();
    if foreign * 2 > lettered.len() {
        return of_other_letters(&lettered);
    }
    of_accents(&words)
}

/// Whether a byte is an accented letter in Windows-1252; signs such as ° and µ are none.
fn is_high_letter(byte: u8) -> bool {
    matches!(byte, 0x8a | 0x8c | 0x8e | 0x9a | 0x9c | 0x9e | 0x9f | 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..)
}

/// Whether all that is no plain text are kana and frequent kanji as Windows writes Japanese.
fn is_shift_jis(head: &[u8]) -> bool {
    let mut signs = 0;
    let mut at = 0;
    while let Some(&byte) = head.get(at) {
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        let trail = head.get(at + 1).copied().unwrap_or_default();
        let is_sign =
            matches!(byte, 0x81..=0x83 | 0x88..=0x97) && matches!(trail, 0x40..=0x7e | 0x80..=0xfc);
        if !is_sign {
            return false;
        }
        signs += usize::from(byte > 0x81);
        at += 2;
    }
    signs > 0
}

/// The encoding of signs of two high bytes each, all of them frequent ones; `None` where the high
/// bytes are something else.
fn of_two_bytes(words: &[&[u8]]) -> Option<&'static Encoding> {
    let runs = || {
        let runs = words.iter().flat_map(|word| word.split(u8::is_ascii));
        runs.filter(|run| !run.is_empty())
    };
    let pairs = || runs().flat_map(|run| run.chunks_exact(2));
    let is_whole = runs().all(|run| run.len().is_multiple_of(2));
    let is_sign = |pair: &[u8]| pair[1] > 0xa0 && matches!(pair[0], 0xa1..=0xa9 | 0xb0..=0xd7);
    let signs = pairs().filter(|pair| pair[0] >= 0xb0).count();
    // Capitals of a Cyrillic word lie there too.
    let is_cyrillic = pairs().flatten().all(|byte| (0xc0..=0xdf).contains(byte));
    if !is_whole || !pairs().all(is_sign) || is_cyrillic {
        return None;
    }
    let is_kana = pairs().any(|pair| matches!(pair[0], 0xa4 | 0xa5));
    match (is_kana, signs) {
        (true, _) => Some(EUC_JP),
        (_, 1..) if are_japanese(&runs().collect::<Vec<_>>()) => Some(EUC_JP),
        (_, 0) => None,
        (_, SIGNS..) if pairs().all(|pair| pair[0] <= 0xc8) => Some(EUC_KR),
        _ => Some(GB18030),
    }
}

/// Signs of the words that columns are named by in Japan, and in China.
const JAPANESE: &str = "日時刻温度湿圧力流量電値番号名前年月地点種類測定結果判区分合計数速高低長幅重平均最大小気風雨雪水位置部品製造検査工場機械装回転振動周波記録状態異常正備考単価金額売上顧客商店住所県市町村東京大阪";
const CHINESE: &str = "日期时间刻温度湿压力流量电值编号名称年月地点种类测定结果判区分合计数速高低长宽重平均最大小气风雨雪水位置部件制造检查工厂机械设备回转振动频率记录状态异常正备注单价金额销售客户商店住址省市县城东京上海北流向含浓";

/// Whether signs of two bytes, of which none is a kana, are rather words of Japan than of China.
fn are_japanese(runs: &[&[u8]]) -> bool {
    let known = |encoding: &'static Encoding, signs: &str| {
        let texts = runs
            .iter()
            .map(|run| encoding.decode_without_bom_handling(run).0);
        let all: Vec<char> = texts
            .flat_map(|text| text.chars().collect::<Vec<_>>())
            .collect();
        let known = all.iter().filter(|sign| signs.contains(**sign)).count();
        (known, all.len())
    };
    let (japanese, all) = known(EUC_JP, JAPANESE);
    japanese * 2 >= all && japanese > known(GB18030, CHINESE).0
}

/// Letters of a tongue, the most frequent first.
const RUSSIAN: &str = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё";
const GREEK: &str = "αοιετσνηυρπκμλςωίγάδχόθέήφβύξώζψ";
const HEBREW: &str = "יוהלארתבםמשנקדפחטצגסזכןעךףץ";

/// How much rarer a capital is, where the rarest letter of an alphabet is 1000.
const CAPITAL: usize = 120;

/// The encoding of words of other letters than Latin ones: the one by which they are words, and their
/// letters the most frequent ones.
fn of_other_letters(words: &[&[u8]]) -> &'static Encoding {
    let rarity = |(encoding, alphabet): (&'static Encoding, &str)| {
        let (mut ranks, mut count) = (0, 0);
        for word in words {
            let (text, had_errors) = encoding.decode_without_bom_handling(word);
            let letters: Vec<char> = text.chars().collect();
            let rises = |pair: &[char]| pair[0].is_lowercase() && pair[1].is_uppercase();
            let are_letters = letters.iter().all(|letter| letter.is_alphabetic());
            if had_errors || !are_letters || letters.windows(2).any(rises) {
                return None;
            }
            let all = alphabet.chars().count();
            let rank = |letter| alphabet.chars().position(|other| other == letter);
            // Most words are of small letters.
            let capitals = letters.iter().filter(|letter| letter.is_uppercase());
            ranks += capitals.count() * CAPITAL;
            let small = letters.iter().flat_map(|letter| letter.to_lowercase());
            let rarities = small.map(|letter| 1000 * rank(letter).unwrap_or(2 * all) / all);
            ranks += rarities.sum::<usize>();
            count += letters.len();
        }
        Some((ranks / count.max(1), encoding))
    };
    let found = [
        (WINDOWS_1251, RUSSIAN),
        (WINDOWS_1253, GREEK),
        (KOI8_R, RUSSIAN),
        (IBM866, RUSSIAN),
        (WINDOWS_1255, HEBREW),
    ];
    let found = found.into_iter().filter_map(rarity);
    let least = found.min_by_key(|(rarity, _)| *rarity);
    least.map_or(WINDOWS_1251, |(_, encoding)| encoding)
}

/// The encoding of Latin words with accents.
fn of_accents(words: &[&[u8]]) -> &'static Encoding {
    // Each byte that is none of ASCII's, with those before and behind it in its word.
    let around = || {
        words.iter().flat_map(|word| {
            (0..word.len())
                .filter(|&at| !word[at].is_ascii())
                .map(|at| {
                    (
                        at.checked_sub(1).map(|at| word[at]),
                        word[at],
                        word.get(at + 1).copied(),
                    )
                })
        })
    };
    let is_letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphabetic());
    let any = |is: &dyn Fn(Option<u8>, u8, Option<u8>) -> bool| {
        around().any(|(before, byte, behind)| is(before, byte, behind))
    };
    // ß, ä and é as the Macintosh wrote them are a sign, or a capital, within a word of small letters.
    let is_small = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_lowercase());
    if any(&|before, byte, behind| match byte {
        0xa7 | 0x88 | 0x89 => is_letter(before) && is_letter(behind),
        0x8a | 0x8e => is_small(behind) && is_letter(before),
        _ => false,
    }) {
        return MACINTOSH;
    }
    // ě and ů stand in the midst of words, where ì and ù end them; č begins them; ł, ż, ą, ľ lie
    // where Western signs are.
    let is_central = |before, byte, behind| match byte {
        0xec | 0xf9 => is_letter(behind),
        0xe8 => !is_letter(before) && is_letter(behind),
        0xb3 | 0xbf | 0xb9 | 0xbe => is_letter(before) && is_letter(behind),
        _ => false,
    };
    let has = |bytes: &[u8]| around().any(|(_, byte, _)| bytes.contains(&byte));
    if any(&is_central) {
        let is_polish = has(&[0xb3, 0xbf]);
        let is_iso = any(&|before, byte, behind| {
            let is_it = match is_polish {
                true => [0xb1, 0xb6, 0xbc].contains(&byte),
                false => [0xb9, 0xbe, 0xbb, 0xa9, 0xae].contains(&byte),
            };
            is_it && (is_letter(before) || is_letter(behind))
        });
        let is_windows = has(&[0x8a, 0x8d, 0x8e, 0x9a, 0x9d, 0x9e, 0x8c, 0x9c, 0x9f]);
        return match is_iso && !is_windows {
            true => ISO_8859_2,
            false => WINDOWS_1250,
        };
    }
    // ğ, ş and ı lie where Icelandic has letters; Icelandic has others beside them.
    let is_icelandic = has(&[0xe1, 0xed, 0xfa, 0xe6, 0xc1, 0xcd, 0xda, 0xc6]);
    let is_turkish = any(&|before, byte, behind| {
        [0xf0, 0xfe, 0xde, 0xd0, 0xfd].contains(&byte) && (is_letter(before) || is_letter(behind))
    });
    match is_turkish && !is_icelandic {
        true => WINDOWS_1254,
        false => WINDOWS_1252,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_words_tell_their_encoding() {
        for (encoding, words) in [
            (WINDOWS_1251, "t,р,Q"),
            (WINDOWS_1251, "Т,Р,Г"),
            (WINDOWS_1251, "дата,т,п"),
            (WINDOWS_1251, "№,темп,p"),
            (WINDOWS_1251, "ТОК,НАПР"),
            (WINDOWS_1251, "Ток,Pa,m3"),
            (KOI8_R, "Темп,Дата"),
            (KOI8_R, "температура,давление,расход"),
            (IBM866, "температура,давление,расход"),
            (WINDOWS_1255, "טמפרטורה,לחץ,זרימה"),
            (WINDOWS_1253, "Πίεση,Ροή"),
            (SHIFT_JIS, "温,圧,流"),
            (SHIFT_JIS, "センサ,値"),
            (GB18030, "温,压,流"),
            (GB18030, "编号a,b,c"),
            (EUC_KR, "온도,압력,유량"),
            (EUC_JP, "データ,温度"),
            (EUC_JP, "日時,温度,圧力"),
            (EUC_JP, "温,圧"),
            (GB18030, "日期,温度,压力"),
            (GB18030, "时间,流量,电压"),
            (EUC_KR, "날짜,시간,번호"),
            (WINDOWS_1250, "čas,výš,b"),
            (WINDOWS_1250, "Průtok,Tlak"),
            (
                WINDOWS_1250,
                "wartość średnia,prąd,ciśnienie łożyska,zużycie",
            ),
            (ISO_8859_2, "Průtok,žížala,výška"),
            (WINDOWS_1254, "Sıcaklık,Basınç,Akış"),
            (WINDOWS_1252, "T °C,p µbar,q m³"),
            (WINDOWS_1252, "Größe,Débit,Près,année,größer"),
            (WINDOWS_1252, "Año,medición,où,perché,già"),
            (WINDOWS_1252, "Þrýstingur,hiti á"),
            (WINDOWS_1252, "Størrelse,Målt,tæt"),
        ] {
            let (bytes, _, had_errors) = encoding.encode(words);
            assert!(!had_errors, "{words}");
            assert_eq!(by_few(&bytes).name(), encoding.name(), "{words}");
        }
        assert_eq!(by_few(b"Gr\x9a\xa7e,D\x8ebit").name(), "macintosh");
    }
}
