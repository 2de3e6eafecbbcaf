import WirecopyClient
import WirecopyFetch
import WirecopyMessages
import WirecopyProgram

/// Hands the first polls of sources to a broker, and changes those of known ones.
struct SourcePublisher {
    let connection: BrokerConnection
    let pace: SourcePace

    /// Publishes a poll for each address that is not watched yet; gives how many those are, and
    /// the addresses of the others.
    func publish(
        _ urls: [String]
    ) async throws(ProgramFailure) -> (newCount: Int, known: [String]) {
        var messages: [Message] = []
        for url in urls {
            guard let message = SourceMessages.poll(of: url, SourcePoll(pace: pace), .system) else {
                throw ProgramFailure(
                    .usage,
                    "\(url.prefix(200)) is no address with scheme http or https."
                )
            }
            messages.append(message)
        }
        let confirmations: [BrokerReply.Confirmation]
        do {
            confirmations = try await connection.publish(messages)
        } catch {
            throw ProgramFailure(error)
        }
        for case .refused(_, let sentence) in confirmations {
            throw ProgramFailure(.unavailable, sentence)
        }
        let known = zip(messages, confirmations).filter { $0.1 == .duplicate }
            .map { $0.0.envelope.subject }
        return (confirmations.count - known.count, known)
    }

    /// Lets watched sources be asked in this pace from now on; what was learned of them stays.
    func setPace(of urls: [String]) async throws(ProgramFailure) {
        for url in urls {
            let request = PollRequest(url: url, shortest: pace.shortest, longest: pace.longest)
            _ = try await Self.poll(request, over: connection)
        }
    }

    /// Changes when a source is asked next; false when it is not watched.
    static func poll(
        _ request: PollRequest,
        over connection: BrokerConnection
    ) async throws(ProgramFailure) -> Bool {
        do {
            let report: WatchedReport = try await connection.admin(.poll, request)
            return report.wasWatched
        } catch {
            throw ProgramFailure(error)
        }
    }
}
