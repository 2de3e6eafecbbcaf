/// Words of which numbers, sums and dates are made; all in lower case.
///
/// Origin: written for this project from the grammar of English; held by `QuantityFinderTests` and
/// `DateFinderTests`.
enum ValueWords {
    /// "seven": numbers below a hundred.
    static let small = table(
        """
        one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12
        thirteen 13 fourteen 14 fifteen 15 sixteen 16 seventeen 17 eighteen 18 nineteen 19
        twenty 20 thirty 30 forty 40 fifty 50 sixty 60 seventy 70 eighty 80 ninety 90
        """
    )
    /// "million": powers of ten by which the number before is multiplied.
    static let scale = table(
        """
        hundred 2 thousand 3 million 6 mn 6 mln 6 billion 9 bn 9 bln 9 trillion 12 tn 12
        """
    )
    /// Letters directly behind digits that do the same: "5bn".
    static let scaleSuffix = table("k 3 m 6 mn 6 bn 9 b 9 tn 12 trn 12")
    /// "hundreds": numbers of which only the size is known, with the power of ten.
    static let vague = table("hundreds 2 thousands 3 millions 6 billions 9 trillions 12")
    /// Months with their numbers.
    static let month = table(
        """
        january 1 jan 1 jan. 1 february 2 feb 2 feb. 2 march 3 mar 3 mar. 3 april 4 apr 4 apr. 4
        may 5 june 6 jun 6 jun. 6 july 7 jul 7 jul. 7 august 8 aug 8 aug. 8
        september 9 sep 9 sep. 9 sept 9 sept. 9 october 10 oct 10 oct. 10 november 11 nov 11
        nov. 11 december 12 dec 12 dec. 12
        """
    )
    /// Days of the week, from Monday on.
    static let weekday = table(
        """
        monday 0 tuesday 1 wednesday 2 thursday 3 friday 4 saturday 5 sunday 6
        mon. 0 tue. 1 tues. 1 wed. 2 thu. 3 thurs. 3 fri. 4 sat. 5 sun. 6
        """
    )
    /// Days that are named by their distance from the publication.
    static let relativeDay = table("yesterday -1 today 0 tonight 0 tomorrow 1")
    /// Parts of a day behind a day's name.
    static let partOfDay = WordSet(
        "morning afternoon evening night midday noon midnight overnight"
    )
    /// "the": what stands before a phrase and says nothing of its number.
    static let article = WordSet("the")
    /// "a dozen", "half a million".
    static let indefinite = WordSet("a an")

    /// A step between number words: "two hundred and fifty".
    static let and = WordSet("and")
    /// Half of what follows.
    static let half = WordSet("half")
    /// Twelve, and how many there are is vague.
    static let dozen = WordSet("dozen")
    static let dozens = WordSet("dozens")
    static let tens = WordSet("tens")
    static let of = WordSet("of")

    /// Each word with the number behind it.
    static func table(_ rows: String) -> [UInt64: Int] {
        let words = rows.split(whereSeparator: \.isWhitespace)
        var table: [UInt64: Int] = [:]
        for index in stride(from: 0, to: words.count - 1, by: 2) {
            table[WordHash.folded(String(words[index]))] = Int(words[index + 1]) ?? 0
        }
        return table
    }
}
