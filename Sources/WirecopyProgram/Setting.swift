/// The settings that environment and configuration file may give; flags of the same names win.
///
/// `docs/guides/configuration.md` explains each; a test holds the two lists together.
package enum Setting: String, Sendable, CaseIterable {
    case aliases
    case allowPlaintext = "allow-plaintext"
    case allowPrivateAddresses = "allow-private-addresses"
    case attempts
    case broker
    case brokerKey = "broker-key"
    case contact
    case data
    case grace
    case hostPauseMS = "host-pause-ms"
    case ignoreRobots = "ignore-robots"
    case keepBodies = "keep-bodies"
    case keepDead = "keep-dead"
    case keepFinished = "keep-finished"
    case keyFile = "key-file"
    case keys
    case laneLimit = "lane-limit"
    case listen
    case local
    case logFormat = "log-format"
    case logLevel = "log-level"
    case metricsAddress = "metrics-address"
    case proxy
    case siteRules = "site-rules"
    case slots
    case store
    case timeLimit = "time-limit"
    case userAgent = "user-agent"
    case webListen = "web-listen"
    case webToken = "web-token"

    /// Whether the setting's text must be a whole number.
    package var isInteger: Bool {
        switch self {
        case .attempts, .grace, .hostPauseMS, .slots, .timeLimit: true
        default: false
        }
    }

    /// The variable of the environment: `WIRECOPY_LOG_LEVEL` for `log-level`.
    package var variable: String {
        "WIRECOPY_" + rawValue.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }
}
