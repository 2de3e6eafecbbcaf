import WirecopyClient
import WirecopyMessages

/// A peer's process: its dialogue with the broker as `BrokerLink` keeps it, and its role.
///
/// Pure: the simulation hands in what arrives and when, and takes the outputs.
struct SimulatedPeer: Sendable {
    private enum Link {
        case waiting(until: Int)
        case greeting(since: Int)
        case open(heartbeat: Int, beatAt: Int)
        case ended
    }

    /// How long to wait for WELCOME.
    private static let welcomeMilliseconds = 3000
    /// A broker that says nothing for so many heartbeats is taken for gone.
    private static let silentHeartbeats = 3

    let name: String
    var role: any PeerRole
    /// Nothing is heard or done before this moment: the process is stopped (SIGSTOP).
    var frozenUntil = 0
    private var link: Link
    private var lastHeard = 0
    private var backoff = Backoff()
    private var generator: SeededGenerator
    private var outputs: [PeerOutput] = []

    init(_ name: String, _ role: any PeerRole, now: Int, _ generator: SeededGenerator) {
        self.name = name
        self.role = role
        self.generator = generator
        link = .waiting(until: now)
    }

    /// Whether the broker has taken the peer.
    var isOpen: Bool {
        if case .open = link { true } else { false }
    }

    /// Whether the process has ended.
    var hasEnded: Bool {
        if case .ended = link { true } else { false }
    }

    /// When `wake` has something to do.
    var wakeAt: Int? {
        let next =
            switch link {
            case .waiting(let until): until
            case .greeting(let since): since + Self.welcomeMilliseconds
            case .open(_, let beatAt): beatAt
            case .ended: Int?.none
            }
        guard let next else { return nil }
        return max(frozenUntil, min(next, role.wakeAt ?? next))
    }

    mutating func takeOutputs() -> [PeerOutput] {
        defer { outputs = [] }
        return outputs
    }
}

// Events.
extension SimulatedPeer {
    /// Time has passed.
    mutating func wake(now: Int, _ world: inout World) {
        switch link {
        case .waiting(let until) where until <= now:
            link = .greeting(since: now)
            outputs.append(.connect)
            outputs.append(.say(.hello(role.hello(name))))
        case .greeting(let since) where since + Self.welcomeMilliseconds <= now: lose(now: now)
        case .open(let heartbeat, let beatAt) where beatAt <= now: beat(heartbeat, now: now)
        case .ended: return
        case .waiting, .greeting, .open: break
        }
        role.wake(now: now, &world)
        pass(now: now)
    }

    /// A parcel of the broker arrived.
    mutating func hear(_ frames: [[UInt8]], now: Int, _ world: inout World) {
        if case .ended = link { return }
        lastHeard = now
        let reply: BrokerReply
        do {
            reply = try BrokerReply(frames: frames)
        } catch {
            world.findings.append("\(name) cannot read what the broker said: \(error.message)")
            return
        }
        hear(reply, now: now, &world)
        pass(now: now)
    }

    /// Begins to leave: says BYE, and ends.
    mutating func end() {
        if isOpen { outputs.append(.say(.bye)) }
        outputs.append(.disconnect(lingers: true))
        outputs.append(.exit)
        link = .ended
    }

    /// The process dies: nothing more is said or done.
    mutating func kill() {
        link = .ended
        outputs = []
    }

    private mutating func hear(_ reply: BrokerReply, now: Int, _ world: inout World) {
        switch reply {
        case .welcome(let welcome):
            guard case .greeting = link else { return }
            let heartbeat = max(1, welcome.heartbeatMilliseconds)
            link = .open(heartbeat: heartbeat, beatAt: now + heartbeat)
            backoff.reset()
            outputs.append(.say(.ping(nil)))
            role.welcomed(welcome, now: now, &world)
        case .pong: return
        case .refuse(let code, let message):
            switch code {
            case .notGreeted, .draining, .storageFull: lose(now: now)
            default: world.findings.append("\(name) was refused (\(code.rawValue)): \(message)")
            }
        default:
            guard isOpen else { return }
            role.hear(reply, now: now, &world)
        }
    }

    private mutating func beat(_ heartbeat: Int, now: Int) {
        guard now - lastHeard <= heartbeat * Self.silentHeartbeats else { return lose(now: now) }
        link = .open(heartbeat: heartbeat, beatAt: now + heartbeat)
        outputs.append(.say(.ping(nil)))
    }

    private mutating func lose(now: Int) {
        let wait = backoff.next(using: &generator).wholeMilliseconds
        switch link {
        case .greeting, .open: outputs.append(.disconnect(lingers: false))
        case .waiting, .ended: return
        }
        link = .waiting(until: now + wait)
        role.lost()
    }

    /// Passes on what the role wants.
    private mutating func pass(now: Int) {
        for output in role.takeOutputs(isOpen: isOpen) {
            switch output {
            case .leaveAndReturn where !isOpen: continue
            case .leaveAndReturn:
                outputs.append(.say(.bye))
                outputs.append(.disconnect(lingers: true))
                link = .waiting(until: now + backoff.next(using: &generator).wholeMilliseconds)
                role.lost()
            case .exit: end()
            case .die:
                outputs.append(.disconnect(lingers: false))
                outputs.append(.die)
                link = .ended
            case .say, .connect, .disconnect: outputs.append(output)
            }
        }
    }
}
