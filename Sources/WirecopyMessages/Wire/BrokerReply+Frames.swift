/// The frames of what the broker says; the schema of each header is in `proto-schemas/`.
extension BrokerReply {
    /// The reply as frames: verb, header, then the messages that it carries.
    package var frames: [[UInt8]] { frames(inBlocks: false) }

    /// The reply as frames, with small messages in blocks if the peer reads them.
    package func frames(inBlocks: Bool) -> [[UInt8]] {
        switch self {
        case .welcome(let welcome): FrameWriter("WELCOME", welcome.write).frames
        case .refuse(let code, let message): Self.refuseFrames(code, message)
        case .deliver(let deliveries): Self.deliverFrames(deliveries, inBlocks: inBlocks)
        case .confirm(let request, let confirmations): Self.confirmFrames(request, confirmations)
        case .settled(let settlements):
            FrameWriter("SETTLED", entries: settlements.count) {
                $0.field("settlements", settlements)
            }.frames
        case .extended(let milliseconds, let lost): Self.extendedFrames(milliseconds, lost)
        case .pong: FrameWriter("PONG") { _ in }.frames
        case .drain: FrameWriter("DRAIN") { _ in }.frames
        case .adminReply(let request, let isFailure, let body):
            Self.adminReplyFrames(request, isFailure, body)
        }
    }

    /// Reads a reply from the frames that the broker sent, of which `first` is the verb.
    ///
    /// - Throws: `FrameFailure` for anything that is not exactly one reply within the limits.
    package init(frames: [[UInt8]], from first: Int = 0) throws(FrameFailure) {
        var reader = try FrameReader(frames, from: first)
        switch reader.verb {
        case "WELCOME": self = .welcome(try Welcome(reader))
        case "REFUSE": self = try Self.refuse(reader)
        case "MESSAGE": self = try Self.deliver(&reader)
        case "CONFIRM": self = try Self.confirm(reader)
        case "SETTLED": self = try Self.settled(reader)
        case "EXTENDED": self = try Self.extended(reader)
        case "PONG": self = .pong
        case "DRAIN": self = .drain
        case "ADMIN_REPLY": self = try Self.adminReply(reader)
        default: throw FrameFailure(.malformed, "\(reader.verb) is not a verb of the broker.")
        }
        if case .adminReply = self { return }
        try reader.end()
    }
}

extension BrokerReply {
    private static func refuseFrames(_ code: RefusalCode, _ message: String) -> [[UInt8]] {
        FrameWriter("REFUSE") { writer in
            writer.field("code", code.rawValue)
            writer.field("message", message)
        }.frames
    }

    private static func refuse(_ reader: FrameReader) throws(FrameFailure) -> BrokerReply {
        var code: RefusalCode?
        var message: String?
        try reader.readHeader { (key, json) throws(JSONFailure) in
            switch key {
            case "code": code = try json.word()
            case "message": message = try json.string()
            default: try json.skip()
            }
        }
        return .refuse(
            code: try reader.required(code, "code"),
            message: try reader.required(message, "message")
        )
    }

    private static func deliverFrames(_ deliveries: [Delivery], inBlocks: Bool) -> [[UInt8]] {
        FrameWriter(
            "MESSAGE",
            entries: deliveries.count,
            deliveries.map(\.message),
            inBlocks: inBlocks
        ) { writer in
            writer.key("deliveries")
            writer.array(deliveries) { writer, delivery in
                writer.object { writer in
                    writer.field("lease", delivery.lease)
                    writer.field("priority", delivery.priority.rawValue)
                }
            }
        }.frames
    }

    private static func deliver(_ reader: inout FrameReader) throws(FrameFailure) -> BrokerReply {
        var blocks = 0
        var heads: [DeliveryHead] = []
        try reader.readHeader { (key, json) throws(JSONFailure) in
            switch key {
            case "blocks": blocks = try json.integer()
            case "deliveries": heads = try json.values()
            default: try json.skip()
            }
        }
        try reader.useBlocks(blocks)
        let messages = try reader.messages(heads.count)
        return .deliver(
            zip(heads, messages).map { head, message in
                Delivery(lease: head.lease, priority: head.priority, message: message)
            }
        )
    }

    private static func confirmFrames(
        _ request: Int,
        _ confirmations: [Confirmation]
    ) -> [[UInt8]] {
        FrameWriter("CONFIRM", entries: confirmations.count) { writer in
            writer.field("confirmations", confirmations)
            writer.field("request", request)
        }.frames
    }

    private static func confirm(_ reader: FrameReader) throws(FrameFailure) -> BrokerReply {
        var confirmations: [Confirmation] = []
        var request: Int?
        try reader.readHeader { (key, json) throws(JSONFailure) in
            switch key {
            case "confirmations": confirmations = try json.values()
            case "request": request = try json.integer()
            default: try json.skip()
            }
        }
        return .confirm(request: try reader.required(request, "request"), confirmations)
    }

    private static func settled(_ reader: FrameReader) throws(FrameFailure) -> BrokerReply {
        var settlements: [Settlement] = []
        try reader.readHeader { (key, json) throws(JSONFailure) in
            guard key == "settlements" else { return try json.skip() }
            settlements = try json.values()
        }
        return .settled(settlements)
    }

    private static func extendedFrames(_ milliseconds: Int, _ lost: [LeaseID]) -> [[UInt8]] {
        FrameWriter("EXTENDED") { writer in
            writer.field("lease_ms", milliseconds)
            writer.field("lost", lost)
        }.frames
    }

    private static func extended(_ reader: FrameReader) throws(FrameFailure) -> BrokerReply {
        var lost: [LeaseID] = []
        var milliseconds: Int?
        try reader.readHeader { (key, json) throws(JSONFailure) in
            switch key {
            case "lease_ms": milliseconds = try json.integer()
            case "lost": lost = try json.values()
            default: try json.skip()
            }
        }
        let lease = try reader.required(milliseconds, "lease_ms")
        return .extended(leaseMilliseconds: lease, lost: lost)
    }

    private static func adminReplyFrames(
        _ request: Int,
        _ isFailure: Bool,
        _ body: [UInt8]
    ) -> [[UInt8]] {
        let writer = FrameWriter("ADMIN_REPLY") { writer in
            writer.field("failure", isFailure)
            writer.field("request", request)
        }
        return writer.frames + [body]
    }

    private static func adminReply(
        _ reader: FrameReader
    ) throws(FrameFailure) -> BrokerReply {
        var isFailure: Bool?
        var request: Int?
        try reader.readHeader { (key, json) throws(JSONFailure) in
            switch key {
            case "failure": isFailure = try json.boolean()
            case "request": request = try json.integer()
            default: try json.skip()
            }
        }
        guard let body = reader.onlyBody, body.count <= MessageLimits.dataBytes else {
            throw FrameFailure(.malformed, "ADMIN_REPLY has one frame after its header.")
        }
        return .adminReply(
            request: try reader.required(request, "request"),
            isFailure: isFailure ?? false,
            body: body
        )
    }

    /// One entry of MESSAGE's header.
    private struct DeliveryHead: JSONRepresentable {
        var lease: LeaseID
        var priority: MessageClass

        init(from reader: inout JSONReader) throws(JSONFailure) {
            var lease: LeaseID?
            var priority: MessageClass?
            try reader.object { (key, reader) throws(JSONFailure) in
                switch key {
                case "lease": lease = try reader.value()
                case "priority": priority = try reader.word()
                default: try reader.skip()
                }
            }
            self.lease = try reader.required(lease, "lease")
            self.priority = priority ?? .live
        }

        func write(to writer: inout JSONWriter) {
            writer.object { writer in
                writer.field("lease", lease)
                writer.field("priority", priority.rawValue)
            }
        }
    }
}

extension BrokerReply.Welcome {
    fileprivate init(_ reader: FrameReader) throws(FrameFailure) {
        var blocks = false
        var broker: String?
        var heartbeat: Int?
        var held: [LeaseID] = []
        var lease: Int?
        var window: Int?
        var windowBytes: Int?
        try reader.readHeader { (key, json) throws(JSONFailure) in
            switch key {
            case "blocks": blocks = try json.boolean()
            case "broker": broker = try json.string()
            case "heartbeat_ms": heartbeat = try json.integer()
            case "held": held = try json.values()
            case "lease_ms": lease = try json.integer()
            case "publish_window": window = try json.integer()
            case "publish_window_bytes": windowBytes = try json.integer()
            default: try json.skip()
            }
        }
        self.init(
            broker: try reader.required(broker, "broker"),
            heartbeatMilliseconds: try reader.required(heartbeat, "heartbeat_ms"),
            leaseMilliseconds: try reader.required(lease, "lease_ms"),
            publishWindow: try reader.required(window, "publish_window"),
            held: held
        )
        publishWindowBytes = windowBytes
        readsBlocks = blocks
    }

    fileprivate func write(to writer: inout JSONWriter) {
        if readsBlocks { writer.field("blocks", true) }
        writer.field("broker", broker)
        writer.field("heartbeat_ms", heartbeatMilliseconds)
        writer.field("held", held)
        writer.field("lease_ms", leaseMilliseconds)
        writer.field("publish_window", publishWindow)
        writer.field("publish_window_bytes", publishWindowBytes)
    }
}

extension BrokerReply.Confirmation: JSONRepresentable {
    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var code: RefusalCode?
        var message: String?
        var state: String?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "code": code = try reader.word()
            case "message": message = try reader.string()
            case "state": state = try reader.string()
            default: try reader.skip()
            }
        }
        switch state {
        case "accepted": self = .accepted
        case "known": self = .known
        case "duplicate": self = .duplicate
        case "refused": self = .refused(try reader.required(code, "code"), message ?? "")
        default:
            throw reader.invalid("A confirmation is accepted, known, duplicate or refused.")
        }
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            switch self {
            case .accepted: writer.field("state", "accepted")
            case .known: writer.field("state", "known")
            case .duplicate: writer.field("state", "duplicate")
            case .refused(let code, let message):
                writer.field("code", code.rawValue)
                writer.field("message", message)
                writer.field("state", "refused")
            }
        }
    }
}

extension BrokerReply.Settlement: JSONRepresentable {
    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var isFirst: Bool?
        var lease: LeaseID?
        var again: Int?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "again_ms": again = try reader.integer()
            case "first": isFirst = try reader.boolean()
            case "lease": lease = try reader.value()
            default: try reader.skip()
            }
        }
        self.isFirst = try reader.required(isFirst, "first")
        self.lease = try reader.required(lease, "lease")
        self.again = again.map { .milliseconds($0) }
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("again_ms", again?.wholeMilliseconds)
            writer.field("first", isFirst)
            writer.field("lease", lease)
        }
    }
}
