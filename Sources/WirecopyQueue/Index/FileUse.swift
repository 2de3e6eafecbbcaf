import WirecopyMessages

/// What one transaction of the index learns about files of the log, for retention.
struct FileUse {
    private struct Use {
        var bytes = 0
        var lastPosition = 0
        var lastAt = 0
        var segments: ClosedRange<Int>?
        var messages = 0
    }

    private var uses: [Int: Use] = [:]
    private var current = 0

    mutating func note(_ frame: LogFrame) {
        current = frame.place.file
        uses[current, default: Use()].bytes = frame.place.offset + frame.header.frameBytes
        uses[current]?.lastPosition =
            (frame.gone?.endPosition ?? frame.header.endPosition) - 1
        uses[current]?.lastAt = frame.header.at.milliseconds
    }

    /// Notes a message that a stage takes.
    mutating func noteMessage() { uses[current]?.messages += 1 }

    mutating func note(_ attachments: [AttachmentPlace]) {
        for attachment in attachments {
            let segment = attachment.location.segment
            let range = uses[current]?.segments ?? segment...segment
            uses[current]?.segments =
                min(range.lowerBound, segment)...max(range.upperBound, segment)
        }
    }

    mutating func write(_ row: IndexStatement) throws {
        for (file, use) in uses {
            row.bind(1, file)
            row.bind(2, use.bytes)
            row.bind(3, use.lastPosition)
            row.bind(4, use.lastAt)
            row.bind(5, use.segments?.lowerBound)
            row.bind(6, use.segments?.upperBound)
            row.bind(7, use.messages)
            try row.run()
        }
        uses.removeAll(keepingCapacity: true)
    }
}
