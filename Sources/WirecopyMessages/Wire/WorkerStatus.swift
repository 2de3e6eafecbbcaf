/// What a worker says of itself with each heartbeat; totals count since it started.
package struct WorkerStatus: JSONRepresentable, Equatable {
    /// Slots that work at this moment.
    package var busySlots = 0
    /// Processor time used so far, in milliseconds.
    package var cpuMilliseconds = 0
    /// Messages finished with outputs.
    package var doneTotal = 0
    /// Bytes of content received.
    package var receivedBytesTotal = 0
    /// Messages received.
    package var receivedTotal = 0
    /// Messages given up.
    package var rejectedTotal = 0
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

    /// Makes the status of a worker that has done nothing yet.
    package init() {}

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var status = WorkerStatus()
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "busy_slots": status.busySlots = try reader.integer()
            case "cpu_ms": status.cpuMilliseconds = try reader.integer()
            case "done_total": status.doneTotal = try reader.integer()
            case "received_bytes_total": status.receivedBytesTotal = try reader.integer()
            case "received_total": status.receivedTotal = try reader.integer()
            case "rejected_total": status.rejectedTotal = try reader.integer()
            case "resident_bytes_max": status.residentBytesMax = try reader.integer()
            case "retried_total": status.retriedTotal = try reader.integer()
            case "sent_bytes_total": status.sentBytesTotal = try reader.integer()
            case "service_ms_total": status.serviceMillisecondsTotal = try reader.integer()
            case "slots": status.slots = try reader.integer()
            default: try reader.skip()
            }
        }
        self = status
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("busy_slots", busySlots)
            writer.field("cpu_ms", cpuMilliseconds)
            writer.field("done_total", doneTotal)
            writer.field("received_bytes_total", receivedBytesTotal)
            writer.field("received_total", receivedTotal)
            writer.field("rejected_total", rejectedTotal)
            writer.field("resident_bytes_max", residentBytesMax)
            writer.field("retried_total", retriedTotal)
            writer.field("sent_bytes_total", sentBytesTotal)
            writer.field("service_ms_total", serviceMillisecondsTotal)
            writer.field("slots", slots)
        }
    }
}
