import WirecopyMessages

/// The envelope alone, and as the frames of a command hold it.
///
/// Must be true: both ways accept the same envelopes and read the same from them; what was read is
/// written and read back as itself.
struct EnvelopeTarget: FuzzTarget {
    func input(using generator: inout SeededGenerator) -> FuzzInput {
        var maker = CommandMaker(generator: generator)
        var envelope = maker.envelope()
        envelope.attachments = maker.generator.once(in: 8) ? maker.generator.below(12) : 0
        generator = maker.generator
        // A generated count beyond the limit is whole as bytes, and rightly refused.
        let isAllowed = envelope.attachments <= MessageLimits.attachments
        var input = FuzzInput([envelope.json])
        Mutator.damage(&input, using: &generator)
        input.isWhole = input.isWhole && isAllowed
        return input
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        let bytes = input.frames.first ?? []
        let alone = read(bytes)
        let framed = readFramed(bytes, attachments: alone?.attachments ?? 0)
        guard let alone else {
            guard framed == nil else {
                throw FuzzFinding("A command holds an envelope that is refused alone.")
            }
            return .refused
        }
        guard bytes.count > MessageLimits.envelopeBytes || framed == alone else {
            throw FuzzFinding("A command reads an envelope otherwise than it is read alone.")
        }
        guard read(alone.json) == alone else {
            throw FuzzFinding("An envelope was written so that it is read as another.")
        }
        return .accepted
    }

    private func read(_ bytes: [UInt8]) -> Envelope? {
        do throws(JSONFailure) { return try Envelope(json: bytes) } catch { return nil }
    }

    private func readFramed(_ bytes: [UInt8], attachments: Int) -> Envelope? {
        let header = Array(#"{"messages":1,"request":1}"#.utf8)
        let frames = [Array("PUBLISH".utf8), header, bytes, Array("{}".utf8)]
        let bodies = [[UInt8]](repeating: [7], count: attachments)
        do throws(FrameFailure) {
            guard case .publish(_, let messages) = try QueueCommand(frames: frames + bodies)
            else { return nil }
            return messages.first?.envelope
        } catch {
            return nil
        }
    }
}
