import Logging
import WirecopyQueue

/// How retention looks in the log.
struct RetentionLog: Sendable {
    private let logger: Logger

    init(_ logger: Logger) { self.logger = logger }

    /// Writes what a step did, or why none can be done.
    func note(_ step: RetentionStep?, _ failure: QueueFailure?) {
        if let failure {
            logger.warning(
                "Retention cannot go on; it is tried again later.",
                metadata: ["error": "\(failure.message)"]
            )
        }
        switch step {
        case .retired(let pages, _):
            logger.debug("Pages are removed.", metadata: ["page.count": "\(pages)"])
        case .removedLog(let path, let bytes), .removedBodies(let path, let bytes):
            logger.info("A file is removed.", metadata: Self.metadata(path, freed: bytes))
        case .compactedLog(let path, let bytes, let before):
            logger.info(
                "A file is written again without what is gone.",
                metadata: Self.metadata(path, freed: before - bytes)
            )
        case .looked, nil: break
        }
    }

    private static func metadata(_ path: String, freed bytes: Int) -> Logger.Metadata {
        ["file.path": "\(path)", "freed.bytes": "\(bytes)"]
    }
}
