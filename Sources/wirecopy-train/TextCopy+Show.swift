import Foundation
import WirecopyParse

extension TextCopy {
    /// The questions of each field with their answers and what a model says to them, the likeliest
    /// first: lines of page, field, answer, log-odds and value.
    func shown(_ model: TextPageModel) -> [String] {
        var reading = reading
        model.readHead(&reading)
        let texts = reading.texts
        let all = reading.titleQuestions
        let titles = reading.finalists(all.lines, all.rows, model.logOdds(.titles, all.rows))
        let (names, days) = (reading.authorQuestions, reading.dateQuestions)
        return lines("title", titles.lines.map { texts[$0] }, titleAnswers(titles.lines))(
            model.logOdds(.headline, titles.rows)
        )
            + lines("author", names.names, authorAnswers(names.names))(
                model.logOdds(.authors, names.rows)
            )
            + lines("date", days.days, dateAnswers(days.days))(model.logOdds(.dates, days.rows))
    }

    private func lines(
        _ field: String,
        _ values: [String],
        _ answers: [Bool?]
    ) -> ([Float]) -> [String] {
        return { odds in
            let best = values.indices.sorted { odds[$0] > odds[$1] }
            return best.enumerated().filter {
                $0.offset < Self.shownMax || answers[$0.element] == true
            }
            .map { rank, index in
                let mark = answers[index].map { $0 ? "yes" : "no" } ?? "?"
                let figure = String(format: "%.2f", odds[index])
                return [gold.id, field, "\(rank)", mark, figure, values[index]]
                    .joined(separator: "\t")
            }
        }
    }

    private static let shownMax = 6
}
