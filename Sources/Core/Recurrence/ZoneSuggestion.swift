import Values

/// Suggests what was meant by an unknown time zone name. Similar letters alone would lead to another part of the world.
/// So a table lists abbreviations and the names that people and other systems use, and other names are suggested only
/// if they are almost identical.
enum ZoneSuggestion {
    /// Nil if nothing is similar enough.
    static func hint(for name: String, among zones: [String]) -> String? {
        for folder in ["right/", "posix/"] where name.hasPrefix(folder) {
            return "did you mean \(quoted([String(name.dropFirst(folder.count))]))?"
        }
        let word = simple(name)
        if let hint = fixedOffset(name.lowercased().filter { !$0.isWhitespace }) { return hint }
        guard !ambiguous.contains(word) else { return nil }
        if let meant = meanings[word] { return "did you mean \(quoted(meant))?" }
        let spelt = zones.filter { simple($0) == word || city($0) == word && !isDirection($0) }
        if !spelt.isEmpty { return "did you mean \(quoted(Array(spelt.sorted { $0.count < $1.count }.prefix(3))))?" }
        // One letter in eight may be wrong. Short names are too similar to each other.
        guard word.count >= 6 else { return nil }
        let near = zones.compactMap { zone -> (name: String, edits: Int)? in
            let edits = Suggestion.editDistance(Array(word), Array(simple(zone)))
            return edits <= max(1, word.count / 8) ? (zone, edits) : nil
        }
        return near.min { ($0.edits, $0.name) < ($1.edits, $1.name) }.map { "did you mean \(quoted([$0.name]))?" }
    }

    /// `GMT+2`, `UTC-05:00`: the names in Etc use POSIX's sign, which is positive to the west.
    private static func fixedOffset(_ name: String) -> String? {
        guard name.hasPrefix("gmt") || name.hasPrefix("utc"), let sign = name.dropFirst(3).first,
            sign == "+" || sign == "-"
        else { return nil }
        let parts = name.dropFirst(4).split(separator: ":")
        guard let hours = parts.first.flatMap({ Int($0) }), (1...12).contains(hours),
            parts.count == 1 || parts.count == 2 && parts[1] == "00"
        else { return nil }
        let other = sign == "+" ? "-" : "+"
        return
            "did you mean \"Etc/GMT\(other)\(hours)\"? its sign counts to the west; it has no daylight saving time, which a city's zone has"
    }

    /// Words that stand for places in several parts of the world.
    private static let ambiguous: Set<String> = ["act", "east", "samoa", "san juan", "victoria", "west"]

    /// Old names for the parts of a country, whose last word alone says too little.
    private static func isDirection(_ zone: String) -> Bool {
        ["Brazil/", "Canada/", "Chile/", "Mexico/", "US/", "Etc/"].contains { zone.hasPrefix($0) }
    }

    private static func quoted(_ names: [String]) -> String { names.map { "\"\($0)\"" }.joined(separator: " or ") }

    private static func city(_ zone: String) -> String {
        simple(zone.split(separator: "/").last.map(String.init) ?? zone)
    }

    /// Lower case, with one space for whatever separates words.
    private static func simple(_ name: String) -> String {
        name.lowercased().split { " _-.".contains($0) || $0.isWhitespace }.joined(separator: " ")
    }

    /// An abbreviation can stand for several zones, so those with the most people are listed. Windows' names are from
    /// Unicode's windowsZones.xml, https://github.com/unicode-org/cldr.
    private static let meanings: [String: [String]] = {
        let groups: [([String], [String])] = [
            (
                ["et", "est", "edt", "eastern", "eastern time", "us eastern", "eastern standard time", "us/eastern"],
                ["America/New_York"]
            ),
            (
                ["ct", "cst", "cdt", "central", "central time", "us central", "central standard time"],
                ["America/Chicago"]
            ),
            (
                ["mt", "mst", "mdt", "mountain", "mountain time", "us mountain", "mountain standard time"],
                ["America/Denver"]
            ),
            (
                ["pt", "pst", "pdt", "pacific", "pacific time", "us pacific", "pacific standard time"],
                ["America/Los_Angeles"]
            ),
            (["akst", "akdt", "alaska", "alaska time", "alaskan standard time"], ["America/Anchorage"]),
            (["hst", "hawaii", "hawaii time", "hawaiian standard time"], ["Pacific/Honolulu"]),
            (["ast", "adt", "atlantic time", "atlantic standard time"], ["America/Halifax"]),
            (["nst", "ndt", "newfoundland time", "newfoundland standard time"], ["America/St_Johns"]),
            (["bst", "british time", "uk", "uk time", "gmt standard time", "england"], ["Europe/London"]),
            (["ist", "india time", "india standard time", "india"], ["Asia/Kolkata"]),
            (["irish time", "ireland"], ["Europe/Dublin"]),
            (["wet", "portugal"], ["Europe/Lisbon"]),
            (
                [
                    "cest", "mez", "mesz", "central european time", "central european summer time", "germany",
                    "w europe standard time", "deutschland",
                ], ["Europe/Berlin"]
            ),
            (["romance standard time", "france"], ["Europe/Paris"]),
            (["eest", "eastern european time", "fle standard time"], ["Europe/Helsinki", "Europe/Athens"]),
            (["msk", "moscow time", "russian standard time"], ["Europe/Moscow"]),
            (["trt", "turkey standard time"], ["Europe/Istanbul"]),
            (["israel standard time", "idt", "israel time"], ["Asia/Jerusalem"]),
            (["gst", "gulf standard time", "arabian standard time"], ["Asia/Dubai"]),
            (["pkt", "pakistan standard time"], ["Asia/Karachi"]),
            (["sgt", "singapore time", "singapore standard time"], ["Asia/Singapore"]),
            (["hkt", "hong kong time"], ["Asia/Hong_Kong"]),
            (["china time", "china standard time", "beijing", "peking", "china"], ["Asia/Shanghai"]),
            (["jst", "japan time", "tokyo standard time"], ["Asia/Tokyo"]),
            (["kst", "korea time", "korea standard time"], ["Asia/Seoul"]),
            (["aest", "aedt", "aus eastern standard time", "australian eastern time"], ["Australia/Sydney"]),
            (["acst", "acdt", "cen australia standard time"], ["Australia/Adelaide"]),
            (["awst", "w australia standard time"], ["Australia/Perth"]),
            (["nzst", "nzdt", "new zealand time", "new zealand standard time"], ["Pacific/Auckland"]),
            (["sast", "south africa time", "south africa standard time"], ["Africa/Johannesburg"]),
            (["eat", "e africa standard time"], ["Africa/Nairobi"]),
            (["wat", "w central africa standard time"], ["Africa/Lagos"]),
            (["brt", "brasilia time", "e south america standard time", "brazil"], ["America/Sao_Paulo"]),
            (["art", "argentina standard time"], ["America/Argentina/Buenos_Aires"]),
            (["z", "zulu time", "coordinated universal time", "greenwich mean time", "utc+0", "gmt+0"], ["UTC"]),
        ]
        return Dictionary(groups.flatMap { names, zones in names.map { ($0, zones) } }) { first, _ in first }
    }()
}
