/// The limits that every program checks before it allocates or sends, each with its reason.
package enum MessageLimits {
    /// Bytes of a verb frame; the longest verb has 12.
    package static let verbBytes = 16
    /// Bytes of a command's header: 4,096 deliveries or completions of 200 bytes.
    package static let headerBytes = 1 << 20
    /// Bytes of an envelope: room for an 8 KiB URL and everything else several times over.
    package static let envelopeBytes = 16 << 10
    /// Bytes of a message's data; the text of a long book is about 2 MiB.
    package static let dataBytes = 16 << 20
    /// Bytes of one attachment, a compressed page; see `bodyBytes`.
    package static let attachmentBytes = 32 << 20
    /// Bytes of a page before compression; real pages stay below 10 MiB.
    package static let bodyBytes = 32 << 20
    /// Attachments of one message; a page has one or two.
    package static let attachments = 8
    /// Messages in one command; more are sent as several commands.
    package static let messagesPerCommand = 1024
    /// Bytes of a URL or any other subject.
    package static let subjectBytes = 8 << 10
    /// Bytes of a unique key; a feed's address fits, and keys of open messages stay in memory.
    package static let keyBytes = 512
    /// How far ahead a message may be delayed: a yearly appointment, and no slip of the keyboard.
    package static let delayMax: Duration = .seconds(400 * 86_400)
    /// The last millisecond of the year 9999, which RFC 3339 can still write.
    package static let instantMillisecondsMax = 253_402_300_799_999
    /// Bytes of content of one message's outputs: they travel in one command, and the broker takes
    /// 256 MiB with 1,024 envelopes and the header.
    package static let outputsBytes = 224 << 20
    /// Outputs of one message; a sitemap may give 50,000 URLs, which are published in slices.
    package static let outputsPerMessage = 1024
}
