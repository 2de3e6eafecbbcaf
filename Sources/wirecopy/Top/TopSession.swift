import WirecopyMessages

/// `top` on a terminal: draws when there is something new, and takes keys.
struct TopSession {
    /// How often keys and the size of the terminal are looked at: a key feels immediate.
    static let pulse = Duration.milliseconds(40)

    let board: TopBoard
    var choice: TopScreen.Choice

    init(board: TopBoard, choice: TopScreen.Choice) {
        self.board = board
        self.choice = choice
    }

    /// Returns when the operator quits, `stop` is raised, or all looks were taken.
    consuming func run(_ stop: StopFlag, looks: Int?) async {
        let screen = LiveScreen()
        defer { screen.leave() }
        var shown: Picture?
        var held = board.snapshot
        while !stop.isRaised, !held.allSatisfy({ $0.looks >= looks ?? .max }) {
            for key in screen.keys() {
                guard choice.take(key) else { return }
            }
            if !choice.isPaused { held = board.snapshot }
            let picture = Picture(
                version: choice.isPaused ? shown?.version ?? 0 : board.currentVersion,
                choice: choice,
                columns: Terminal.columns,
                rows: Terminal.rows
            )
            if picture != shown {
                let lines = TopScreen(held, choice).lines(
                    columns: picture.columns,
                    rows: picture.rows
                )
                screen.draw(lines, columns: picture.columns)
                shown = picture
            }
            try? await Task.sleep(for: Self.pulse)
        }
    }

    /// What the screen depends on.
    private struct Picture: Equatable {
        let version: Int
        let choice: TopScreen.Choice
        let columns: Int
        let rows: Int
    }
}

extension TopScreen.Choice {
    /// Takes a key; false when the operator quits.
    mutating func take(_ key: Character) -> Bool {
        switch key {
        case "q", "Q", "\u{3}", "\u{4}": return false
        case "h", "?": showsHelp.toggle()
        case "r": isReversed.toggle()
        case "w": showsWorkers.toggle()
        case " ": isPaused.toggle()
        default:
            guard let chosen = TopSort.allCases.first(where: { $0.key == key }) else { break }
            sort = chosen
        }
        return true
    }
}
