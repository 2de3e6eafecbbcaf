import WirecopyMessages

/// The frames of both directions of the wire protocol.
///
/// Must be true: frames that were laid out are read back as the same command; what is read from
/// damaged frames is laid out and read back as itself.
struct FramesTarget: FuzzTarget {
    /// See `CommandMaker.isForBroker`.
    var isForBroker = false

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        var maker = CommandMaker(generator: generator, isForBroker: isForBroker)
        let frames = maker.generator.once(in: 3) ? maker.reply().frames : maker.command().frames
        generator = maker.generator
        var input = FuzzInput(frames)
        Mutator.damage(&input, using: &generator)
        return input
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        let asCommand = try checkCommand(input.frames)
        let asReply = try checkReply(input.frames)
        return asCommand || asReply ? .accepted : .refused
    }

    private func checkCommand(_ frames: [[UInt8]]) throws(FuzzFinding) -> Bool {
        guard let command = read({ () throws(FrameFailure) in try QueueCommand(frames: frames) })
        else { return false }
        let again = read { () throws(FrameFailure) in try QueueCommand(frames: command.frames) }
        guard again == command else {
            throw FuzzFinding("A command was laid out so that it is read as another.")
        }
        return true
    }

    private func checkReply(_ frames: [[UInt8]]) throws(FuzzFinding) -> Bool {
        guard let reply = read({ () throws(FrameFailure) in try BrokerReply(frames: frames) })
        else { return false }
        let again = read { () throws(FrameFailure) in try BrokerReply(frames: reply.frames) }
        guard again == reply else {
            throw FuzzFinding("A reply was laid out so that it is read as another.")
        }
        return true
    }

    private func read<Value>(_ body: () throws(FrameFailure) -> Value) -> Value? {
        do throws(FrameFailure) { return try body() } catch { return nil }
    }
}
