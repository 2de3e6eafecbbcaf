/// What the queue reads of an envelope: identities and numbers at once, texts only when asked.
///
/// Invariant: `json` is a valid envelope and the ranges lie in it.
struct EnvelopeHead: Sendable {
    /// Where a string without escapes stands in the JSON, its quotation marks not included.
    typealias Place = Range<Int>

    /// The envelope's bytes, as they came or as they were written.
    let json: [UInt8]
    var attachments = 0
    var id: MessageID
    var kind = MessageKind.outcome
    var lane: Place = 0..<0
    var madeAt = 0
    var parent: MessageID?
    var priority = MessageClass.live
    var root: MessageID
    var serviceMilliseconds: Int?
    var source: Place = 0..<0
    var stageVersion: Place?
    var subject: Place = 0..<0

    /// Reads an envelope whose bytes are exactly those that this program writes: no other order of
    /// keys, white space, escape, attribute or character beyond ASCII.
    ///
    /// - Returns: `nil` for any other bytes, which `Envelope(json:)` then reads or refuses. What
    ///   is read here, it reads to the same values: a test holds the two against each other.
    init?(canonical json: [UInt8]) {
        var cursor = EnvelopeCursor(json)
        self.json = json
        guard cursor.take(#"{"attachments":"#), let attachments = cursor.integer(),
            cursor.take(#","id":""#), let id = cursor.identifier(),
            cursor.take(#","lane":""#), let lane = cursor.text(),
            cursor.take(#","made_at_ms":"#), let madeAt = cursor.integer()
        else { return nil }
        (self.attachments, self.id, self.lane, self.madeAt) = (attachments, id, lane, madeAt)
        if cursor.take(#","parent":""#) {
            guard let parent = cursor.identifier() else { return nil }
            self.parent = parent
        }
        guard cursor.take(#","priority":""#), let priority = cursor.priority(),
            cursor.take(#","root":""#), let root = cursor.identifier()
        else { return nil }
        (self.priority, self.root) = (priority, root)
        if cursor.take(#","service_ms":"#) {
            guard let milliseconds = cursor.integer() else { return nil }
            serviceMilliseconds = milliseconds
        }
        guard cursor.take(#","source":""#), let source = cursor.text(),
            cursor.take(#","specversion":"1.0""#)
        else { return nil }
        self.source = source
        if cursor.take(#","stage_version":""#) {
            guard let version = cursor.text() else { return nil }
            stageVersion = version
        }
        guard cursor.take(#","subject":""#), let subject = cursor.text(),
            cursor.take(#","time":""#), cursor.text() != nil,
            cursor.take(#","type":""#), let kind = cursor.kind(), cursor.take("}"), cursor.isAtEnd,
            attachments <= MessageLimits.attachments, subject.count <= MessageLimits.subjectBytes,
            madeAt <= MessageLimits.instantMillisecondsMax
        else { return nil }
        (self.subject, self.kind) = (subject, kind)
    }

    /// Joins an envelope and its JSON; texts are read from the envelope then, not from places.
    init(_ envelope: Envelope, json: [UInt8]) {
        self.json = json
        attachments = envelope.attachments
        id = envelope.id
        kind = envelope.kind
        madeAt = envelope.madeAt.milliseconds
        parent = envelope.parent
        priority = envelope.priority
        root = envelope.root
        serviceMilliseconds = envelope.serviceMilliseconds
    }

    /// The text at a place.
    func text(_ place: Place) -> String {
        String(decoding: json[place], as: UTF8.self)
    }
}

/// Goes through the canonical bytes of an envelope; each method reads one part or nothing.
private struct EnvelopeCursor {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    @inline(__always)
    mutating func take(_ literal: StaticString) -> Bool {
        let count = literal.utf8CodeUnitCount
        guard bytes.count &- position >= count else { return false }
        for index in 0..<count
        where unsafe bytes[position &+ index] != literal.utf8Start[index] { return false }
        position &+= count
        return true
    }

    /// Text up to its closing quotation mark, which is passed.
    mutating func text() -> Range<Int>? {
        let start = position
        let count = JSONBytes.plainCount(bytes.span.extracting(start...), asciiOnly: true)
        let end = start &+ count
        guard end < bytes.count, bytes[end] == UInt8(ascii: "\"") else { return nil }
        position = end &+ 1
        return start..<end
    }

    mutating func identifier() -> MessageID? {
        guard let place = text() else { return nil }
        return MessageID(ascii: bytes.span.extracting(place))
    }

    mutating func integer() -> Int? {
        let start = position
        while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position &+= 1 }
        return JSONBytes.decimal(bytes.span.extracting(start..<position))
    }

    mutating func priority() -> MessageClass? {
        if take(#"live""#) { return .live }
        if take(#"retry""#) { return .retry }
        return take(#"replay""#) ? .replay : nil
    }

    mutating func kind() -> MessageKind? {
        guard take("wirecopy.") else { return nil }
        if take(#"outcome.v1""#) { return .outcome }
        if take(#"fetch_request.v1""#) { return .fetchRequest }
        if take(#"fetched_page.v1""#) { return .fetchedPage }
        if take(#"parsed_article.v1""#) { return .parsedArticle }
        return take(#"annotated_article.v1""#) ? .annotatedArticle : nil
    }
}
