/// How urgent a message is: live work goes first, a replay of an archive last.
package enum MessageClass: String, Sendable, CaseIterable, Hashable, Codable, Comparable {
    case live, retry, replay

    package static func < (left: MessageClass, right: MessageClass) -> Bool {
        left.rank < right.rank
    }

    /// 0 for the most urgent class.
    package var rank: Int {
        switch self {
        case .live: 0
        case .retry: 1
        case .replay: 2
        }
    }
}
