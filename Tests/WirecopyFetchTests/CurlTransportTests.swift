import Curl
import Testing
import WirecopyNewsroom

/// The transport against the newsroom on loopback.
@Suite struct CurlTransportTests {
    private func opened() throws -> (newsroom: Newsroom, configuration: CurlConfiguration) {
        let newsroom = try Newsroom(port: 0)
        newsroom.start()
        var configuration = CurlConfiguration()
        configuration.addressPolicy.allowsPrivateAddresses = true
        return (newsroom, configuration)
    }

    @Test(.timeLimit(.minutes(1)))
    func `many exchanges run at once and keep to the connections of a host`() async throws {
        var (newsroom, configuration) = try opened()
        defer { newsroom.stop() }
        configuration.connectionsPerHost = 3
        let transport = CurlTransport(configuration: configuration)
        let url = newsroom.baseURL + "/_odd/ok"
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<100 {
                group.addTask { try await transport.fetch(HTTPRequest(url: url)).status }
            }
            for try await status in group { #expect(status == 200) }
        }
        let host = String(newsroom.baseURL.dropFirst("http://".count))
        #expect(newsroom.requestLog.records.count == 100)
        #expect(1...3 ~= newsroom.requestLog.inFlightMax(host: host))
    }

    @Test(.timeLimit(.minutes(1)))
    func `a bomb is refused long before the limit of bodies`() async throws {
        let (newsroom, configuration) = try opened()
        defer { newsroom.stop() }
        let transport = CurlTransport(configuration: configuration)
        var request = HTTPRequest(url: newsroom.baseURL + "/_odd/gzip-bomb")
        request.limits.bodyBytes = 1 << 30
        let failure = await #expect(throws: TransportFailure.self) {
            try await transport.fetch(request).status
        }
        #expect(failure?.code == .bodyTooLarge)
        #expect(failure?.message.contains("bomb") == true)
    }

    @Test(.timeLimit(.minutes(1)))
    func `when all bodies become too large the largest goes, and others come`() async throws {
        var (newsroom, configuration) = try opened()
        defer { newsroom.stop() }
        configuration.bodiesBytes = 4 << 20
        let transport = CurlTransport(configuration: configuration)
        let huge = HTTPRequest(url: newsroom.baseURL + "/_odd/huge")
        let small = HTTPRequest(url: newsroom.baseURL + "/_odd/late")
        async let late = transport.fetch(small).status
        let failure = await #expect(throws: TransportFailure.self) {
            try await transport.fetch(huge).status
        }
        #expect(failure?.code == .bodiesTooLarge)
        #expect(try await late == 200)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a cancelled task gets its answer at once`() async throws {
        let (newsroom, configuration) = try opened()
        defer { newsroom.stop() }
        let transport = CurlTransport(configuration: configuration)
        let url = newsroom.baseURL + "/_odd/hang-headers"
        let running = Task { try await transport.fetch(HTTPRequest(url: url)) }
        while newsroom.requestLog.records.isEmpty { await Task.yield() }
        running.cancel()
        let failure = await #expect(throws: TransportFailure.self) { try await running.value }
        #expect(failure?.code == .cancelled)
        let early = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await transport.fetch(HTTPRequest(url: url))
        }
        let second = await #expect(throws: TransportFailure.self) { try await early.value }
        #expect(second?.code == .cancelled)
    }

    @Test(.timeLimit(.minutes(1)))
    func `servers that hold the line take a part of the exchanges alone`() async throws {
        var (newsroom, configuration) = try opened()
        defer { newsroom.stop() }
        configuration.connectionsPerHost = 10
        configuration.slowTransfersMax = 2
        configuration.slowAfter = .milliseconds(200)
        let transport = CurlTransport(configuration: configuration)
        let base = newsroom.baseURL + "/_odd/"
        // One that sends now and then is slow, too, but silent ones go first.
        var drip = HTTPRequest(url: base + "slow-drip")
        drip.limits.paceWindow = .seconds(2)
        let dripping = Task { [drip] in try await transport.fetch(drip).status }
        var request = HTTPRequest(url: base + "hang-headers")
        request.limits.firstByteTimeout = .seconds(3)
        let sentences = await withTaskGroup(of: String.self) { group in
            for _ in 0..<4 {
                group.addTask { [request] in
                    do throws(TransportFailure) {
                        return "\(try await transport.fetch(request).status)"
                    } catch {
                        return error.code == .responseTimedOut ? error.message : "\(error.code)"
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(sentences.count { $0.contains("while 2 others took as long") } == 3)
        #expect(sentences.count { $0.contains("did not begin to answer within 3.0 seconds") } == 1)
        #expect(try await transport.fetch(HTTPRequest(url: base + "ok")).status == 200)
        let slow = await #expect(throws: TransportFailure.self) { try await dripping.value }
        #expect(slow?.message.contains("are expected") == true)
    }

    @Test(.timeLimit(.minutes(1)))
    func `private addresses are refused unless they are allowed`() async throws {
        let (newsroom, _) = try opened()
        defer { newsroom.stop() }
        let port = newsroom.baseURL.split(separator: ":").last ?? ""
        let request = HTTPRequest(url: "http://localhost:\(port)/_odd/ok")
        let guarded = CurlTransport()
        for host in ["localhost", "127.0.0.1", "127.1", "[::1]", "0.0.0.0", "[::ffff:127.0.0.1]"] {
            let failure = await #expect(throws: TransportFailure.self) {
                try await guarded.fetch(HTTPRequest(url: "http://\(host):\(port)/_odd/ok"))
            }
            #expect(failure?.code == .addressRefused, "\(host)")
        }
        #expect(newsroom.requestLog.records.isEmpty)
        var configuration = CurlConfiguration()
        configuration.addressPolicy.allowedHosts = ["localhost"]
        let lenient = CurlTransport(configuration: configuration)
        #expect(try await lenient.fetch(request).status == 200)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a closed port and an impossible name have their own codes`() async throws {
        let (newsroom, configuration) = try opened()
        let url = newsroom.baseURL
        newsroom.stop()
        let transport = CurlTransport(configuration: configuration)
        let refused = await #expect(throws: TransportFailure.self) {
            try await transport.fetch(HTTPRequest(url: url))
        }
        #expect(refused?.code == .connectionFailed)
        #expect(refused?.message.contains("CURLE_COULDNT_CONNECT") == true)
        for text in ["", "http://", "ftp://tide.example/", "no address", "http://a b/"] {
            let failure = await #expect(throws: TransportFailure.self) {
                try await transport.fetch(HTTPRequest(url: text))
            }
            #expect(failure?.code == .urlInvalid)
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `headers are sent, and line ends in them are not`() async throws {
        let (newsroom, configuration) = try opened()
        defer { newsroom.stop() }
        let transport = CurlTransport(configuration: configuration)
        let agent = HTTPHeader("User-Agent", "tide/1\r\nX-Smuggled: 1")
        let url = newsroom.baseURL + "/_odd/ok"
        let response = try await transport.fetch(HTTPRequest(url: url, headers: [agent]))
        #expect(response.header("CONTENT-TYPE") == "text/html; charset=utf-8")
        #expect(newsroom.requestLog.records.first?.userAgent == "tide/1  X-Smuggled: 1")
    }

    @Test func `addresses outside the public internet are known`() throws {
        let policy = AddressPolicy()
        let refused = [
            "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.31.255.255",
            "192.168.1.1", "198.19.0.1", "224.0.0.1", "255.255.255.255", "168.63.129.16", "::",
            "::1", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:10.0.0.1",
            "::ffff:0:10.0.0.1", "2606:4700::5efe:10.0.0.1", "2606:4700::200:5efe:127.0.0.1",
            "::10.0.0.1", "64:ff9b::7f00:1", "2002:c0a8:101::1", "2001::1", "2001:db8::1",
        ]
        for text in refused {
            let address = try #require(IPAddress(text))
            #expect(!policy.allows(address, host: "tide.example"), "\(text)")
        }
        for text in [
            "1.1.1.1", "9.255.255.255", "172.32.0.1", "100.128.0.1", "2606:4700::1",
            "2606:4700::5efe:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1",
        ] {
            let address = try #require(IPAddress(text))
            #expect(policy.allows(address, host: "tide.example"), "\(text)")
        }
    }

    @Test func `networks are read and compared bit by bit`() throws {
        let network = try #require(IPNetwork("10.32.0.0/11"))
        #expect(network.contains(try #require(IPAddress("10.63.255.255"))))
        #expect(!network.contains(try #require(IPAddress("10.64.0.0"))))
        #expect(!network.contains(try #require(IPAddress("::1"))))
        #expect(IPAddress("2001:0db8:0:0::1")?.description == "2001:db8::1")
        for text in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/", "10.0.0.0/-1", "a/8"] {
            #expect(IPNetwork(text) == nil, "\(text)")
        }
    }
}
