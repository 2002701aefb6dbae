//! The names of months and days.

/// Names of months in English, German, French, Spanish, Portuguese, Italian, Dutch, Polish, Czech,
/// Turkish and Russian, many also cut.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "januar", "jän", "jänner", "janv", "janvier", "ene", "enero", "janeiro", "gen", "gennaio", "januari", "stycznia", "styczeń", "leden", "ledna", "ocak", "янв", "январь", "января"],
    &["feb", "february", "februar", "febr", "févr", "fév", "février", "febrero", "fev", "fevereiro", "febbraio", "februari", "lutego", "luty", "únor", "února", "şubat", "фев", "февр", "февраль", "февраля"],
    &["mar", "march", "mär", "mrz", "märz", "mars", "marzo", "março", "mrt", "maart", "marca", "marzec", "březen", "března", "mart", "marts", "мар", "март", "марта"],
    &["apr", "april", "avr", "avril", "abr", "abril", "aprile", "kwietnia", "kwiecień", "duben", "dubna", "nisan", "апр", "апрель", "апреля"],
    &["may", "mai", "mayo", "maio", "mag", "maggio", "mei", "maja", "maj", "květen", "května", "mayıs", "май", "мая"],
    &["jun", "june", "juni", "juin", "junio", "junho", "giu", "giugno", "czerwca", "czerwiec", "červen", "června", "haziran", "июн", "июнь", "июня"],
    &["jul", "july", "juli", "juil", "juillet", "julio", "julho", "lug", "luglio", "lipca", "lipiec", "červenec", "července", "temmuz", "июл", "июль", "июля"],
    &["aug", "august", "août", "aout", "ago", "agosto", "augustus", "sierpnia", "sierpień", "srpen", "srpna", "ağustos", "авг", "август", "августа", "augusti"],
    &["sep", "sept", "september", "septembre", "septiembre", "set", "setembro", "settembre", "września", "wrzesień", "září", "eylül", "сен", "сент", "сентябрь", "сентября"],
    &["oct", "october", "okt", "oktober", "octobre", "octubre", "out", "outubro", "ott", "ottobre", "października", "październik", "říjen", "října", "ekim", "окт", "октябрь", "октября"],
    &["nov", "november", "novembre", "noviembre", "novembro", "listopada", "listopad", "kasım", "ноя", "нояб", "ноябрь", "ноября"],
    &["dec", "december", "dez", "dezember", "déc", "décembre", "dic", "diciembre", "dezembro", "dicembre", "grudnia", "grudzień", "prosinec", "prosince", "aralık", "дек", "декабрь", "декабря"],
];

/// Names of the days of the week, in English, German and French, each also cut.
const DAYS: [&str; 49] = [
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thur",
    "thurs",
    "fri",
    "sat",
    "sun",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mo",
    "di",
    "mi",
    "do",
    "fr",
    "sa",
    "so",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonntag",
    "lun",
    "mer",
    "jeu",
    "ven",
    "sam",
    "dim",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "jueves",
    "viernes",
    "domingo",
];

/// The number of a month, from its number or name.
pub(super) fn month_of(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return (1..=12).contains(&number).then_some(number);
    }
    let lower = text.to_lowercase();
    let place = MONTHS
        .iter()
        .position(|names| names.contains(&lower.as_str()))?;
    Some(place as u32 + 1)
}

/// A month as it is cut in English.
pub(super) fn short_month(month: i64) -> String {
    let names = MONTHS.get(usize::try_from(month - 1).unwrap_or(MONTHS.len()));
    let name = names
        .and_then(|names| names.first())
        .copied()
        .unwrap_or_default();
    name.chars()
        .enumerate()
        .map(|(at, letter)| {
            if at == 0 {
                letter.to_ascii_uppercase()
            } else {
                letter
            }
        })
        .collect()
}

/// Whether a word in small letters names a day of the week.
pub(super) fn is_day(word: &str) -> bool {
    DAYS.contains(&word)
}
