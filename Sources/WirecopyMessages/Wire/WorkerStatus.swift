/// What a worker says of itself with each heartbeat; totals count since it started.
package struct WorkerStatus: JSONRepresentable, Equatable {
    /// The last failure of the stage.
    package struct LastError: Sendable, Equatable {
        /// The reason: a word of `ErrorCode`, or of a later version's list.
        package var code: String
        /// A full sentence for people, perhaps cut short.
        package var message: String
        /// When it happened, in milliseconds since 1970-01-01 UTC.
        package var atMilliseconds: Int

        /// Joins the parts.
        package init(code: String, message: String, atMilliseconds: Int) {
            self.code = code
            self.message = message
            self.atMilliseconds = atMilliseconds
        }
    }

    /// Characters of each text that are kept; a sentence has room.
    private static let textMax = 300

    /// Slots that work at this moment.
    package var busySlots = 0
    /// Processor time used so far, in milliseconds.
    package var cpuMilliseconds = 0
    /// Messages finished with outputs.
    package var doneTotal = 0
    /// Messages finished, given back or given up within the last 60 s.
    package var finishedLastMinute = 0
    /// Name of the machine; empty when the worker does not tell.
    package var host = ""
    /// Slots held by calls that exceeded their time and do not end.
    package var hungSlots = 0
    /// True while the worker takes little or nothing on, because its machine is in trouble.
    package var isResting = false
    /// The last failure of the stage, if there was one.
    package var lastError: LastError?
    /// Messages whose work was dropped because the lease was lost.
    package var leasesLostTotal = 0
    /// Bytes of content received.
    package var receivedBytesTotal = 0
    /// Messages received.
    package var receivedTotal = 0
    /// Connections made anew after one was lost.
    package var reconnectionsTotal = 0
    /// Messages given up.
    package var rejectedTotal = 0
    /// Resident memory, in bytes.
    package var residentBytes = 0
    /// Largest resident memory so far, in bytes.
    package var residentBytesMax = 0
    /// Messages given back for another attempt.
    package var retriedTotal = 0
    /// Bytes of content sent as outputs.
    package var sentBytesTotal = 0
    /// Time spent inside the stage, summed over slots, in milliseconds.
    package var serviceMillisecondsTotal = 0
    /// Slots that the worker has.
    package var slots = 1
    /// Time since the worker started, in milliseconds.
    package var uptimeMilliseconds = 0
    /// Version of the program; empty when the worker does not tell.
    package var version = ""

    /// Makes the status of a worker that has done nothing yet.
    package init() {}

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var status = WorkerStatus()
        var errorCode: String?
        var errorMessage = ""
        var errorAt = 0
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "busy_slots": status.busySlots = try reader.integer()
            case "cpu_ms": status.cpuMilliseconds = try reader.integer()
            case "done_total": status.doneTotal = try reader.integer()
            case "finished_last_minute": status.finishedLastMinute = try reader.integer()
            case "host": status.host = Self.cut(try reader.string())
            case "hung_slots": status.hungSlots = try reader.integer()
            case "is_resting": status.isResting = try reader.boolean()
            case "last_error_at_ms": errorAt = try reader.integer()
            case "last_error_code": errorCode = Self.cut(try reader.string())
            case "last_error_message": errorMessage = Self.cut(try reader.string())
            case "leases_lost_total": status.leasesLostTotal = try reader.integer()
            case "received_bytes_total": status.receivedBytesTotal = try reader.integer()
            case "received_total": status.receivedTotal = try reader.integer()
            case "reconnections_total": status.reconnectionsTotal = try reader.integer()
            case "rejected_total": status.rejectedTotal = try reader.integer()
            case "resident_bytes": status.residentBytes = try reader.integer()
            case "resident_bytes_max": status.residentBytesMax = try reader.integer()
            case "retried_total": status.retriedTotal = try reader.integer()
            case "sent_bytes_total": status.sentBytesTotal = try reader.integer()
            case "service_ms_total": status.serviceMillisecondsTotal = try reader.integer()
            case "slots": status.slots = try reader.integer()
            case "uptime_ms": status.uptimeMilliseconds = try reader.integer()
            case "version": status.version = Self.cut(try reader.string())
            default: try reader.skip()
            }
        }
        if let errorCode {
            status.lastError = LastError(
                code: errorCode,
                message: errorMessage,
                atMilliseconds: errorAt
            )
        }
        self = status
    }

    /// The broker keeps the status of each worker, so no text of it may be long.
    private static func cut(_ text: String) -> String { String(text.prefix(textMax)) }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("busy_slots", busySlots)
            writer.field("cpu_ms", cpuMilliseconds)
            writer.field("done_total", doneTotal)
            writer.field("finished_last_minute", finishedLastMinute)
            writer.field("host", host.isEmpty ? nil : host)
            writer.field("hung_slots", hungSlots)
            writer.field("is_resting", isResting ? true : nil)
            writer.field("last_error_at_ms", lastError?.atMilliseconds)
            writer.field("last_error_code", lastError?.code)
            writer.field("last_error_message", lastError?.message)
            writer.field("leases_lost_total", leasesLostTotal)
            writer.field("received_bytes_total", receivedBytesTotal)
            writer.field("received_total", receivedTotal)
            writer.field("reconnections_total", reconnectionsTotal)
            writer.field("rejected_total", rejectedTotal)
            writer.field("resident_bytes", residentBytes)
            writer.field("resident_bytes_max", residentBytesMax)
            writer.field("retried_total", retriedTotal)
            writer.field("sent_bytes_total", sentBytesTotal)
            writer.field("service_ms_total", serviceMillisecondsTotal)
            writer.field("slots", slots)
            writer.field("uptime_ms", uptimeMilliseconds)
            writer.field("version", version.isEmpty ? nil : version)
        }
    }
}
