import Testing
import WirecopyKeys

struct LinkAddressTests {
    @Test(arguments: [
        "tcp://127.0.0.1:5577", "tcp://127.1.2.3:*", "tcp://localhost:1", "tcp://[::1]:5577",
        "ipc:///run/x", "inproc://x",
    ])
    func `what stays on this machine needs no key`(_ endpoint: String) {
        #expect(LinkAddress.isLocal(endpoint))
    }

    @Test(arguments: [
        "tcp://*:5577", "tcp://0.0.0.0:5577", "tcp://10.0.0.5:5577", "tcp://[::]:5577",
        "tcp://127.example.org:5577", "tcp://localhost.example.org:5577", "tcp://eth0:5577",
        "tcp://127.0.0.1.example.org:1", "tcp://127.0.0:1", "tcp://[::1].example.org:1", "",
        "udp://127.0.0.1:1", "tcp://[::ffff:10.0.0.1]:1",
    ])
    func `what others can reach needs one`(_ endpoint: String) {
        #expect(!LinkAddress.isLocal(endpoint))
    }
}
