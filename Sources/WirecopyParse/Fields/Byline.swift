/// Makes names of authors out of what pages write where authors stand.
enum Byline {
    /// Names of one article; longer lists are lists of staff.
    static let namesMax = 20

    /// The names in a byline, in order, without doubles: `By Ann Lee and Bo Ek, Reuters` gives
    /// three.
    static func names(in text: String) -> [String] {
        names(in: [text])
    }

    /// The names in several values, in order, without doubles.
    static func names(in texts: [String]) -> [String] {
        var names: [String] = []
        var keys: Set<String> = []
        for part in texts.flatMap(parts) {
            guard let name = name(in: part), names.count < namesMax else { continue }
            if keys.insert(FoldedLine(name).key).inserted { names.append(name) }
        }
        return withoutParts(names)
    }

    /// A part of a byline that may be a name.
    struct Piece {
        let name: String
        /// Whether it is a word that stands in bylines and names nobody: `Staff`, `Share`.
        let isNobody: Bool
        /// Whether it says what somebody is: `Senior Reporter`.
        let isRole: Bool
        /// Whether it was cut out of a part at a place where nothing says that one ends.
        let isGuess: Bool
    }

    /// All parts of a byline, in order, without doubles; who of them is somebody is left open.
    static func pieces(in text: String) -> [Piece] {
        var pieces: [Piece] = []
        var keys: Set<String> = []
        func add(_ part: String, isGuess: Bool = false) {
            let cut = cut(part)
            guard pieces.count < namesMax, isPossible(cut), keys.insert(cut).inserted,
                DateReader(latest: anyDay).firstDate(in: cut) == nil
            else { return }
            let folded = FoldedLine(cut)
            pieces.append(
                Piece(
                    name: settled(cut),
                    isNobody: noNames.equals(folded),
                    isRole: roles.occurs(in: folded),
                    isGuess: isGuess
                )
            )
        }
        for part in parts(text) {
            add(part)
            if let name = withoutTrailingRole(part) { add(name, isGuess: true) }
            if let name = behindInnerLead(part) { add(name, isGuess: true) }
            for name in atCapital(part) { add(name, isGuess: true) }
        }
        // `Centre for Ocean Research` is one.
        if pieces.count > 1, [" for ", " in ", " & ", " – ", " - "].contains(where: text.contains) {
            add(NormalText.string(text), isGuess: true)
        }
        return pieces
    }

    /// `Ann Lee Senior Reporter` and `Ann Lee Staff Writer` give `Ann Lee`.
    private static func withoutTrailingRole(_ part: String) -> String? {
        let words = part.split(separator: " ")
        guard words.count >= 3 else { return nil }
        let end = words.indices.dropFirst(2).first { index in
            roleWords.contains(FoldedLine(String(words[index])).key)
        }
        return end.map { words[..<$0].joined(separator: " ") }
    }

    /// `Posted on May 5 by Ann Lee` and `Eingestellt von Ann Lee` give `Ann Lee`.
    private static func behindInnerLead(_ part: String) -> String? {
        innerLeads.lazy.compactMap { lead in part.firstRange(of: lead) }.first
            .map { String(part[$0.upperBound...]) }
    }

    /// `Ann LeeReporter`: the space was between two elements. `Ann McLee` has a capital too.
    private static func atCapital(_ part: String) -> [String] {
        let scalars = Array(part.unicodeScalars)
        let place = scalars.indices.dropFirst(4).first { index in
            scalars[index].properties.isUppercase
                && scalars[(index - 3)..<index].allSatisfy(\.properties.isAlphabetic)
                && scalars[(index - 2)..<index].allSatisfy(\.properties.isLowercase)
        }
        guard let place else { return [] }
        return [scalars[..<place], scalars[place...]].map { half in
            var text = String.UnicodeScalarView()
            text.append(contentsOf: half)
            return String(text)
        }
    }

    private static let innerLeads = [
        " by ", " By ", " von ", " par ", " por ", " door ", "：", ": ",
    ]

    private static let roleWords: Set<String> = [
        "senior", "staff", "chief", "reporter", "correspondent", "editor", "writer", "columnist",
        "contributor", "journalist", "producer", "photographer", "managing", "deputy", "assistant",
        "associate", "special", "contributing", "political", "business", "sports", "news",
        "redakteur", "redakteurin", "reporterin", "korrespondent", "korrespondentin", "for", "of",
        "the", "at", "redaktion", "executive", "digital", "guest", "founder", "freelance", "phd",
        "md", "updated", "published", "posted", "on", "lead", "head", "bureau", "national", "am",
    ]

    /// Whether a line begins as bylines do: `By `, `Written by `, `Von `.
    static func startsLikeByline(_ line: FoldedLine) -> Bool { lead(of: line) != nil }

    /// The first of the leads that a line begins with.
    private static func lead(of line: FoldedLine) -> [UInt8]? {
        guard let first = line.bytes.first else { return nil }
        return leadsByByte[Int(first)].first { line.bytes.stands($0[...], at: 0) }
    }

    /// The reporters in an agency's closing line, without places and without those who edited.
    static func reporters(in line: String) -> [String] {
        let first = line.split { $0 == ";" || $0 == "." }.first.map(String.init) ?? ""
        guard let lead = first.firstRange(of: " by ") else { return [] }
        let rest = String(first[lead.upperBound...]).replacing(" in ", with: " near ")
        return parts(rest).compactMap { part in
            let end = part.firstRange(of: " near ")?.lowerBound ?? part.endIndex
            return name(in: NormalText.string(part[..<end]))
        }.filter(isPerson)
    }

    /// Whether a name has the form of a person's: two to four words, each with a capital.
    static func isPerson(_ name: String) -> Bool {
        let form = LineForm(name)
        let wide = name.split(separator: " ").count { ($0.utf8.first ?? 0) >= 0x80 }
        return 2...4 ~= form.words && form.digits == 0 && form.capitalised + wide == form.words
            && !form.isAllCapitals
    }

    // MARK: - Cutting

    private static func parts(_ text: String) -> [String] {
        var rest = NormalText.prefix(NormalText.string(text), bytes: textBytesMax)
        rest = withoutLead(rest)
        var bytes = Array(rest.utf8)
        for joint in jointBytes { replace(joint, in: &bytes) }
        return bytes.split(separator: UInt8(ascii: "\n")).map { NormalText.string($0) }
    }

    /// A joint between names stands between spaces.
    private static func replace(_ joint: [UInt8], in text: inout [UInt8]) {
        guard var place = text.firstPlace(of: joint) else { return }
        var (result, start) = ([UInt8](), 0)
        while true {
            result += text[start..<place]
            result.append(UInt8(ascii: "\n"))
            start = place + joint.count
            guard let next = text.firstPlace(of: joint, from: start) else { break }
            place = next
        }
        text = result + text[start...]
    }

    private static let jointBytes = joints.map { Array($0.utf8) }

    private static func withoutLead(_ text: String) -> String {
        var rest = text
        for _ in 0..<2 {
            guard let lead = lead(of: FoldedLine(rest)) else { break }
            rest = NormalText.string(rest.utf8.dropFirst(lead.count))
        }
        // `ByAnn Lee`: the space was between two elements.
        let start = Array(rest.utf8.prefix(3))
        if start.count == 3, start[0] == UInt8(ascii: "B"), start[1] == UInt8(ascii: "y"),
            start[2].isCapital
        {
            rest = String(rest.dropFirst(2))
        }
        return rest
    }

    // MARK: - One name

    private static func name(in part: String) -> String? {
        let name = cut(part)
        return isName(name) ? settled(name) : nil
    }

    /// A part without brackets, dates and addresses.
    private static func cut(_ part: String) -> String {
        var name = withoutTrailingDate(withoutLead(part))
        for bracket in ["(", "[", "<", "@", "http"] {
            if let range = name.firstRange(of: bracket) {
                name = NormalText.string(name[..<range.lowerBound])
            }
        }
        name = trimmed(name)
        if let rest = withoutTrailingAddress(name) { name = rest }
        return withoutTitle(name)
    }

    /// `신현주 기자` (reporter) and `王明記者` give the name.
    private static func withoutTitle(_ name: String) -> String {
        for title in titles where name.hasSuffix(title) {
            let rest = NormalText.string(name.dropLast(title.count))
            if rest.unicodeScalars.count >= 2 { return rest }
        }
        return name
    }

    /// What East Asian papers write behind a name.
    private static let titles = ["기자", "특파원", "記者", "记者"]

    private static func isPossible(_ name: String) -> Bool {
        let form = LineForm(name)
        return form.hasLetter && form.bytes >= 2 && form.bytes <= nameBytesMax
            && form.words <= nameWordsMax && !name.contains("http")
    }

    /// The name before a date: `Ann Lee 29 May 2024` and `Ann Lee May 29` give `Ann Lee`.
    private static func withoutTrailingDate(_ text: String) -> String {
        let words = text.split(separator: " ")
        let start = words.indices.dropFirst().first { index in
            let pair = words[index...].prefix(2)
            return pair.contains { $0.utf8.first?.isDigit == true }
                && pair.contains { MonthNames.month(FoldedLine(String($0)).key) != nil }
        }
        return start.map { words[..<$0].joined(separator: " ") } ?? text
    }

    private static func isName(_ name: String) -> Bool {
        let form = LineForm(name)
        let words = form.words
        guard isPossible(name), form.digits <= 2, !name.contains("/") else { return false }
        let folded = FoldedLine(name)
        if noNames.equals(folded) || roles.occurs(in: folded) { return false }
        if DateReader(latest: anyDay).firstDate(in: name) != nil { return false }
        // A name has capitals or letters without case.
        return form.capitalised > 0 || name.utf8.contains { $0 >= 0x80 } || words == 1
    }

    /// `ANN LEE` becomes `Ann Lee`; a single word in capitals is an agency.
    private static func settled(_ name: String) -> String {
        let form = LineForm(name)
        guard form.isAllCapitals, form.words >= 2, form.bytes >= 6 else { return name }
        return name.split(separator: " ").map { word in
            var isStart = true
            return String(
                word.lowercased().map { letter -> Character in
                    defer { isStart = letter == "-" || letter == "'" || letter == "’" }
                    return isStart ? Character(letter.uppercased()) : letter
                }
            )
        }.joined(separator: " ")
    }

    private static func trimmed(_ text: String) -> String {
        var rest = text[...]
        while let first = rest.first, marks.contains(first) { rest = rest.dropFirst() }
        while let last = rest.last, marks.contains(last) { rest = rest.dropLast() }
        return String(rest)
    }

    private static let marks: Set<Character> = [
        ",", ";", ":", "-", "–", "—", "|", "•", "·", "*", "/", "\"", "'", "’", "»", "«", " ",
    ]

    /// The name before an e-mail address that was written without brackets.
    private static func withoutTrailingAddress(_ text: String) -> String? {
        guard text.contains("@") else { return nil }
        return text.split(separator: " ").filter { !$0.contains("@") }.joined(separator: " ")
    }

    /// `Lee` beside `Ann Lee` is the same author.
    private static func withoutParts(_ names: [String]) -> [String] {
        let keys = names.map { " " + FoldedLine($0).key + " " }
        return names.indices.filter { index in
            !keys.indices.contains {
                $0 != index && keys[$0].utf8.count > keys[index].utf8.count
                    && keys[$0].contains(keys[index])
            }
        }.map { names[$0] }
    }

    // MARK: - Words

    /// Lets the reader of dates see days without a year: `April 15` is nobody.
    private static let anyDay = CalendarDate(year: 2000, month: 12, day: 31)
    private static let textBytesMax = 600
    private static let nameBytesMax = 70
    private static let nameWordsMax = 6

    private static let leads = [
        "by ", "by: ", "by:", "von ", "von: ", "par ", "por ", "por: ", "di ", "door ", "av ",
        "af ", "text: ", "text ", "words by ", "story by ", "written by ", "written by: ",
        "reported by ", "posted by ", "published by ", "author: ", "author ", "authors: ",
        "autor: ", "autor ", "autore: ", "auteur: ", "redaktion: ", "текст: ", "автор: ",
        "редактор: ",
        "reporter: ", "opinion by ", "analysis by ", "scritto da ",
        "a cura di ", "autorin/autor ", "autorin: ", "autor/in: ", "autorin ", "escribe ",
        "责编：", "记者：", "作者：", "文/", "編集：", "著者：", "記者",
        "publié par ", "geschrieben von ", "veröffentlicht von ", "ein artikel von ",
        "quelle: ", "source: ", "fuente: ", "fonte: ", "bron: ",
    ]

    /// The leads that begin with each byte, in their order.
    private static let leadsByByte = (0...255).map { byte in
        leads.map { Array($0.utf8) }.filter { Int($0[0]) == byte }
    }

    private static let joints = [
        ", ", "; ", ";", " and ", " And ", " AND ", " & ", " und ", " et ", " y ", " e ", " en ",
        " og ", " och ", " и ", " та ", " | ", "|", " / ", " • ", " · ", " with ", " for ", "、",
        "，",
        " – ", " — ", " - ", ",", " ja ", " i ", " in ",
    ]

    /// Words that stand in bylines and are no names.
    private static let noNames = PhraseList(
        """
        by | author | authors | admin | administrator | editor | editors | follow | share | \
        staff | guest | contact | email | e-mail | twitter | facebook | updated | published | \
        posted | view all posts | view profile | see more | more | read more | null | none | \
        undefined | unknown | anonymous | redaktion | redacción | website | webmaster | user | \
        root | posted by | written by | von | the | team | post author | contributor | \
        follow us | subscribe | bio | archive | no author | stand | last modified | last update | \
        veröffentlicht | aktualisiert | get author rss feed | im wortlaut | login | log in | \
        youtube | linkedin | instagram | sign in | sign up | search | abmelden | anmelden | \
        datum | quelle | sat | sun | mon | tue | wed | thu | fri | \
        monday | tuesday | wednesday | thursday | friday | saturday | sunday | montag | \
        dienstag | mittwoch | donnerstag | freitag | samstag | sonnabend | sonntag | lundi | \
        mardi | mercredi | jeudi | vendredi | samedi | dimanche | lunes | martes | miércoles | \
        jueves | viernes | sábado | domingo | lunedì | martedì | mercoledì | giovedì | venerdì | \
        maandag | dinsdag | woensdag | donderdag | vrijdag | zaterdag | zondag
        """
    )

    /// Words that make a part of a byline somebody's role and no name.
    static let roles = PhraseList(
        """
        reporter | correspondent | editor | writer | columnist | contributor | journalist | \
        producer | photographer | editor-in-chief | analyst | fellow | redakteur | redakteurin | \
        reporterin | korrespondent | korrespondentin | autor | autorin | journaliste | redactor | \
        redactora | periodista | corresponsal | giornalista | minute read | min read | ago | \
        updated | published | posted | president | director | professor | ph.d | phd | md | \
        university | all posts | view | follow | comments
        """
    )
}
