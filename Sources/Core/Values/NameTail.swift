/// What stands behind a person's name and is no part of it: degrees, certificates, positions, places, remarks.
enum NameTail {
    /// The text without what follows a spaced dash, bar or bullet (`Robin Sample - CEO at Acme`), and with degrees
    /// that are written in two words joined.
    static func withoutRemarks(_ text: String) -> String {
        // Nearly all names are letters, and a look at the bytes is enough.
        guard text.utf8.contains(where: { $0 > 0x7F || "-|/@.".utf8.contains($0) }) else { return text }
        var text = text
        for mark in [" - ", " – ", " — ", " | ", " • ", " · ", " / ", " @ "] {
            if let range = text.firstRange(of: mark), range.lowerBound > text.startIndex {
                text = String(text[..<range.lowerBound])
            }
        }
        guard text.utf8.contains(0x2E) else { return text }
        for (spaced, joined) in [
            ("Ph. D", "PhD"), ("ph. d", "phd"), ("PH. D", "PHD"), ("M. D.", "MD"), ("P. Eng", "PEng"),
            ("B. Sc", "BSc"), ("M. Sc", "MSc"), ("M. A.", "MA"), ("B. A.", "BA"), ("D. O.", "DO"), ("J. D.", "JD"),
        ]
        where text.hasSuffix(spaced) || text.hasSuffix("\(spaced).") || text.contains("\(spaced),")
            || text.contains("\(spaced).,")
        {
            text = text.replacing(spaced, with: joined)
        }
        return text
    }

    /// Whether the words after the first comma are the given name, as in `Sample, Robin`.
    ///
    /// - Parameters:
    ///   - before: the words before the comma.
    ///   - isOneCase: whether the whole text is in capitals or without any, so that the case of a word says nothing.
    static func isGivenName(_ words: [String], behind before: [String], isOneCase: Bool) -> Bool {
        guard let first = words.first, words.count <= 4 else { return false }
        if words.allSatisfy({ PersonName.isSuffix($0) || isCredential($0, behind: 2, isOneCase: isOneCase) }) {
            return false
        }
        if isCredential(first, behind: 2, isOneCase: isOneCase) { return false }
        if words.contains(where: { positions.contains($0.folded) }) { return false }
        // One word before the comma is a surname.
        guard before.count > 1 else { return true }
        if GivenNames.isKnown(first) { return !GivenNames.isKnown(before[0]) || before.count > 2 }
        if known.contains(first.folded.replacing(" ", with: "")) { return false }
        // `Robin Sample, Toronto`: the name is complete. `van der Berg, Joost`: it begins with a particle.
        if PersonName.particles.contains(before[0].lowercased()) { return true }
        if PersonName.isSuffix(before[before.count - 1]) { return before.count == 2 }
        return false
    }

    /// Whether a word at the end of a name is a degree, a certificate or a position.
    ///
    /// - Parameter count: how many words stand before it.
    static func isCredential(_ word: String, behind count: Int, isOneCase: Bool) -> Bool {
        let plain = word.folded.replacing(" ", with: "")
        guard !plain.isEmpty else { return true }
        let letters = word.filter(\.isLetter)
        let isLoud = !isOneCase && letters.count >= 2 && letters.allSatisfy(\.isUppercase)
        let isDotted = word.dropLast().contains(".")
        // A name has two words at least, unless what follows can be nothing else.
        // `Mba` and `Ceo` are surnames, too.
        let isTitleCase = letters.first?.isUppercase == true && letters.dropFirst().allSatisfy(\.isLowercase)
        if unmistakable.contains(plain), plain.count == 3, isTitleCase, !isDotted, plain != "phd", plain != "msc",
            plain != "bsc"
        {
            return false
        }
        if unmistakable.contains(plain) { return count >= 1 && (count >= 2 || !isOneCase || plain.count > 3) }
        guard count >= 2 else { return false }
        let isSpeakable = plain.contains { "aeiouy".contains($0) }
        if known.contains(plain) {
            return isOneCase ? !isSpeakable : isLoud || isDotted || letters.dropFirst().contains(where: \.isUppercase)
        }
        if isDotted, letters.count >= 2, letters.count <= 6, word.first?.isUppercase == true { return true }
        // Letters that cannot be spoken as a name: `CSM`, `CFP`.
        return isLoud && letters.count >= 2 && letters.count <= 6 && !isSpeakable
    }

    /// Words that are part of no name, wherever they stand behind one.
    private static let unmistakable: Set<String> = [
        "phd", "mba", "cpa", "cfa", "pmp", "dds", "dvm", "esq", "shrmcp", "cissp", "facs", "ceo", "cto", "cfo", "coo",
        "cmo", "cio", "ciso", "cro", "chro", "cpo", "msc", "bsc", "peng", "beng", "meng",
    ]

    /// Degrees, certificates, memberships and honours, folded and without full stops.
    private static let known: Set<String> = unmistakable.union([
        "md", "ma", "ba", "bs", "ms", "mph", "jd", "llm", "llb", "rn", "pe", "mpa", "edd", "dphil", "mit", "frsc",
        "obe", "mbe", "cbe", "shrm", "faia", "ret", "do", "lcsw", "lmft", "lpc", "lmhc", "lmsw", "lcpc", "bcba", "cfp",
        "csm", "cspo", "pspo", "psm", "ccp", "cpp", "chfc", "clu", "cim", "caia", "frm", "cisa", "cism", "crisc",
        "ccna", "ccnp", "ccie", "itil", "safe", "spc", "pmiacp", "capm", "rmp", "pgmp", "togaf", "sixsigma", "lssbb",
        "ssbb", "ssgb", "cssbb", "cqe", "cscp", "cpim", "cltd", "cpsm", "cips", "mcips", "shrmscp", "phr", "sphr",
        "gphr", "chrp", "chrl", "chre", "cebs", "aca", "acca", "fca", "fcca", "cima", "cga", "cma", "ca", "cia", "cfe",
        "ea", "mai", "sra", "ccim", "gri", "crs", "abr", "sres", "riba", "aia", "leed", "leedap", "ap", "eit", "pls",
        "si", "ceng", "mice", "fice", "mrics", "frics", "frsa", "fcipd", "mcipd", "fcim", "mcim", "dipm", "dip", "hons",
        "bcom", "bba", "bcomm", "bed", "bfa", "mfa", "mdiv", "dmin", "thd", "dba", "dsc", "scd", "dnp", "msn", "bsn",
        "aprn", "np", "fnp", "crna", "pa", "pac", "pharmd", "rph", "dpt", "pt", "ot", "otr", "otrl", "slp", "cccslp",
        "rd", "rdn", "ldn", "cscs", "atc", "lat", "dmd", "od", "dc", "dpm", "facp", "facc", "faan", "faap", "facog",
        "frcp", "frcs", "frcpc", "frcsc", "mrcp", "mbbs", "mbchb", "bvsc", "mrcvs", "kc", "qc", "sc", "jp", "am",
        "ao", "ac", "oam", "cm", "oc", "om", "ch", "gbe", "kbe", "dbe", "mp", "mpp", "mla", "mep", "usn", "usaf",
        "usmc",
        "usa", "uscg", "mw", "mcse", "mcsa", "aws", "cka", "oscp", "ceh", "gcih", "cams", "cipp", "cippe", "cippus",
        "cmp", "cae", "cfre", "apr", "abc", "acc", "pcc", "mcc", "cpcc", "cpcu", "arm", "cic", "aai", "rhu", "cwp",
        "crpc", "aif", "cfs", "ricp", "jrcpt", "mpm", "mim", "mib", "meb", "mha", "mhsa", "mpaff", "msw", "bsw", "rsw",
        "rpsych", "cpsych", "psyd", "dclinpsy", "lac", "ccc", "cadc", "ncc", "med", "mat", "maed", "phdc", "abd",
    ])

    /// Positions and other words that follow a name after a comma.
    private static let positions: Set<String> = [
        "ceo", "cto", "cfo", "coo", "cmo", "cio", "vp", "svp", "evp", "avp", "md", "president", "vice", "founder",
        "cofounder", "owner", "partner", "principal", "director", "manager", "head", "chief", "chair", "chairman",
        "chairwoman", "chairperson", "lead", "senior", "junior", "engineer", "consultant", "advisor", "adviser",
        "coach",
        "realtor", "broker", "agent", "attorney", "lawyer", "accountant", "nurse", "physician", "dentist", "professor",
        "teacher", "author", "speaker", "student", "retired", "inc", "llc", "ltd", "gmbh", "university", "usa", "uk",
        "canada", "germany", "france", "spain", "italy", "certified", "licensed", "registered", "geschaftsfuhrer",
        "inhaber", "directeur", "directrice", "gerente", "director", "direttore",
    ]
}
