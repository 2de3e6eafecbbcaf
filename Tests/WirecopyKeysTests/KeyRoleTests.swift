import Testing
import WirecopyKeys
import WirecopyMessages

struct KeyRoleTests {
    @Test(arguments: [
        ("parse", "parse"), ("extract,parse", "parse,extract"), ("operate,read", "operate"),
        ("worker", "fetch,parse,extract,store"), ("publish,read", "publish,read"), ("all", "all"),
        ("worker,publish,operate", "all"),
    ])
    func `a role says itself in as few words as it can`(_ words: String, _ text: String) throws {
        let role = try KeyRole(words)
        #expect(role.text == text)
        #expect(try KeyRole(role.text) == role)
    }

    @Test(arguments: ["", "parse,", ",", "Parse", "parser", "revoked", "parse extract", "all,x"])
    func `words that are no role are refused with those that are`(_ words: String) {
        let failure = #expect(throws: KeyFailure.self) { try KeyRole(words) }
        #expect(failure?.code == .roleUnknown)
        #expect(failure?.message.contains("fetch, parse, extract, store, publish") == true)
    }

    @Test func `a worker's role gives its stage and nothing else`() throws {
        let role = try KeyRole("parse")
        #expect(role.allows(.work(.parse)))
        for right in [KeyRight.work(.fetch), .publish, .read, .operate] {
            #expect(!role.allows(right), "\(right)")
        }
    }

    @Test func `who may operate may read`() throws {
        #expect(try KeyRole("operate").allows(.read))
        #expect(try !KeyRole("read").allows(.operate))
    }
}
