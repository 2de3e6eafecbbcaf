import WebArchive
import WirecopyMessages

/// Packs what a visit brought besides its page into records of the archive.
struct ExchangeArchive: Sendable {
    let visitor: SiteVisitor
    let mint: MessageMint

    /// Bytes of records that a request takes along to another host; ten redirects have some
    /// thousand. What is beyond is not kept.
    private static let carriedMax = 1 << 20

    /// The members of exchanges, in their order; a file of rules that the archive has refers to it.
    private func members(of exchanges: [Exchange]) async -> [UInt8] {
        var members: [UInt8] = []
        for exchange in exchanges {
            let earlier = await visitor.reference(of: exchange)
            let packed = pack(exchange, after: earlier)
            members += packed.bytes
            if packed.reference != earlier { await visitor.note(packed.reference, of: exchange) }
        }
        return members
    }

    /// The members of one exchange, and what a later one with the same content refers to.
    func pack(
        _ exchange: Exchange,
        after earlier: RecordReference?
    ) -> (bytes: [UInt8], reference: RecordReference?) {
        let now = mint.now()
        return exchange.record.members(
            as: (mint.recordIdentity(at: now), mint.recordIdentity(at: now)),
            after: earlier
        )
    }

    /// What goes along with a message: records that came with the request, what the sites of the
    /// visit said for the first time today, and its redirects.
    func attachments(_ carried: [[UInt8]], _ visit: Visit?) async -> [[UInt8]] {
        var members = Self.bounded(carried)
        if let visit {
            let said = await visitor.takeUnarchived(of: visit)
            members += await self.members(of: said + visit.exchanges)
        }
        return members.isEmpty ? [] : [members]
    }

    /// The records that a request took along, unless there are too many.
    private static func bounded(_ carried: [[UInt8]]) -> [UInt8] {
        let bytes = carried.flatMap { $0 }
        return bytes.count > carriedMax ? [] : bytes
    }
}
