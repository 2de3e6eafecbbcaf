import CCurl
import Glibc

/// One exchange with a server while it runs; used on the loop's thread alone.
final class Transfer {
    let request: HTTPRequest
    let host: String
    private let policy: AddressPolicy
    /// Whether a proxy makes the connections, whose address the operator has named.
    private let isProxied: Bool
    private let easy: UnsafeMutableRawPointer
    private let startedAt: ContinuousClock.Instant
    private let noteGrowth: (Int) -> Void
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorText = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    private(set) var pace: TransferPace
    private var head = HeadCollector()
    /// Bytes of the body so far, without its codings.
    private(set) var body: [UInt8] = []
    /// Whether the body was longer than what is wanted of it.
    private var isCut = false
    /// Why we ended the exchange ourselves.
    private var abortReason: TransportFailure?
    private var refusedAddress: IPAddress?

    /// Prepares a clean handle of libcurl; the handle stays the caller's.
    init(
        _ request: HTTPRequest,
        host: String,
        easy: UnsafeMutableRawPointer,
        configuration: CurlConfiguration,
        now: ContinuousClock.Instant,
        noteGrowth: @escaping (Int) -> Void
    ) {
        self.request = request
        self.host = host
        self.easy = easy
        policy = configuration.addressPolicy
        isProxied = configuration.proxy != nil
        startedAt = now
        self.noteGrowth = noteGrowth
        pace = TransferPace(limits: request.limits)
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        setOptions(configuration)
        setCallbacks()
    }

    deinit {
        curl_slist_free_all(headerList)
        errorText.deallocate()
    }

    private func setOptions(_ configuration: CurlConfiguration) {
        let limits = request.limits
        let longs: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1),
            (CURLOPT_FOLLOWLOCATION, 0),
            (CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)),
            (CURLOPT_CONNECTTIMEOUT_MS, limits.connectTimeout.curlMilliseconds),
            (CURLOPT_TIMEOUT_MS, limits.totalTimeout.curlMilliseconds),
            (CURLOPT_TCP_KEEPALIVE, 1),
            // What a proxy says to us is no head of the page.
            (CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
        ]
        for (option, value) in longs { set(shim_easy_set_long(easy, option, value), option) }
        let strings: [(CURLoption, String)] = [
            (CURLOPT_URL, request.url),
            (CURLOPT_PROTOCOLS_STR, "http,https"),
            // Every coding that this libcurl can take off: gzip, deflate, brotli, zstd.
            (CURLOPT_ACCEPT_ENCODING, ""),
            // An empty name also switches off proxies of the environment, which the guard of
            // addresses could not see through.
            (CURLOPT_PROXY, configuration.proxy ?? ""),
            // Nor are there hosts to which the environment lets us go without the proxy.
            (CURLOPT_NOPROXY, ""),
        ]
        for (option, value) in strings { set(shim_easy_set_string(easy, option, value), option) }
        if let file = configuration.trustedCertificates {
            set(shim_easy_set_string(easy, CURLOPT_CAINFO, file), CURLOPT_CAINFO)
        }
        if !limits.cutsBody {
            let option = CURLOPT_MAXFILESIZE_LARGE
            set(shim_easy_set_size(easy, option, curl_off_t(limits.bodyBytes)), option)
        }
        for header in request.headers where !header.name.isEmpty {
            headerList = curl_slist_append(headerList, header.line)
        }
        set(shim_easy_set_list(easy, CURLOPT_HTTPHEADER, headerList), CURLOPT_HTTPHEADER)
    }

    private func setCallbacks() {
        // The loop keeps the transfer alive until the handle has left libcurl.
        let me = Unmanaged.passUnretained(self).toOpaque()
        let pointers: [(CURLoption, UnsafeMutableRawPointer)] = [
            (CURLOPT_ERRORBUFFER, UnsafeMutableRawPointer(errorText)),
            (CURLOPT_WRITEDATA, me), (CURLOPT_HEADERDATA, me), (CURLOPT_OPENSOCKETDATA, me),
        ]
        for (option, value) in pointers { set(shim_easy_set_pointer(easy, option, value), option) }
        let writing: curl_write_callback = { bytes, size, count, context in
            let transfer = Transfer.from(context)
            return transfer.takeBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        let heading: curl_write_callback = { bytes, size, count, context in
            let transfer = Transfer.from(context)
            return transfer.takeHead(UnsafeRawBufferPointer(start: bytes, count: size * count))
        }
        set(shim_easy_set_write(easy, CURLOPT_WRITEFUNCTION, writing), CURLOPT_WRITEFUNCTION)
        set(shim_easy_set_write(easy, CURLOPT_HEADERFUNCTION, heading), CURLOPT_HEADERFUNCTION)
        let opening: curl_opensocket_callback = { context, _, address in
            guard let address else { return CURL_SOCKET_BAD }
            return Transfer.from(context).openSocket(address)
        }
        set(shim_easy_set_open_socket(easy, opening), CURLOPT_OPENSOCKETFUNCTION)
    }

    private func set(_ code: CURLcode, _ option: CURLoption) {
        precondition(code == CURLE_OK, "libcurl does not take option \(option.rawValue).")
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context else { preconditionFailure("libcurl lost the context of a callback.") }
        return Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }
}

// What libcurl calls.
extension Transfer {
    private func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        pace.noteBytes(bytes.count, at: .now)
        guard body.count + bytes.count <= request.limits.bodyBytes else {
            return request.limits.cutsBody ? cut(bytes) : refuse(bodyTooLarge)
        }
        guard !swells(to: body.count + bytes.count) else { return refuse(bodySwells) }
        body.append(contentsOf: bytes)
        noteGrowth(bytes.count)
        return bytes.count
    }

    /// Takes what still fits, and ends the exchange, which has given enough.
    private func cut(_ bytes: UnsafeRawBufferPointer) -> Int {
        let rest = request.limits.bodyBytes - body.count
        body.append(contentsOf: bytes.prefix(rest))
        noteGrowth(rest)
        isCut = true
        return 0
    }

    /// Whether a body of this size is out of proportion to what came over the network.
    private func swells(to size: Int) -> Bool {
        let limits = request.limits
        guard size > limits.swellFreeBytes else { return false }
        // What libcurl has in hand may not be counted yet.
        let came = number(CURLINFO_SIZE_DOWNLOAD_T) + Int(CURL_MAX_WRITE_SIZE)
        return size / came >= limits.swellMax
    }

    private func takeHead(_ bytes: UnsafeRawBufferPointer) -> Int {
        pace.noteBytes(bytes.count, at: .now)
        guard head.take(Array(bytes), limits: request.limits) else {
            return refuse(headersTooLarge)
        }
        return bytes.count
    }

    /// Opens a socket, unless the address may not be connected to.
    private func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        guard let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr) else {
            return CURL_SOCKET_BAD
        }
        let raw = UnsafeRawPointer(address) + offset
        let ip = IPAddress(raw.assumingMemoryBound(to: sockaddr.self))
        guard let ip, isProxied || policy.allows(ip, host: host) else {
            refusedAddress = ip
            return CURL_SOCKET_BAD
        }
        let type = address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return socket(address.pointee.family, type, address.pointee.`protocol`)
    }

    /// Makes libcurl end the exchange: it takes a count other than that of the bytes as an error.
    private func refuse(_ reason: TransportFailure) -> Int {
        abortReason = abortReason ?? reason
        return 0
    }

    private var bodyTooLarge: TransportFailure {
        TransportFailure(
            .bodyTooLarge,
            "The body of \(request.url) is larger than \(request.limits.bodyBytes) bytes."
        )
    }

    private var bodySwells: TransportFailure {
        TransportFailure(
            .bodyTooLarge,
            "The body of \(request.url) swells to more than \(request.limits.swellMax) times "
                + "what came: a decompression bomb."
        )
    }

    private var headersTooLarge: TransportFailure {
        TransportFailure(
            .headersTooLarge,
            "The head of \(request.url) has more than \(request.limits.headerBytes) bytes "
                + "or \(request.limits.headerCount) lines, or a line of 100 KB."
        )
    }
}

// What the loop asks.
extension Transfer {
    /// Whether the exchange must be ended for its pace; the reason is kept.
    func mustEnd(at now: ContinuousClock.Instant) -> Bool {
        if !pace.wasRequestSent, number(CURLINFO_PRETRANSFER_TIME_T) > 0 {
            pace.noteRequestSent(at: now)
        }
        let limits = request.limits
        let sentence: String
        switch pace.judge(at: now) {
        case nil:
            return false
        case .firstByteLate:
            sentence = "\(request.url) did not begin to answer within \(limits.firstByteTimeout)."
        case .stalled(let bytes):
            sentence =
                "\(request.url) sent \(bytes) bytes within \(limits.paceWindow); "
                + "at least \(limits.paceWindowMinBytes) are expected."
        }
        abortReason = TransportFailure(.responseTimedOut, sentence)
        return true
    }

    /// How long the exchange has been running.
    func age(at now: ContinuousClock.Instant) -> Duration { now - startedAt }

    /// Whether nothing of the answer has come yet.
    var isSilent: Bool { pace.isSilent }

    /// Ends the exchange because too many take as long.
    func giveWay(to most: Int, at now: ContinuousClock.Instant) {
        abortReason = TransportFailure(
            .responseTimedOut,
            "\(request.url) had not been answered after \(Int(age(at: now) / .seconds(1))) s, "
                + "while \(most) others took as long; it is fetched later."
        )
    }

    /// Ends the exchange because all bodies together have become too large.
    func makeRoom(_ limitBytes: Int) {
        abortReason = TransportFailure(
            .bodiesTooLarge,
            "\(request.url) had sent \(body.count) bytes when all pages that were coming in passed "
                + "\(limitBytes) bytes together; the largest is fetched later."
        )
    }

    /// The end of the exchange, after libcurl's own verdict; `nil` when we ended it.
    func conclusion(
        _ code: CURLcode?,
        at now: ContinuousClock.Instant
    ) -> Result<HTTPResponse, TransportFailure> {
        if let abortReason { return .failure(abortReason) }
        guard let code else {
            let failure = TransportFailure(.cancelled, "Fetching \(request.url) was cancelled.")
            return .failure(failure)
        }
        guard code == CURLE_OK || isCut else { return .failure(failure(code)) }
        var response = HTTPResponse(
            status: head.status,
            reason: head.reason,
            headers: head.headers,
            body: body,
            redirectURL: string(CURLINFO_REDIRECT_URL),
            elapsed: now - startedAt
        )
        response.isCut = isCut
        return .success(response)
    }

    private func failure(_ code: CURLcode) -> TransportFailure {
        if let refusedAddress, code == CURLE_COULDNT_CONNECT {
            return TransportFailure(
                .addressRefused,
                "\(request.url) leads to \(refusedAddress), which is not a public address."
            )
        }
        if code == CURLE_FILESIZE_EXCEEDED { return bodyTooLarge }
        // What libcurl says when a line of the head exceeds its own limit, CURL_MAX_HTTP_HEADER.
        if code == CURLE_OUT_OF_MEMORY, body.isEmpty { return headersTooLarge }
        let wasSent = pace.wasRequestSent || number(CURLINFO_PRETRANSFER_TIME_T) > 0
        let detail = String(cString: errorText)
        return TransportFailure(code, url: request.url, detail: detail, wasRequestSent: wasSent)
    }

    /// A size, or a time in microseconds.
    private func number(_ info: CURLINFO) -> Int {
        var value: curl_off_t = 0
        return shim_easy_get_size(easy, info, &value) == CURLE_OK ? Int(value) : 0
    }

    private func string(_ info: CURLINFO) -> String? {
        var value: UnsafePointer<CChar>?
        guard shim_easy_get_string(easy, info, &value) == CURLE_OK else { return nil }
        return value.map { String(cString: $0) }
    }
}

extension HTTPHeader {
    /// `Name: value` without line ends, which would smuggle in other headers.
    fileprivate var line: String {
        let bytes = "\(name): \(value)".utf8.map { $0 < 0x20 ? 0x20 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Duration {
    /// At least 1, for libcurl takes 0 as no limit; at most a day.
    fileprivate var curlMilliseconds: Int {
        let (seconds, attoseconds) = components
        let whole = min(max(0, seconds), 86_400) * 1000 + attoseconds / 1_000_000_000_000_000
        return Int(max(1, whole))
    }
}
