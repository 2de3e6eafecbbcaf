/// What one request may ask for; nothing is unbounded.
package enum WebLimits {
    /// Characters of a text that a form or query gives; longer ones are mistakes.
    package static let textMax = 300
    /// Bytes of an address in a link or query: what browsers take.
    package static let addressMax = 2000
    /// Bytes of a path with its query.
    package static let targetBytesMax = 8192
    /// Parameters of one query or form.
    package static let parametersMax = 32
    /// Bytes of the body of a POST: forms and small JSON.
    package static let bodyBytesMax = 65_536
    /// Articles, statements or letters on one page.
    package static let pageMax = 50
    /// Entries of one answer of the API.
    package static let entriesMax = 200
    /// Letters from which the groups of dead letters are made.
    package static let lettersMax = 1000
    /// Messages that one press of a button sends through again; more take another press.
    package static let replayMax = 5000
    /// Bytes of text on one page of an article: with its marks below 100 kB.
    package static let articleBytesMax = 30_000
    /// Articles of one download: `wirecopy export` has no bound.
    package static let exportMax = 10_000
    /// Articles of one feed: what a reader of feeds keeps.
    package static let feedMax = 200
    /// Downloads at the same time; each reads one article after the other.
    package static let exportsMax = 8
    /// Bytes that are sent at once, or more where one article has more.
    package static let pieceBytes = 65_536
    /// How long one answer may take; then it is interrupted.
    package static let answerTimeMax = Duration.seconds(5)
    /// Readers of live events at once.
    package static let readersMax = 4096
    /// Events that wait for a reader; one that has more is dropped.
    package static let eventsWaitingMax = 8
    /// How often the broker is asked, by one for all readers.
    package static let lookInterval = Duration.seconds(1)
    /// How often an event is sent though nothing has changed, so that a dead connection is seen.
    package static let silenceMax = Duration.seconds(15)
}
