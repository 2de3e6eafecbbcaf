import ArgumentParser
import WirecopyClient
import WirecopyMessages
import WirecopyProgram

/// `wirecopy pause STAGE`: lets a stage's messages wait.
struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Let a stage lease nothing new until it is resumed."
    )

    @Argument(help: "The stage: fetch, parse, extract or store.")
    var stage: String

    @OptionGroup var options: DataOptions

    func run() async throws {
        try await changeStage(.pause, stage, options)
    }
}

/// `wirecopy resume STAGE`: ends a pause.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let a paused stage work again."
    )

    @Argument(help: "The stage: fetch, parse, extract or store.")
    var stage: String

    @OptionGroup var options: DataOptions

    func run() async throws {
        try await changeStage(.resume, stage, options)
    }
}

private func changeStage(
    _ operation: AdminOperation,
    _ name: String,
    _ options: DataOptions
) async throws(ProgramFailure) {
    let logger = options.program.startLogging("wirecopy")
    guard let stage = StageName(rawValue: name) else {
        throw ProgramFailure(
            .usage,
            "There is no stage \(name); there are fetch, parse, extract, store."
        )
    }
    guard let endpoint = options.endpoint else {
        throw ProgramFailure(
            .unavailable,
            "No broker serves \(options.directory.path); name one with --broker."
        )
    }
    let connection = try await Pipeline.connect(to: endpoint, logger)
    do {
        let _: NoArguments = try await connection.admin(operation, StageRequest(stage: stage))
    } catch {
        throw ProgramFailure(error)
    }
    await connection.close()
}
