import Leads
import Values

/// Numbers, amounts, links and addresses: each has to be in a fact.
enum GateClaims {
    // MARK: links and addresses

    static func links(_ text: GateText) -> String? {
        for source in [text.subject, text.body] {
            for part in source.split(whereSeparator: { $0.isWhitespace || "()<>[]\"“”„«»,;".contains($0) }) {
                var word = String(part).lowercased()
                while let last = word.last, ".:!?'’*_".contains(last) { word.removeLast() }
                guard isLink(word) else { continue }
                let plain = bare(word)
                if !text.factText.contains(plain) && !text.factText.contains(word) {
                    return "\(word.shortened(to: 60)) is in no fact"
                }
            }
        }
        return nil
    }

    /// Whether a word of a signature is part of a link that the facts have.
    static func isLinkPart(_ word: String, _ text: GateText) -> Bool {
        text.facts["offer"].map { GateText.words(of: $0).contains(word) && text.factText.contains("\(word).") } ?? false
    }

    private static func bare(_ word: String) -> String {
        var word = word[...]
        for prefix in ["https://", "http://", "www.", "mailto:"] where word.hasPrefix(prefix) {
            word = word.dropFirst(prefix.count)
        }
        while word.last == "/" { word = word.dropLast() }
        return String(word)
    }

    private static func isLink(_ word: String) -> Bool {
        if word.contains("://") || word.hasPrefix("www.") { return true }
        if word.contains("@"), word.first != "@", word.split(separator: "@").last?.contains(".") == true { return true }
        if word.hasPrefix("@"), word.count > 3 { return true }
        let host = word.prefix { $0 != "/" && $0 != "?" }
        guard host.contains("."), let end = host.split(separator: ".").last, host.split(separator: ".").count >= 2
        else {
            return false
        }
        guard host.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == ".") }) else {
            return false
        }
        return topLevels.contains(String(end))
    }

    private static let topLevels: Set<String> = [
        "com", "net", "org", "io", "ai", "co", "app", "dev", "biz", "info", "eu", "de", "fr", "es", "it", "nl", "be",
        "ch",
        "at", "uk", "ca", "us", "se", "no", "dk", "fi", "pl", "cz", "pt", "br", "mx", "in", "jp", "cn", "au", "nz",
        "ie",
        "me", "tv", "ly", "gg", "xyz", "cloud", "tech", "agency", "online", "site", "store", "shop", "link", "page",
        "so",
        "example", "test", "local", "gl", "to", "im", "sh", "ru", "ua", "za", "ng", "ke", "sg", "hk", "tr", "il", "ae",
    ]

    // MARK: numbers

    static func numbers(_ text: GateText) -> String? {
        let facts = digits(in: text.facts.values.map(\.value).joined(separator: "\n"))
        let known = Set(facts.map(\.number))
        let measured = Set(facts.filter { measure($0.before, $0.after) != nil }.map(\.number))
        for source in [text.subject, text.body] {
            for (number, before, after) in digits(in: source) {
                let parts = number.split(separator: "-").map(String.init)
                let isKnown = known.contains(number) || parts.count == 2 && parts.allSatisfy { known.contains($0) }
                // Twelve trucks are no twelve dollars.
                if isKnown, measure(before, after) == nil || measured.contains(number) || parts.count == 2 { continue }
                if measure(before, after) == nil,
                    isLength(number, after) || isList(number, before, after) || isMoment(number, before, after)
                {
                    continue
                }
                // `B2B`: part of a word.
                if before.last?.isLetter == true, after.first?.isLetter == true { continue }
                return "the number \(number) is in no fact"
            }
        }
        return words(text)
    }

    /// The sign of an amount or a share; nil for a plain number.
    private static func measure(_ before: Substring, _ after: Substring) -> String? {
        if let sign = before.last(where: { !$0.isWhitespace }), "$€£¥₹₦".contains(sign) { return String(sign) }
        let next = after.drop { $0.isWhitespace }
        if let sign = next.first, "%€$£‰".contains(sign) { return String(sign) }
        let word = String(next.prefix { $0.isLetter }).folded
        return [
            "percent", "prozent", "pour", "eur", "euro", "euros", "usd", "dollars", "dollar", "pounds", "gbp", "chf",
            "sek", "kr",
        ].contains(word)
            ? word : nil
    }

    private static let months: Set<String> = Set(
        """
        january february march april may june july august september october november december jan feb mar apr jun jul aug sep
        sept oct nov dec januar februar marz mai juni juli oktober dezember janvier fevrier mars avril juin juillet aout septembre
        octobre novembre decembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio
        febbraio aprile maggio giugno luglio settembre ottobre dicembre januari februari maart mei augustus janeiro fevereiro marco
        maio junho julho setembro outubro dezembro monday tuesday wednesday thursday friday montag dienstag mittwoch
        donnerstag freitag lundi mardi mercredi jeudi vendredi lunes martes miercoles jueves viernes lunedi martedi mercoledi giovedi
        venerdi maandag dinsdag woensdag donderdag vrijdag segunda terca quarta quinta sexta mandag tisdag onsdag torsdag fredag
        """.split(whereSeparator: \.isWhitespace).map(String.init))

    /// A day or an hour that is proposed for a call: `at 10:00`, `4 or 5 June`, `martes 10`, `9 Uhr`.
    private static func isMoment(_ number: String, _ before: Substring, _ after: Substring) -> Bool {
        guard number.count <= 2 || number.contains("-") && number.count <= 5 else { return false }
        if after.first == ":", after.dropFirst().first?.isNumber == true { return true }
        if before.last == ":", before.dropLast().last?.isNumber == true { return true }
        let next = String(after.prefix(24)).folded.split(separator: " ").map(String.init)
        if next.prefix(1).contains(where: {
            ["am", "pm", "uhr", "oclock", "h", "a", "hrs", "horas", "heures"].contains($0) && $0 != "a"
        }) {
            return true
        }
        if next.prefix(3).contains(where: { months.contains($0) }) { return true }
        let last = String(before.suffix(24)).folded.split(separator: " ").suffix(3).map(String.init)
        return last.contains { months.contains($0) }
    }

    /// The numbers of a text, without separators of thousands, each with what stands before and behind it. A range such
    /// as `51-200` is one number.
    private static func digits(in text: String) -> [(number: String, before: Substring, after: Substring)] {
        var found: [(String, Substring, Substring)] = []
        var rest = text[...]
        while let start = rest.firstIndex(where: \.isNumber) {
            let before = text[..<start]
            rest = rest[start...]
            var number = take(&rest)
            if let dash = rest.first, "-–—".contains(dash), rest.dropFirst().first?.isNumber == true {
                rest = rest.dropFirst()
                number += "-" + take(&rest)
            }
            found.append((number, before, rest))
        }
        return found
    }

    private static func take(_ rest: inout Substring) -> String {
        var number = ""
        while let character = rest.first {
            if character.isNumber {
                number.append(character)
            } else if " \u{A0}\u{202F}".contains(character), (1...3).contains(number.count),
                rest.dropFirst().prefix(while: \.isNumber).count == 3
            {
                // `1 200`
            } else if ".,'’".contains(character), rest.dropFirst().first?.isNumber == true {
                // Three digits behind it make it a separator of thousands, others a decimal point.
                let behind = rest.dropFirst().prefix { $0.isNumber }.count
                if behind != 3 { number.append(".") }
            } else {
                break
            }
            rest = rest.dropFirst()
        }
        return number
    }

    /// A suggested length of a call: `15-minute`, `20 minutes`, `30 Min.`
    private static func isLength(_ number: String, _ after: Substring) -> Bool {
        let parts = number.split(separator: "-").map { Int($0) ?? 0 }
        guard !parts.isEmpty, parts.allSatisfy({ (1...60).contains($0) }) else { return false }
        let next = String(after.prefix(20)).folded
        if ["min", "minute", "minuten", "minutes", "minutos", "minuti", "minuut", "minuter", "mins", "minutters"]
            .contains(where: { next == $0 || next.hasPrefix("\($0) ") || next.hasPrefix($0) })
        {
            return true
        }
        // `15 or 20 minutes`, `15 to 20 minutes`, `10-15 minutes`
        let words = next.split(separator: " ")
        if let first = words.first,
            ["or", "to", "oder", "bis", "ou", "a", "o", "of", "tot", "eller"].contains(String(first)), words.count > 1
        {
            return Int(words[1]) != nil
        }
        return words.count > 1 && Int(words[0]) != nil && words[1].hasPrefix("min")
    }

    /// `1.` and `2)` at the beginning of a line.
    private static func isList(_ number: String, _ before: Substring, _ after: Substring) -> Bool {
        guard number.count == 1, let sign = after.first, ".)".contains(sign) else { return false }
        return before.isEmpty || before.last?.isNewline == true
    }

    private static let numerals: Set<String> = [
        "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty",
        "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "hundreds", "thousand",
        "thousands",
        "million", "millions", "billion", "dozen", "dozens", "half", "third", "quarter", "double", "triple", "doubled",
        "tripled",
        "drei", "vier", "funf", "sechs", "sieben", "acht", "neun", "zehn", "zwolf", "zwanzig", "dreissig", "funfzig",
        "hundert", "hunderte", "hunderten", "tausend", "tausende", "millionen", "dutzend", "dutzende", "halfte",
        "trois",
        "quatre", "cinq", "sept", "huit", "neuf", "dix", "douze", "vingt", "trente", "cinquante", "cent", "centaines",
        "mille", "milliers", "dizaine", "dizaines", "moitie", "tres", "cuatro", "cinco", "seis", "siete", "ocho",
        "nueve", "diez",
        "veinte", "treinta", "cien", "cientos", "mil", "miles", "decenas", "mitad", "tre", "quattro", "cinque", "sei",
        "sette",
        "otto", "dieci", "venti", "trenta", "cento", "centinaia", "migliaia", "drie", "vijf", "zes", "zeven", "negen",
        "tien",
        "twintig", "dertig", "honderd", "honderden", "duizend", "duizenden", "quatro", "sete", "oito", "nove", "dez",
        "vinte", "trinta", "cem", "centenas", "milhares", "fyra", "fem", "sex", "sju", "atta", "nio", "tio", "tjugo",
        "trettio",
        "hundra", "hundratals", "tusen", "tusentals",
    ]

    /// What may be counted in words: time, and the message's own parts.
    private static let harmless: Set<String> = [
        "minute", "minutes", "min", "minuten", "minutos", "minuti", "minuut", "minuter", "hour", "stunde", "heure",
        "hora", "ora",
        "uur", "timme", "questions", "question", "lines", "sentences", "words", "options", "slots", "times", "things",
        "points",
        "of", "an", "a", "working", "weeks", "days", "day", "way", "ways", "tage", "fragen", "jours", "dias", "giorni",
        "dagen", "dagar", "year",
    ]

    private static let small = ["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]

    private static func words(_ text: GateText) -> String? {
        let digits = Set(digits(in: text.factText).map(\.number))
        for source in [text.subject, text.body] {
            let words = source.folded.split(separator: " ").map(String.init)
            for (place, word) in words.enumerated() where numerals.contains(word) && !text.known.contains(word) {
                let next = place + 1 < words.count ? words[place + 1] : ""
                let last = place > 0 ? words[place - 1] : ""
                let isPlural = ["hundreds", "thousands", "millions", "dozens", "hunderte", "tausende", "dutzende"]
                    .contains(word)
                if ["half", "third", "quarter", "double", "triple"].contains(word) {
                    guard ["off", "less", "more", "fewer"].contains(next) else { continue }
                } else if !isPlural {
                    // `these three`, `at seven in the evening`, `thanks a million`, and words that are others, too.
                    if ["these", "those", "the", "last", "at", "um"].contains(last) { continue }
                    if ["sex", "fem", "tre", "sei", "sept", "mil"].contains(word) || word == "million" && last == "a" {
                        continue
                    }
                    if harmless.contains(next) || next.isEmpty { continue }
                }
                if let value = small.firstIndex(of: word), digits.contains("\(value + 3)") { continue }
                return "\"\(word) \(next)\" is in no fact"
            }
        }
        return nil
    }
}
