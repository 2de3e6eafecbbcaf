/// What a page's scripts say of its article outside of structured data: values behind keys such as
/// `"datePublished":`, `publishedAt:` or `"author":` in the state that they build the page from.
///
/// Scripts are not parsed: each colon or equals sign is a place where a value may stand, and the
/// letters before it are looked up.
struct ScriptFacts: Sendable, Equatable {
    /// What a key says of its value.
    enum Key: Sendable, Equatable {
        case published, modified, dated, author, title
    }

    /// A key and its value.
    struct Fact: Sendable, Equatable {
        let key: Key
        let value: String
    }

    /// In order.
    private(set) var facts: [Fact] = []
    private var bytesRead = 0

    /// Values that are kept; a page of links repeats its keys for each of them.
    private static let factsMax = 60
    /// Bytes of scripts that are looked at; the state of a page is rarely larger.
    private static let bytesMax = 4 << 20
    private static let keyBytesMax = 24
    private static let valueBytesMax = 160
    /// Spaces and quotation marks between a key and its value.
    private static let gapMax = 4

    /// Values of one key.
    func values(_ key: Key) -> [String] { facts.lazy.filter { $0.key == key }.map(\.value) }

    /// Reads one script.
    mutating func read(_ script: [UInt8]) {
        guard bytesRead < Self.bytesMax else { return }
        bytesRead += script.count
        for index in script.indices
        where script[index] == UInt8(ascii: ":") || script[index] == UInt8(ascii: "=") {
            guard let key = Self.key(before: index, in: script) else { continue }
            let values =
                Self.value(behind: index, in: script).map { [$0] }
                ?? (key == .author ? Self.names(behind: index, in: script).map { [$0] } ?? [] : [])
            for value in values {
                guard facts.count < Self.factsMax else { return }
                let fact = Fact(key: key, value: value)
                if !facts.contains(fact) { facts.append(fact) }
            }
        }
    }

    /// The strings of a list or the `name`s of the objects in it, as one byline.
    private static func names(behind index: Int, in script: [UInt8]) -> String? {
        let rest = script[(index + 1)...].prefix(listBytesMax).drop(while: \.isSpace)
        guard rest.first == UInt8(ascii: "[") || rest.first == UInt8(ascii: "{"),
            let list = LooseJSON(reading: Array(rest))
        else { return nil }
        let names = list.elements.prefix(namesMax).compactMap { $0.text ?? $0["name"]?.text }
        return names.isEmpty ? nil : names.joined(separator: "; ")
    }

    private static let listBytesMax = 600
    private static let namesMax = 6

    /// The meaning of the letters before a place; `_` and `-` between them do not count.
    private static func key(before index: Int, in script: [UInt8]) -> Key? {
        var end = index
        var gap = 0
        while end > 0, gap < gapMax, isGap(script[end - 1]) {
            end -= 1
            gap += 1
        }
        guard end >= 2, isEnd(script[end - 2], script[end - 1]) else { return nil }
        var start = end
        while start > 0, end - start < keyBytesMax + 2, isKeyByte(script[start - 1]) { start -= 1 }
        guard 4...keyBytesMax ~= end - start else { return nil }
        var hash: UInt64 = 0
        for byte in script[start..<end] where byte.isLetter {
            hash = hash &* 0x100_0000_01B3 ^ UInt64(byte.lowercased)
        }
        return keys[hash]
    }

    /// The string or number behind a place.
    private static func value(behind index: Int, in script: [UInt8]) -> String? {
        var start = index + 1
        var quote: UInt8?
        var gap = 0
        while start < script.count, gap < gapMax, isGap(script[start]) {
            if script[start] == UInt8(ascii: "\"") || script[start] == UInt8(ascii: "'") {
                quote = script[start]
                start += 1
                break
            }
            start += 1
            gap += 1
        }
        let rest = script[start...].prefix(valueBytesMax)
        let bytes: ArraySlice<UInt8>
        if let quote {
            bytes = rest.prefix { $0 != quote && $0 != UInt8(ascii: "\\") }
        } else {
            bytes = rest.prefix(while: \.isDigit)
        }
        guard bytes.count < valueBytesMax else { return nil }
        let text = NormalText.string(bytes)
        return text.utf8.count >= 2 ? text : nil
    }

    private static func isGap(_ byte: UInt8) -> Bool {
        byte.isSpace || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
            || byte == UInt8(ascii: "\\")
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        (byte.isLetter && byte < 0x80) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }

    private static let keys: [UInt64: Key] = {
        var keys: [UInt64: Key] = [:]
        for (key, words) in wordsByKey {
            for word in words.split(separator: " ") {
                let hash = word.utf8.reduce(UInt64(0)) { $0 &* 0x100_0000_01B3 ^ UInt64($1) }
                keys[hash] = key
            }
        }
        return keys
    }()

    /// Whether one of the keys ends with two bytes, or may with `_` or `-` between or behind its
    /// letters: most names in a program do not, and are passed over.
    private static func isEnd(_ first: UInt8, _ second: UInt8) -> Bool {
        guard first.isLetter, second.isLetter else { return isKeyByte(first) && isKeyByte(second) }
        let letter = Int(second.lowercased & 31)
        return ends[Int(first.lowercased & 31)] & 1 << UInt32(letter) != 0
    }

    /// The last two letters of the keys: for each last but one, a bit for each last.
    private static let ends: [UInt32] = {
        var ends = [UInt32](repeating: 0, count: 32)
        for word in wordsByKey.flatMap({ $0.1.split(separator: " ") }) {
            let letters = Array(word.utf8.suffix(2))
            ends[Int(letters[0] & 31)] |= 1 << UInt32(letters[1] & 31)
        }
        return ends
    }()

    /// Keys as content systems and analytics call them, in lower case and without `_` and `-`.
    private static let wordsByKey: [(Key, String)] = [
        (
            .published,
            """
            datepublished publishedat publishdate publisheddate publicationdate pubdate \
            firstpublished firstpublishedat firstpublisheddate publishedtime publishtime \
            publicationtime publisheddatetime articlepublishdate pagepublishdate datepub \
            publishdatetime publishedon firstpublishdate publisheddateiso publisheddateutc \
            contentpublisheddate publishat publishstart onlinedate firstpublicationdate \
            articlepublicationdate articlepublisheddate articlepublishedat pagepublicationdate \
            originalpublicationdate originalpublishdate publishedtimestamp publishtimestamp \
            publicationdatetime articledatepublished initialpublicationdate pubdateiso
            """
        ),
        (
            .modified,
            """
            datemodified modifiedat updatedat lastmodified modifieddate updateddate \
            lastupdated lastpublished lastpublisheddate updatetime modifiedtime dateupdated \
            lastmodifieddate updatedon
            """
        ),
        (
            .dated,
            "createdat datecreated creationdate createddate displaydate articledate postdate date"
        ),
        (
            .author,
            """
            author authors byline authorname articleauthor pageauthor contentauthor creator \
            contentauthors authorslist authorlist writers \
            articleauthors authornames bylinetext
            """
        ),
        (.title, "headline articletitle pagetitle contenttitle"),
    ]
}
