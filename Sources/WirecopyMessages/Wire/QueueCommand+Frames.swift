/// The frames of what peers say; the schema of each header is in `proto-schemas/`.
extension QueueCommand {
    /// The command as frames: verb, header, then the messages that it carries.
    package var frames: [[UInt8]] { frames(inBlocks: false) }

    /// The command as frames, with small messages in blocks if the broker reads them.
    package func frames(inBlocks: Bool) -> [[UInt8]] {
        switch self {
        case .hello(let hello): FrameWriter("HELLO", hello.write).frames
        case .credit(let credit): FrameWriter("CREDIT", credit.write).frames
        case .publish(let request, let messages): Self.publishFrames(request, messages, inBlocks)
        case .done(let completions): Self.doneFrames(completions, inBlocks)
        case .fail(let failures):
            FrameWriter("FAIL") { $0.field("failures", failures) }.frames
        case .extend(let leases):
            FrameWriter("EXTEND") { $0.field("leases", leases) }.frames
        case .ping(let status):
            FrameWriter("PING") { $0.field("status", status) }.frames
        case .drain(let unstarted):
            FrameWriter("DRAIN") { $0.field("unstarted", unstarted) }.frames
        case .bye: FrameWriter("BYE") { _ in }.frames
        case .admin(let request, let operation, let arguments):
            Self.adminFrames(request, operation, arguments)
        }
    }

    /// Reads a command from the frames that a peer sent, of which `first` is the verb.
    ///
    /// - Throws: `FrameFailure` for anything that is not exactly one command within the limits.
    package init(frames: [[UInt8]], from first: Int = 0) throws(FrameFailure) {
        var reader = try FrameReader(frames, from: first)
        switch reader.verb {
        case "HELLO": self = .hello(try Hello(reader))
        case "CREDIT": self = .credit(try Credit(reader))
        case "PUBLISH": self = try Self.publish(&reader)
        case "DONE": self = try Self.done(&reader)
        case "FAIL": self = try Self.fail(reader)
        case "EXTEND": self = .extend(try Self.leases(reader, "leases"))
        case "PING": self = try Self.ping(reader)
        case "DRAIN": self = .drain(unstarted: try Self.leases(reader, "unstarted"))
        case "BYE": self = .bye
        case "ADMIN": self = try Self.admin(reader)
        default: throw FrameFailure(.malformed, "\(reader.verb) is not a verb of a peer.")
        }
        if case .admin = self { return }
        try reader.end()
    }
}

extension QueueCommand {
    private static func publishFrames(
        _ request: Int,
        _ messages: [Message],
        _ inBlocks: Bool
    ) -> [[UInt8]] {
        FrameWriter("PUBLISH", messages, inBlocks: inBlocks) { writer in
            writer.field("messages", messages.count)
            writer.field("request", request)
        }.frames
    }

    private static func publish(_ reader: inout FrameReader) throws(FrameFailure) -> QueueCommand {
        var blocks = 0
        var count: Int?
        var request: Int?
        try reader.readHeader { (key, json) throws(JSONFailure) in
            switch key {
            case "blocks": blocks = try json.integer()
            case "messages": count = try json.integer()
            case "request": request = try json.integer()
            default: try json.skip()
            }
        }
        try reader.useBlocks(blocks)
        let messages = try reader.messages(try reader.required(count, "messages"))
        return .publish(request: try reader.required(request, "request"), messages)
    }

    private static func doneFrames(_ completions: [Completion], _ inBlocks: Bool) -> [[UInt8]] {
        FrameWriter(
            "DONE",
            entries: completions.count,
            completions.flatMap(\.outputs),
            inBlocks: inBlocks
        ) { writer in
            writer.key("completions")
            writer.array(completions) { writer, completion in
                writer.object { writer in
                    writer.field("lane_pause_ms", completion.lanePause?.wholeMilliseconds)
                    writer.field("lease", completion.lease)
                    writer.field("outputs", completion.outputs.count)
                }
            }
        }.frames
    }

    private static func done(_ reader: inout FrameReader) throws(FrameFailure) -> QueueCommand {
        var blocks = 0
        var counts: [CompletionHead] = []
        try reader.readHeader { (key, json) throws(JSONFailure) in
            switch key {
            case "blocks": blocks = try json.integer()
            case "completions": counts = try json.values()
            default: try json.skip()
            }
        }
        try reader.useBlocks(blocks)
        guard counts.count <= MessageLimits.messagesPerCommand else {
            throw FrameFailure(.tooLarge, "DONE names \(counts.count) deliveries.")
        }
        var completions: [Completion] = []
        completions.reserveCapacity(counts.count)
        for count in counts {
            let outputs = try reader.messages(count.outputs)
            var completion = Completion(lease: count.lease, outputs: outputs)
            completion.lanePause = count.lanePause
            completions.append(completion)
        }
        return .done(completions)
    }

    private static func fail(_ reader: FrameReader) throws(FrameFailure) -> QueueCommand {
        var failures: [Failure] = []
        try reader.readHeader { (key, json) throws(JSONFailure) in
            guard key == "failures" else { return try json.skip() }
            failures = try json.values()
        }
        return .fail(failures)
    }

    private static func leases(
        _ reader: FrameReader,
        _ name: String
    ) throws(FrameFailure) -> [LeaseID] {
        var leases: [LeaseID] = []
        try reader.readHeader { (key, json) throws(JSONFailure) in
            guard key == name else { return try json.skip() }
            leases = try json.values()
        }
        return leases
    }

    private static func ping(_ reader: FrameReader) throws(FrameFailure) -> QueueCommand {
        var status: WorkerStatus?
        try reader.readHeader { (key, json) throws(JSONFailure) in
            guard key == "status" else { return try json.skip() }
            status = try json.value()
        }
        return .ping(status)
    }

    private static func adminFrames(
        _ request: Int,
        _ operation: String,
        _ arguments: [UInt8]
    ) -> [[UInt8]] {
        let writer = FrameWriter("ADMIN") { writer in
            writer.field("operation", operation)
            writer.field("request", request)
        }
        return writer.frames + [arguments]
    }

    private static func admin(
        _ reader: FrameReader
    ) throws(FrameFailure) -> QueueCommand {
        var operation: String?
        var request: Int?
        try reader.readHeader { (key, json) throws(JSONFailure) in
            switch key {
            case "operation": operation = try json.string()
            case "request": request = try json.integer()
            default: try json.skip()
            }
        }
        guard let arguments = reader.onlyBody, arguments.count <= MessageLimits.headerBytes else {
            throw FrameFailure(.malformed, "ADMIN has one frame of arguments after its header.")
        }
        return .admin(
            request: try reader.required(request, "request"),
            operation: try reader.required(operation, "operation"),
            arguments: arguments
        )
    }

    /// One entry of DONE's header: how many of the messages that follow belong to a lease.
    private struct CompletionHead: JSONRepresentable {
        var lanePause: Duration?
        var lease: LeaseID
        var outputs: Int

        init(from reader: inout JSONReader) throws(JSONFailure) {
            var lanePause: Duration?
            var lease: LeaseID?
            var outputs: Int?
            try reader.object { (key, reader) throws(JSONFailure) in
                switch key {
                case "lane_pause_ms": lanePause = .milliseconds(max(0, try reader.integer()))
                case "lease": lease = try reader.value()
                case "outputs": outputs = try reader.integer()
                default: try reader.skip()
                }
            }
            self.lanePause = lanePause
            self.lease = try reader.required(lease, "lease")
            self.outputs = try reader.required(outputs, "outputs")
        }

        func write(to writer: inout JSONWriter) {
            writer.object { writer in
                writer.field("lane_pause_ms", lanePause?.wholeMilliseconds)
                writer.field("lease", lease)
                writer.field("outputs", outputs)
            }
        }
    }
}

extension QueueCommand.Hello {
    fileprivate init(_ reader: FrameReader) throws(FrameFailure) {
        var blocks = false
        var held: [LeaseID] = []
        var peer: String?
        var protocolVersion: Int?
        var stage: String?
        var stageVersion: String?
        try reader.readHeader { (key, json) throws(JSONFailure) in
            switch key {
            case "blocks": blocks = try json.boolean()
            case "held": held = try json.values()
            case "peer": peer = try json.string()
            case "protocol": protocolVersion = try json.integer()
            case "stage": stage = try json.string()
            case "stage_version": stageVersion = try json.string()
            default: try json.skip()
            }
        }
        self.init(
            peer: try reader.required(peer, "peer"),
            stageVersion: stageVersion,
            held: held
        )
        readsBlocks = blocks
        self.protocolVersion = try reader.required(protocolVersion, "protocol")
        if let stage {
            guard let known = StageName(rawValue: stage) else {
                throw FrameFailure(.unknownStage, "There is no stage \(stage.prefix(80)).")
            }
            self.stage = known
        }
    }

    fileprivate func write(to writer: inout JSONWriter) {
        if readsBlocks { writer.field("blocks", true) }
        writer.field("held", held)
        writer.field("peer", peer)
        writer.field("protocol", protocolVersion)
        writer.field("stage", stage?.rawValue)
        writer.field("stage_version", stageVersion)
    }
}

extension QueueCommand.Credit {
    fileprivate init(_ reader: FrameReader) throws(FrameFailure) {
        var bytes: Int?
        var messages: Int?
        try reader.readHeader { (key, json) throws(JSONFailure) in
            switch key {
            case "bytes_total": bytes = try json.integer()
            case "messages_total": messages = try json.integer()
            default: try json.skip()
            }
        }
        self.init(
            messagesTotal: try reader.required(messages, "messages_total"),
            bytesTotal: try reader.required(bytes, "bytes_total")
        )
    }

    fileprivate func write(to writer: inout JSONWriter) {
        writer.field("bytes_total", bytesTotal)
        writer.field("messages_total", messagesTotal)
    }
}

extension QueueCommand.Failure: JSONRepresentable {
    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var code: ErrorCode?
        var isFinal: Bool?
        var lanePause: Duration?
        var lease: LeaseID?
        var message: String?
        var retryAfter: Int?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "code": code = try reader.word()
            case "final": isFinal = try reader.boolean()
            case "lane_pause_ms": lanePause = .milliseconds(max(0, try reader.integer()))
            case "lease": lease = try reader.value()
            case "message": message = try reader.string()
            case "retry_after_ms": retryAfter = try reader.integer()
            default: try reader.skip()
            }
        }
        let disposition: StageFailure.Disposition =
            isFinal == true ? .bury : .retry(after: retryAfter.map { .milliseconds(max(0, $0)) })
        self.init(
            lease: try reader.required(lease, "lease"),
            StageFailure(
                try reader.required(code, "code"),
                disposition,
                try reader.required(message, "message")
            )
        )
        self.lanePause = lanePause
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("code", failure.code.rawValue)
            writer.field("final", failure.disposition == .bury)
            writer.field("lane_pause_ms", lanePause?.wholeMilliseconds)
            writer.field("lease", lease)
            writer.field("message", failure.message)
            if case .retry(let after?) = failure.disposition {
                writer.field("retry_after_ms", after.wholeMilliseconds)
            }
        }
    }
}
