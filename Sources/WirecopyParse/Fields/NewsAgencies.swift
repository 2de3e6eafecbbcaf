/// News agencies and how reports name them.
///
/// The spellings are those of the agencies themselves and of the datelines, sign-offs and credits
/// that papers print with their reports. `AP` is one, `ap` is none; `dpa` is written small.
/// `SyndicationTests` holds what must and must not match.
enum NewsAgencies {
    /// An agency in a text.
    struct Found: Equatable {
        /// Its name as it is best known.
        let name: String
        /// Bytes of the text.
        let place: Range<Int>
    }

    /// All spellings of an agency's name, in lower case.
    static func keys(of name: String) -> [String] { keysByName[name] ?? [] }

    private static let keysByName = Dictionary(
        entries.map { ($0.name, [FoldedLine(String(decoding: $0.spelling, as: UTF8.self)).key]) },
        uniquingKeysWith: +
    )

    /// The agencies named in a text, each once, in order.
    ///
    /// - Parameters:
    ///   - text: NFC.
    ///   - strict: also spellings that mean something else outside of credits: `AP`, `SPA`.
    /// - Returns: none that is the end or beginning of a longer word.
    static func named(in text: [UInt8], strict: Bool) -> [Found] {
        var found: [Found] = []
        var index = 0
        var isAtStart = true
        while index < text.count {
            let byte = text[index]
            if isAtStart, let (name, length) = agency(at: index, in: text, strict: strict) {
                if !found.contains(where: { $0.name == name }) {
                    found.append(Found(name: name, place: index..<index + length))
                }
                index += length
                isAtStart = false
                continue
            }
            isAtStart = !byte.isLetter && !byte.isDigit
            index += 1
        }
        return found
    }

    private static func agency(
        at index: Int,
        in text: [UInt8],
        strict: Bool
    ) -> (name: String, length: Int)? {
        for number in byByte[Int(text[index])] {
            let entry = entries[number]
            guard strict || !entry.isAmbiguous else { continue }
            if PhraseList.stands(entry.spelling[...], in: text, at: index) {
                return (entry.name, entry.spelling.count)
            }
        }
        return nil
    }

    private struct Entry {
        let spelling: [UInt8]
        let name: String
        let isAmbiguous: Bool
    }

    /// The longest spelling first, so that `AFP Forum` would not be cut.
    private static let entries: [Entry] = lists.flatMap { names, isAmbiguous in
        names.split(separator: "|").flatMap { line in
            let spellings = line.split(separator: ",").map { NormalText.string($0) }
            return spellings.map {
                Entry(spelling: Array($0.utf8), name: spellings[0], isAmbiguous: isAmbiguous)
            }
        }
    }.sorted { $0.spelling.count > $1.spelling.count }

    private static let byByte: [[Int]] = (0...255).map { byte in
        entries.indices.filter { entries[$0].spelling.first.map(Int.init) == byte }
    }

    private static let lists = [(clear, false), (ambiguous, true)]

    /// An agency a line: its name, then other spellings.
    private static let clear = """
        Reuters, REUTERS, Thomson Reuters, Рейтер, رويترز, 路透社, ロイター
        | Associated Press, The Associated Press, ASSOCIATED PRESS, THE ASSOCIATED PRESS
        | AFP, Agence France-Presse, Agence France Presse, AGENCE FRANCE-PRESSE, 法新社
        | dpa, DPA, Deutsche Presse-Agentur, dpa-AFX
        | EFE, Agencia EFE | Europa Press, EUROPA PRESS | ANSA, Ansa
        | Adnkronos | Askanews | Xinhua, XINHUA, 新华社, 新華社
        | TASS, ТАСС | RIA Novosti, РИА Новости | Interfax, Интерфакс
        | Kyodo News, Kyodo, KYODO, 共同通信, 共同社 | Jiji Press, 時事通信
        | Yonhap, YONHAP, Yonhap News Agency, 연합뉴스
        | Press Trust of India, PTI | Indo-Asian News Service, IANS
        | United Press International, UPI | Bloomberg News
        | PA Media, Press Association | The Canadian Press, Canadian Press
        | Australian Associated Press, AAP | Keystone-SDA, Keystone-ATS, sda
        | APA, Austria Presse Agentur | Agence Belga, Belga, BELGA | ANP | Ritzau, ritzau | NTB
        | LUSA, Lusa, Agência Lusa | Agência Brasil | Télam, Telam | Notimex
        | Anadolu Agency, Anadolu Ajansı, Anadolu | PAP, Polska Agencja Prasowa
        | ČTK, CTK | MTI | Agerpres, AGERPRES | Ukrinform, Укрінформ
        | Bernama, BERNAMA | ANTARA | Epd, epd, Evangelischer Pressedienst | KNA
        | KFF Health News, Kaiser Health News | Inter Press Service
        | Tribune News Service, TNS | Hina, HINA | Tanjug, Танјуг
        | STT | BNS | LETA | ELTA | Central News Agency
        """

    /// These are also words, initials or other things.
    private static let ambiguous = """
        Associated Press, AP | ANI | AGI | SID, sid
        | Keystone-SDA, ATS, ats | Bloomberg | CNA | AFP, afp | SPA | WAM | IRNA
        """
}
