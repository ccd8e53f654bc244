import Foundation
import Values

/// The text under a search result, taken apart: what its labels state, what stands between its dots, and the rest.
struct ProfileSnippet {
    /// What a label states.
    enum Label: CaseIterable {
        case experience, education, location, role
    }

    private(set) var labelled: [(label: Label, text: String, isCut: Bool)] = []
    /// What stands between dots without a label, in order.
    private(set) var segments: [ProfileTitle.Part] = []
    /// Whole sentences: what somebody wrote about themselves, or the site about somebody.
    private(set) var prose: [String] = []

    init(_ snippet: String) {
        var text = snippet.tidied(limit: 1_000)
        // What follows is about other people.
        let lower = text.lowercased()
        for mark in Self.others {
            guard let range = lower.firstRange(of: mark), text.count == lower.count else { continue }
            text = String(text.prefix(lower.distance(from: lower.startIndex, to: range.lowerBound)))
            break
        }
        var pieces: [String] = [""]
        for character in text {
            if "·•∙⋅‧・|".contains(character) { pieces.append("") } else { pieces[pieces.count - 1].append(character) }
        }
        let isList = pieces.count > 1
        for piece in pieces.map({ $0.tidied() }) where !piece.isEmpty {
            let found = Self.labels(in: piece)
            if found.isEmpty {
                // `Directeur de la transformation - Assurances Belval`
                let halves = piece.replacing(" – ", with: " - ").components(separatedBy: " - ")
                if halves.count == 2, RoleWords.begins(halves[0]), piece.count <= 120, !Self.hasSentences(piece) {
                    for half in halves { add(half.tidied(), isList: true) }
                } else {
                    add(piece, isList: isList)
                }
                continue
            }
            if let before = found.first.map({ String(piece[..<$0.range.lowerBound]).tidied() }), !before.isEmpty {
                add(before, isList: isList)
            }
            for (index, mark) in found.enumerated() {
                let end = index + 1 < found.count ? found[index + 1].range.lowerBound : piece.endIndex
                let value = Self.value(String(piece[mark.range.upperBound..<end]))
                guard !value.text.isEmpty else { continue }
                labelled.append((mark.label, value.text, value.isCut))
            }
        }
    }

    private static let others = [
        "other similar profiles", "similar profiles", "people also viewed", "andere mitglieder", "anderen mitgliedern",
        "ähnliche profile", "autres profils", "profils similaires", "otros perfiles", "perfiles similares",
        "altri profili",
        "profili simili", "andere profielen", "vergelijkbare profielen", "outros perfis", "perfis semelhantes",
        "liknande profiler", "podobne profile", "explore more posts", "others named", "andere personen",
    ]

    private mutating func add(_ piece: String, isList: Bool) {
        let part = Self.value(piece)
        guard !part.text.isEmpty else { return }
        // Sentences stand beside a list too.
        if part.text.count > 90 || Self.hasSentences(part.text) || !isList
            || piece.hasSuffix(".") && part.text.count > 45
        {
            prose.append(part.text)
        } else {
            segments.append(part)
        }
    }

    /// Whether a full stop ends a sentence in it: `S.A. de C.V.` has none.
    static func hasSentences(_ text: String) -> Bool { sentences(text).count > 1 }

    /// The sentences of a text.
    static func sentences(_ text: String) -> [String] {
        var sentences: [String] = []
        var current = ""
        let words = text.split(separator: " ")
        for (index, word) in words.enumerated() {
            current += current.isEmpty ? String(word) : " \(word)"
            guard let last = word.last, ".!?".contains(last), index + 1 < words.count else { continue }
            let isShort = word.count <= 3 && last == "." || word.dropLast().contains(".")
            guard !isShort || last != ".", words[index + 1].first.map({ $0.isUppercase || $0.isNumber }) == true else {
                continue
            }
            sentences.append(current)
            current = ""
        }
        if !current.isEmpty { sentences.append(current) }
        return sentences
    }

    /// A value up to where a sentence or another statement begins.
    private static func value(_ text: String) -> ProfileTitle.Part {
        var text = text.tidied()
        var isCut = false
        for dots in ["...", "…"] where text.hasSuffix(dots) {
            text = String(text.dropLast(dots.count)).tidied()
            isCut = true
        }
        while let last = text.last, " ,;:-–—|".contains(last) { text.removeLast() }
        while let first = text.first, " ,;:-–—|".contains(first) { text.removeFirst() }
        return ProfileTitle.Part(text: text, isCut: isCut)
    }

    private static func labels(in piece: String) -> [(label: Label, range: Range<String.Index>)] {
        guard piece.contains(":") || piece.contains("：") else { return [] }
        var found: [(label: Label, range: Range<String.Index>)] = []
        var index = piece.startIndex
        while let colon = piece[index...].firstIndex(where: { $0 == ":" || $0 == "：" }) {
            let after = piece.index(after: colon)
            index = after
            // The words before the colon, the longest that are a label.
            var start = colon
            var words = 0
            var best: (Label, String.Index)?
            while start > piece.startIndex, words < 4 {
                var begin = piece.index(before: start)
                while begin > piece.startIndex, piece[piece.index(before: begin)] != " " {
                    begin = piece.index(before: begin)
                }
                words += 1
                let text = String(piece[begin..<colon]).folded
                if let label = names[text] { best = (label, begin) }
                start = begin > piece.startIndex ? piece.index(before: begin) : piece.startIndex
                while start > piece.startIndex, piece[piece.index(before: start)] == " " {
                    start = piece.index(before: start)
                }
                if begin == piece.startIndex { break }
            }
            if let best { found.append((best.0, best.1..<after)) }
        }
        return found
    }

    private static let names: [String: Label] = {
        var table: [String: Label] = [:]
        let lines: [(Label, String)] = [
            (
                .experience,
                """
                experience,work experience,current,currently,company,current company,employer,works at,berufserfahrung,erfahrung
                aktuell,derzeit,unternehmen,arbeitgeber,firma,expérience,experience professionnelle,expériences,entreprise,actuel
                poste actuel,employeur,experiencia,experiencia laboral,experiencia profesional,empresa,actual,empresa actual
                experiência,experiência profissional,atual,empresa atual,esperienza,esperienza lavorativa,azienda,attuale
                ervaring,werkervaring,huidig,bedrijf,werkgever,erfarenhet,arbetslivserfarenhet,företag,nuvarande,arbetsgivare
                erfaring,arbeidserfaring,erhvervserfaring,virksomhed,doświadczenie,doświadczenie zawodowe,firma,obecnie,pracodawca
                praxe,zkušenosti,pracovní zkušenosti,kokemus,työkokemus,deneyim,iş deneyimi,şirket,experiență,companie
                опыт работы,опыт,компания,досвід,職歴,勤務先,経歴,工作经历,경력,εμπειρία,pengalaman,tapasztalat,radno iskustvo
                """
            ),
            (
                .education,
                """
                education,studied,studied at,ausbildung,studium,bildung,formation,éducation,études,diplôme,educación,formación
                estudios,formação acadêmica,formação académica,formação,educação,formazione,istruzione,studi,opleiding,onderwijs
                utbildning,uddannelse,utdanning,utdannelse,wykształcenie,edukacja,vzdělání,koulutus,eğitim,educație,studii
                образование,освіта,学歴,学历,教育经历,학력,εκπαίδευση,pendidikan,tanulmányok,obrazovanje
                """
            ),
            (
                .location,
                """
                location,emplacement,lokation,based in,lives in,place,region,ort,standort,wohnort,region,lieu,localisation,ville,région,ubicación
                localidad,lugar,ciudad,localidade,localização,local,cidade,località,luogo,sede,posizione,città,locatie,plaats
                woonplaats,regio,plats,ort,bostadsort,beliggenhed,sted,lokalitet,lokalizacja,miejsce,miasto,miejscowość,lokalita
                místo,sijainti,paikkakunta,konum,yer,locație,locaţie,местоположение,регион,город,місцезнаходження,所在地,場所
                地点,所在地区,위치,지역,τοποθεσία,lokasi,hely,lokacija
                """
            ),
            (
                .role,
                """
                title,job title,position,current position,role,occupation,beruf,funktion,jobtitel,stelle,poste,fonction,métier
                cargo,puesto,cargo actual,puesto actual,cargo atual,função,ruolo,qualifica,posizione attuale,functie,functietitel
                huidige functie,befattning,yrke,titel,roll,stilling,stanowisko,obecne stanowisko,pozice,pozicija,görev,unvan
                должность,посада,役職,肩書,职位,직책
                """
            ),
        ]
        for (label, text) in lines {
            for name in text.split(whereSeparator: { $0 == "," || $0 == "\n" }) { table[String(name).folded] = label }
        }
        return table
    }()
}
