/// Offsets of the time zone abbreviations that bylines carry.
///
/// Only those that mean one offset in news use; `IST` (India, Ireland, Israel) and `CST` (America,
/// China) are told by nothing else on a page: `CST` is taken as American, `IST` is left open.
enum TimeZones {
    /// Minutes east of UTC of a lower-case abbreviation.
    static func offsetMinutes(_ word: String) -> Int? { table[word] }

    private static let table: [String: Int] = [
        "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "bst": 60, "cet": 60, "mez": 60,
        "cest": 120, "mesz": 120, "eet": 120, "eest": 180, "msk": 180,
        "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360,
        "pst": -480, "pdt": -420, "akst": -540, "akdt": -480, "hst": -600,
        "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "acst": 570, "awst": 480,
        "nzst": 720, "nzdt": 780, "sast": 120, "wib": 420, "brt": -180,
    ]
}
