import Foundation
import Glibc
import WirecopyProgram

/// The cases of one seed for one reader.
struct FuzzCases: Sendable {
    /// The reader.
    let name: FuzzName
    /// Which cases.
    let seed: UInt64
    /// Folder for the ones that fail.
    let findings: String

    /// The input of one case.
    func input(_ number: Int) -> FuzzInput {
        var generator = SeededGenerator(seed: seed, case: number)
        return name.target.input(using: &generator)
    }

    /// Runs cases in this process, noting each before it begins; ends early when the process that
    /// reads the notes is gone.
    func run(_ numbers: Range<Int>, noting progress: FuzzProgress) throws(ProgramFailure) {
        let target = name.target
        let parent = getppid()
        for number in numbers where getppid() == parent {
            progress.begin(number)
            var generator = SeededGenerator(seed: seed, case: number)
            let input = target.input(using: &generator)
            do throws(FuzzFinding) {
                let verdict = try target.check(input)
                guard verdict == .refused, input.isWhole else {
                    progress.count(verdict)
                    continue
                }
                throw FuzzFinding("Input without damage was refused.")
            } catch {
                progress.countContradiction()
                try write(number, input, error.sentence)
            }
        }
        progress.begin(numbers.upperBound)
    }

    /// Keeps the input of a case with the reason.
    func write(_ number: Int, _ input: FuzzInput, _ reason: String) throws(ProgramFailure) {
        let path = "\(findings)/\(name.rawValue)-\(seed)-\(number).txt"
        let remark = "\(reason) wirecopy-fuzz \(name.rawValue) --seed \(seed) --first \(number)"
        do {
            try FileManager.default.createDirectory(
                atPath: findings,
                withIntermediateDirectories: true
            )
            try Data(input.text(remark: remark).utf8).write(to: URL(filePath: path))
        } catch {
            throw ProgramFailure(.cannotCreate, "\(path) cannot be written (\(error)).")
        }
    }
}
