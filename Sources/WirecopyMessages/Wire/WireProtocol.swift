/// Why the broker does not take a peer, a command or a message.
package enum RefusalCode: String, Sendable, CaseIterable {
    case protocolVersion = "protocol_version"
    case notGreeted = "not_greeted"
    case malformed
    case tooLarge = "too_large"
    case unknownKind = "unknown_kind"
    case unknownStage = "unknown_stage"
    case notAllowed = "not_allowed"
    case storageFull = "storage_full"
    case flowExceeded = "flow_exceeded"
    case draining
}

/// Constants of the wire protocol.
package enum WireProtocol {
    /// Raised when an old peer could misunderstand a new one.
    package static let version = 1
}
