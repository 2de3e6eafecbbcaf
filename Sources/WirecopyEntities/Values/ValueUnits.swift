/// The units that quantities have, and the currencies of money.
///
/// Origin: written for this project; codes of currencies are those of ISO 4217.
enum ValueUnits {
    /// Names and signs of units; the first word of a line is what the message calls it.
    static let unit: [UInt64: String] = groups(
        """
        percent percent per-cent pct
        percentage_point percentage-point percentage-points
        kilometre kilometre kilometres kilometer kilometers km kms
        metre metre metres meter meters m
        centimetre centimetre centimetres centimeter centimeters cm
        millimetre millimetre millimetres millimeter millimeters mm
        mile mile miles mi
        nautical_mile nautical-mile nautical-miles
        yard yards
        foot foot feet ft
        inch inch inches
        hectare hectare hectares ha
        acre acre acres
        kilogram kilogram kilograms kilogramme kilogrammes kilo kilos kg
        gram gram grams gramme grammes
        tonne tonne tonnes
        ton ton tons
        pound pound pounds lb lbs
        ounce ounce ounces oz
        litre litre litres liter liters
        gallon gallon gallons
        barrel barrel barrels
        bushel bushel bushels
        kilometre_per_hour km/h kph kmh
        mile_per_hour mph
        knot knot knots
        degree degree degrees
        watt watt watts
        kilowatt kilowatt kilowatts kw
        megawatt megawatt megawatts mw
        gigawatt gigawatt gigawatts gw
        kilowatt_hour kwh
        megahertz mhz
        gigahertz ghz
        gigabyte gigabyte gigabytes gb
        megabyte megabyte megabytes mb
        terabyte terabyte terabytes tb
        kiloton kiloton kilotons
        megaton megaton megatons
        second second seconds
        minute minute minutes min mins
        hour hour hours hr hrs
        day day days
        week week weeks
        month month months
        year year years yr yrs
        decade decade decades
        century century centuries
        """
    )
    /// Units that are lengths of time: "over two years" may mean "during".
    static let time: Set<String> = [
        "second", "minute", "hour", "day", "week", "month", "year", "decade", "century",
    ]
    /// Words behind a length or a speed that make another unit: "miles per hour".
    static let perHour: [String: String] = [
        "kilometre": "kilometre_per_hour", "mile": "mile_per_hour",
    ]
    /// Words before a length that make an area or a volume: "square miles".
    static let square = WordSet("square sq sq.")
    static let cubic = WordSet("cubic")
    /// Units that are two words: "nautical miles", "percentage points", "per cent".
    static let twoWords = WordSet("nautical percentage per metric")

    /// Signs before a number.
    static let currencySign: [UInt32: String] = [
        0x24: "USD", 0xA3: "GBP", 0x20AC: "EUR", 0xA5: "JPY", 0x20B9: "INR", 0x20BD: "RUB",
        0x20A9: "KRW", 0x20BA: "TRY", 0x20B4: "UAH", 0x20AA: "ILS", 0x20A6: "NGN", 0x20AB: "VND",
        0x20B1: "PHP", 0x20B8: "KZT", 0x20BE: "GEL", 0x0E3F: "THB",
    ]
    /// Letters directly before "$" that say which dollar it is.
    static let dollarPrefix: [UInt64: String] = groups(
        "USD us\nAUD a au\nCAD c ca can\nNZD nz\nHKD hk\nSGD s\nTWD nt\nBRL r"
    )
    /// Codes that stand before or behind a number: "USD 5 million".
    static let currencyCode: [UInt64: String] = groups(
        """
        USD usd
        EUR eur
        GBP gbp
        CHF chf
        JPY jpy
        CNY cny rmb
        AUD aud
        CAD cad
        INR inr rs rs.
        RUB rub
        UAH uah
        SEK sek
        NOK nok
        DKK dkk
        PLN pln
        ZAR zar
        TRY try
        """
    )
    /// Names of money of one country.
    static let currency: [UInt64: String] = groups(
        """
        EUR euro euros
        JPY yen
        CNY yuan renminbi
        RUB ruble rubles rouble roubles
        UAH hryvnia hryvnias
        PLN zloty zlotys złoty złotys
        ILS shekel shekels
        ZAR rand
        NGN naira
        THB baht
        MYR ringgit
        IDR rupiah
        VND dong
        HUF forint forints
        CZK koruna korunas
        KZT tenge
        BRL reais
        AED dirhams
        BDT taka
        KRW won
        TRY lira liras
        """
    )
    /// Names of money of several countries; the adjective before it tells which.
    static let sharedCurrency: [UInt64: String] = groups(
        "dollar dollar dollars\npound pound pounds\npeso peso pesos\nrupee rupee rupees\n"
            + "franc franc francs\nkrone krone kroner krona kronor\ndinar dinar dinars\n"
            + "rial rial rials riyal riyals"
    )
    /// The adjective and the name of a currency that several countries share.
    static let currencyOfPeople: [UInt64: String] = {
        let rows = """
            us dollar USD
            u.s. dollar USD
            american dollar USD
            canadian dollar CAD
            australian dollar AUD
            singapore dollar SGD
            british pound GBP
            sterling pound GBP
            egyptian pound EGP
            lebanese pound LBP
            sudanese pound SDG
            syrian pound SYP
            mexican peso MXN
            argentine peso ARS
            philippine peso PHP
            chilean peso CLP
            colombian peso COP
            indian rupee INR
            pakistani rupee PKR
            swiss franc CHF
            norwegian krone NOK
            swedish krone SEK
            danish krone DKK
            icelandic krone ISK
            iraqi dinar IQD
            kuwaiti dinar KWD
            iranian rial IRR
            saudi rial SAR
            """
        var codes: [UInt64: String] = [:]
        for row in rows.split(separator: "\n") {
            let words = row.split(separator: " ").map(String.init)
            let key = WordHash.join(WordHash.folded(words[0]), WordHash.folded(words[1]))
            codes[key] = words[2]
        }
        return codes
    }()

    private static func groups(_ lines: String) -> [UInt64: String] {
        var names: [UInt64: String] = [:]
        for line in lines.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            for word in words.dropFirst() { names[WordHash.folded(word)] = words[0] }
        }
        return names
    }
}
