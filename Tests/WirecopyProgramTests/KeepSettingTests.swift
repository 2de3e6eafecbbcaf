import Testing

@testable import WirecopyProgram

@Suite struct KeepSettingTests {
    @Test(
        arguments: [
            ("all", nil, nil), ("90d", 90 * 86_400, nil), ("36h", 36 * 3600, nil),
            ("500MB", nil, 500_000_000), ("50GB", nil, 50_000_000_000),
            ("2TB", nil, 2_000_000_000_000), ("30d,50GB", 30 * 86_400, 50_000_000_000),
            ("50GB,30d", 30 * 86_400, 50_000_000_000),
        ] as [(String, Int?, Int?)]
    )
    func `an age, a size, or both are read`(_ text: String, _ seconds: Int?, _ bytes: Int?) {
        let setting = KeepSetting(text)
        #expect(setting != nil)
        #expect(setting?.ageMax == seconds.map { .seconds($0) })
        #expect(setting?.bytesMax == bytes)
    }

    @Test(arguments: [
        "", "0d", "-1d", "d", "90", "90 d", "90D", "1d,2d", "1GB,2GB", "1d,1GB,1h", "1d,", "4.5d",
        "99999999999999999999d", "40000d", "2000TB", "forever",
    ])
    func `anything else is none`(_ text: String) {
        #expect(KeepSetting(text) == nil)
    }
}
