import Leads
import Values

/// Lines of news: what is new at the company, with their dates.
enum PageNews {
    static func find(_ document: PageDocument, _ lines: [PageLine]) -> [CompanyFact] {
        var news: [CompanyFact] = []
        var isUnder = false
        var level = 7
        var left = 0
        for line in lines where line.region == .main {
            let name = document.nodes[line.block].name
            let rank = document.nodes[line.block].headingLevel
            if let rank {
                if headings.contains(line.text.folded) {
                    (isUnder, level, left) = (true, rank, 6)
                    continue
                }
                if isUnder, rank <= level { isUnder = false }
            }
            guard isUnder, left > 0, line.text.count >= 15, line.text.count <= 220 else { continue }
            guard rank != nil || name == "li" || name == "p" && line.text.contains(where: \.isNumber) else { continue }
            left -= 1
            news.append(CompanyFact(line.text, evidence: line.text, confidence: 0.6))
        }
        return Array(news.prefix(5))
    }

    private static let headings: Set<String> = [
        "news", "latest news", "what s new", "recent news", "press", "aktuelles", "neuigkeiten", "neues", "presse",
        "actualites", "nos actualites", "noticias", "novedades", "actualidad", "notizie", "novita", "nieuws",
        "laatste nieuws", "aktualnosci", "nyheter", "aktuellt", "novidades", "новости", "お知らせ", "ニュース",
    ]
}
