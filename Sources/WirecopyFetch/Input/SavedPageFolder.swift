/// The folders in which browsers keep the pictures, scripts and frames of the pages they save.
enum SavedPageFolder {
    /// What browsers put behind the page's name, in the languages that have a word of their own:
    /// `ferry.html` has `ferry_files`; `ferry_photos` is a folder like any other.
    private static let endings = [
        "_files", "_fichiers", "_archivos", "_bestanden", "_arquivos", "_pliki", "_soubory",
        "_dosyalar", "_elemei", "_tiedostot", "_filer", "_file", "-Dateien", "-filer", "-filene",
        ".files",
    ]

    /// The names among `names` that are such folders, each with the page that it belongs to.
    static func folders(in names: [String]) -> [String: String] {
        let all = Set(names)
        var folders: [String: String] = [:]
        for name in names {
            guard let dot = name.lastIndex(of: "."),
                ["html", "htm", "xhtml"].contains(name[name.index(after: dot)...].lowercased())
            else { continue }
            for ending in endings where all.contains(name[..<dot] + ending) {
                folders[name[..<dot] + ending] = name
            }
        }
        return folders
    }
}
