import Testing
import WirecopyClient
import WirecopyMessages

struct OutputLimitTests {
    @Test func `outputs that fit one by one must also fit into one command together`() {
        let envelope = request("news.example").envelope
        // One array for all: what is counted is what would travel, not what is held here.
        let body = [[UInt8](repeating: 1, count: 16 << 20)]
        let page = Message(envelope: envelope, data: [], attachments: body)
        #expect(page.exceededLimit == nil)
        let most = MessageLimits.outputsBytes / page.contentBytes
        let fitting = [Message](repeating: page, count: most)
        #expect(Message.exceededLimit(ofOutputs: fitting) == nil)
        let sentence = Message.exceededLimit(ofOutputs: fitting + [page])
        #expect(sentence?.hasSuffix("the limit is \(MessageLimits.outputsBytes) bytes.") == true)
    }
}
