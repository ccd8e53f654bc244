import Values

/// A page's main text: what it says, without menus, headers, footers, notices and forms.
enum MainText {
    static func read(_ document: PageDocument, _ lines: [PageLine]) -> String {
        let main = mainBlock(document, lines)
        var kept: [PageLine] = []
        for line in lines where line.region.isMain {
            if let main, !(document.nodes[main].end > line.block && line.block >= main) { continue }
            kept.append(line)
        }
        kept = kept.filter { line in
            // A line of nothing but links leads elsewhere, unless it is part of a text or tells an address.
            guard line.linkShare > 0.6 else { return true }
            if ["h1", "h2", "h3", "h4", "td", "dd"].contains(document.nodes[line.block].name) {
                return line.text.contains("@") || document.nodes[line.block].name.hasPrefix("h")
            }
            return line.text.contains("@") || line.text.filter(\.isNumber).count >= 7
        }
        kept = kept.filter { !isNotice($0.text) }
        return kept.map(\.text).joined(separator: "\n")
    }

    /// The element that the page itself calls its main part, if it has most of what stands outside of menus.
    private static func mainBlock(_ document: PageDocument, _ lines: [PageLine]) -> Int? {
        var best: (index: Int, size: Int)?
        for (index, node) in document.nodes.enumerated() where !node.isHidden && !node.isText {
            let id = node.attributes["id"]?.lowercased() ?? ""
            guard
                node.name == "main" || node.attributes["role"] == "main" || id == "main" || id == "content"
                    || id == "main-content"
            else { continue }
            let size = lines.reduce(0) {
                $0 + ($1.block >= index && $1.block < node.end && $1.region.isMain ? $1.text.count : 0)
            }
            if size > best?.size ?? 0 { best = (index, size) }
        }
        guard let best else { return nil }
        let all = lines.reduce(0) { $0 + ($1.region.isMain ? $1.text.count : 0) }
        return best.size * 2 >= all || best.size > 600 ? best.index : nil
    }

    /// What is said about the page and not by it: cookies, rights, who made it.
    static func isNotice(_ text: String) -> Bool {
        guard text.count < 400 else { return false }
        let lower = text.lowercased()
        if lower.hasPrefix("©") || lower.hasPrefix("(c) 20") || lower.hasPrefix("copyright") { return true }
        return notices.contains { lower.contains($0) }
    }

    private static let notices = [
        "cookies to ", "use cookies", "uses cookies", "verwendet cookies", "verwenden cookies", "nutzt cookies",
        "utilise des cookies",
        "utilisons des cookies", "utiliza cookies", "utilizamos cookies", "utilizza cookie", "utilizziamo cookie",
        "gebruikt cookies",
        "gebruiken cookies", "używa plików cookie", "używamy plików cookie", "använder cookies", "all rights reserved",
        "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados",
        "todos os direitos reservados",
        "tutti i diritti riservati", "alle rechten voorbehouden", "wszelkie prawa zastrzeżone", "powered by wordpress",
        "proudly powered by", "website by ", "web design by", "webdesign by", "webdesign:", "site by ",
        "realisiert von",
        "réalisation :", "designed by ", "made with ", "created with wix", "mit wix.com erstellt", "powered by shopify",
        "diseño web:", "desarrollado por", "desenvolvido por", "realizzato da", "realizacja:", "umsetzung:",
        "javascript is disabled",
        "please enable javascript", "skip to content", "zum inhalt springen", "aller au contenu", "saltar al contenido",
    ]
}
