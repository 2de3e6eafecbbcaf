import Foundation
import WirecopyMessages
import WirecopyProgram

/// Peers of other versions: what they can be understood in is taken, what not is refused whole, in
/// a sentence, and nothing of it enters.
enum SkewFault {
    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let pages = plan.pages(short: 40, long: 400)
        try plan.withRig(&result, pages: pages) { rig, result in
            try rig.startBroker()
            try rig.startWorkers()
            let adding = try rig.add(0..<(pages - 1))
            for attempt in attempts(rig.site.address(of: pages - 1)) {
                let peer = try RawPeer(endpoint: rig.endpoint)
                try peer.say(Self.hello(protocolVersion: attempt.protocolVersion))
                var reply = try peer.hear(within: 20)
                if case .welcome = reply, let frames = attempt.frames {
                    try peer.say(frames)
                    reply = try peer.hear(within: 20)
                }
                peer.close()
                let isRight = reply.map(attempt.isRight) ?? false
                result.expect(
                    isRight,
                    "\(attempt.name): answered \(reply.map { "\($0)" } ?? "nothing")."
                )
                result.count("peers")
            }
            try rig.finish(adding)
            try rig.settle(pages, within: 120)
        }
    }

    private struct Attempt {
        let name: String
        var protocolVersion = WireProtocol.version
        var frames: [[UInt8]]?
        let isRight: (BrokerReply) -> Bool
    }

    private static func attempts(_ url: String) -> [Attempt] {
        let refused = { (code: RefusalCode) in
            { (reply: BrokerReply) in
                guard case .refuse(code, let sentence) = reply else { return false }
                return sentence.hasSuffix(".")
            }
        }
        let isTaken = { (reply: BrokerReply) in
            if case .confirm(_, let all) = reply { all == [.accepted] } else { false }
        }
        let known = envelope(url, "")
        return [
            Attempt(
                name: "a protocol of tomorrow",
                protocolVersion: WireProtocol.version + 1,
                isRight: refused(.protocolVersion)
            ),
            Attempt(
                name: "a protocol of yesterday",
                protocolVersion: WireProtocol.version - 1,
                isRight: refused(.protocolVersion)
            ),
            Attempt(
                name: "a kind of tomorrow",
                frames: publish(known.replacing("request.v1", with: "request.v2"), url),
                isRight: { refused(.malformed)($0) || refused(.unknownKind)($0) }
            ),
            Attempt(
                name: "an envelope of another CloudEvents",
                frames: publish(known.replacing(#""1.0""#, with: #""2.0""#), url),
                isRight: refused(.malformed)
            ),
            Attempt(
                name: "a verb of tomorrow",
                frames: [Array("TELEPORT".utf8), Array("{}".utf8)],
                isRight: refused(.malformed)
            ),
            Attempt(
                name: "fields of tomorrow",
                frames: publish(envelope(url, #""colour":{"of":["tomorrow",1,null]},"#), url),
                isRight: isTaken
            ),
        ]
    }

    private static func hello(protocolVersion: Int) -> QueueCommand {
        var hello = QueueCommand.Hello(peer: "faults/skew-\(protocolVersion)")
        hello.protocolVersion = protocolVersion
        return .hello(hello)
    }

    private static func publish(_ envelope: String, _ url: String) -> [[UInt8]] {
        [
            "PUBLISH", #"{"messages":1,"request":1,"tomorrow":true}"#, envelope,
            #"{"origin":"url","tomorrow":[],"url":"\#(url)"}"#,
        ].map { Array($0.utf8) }
    }

    private static func envelope(_ url: String, _ more: String) -> String {
        var generator = SystemRandomNumberGenerator()
        let now = Instant.now()
        let id = MessageID(milliseconds: now.milliseconds, using: &generator)
        return """
            {"attachments":0,\(more)"id":"\(id)","lane":"127.0.0.1",\
            "made_at_ms":\(now.milliseconds),"priority":"live","root":"\(id)",\
            "source":"/faults/skew","specversion":"1.0","subject":"\(url)",\
            "type":"wirecopy.fetch_request.v1"}
            """
    }
}
