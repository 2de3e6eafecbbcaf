/// Knows for which country's government a capital or a seat stands: "Moscow", "the Kremlin".
///
/// Immutable after loading; made once a process by `Governments.shipped()`.
struct Governments: Sendable {
    private static let lists = ["capitals.tsv", "seats.tsv"]

    private var countryOfName = HashMap<Int32>(none: -1)
    private var countries: [String] = []

    /// Makes a table of nothing.
    init() {}

    /// The shipped lists; read once a process, at first use. Licences are in `Resources/NOTICE`.
    ///
    /// - Throws: `EntityFailure` when a list is missing or broken.
    static func shipped() throws(EntityFailure) -> Governments { try loaded.get() }

    private static let loaded: Result<Governments, EntityFailure> = Result {
        () throws(EntityFailure) in
        var governments = Governments()
        for name in lists { try governments.add(rows: try Lexicon.resource(name), file: name) }
        return governments
    }

    /// Adds the rows of a list: `name<TAB>country`, one a line; the last of a name counts.
    ///
    /// - Throws: `EntityFailure.lexiconUnreadable` for a row without a country.
    mutating func add(rows: [UInt8], file: String) throws(EntityFailure) {
        for line in rows.split(separator: 0x0A) {
            let fields = line.split(separator: 0x09)
            guard fields.count == 2 else {
                throw .lexiconUnreadable(file: file, line: String(decoding: line, as: UTF8.self))
            }
            let country = String(decoding: fields[1], as: UTF8.self)
            if countries.last != country { countries.append(country) }
            let index = Int32(countries.count - 1)
            let name = fields[0]
            let key = NameLetters.hash(rows, name.startIndex..<name.endIndex)
            countryOfName.update(key) { $0 = index }
        }
    }

    /// The country of a name; nil when the lists do not have it.
    func country(of name: Range<Int>, in text: AnalysedText) -> String? {
        countryOfName[NameForms.key(name, text)].map { countries[Int($0)] }
    }
}
