import WirecopyMessages

/// What one transaction of the index learns about files of the log, for retention.
struct FileUse {
    private struct Use {
        var bytes = 0
        var lastPosition = 0
        var lastAt = 0
        var segments: ClosedRange<Int>?
    }

    private var uses: [Int: Use] = [:]
    private var current = 0

    mutating func note(_ frame: LogFrame) {
        current = frame.place.file
        uses[current, default: Use()].bytes = frame.place.offset + frame.header.frameBytes
        uses[current]?.lastPosition = frame.header.endPosition - 1
        uses[current]?.lastAt = frame.header.at.milliseconds
    }

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
            try row.run()
        }
        uses.removeAll(keepingCapacity: true)
    }
}
