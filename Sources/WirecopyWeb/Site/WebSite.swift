import Logging
package import WirecopyMessages
import WirecopyStorage

/// The whole site as a function from requests to answers; no socket is known here.
package struct WebSite: Sendable {
    let store: StoreDesk
    let queue: any QueueReports
    let watch: QueueWatch
    let policy: AccessPolicy
    let assets: WebAssets
    let now: @Sendable () -> Instant
    let briefs = BriefShelf()
    let exports = ExportPlaces()

    /// Puts a site together.
    ///
    /// - Parameters:
    ///   - store: where articles are read.
    ///   - queue: where the broker is asked.
    ///   - watch: asks the broker for all readers; somebody else runs it.
    ///   - policy: who may read and change.
    ///   - assets: style sheet, script, icon.
    ///   - now: the time of this machine.
    package init(
        store: StoreDesk,
        queue: any QueueReports,
        watch: QueueWatch,
        policy: AccessPolicy,
        assets: WebAssets,
        now: @escaping @Sendable () -> Instant
    ) {
        self.store = store
        self.queue = queue
        self.watch = watch
        self.policy = policy
        self.assets = assets
        self.now = now
    }

    /// Answers a request; whatever it is, there is an answer.
    package func answer(_ request: WebRequest) async -> WebAnswer {
        var answer: WebAnswer
        do {
            answer = try await admitted(request)
        } catch {
            answer = failed(error, request)
        }
        let isAsset = answer.header("cache-control") != nil
        answer.headers += isAsset ? Self.safetyHeaders : Self.safetyHeaders + Self.freshHeaders
        return answer
    }

    /// Checks a request before anything is looked up, then answers it.
    private func admitted(_ request: WebRequest) async throws(WebFailure) -> WebAnswer {
        guard policy.isOurs(host: request.host) else {
            throw WebFailure(
                .misdirected,
                "This page is not served under that name. Open it by its address, or start it "
                    + "with --name for each name that it shall have."
            )
        }
        guard request.target.utf8.count <= WebLimits.targetBytesMax else {
            throw WebFailure(
                .badRequest,
                "The address has more than \(WebLimits.targetBytesMax) bytes."
            )
        }
        guard let route = WebRoute(request.path) else {
            throw WebFailure(.notFound, "There is no page at this address.")
        }
        guard route.methods.contains(request.method) else {
            var failure = WebFailure(
                .methodNotAllowed,
                "This address takes \(route.methods.joined(separator: ", "))."
            )
            failure.allowed = route.methods
            throw failure
        }
        try checkRights(request, route)
        if case .api(let api) = route { return try await answer(api, request) }
        return try await answer(route, request)
    }

    /// Reading needs the token where other machines connect; changing something always does.
    private func checkRights(_ request: WebRequest, _ route: WebRoute) throws(WebFailure) {
        let proof = policy.proof(request)
        let changes = request.method == "POST"
        if changes, route == .signIn || route == .signOut || proof == .cookie {
            guard policy.isFromOurPage(request) else {
                throw WebFailure(
                    .forbidden,
                    "The request does not come from a page of this site. Use the page itself, or "
                        + "send the token as Authorization: Bearer TOKEN."
                )
            }
        }
        guard !route.isOpen, proof == .none, changes || policy.readingNeedsToken else { return }
        throw WebFailure(
            .unauthorized,
            "This needs the token: sign in on the page, or send Authorization: Bearer TOKEN."
        )
    }

    private func failed(_ failure: WebFailure, _ request: WebRequest) -> WebAnswer {
        if failure.code == .unauthorized, !request.isForAPI {
            return WebAnswer(seeOther: "/sign-in")
        }
        var answer: WebAnswer
        if request.isForAPI {
            answer = apiFailure(failure)
        } else {
            answer = WebAnswer(
                failure.code.rawValue,
                page: FailurePage(failure: failure).document.html(assets)
            )
        }
        if !failure.allowed.isEmpty {
            answer.headers.append(("allow", failure.allowed.joined(separator: ", ")))
        }
        if failure.code == .unauthorized {
            answer.headers.append(("www-authenticate", "Bearer realm=\"wirecopy\""))
        }
        return answer
    }

    /// Nothing but our own files, no frames, no script or style in the markup.
    private static let safetyHeaders: [(name: String, value: String)] = [
        (
            "content-security-policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
                + "connect-src 'self'; form-action 'self'; base-uri 'none'; "
                + "frame-ancestors 'none'"
        ),
        ("x-content-type-options", "nosniff"),
        // With no-referrer a browser hides the origin of our own forms from us.
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
    ]
    private static let freshHeaders = [(name: "cache-control", value: "no-store")]
}

extension WebSite {
    /// The answer to a request whose body was not read because of its size.
    package func tooLarge() -> WebAnswer {
        apiFailure(
            WebFailure(.tooLarge, "The body has more than \(WebLimits.bodyBytesMax) bytes.")
        )
    }
}
