/// The names of months in the languages that European and American news is written in.
///
/// Each line holds one month's names and usual abbreviations, lower case, without final points:
/// English, German, French, Spanish, Italian, Portuguese, Dutch, Scandinavian, Finnish, Polish,
/// Czech, Slovak, Croatian, Romanian, Hungarian, Turkish, Russian, Ukrainian, Greek, Indonesian.
/// A name that means different months in two languages (Croatian and Polish `listopad`) is given
/// to the language with more speakers.
enum MonthNames {
    /// The month from 1 to 12 that a lower-case word names.
    static func month(_ word: String) -> Int? { table[word] }

    private static let table: [String: Int] = {
        var table: [String: Int] = [:]
        for (index, line) in lines.enumerated() {
            for name in line.split(separator: " ") { table[String(name)] = index + 1 }
        }
        return table
    }()

    private static let lines = [
        """
        january jan januar jänner januari janvier janv enero ene gennaio gen janeiro tammikuuta \
        stycznia styczeń sty ledna leden januára siječnja ianuarie január ocak января январь янв \
        січня січень ιανουαρίου jaan jän
        """,
        """
        february feb februar februari feber février fevrier févr fév febrero febbraio febr \
        fevereiro fev helmikuuta lutego luty února února února únor veljače februarie február \
        şubat февраля февраль фев лютого лютий φεβρουαρίου
        """,
        """
        march mar mars märz mrz maart mrt marzo março marco maaliskuuta marca marzec března \
        březen ožujka martie március márc mart марта март мар березня березень μαρτίου maret
        """,
        """
        april apr avril avr abril abr aprile huhtikuuta kwietnia kwiecień kwi dubna duben travnja \
        aprilie április ápr nisan апреля апрель апр квітня квітень απριλίου apríla
        """,
        """
        may mai mayo maggio mag maio mei maj toukokuuta maja května květen svibnja mája május máj \
        mayıs мая май травня травень μαΐου μάϊου
        """,
        """
        june jun juni juin junio giugno giu junho kesäkuuta czerwca czerwiec cze června červen \
        lipnja iunie június jún haziran июня июнь июн червня червень ιουνίου
        """,
        """
        july jul juli juillet juil julio luglio lug julho heinäkuuta lipca lipiec lip července \
        červenec srpnja iulie július júl temmuz июля июль июл липня липень ιουλίου
        """,
        """
        august aug août aout agosto ago elokuuta sierpnia sierpień sie srpna srpen kolovoza \
        augusti augustus augusztus ağustos августа август авг серпня серпень αυγούστου agustus
        """,
        """
        september sep sept septembre septiembre setiembre settembre set setembro syyskuuta \
        września wrzesień wrz září rujna septembrie szeptember szept eylül сентября сентябрь сен \
        вересня вересень σεπτεμβρίου septembra
        """,
        """
        october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta października \
        październik paź října říjen octombrie október ekim октября октябрь окт жовтня жовтень \
        οκτωβρίου októbra
        """,
        """
        november nov novembre noviembre novembro marraskuuta listopada listopad lis listopadu \
        studenoga noiembrie kasım ноября ноябрь ноя листопада листопад νοεμβρίου novembra
        """,
        """
        december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro \
        joulukuuta grudnia grudzień gru prosince prosinec prosinca decembrie desember des aralık \
        декабря декабрь дек грудня грудень δεκεμβρίου decembra desembre
        """,
    ]
}
