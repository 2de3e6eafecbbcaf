import WirecopyClient
import WirecopyFetch
import WirecopyMessages
import WirecopyProgram

/// Hands the first polls of sources to a broker.
struct SourcePublisher {
    let connection: BrokerConnection
    let pace: SourcePace

    /// Publishes a poll for each address that is not watched yet.
    func publish(
        _ urls: [String]
    ) async throws(ProgramFailure) -> (new: Int, known: Int) {
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
        let known = confirmations.count { $0 == .duplicate }
        return (confirmations.count - known, known)
    }
}
