/// Filters a page's tags before parsing, leaving out those that make the parser slow and carry no information.
enum HTMLTags {
    /// The largest number of tags that are read. The rest of the page is ignored.
    static let tagLimit = 30_000
    /// The largest number of attributes that are read per tag. The parser compares each with all previous ones.
    static let attributeLimit = 60

    /// Limits the number of tags on the page and of attributes per tag, and leaves scripts out. Formatting elements become
    /// `span`: the parser clones the open ones for every following block, so a page of a few kilobytes could fill the
    /// memory.
    static func bounded(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        var tags = 0
        var keepsHiding = true
        while index < bytes.count {
            guard bytes[index] == 0x3C else {
                result.append(bytes[index])
                index += 1
                continue
            }
            tags += 1
            guard tags <= tagLimit else { break }
            let rest = bytes[(index + 1)...]
            if rest.starts(with: "!--".utf8) {
                copy(bytes, &index, through: end(of: "-->", in: bytes, from: index + 2), into: &result)
                continue
            }
            let isEndTag = rest.first == 0x2F
            let name = self.name(rest.dropFirst(isEndTag ? 1 : 0))
            if name.isEmpty {
                result.append(0x3C)
                index += 1
            } else if formatting.contains(name) {
                // `<b style="display:none">` hides its text like any other element.
                result += isEndTag ? Array("</span".utf8) : Array("<span".utf8)
                index += name.utf8.count + (isEndTag ? 2 : 1)
                copyTag(bytes, &index, into: &result)
            } else if isEndTag {
                copyTag(bytes, &index, into: &result)
            } else if name == "script" {
                let start = result.count
                copyTag(bytes, &index, into: &result)
                let end = scriptEnd(bytes, from: index, &keepsHiding)
                let tag = String(decoding: result[start...].prefix(300), as: UTF8.self).lowercased()
                if tag.contains("ld+json") {
                    copy(bytes, &index, through: end, into: &result)
                } else {
                    index = end ?? bytes.count
                }
            } else {
                copyTag(bytes, &index, into: &result)
                guard rawText.contains(name) else { continue }
                // Inside such an element, only its own end tag counts as a tag.
                let end = end(of: "</\(name)", in: bytes, from: index)
                copy(bytes, &index, through: end.map { $0 - name.utf8.count - 2 }, into: &result)
            }
        }
        return result
    }

    /// Where a script's end tag begins. `<!--` and then `<script` inside it hide the end tag,
    /// https://html.spec.whatwg.org/multipage/parsing.html#script-data-double-escaped-state; if that would hide the rest of
    /// the page, the first end tag counts, and from then on in every script: the rest is looked through once.
    private static func scriptEnd(_ bytes: [UInt8], from start: Int, _ keepsHiding: inout Bool) -> Int? {
        func at(_ text: String, _ index: Int) -> Bool {
            let wanted = Array(text.utf8)
            guard index + wanted.count <= bytes.count else { return false }
            return zip(bytes[index...], wanted).allSatisfy { $0 == $1 || isLetter($1) && $0 | 0x20 == $1 }
        }
        var index = start
        var first: Int?
        var (isEscaped, isDouble) = (false, false)
        while index < bytes.count {
            switch bytes[index] {
            case 0x3C:
                if !isEscaped, at("<!--", index) {
                    isEscaped = true
                } else if at("</script", index) {
                    first = first ?? index
                    if !isDouble || !keepsHiding { return index }
                    isDouble = false
                } else if isEscaped, at("<script", index) {
                    isDouble = true
                }
            case 0x2D where isEscaped:
                if at("-->", index) { (isEscaped, isDouble) = (false, false) }
            default: break
            }
            index += 1
        }
        keepsHiding = false
        return first
    }

    /// A tag's name in lower case; empty if no tag begins here. Names longer than any relevant one are cut.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String {
        guard let first = bytes.first, isLetter(first) else { return "" }
        let name = bytes.prefix(10).prefix { !isSpace($0) && $0 != 0x2F && $0 != 0x3E }
        return String(decoding: name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The index after the next occurrence of a text, ignoring case; nil if there is none.
    private static func end(of text: String, in bytes: [UInt8], from start: Int) -> Int? {
        let wanted = Array(text.utf8)
        var index = start
        while index + wanted.count <= bytes.count {
            if bytes[index] == wanted[0],
                zip(bytes[index...], wanted).allSatisfy({ $0 == $1 || isLetter($1) && $0 | 0x20 == $1 })
            {
                return index + wanted.count
            }
            index += 1
        }
        return nil
    }

    /// Copies up to an index or, without one, to the end.
    private static func copy(_ bytes: [UInt8], _ index: inout Int, through end: Int?, into result: inout [UInt8]) {
        let end = end ?? bytes.count
        result += bytes[index..<end]
        index = end
    }

    /// Elements whose content is raw text, whatever it looks like,
    /// https://html.spec.whatwg.org/multipage/parsing.html#parsing-html-fragments.
    private static let rawText: Set<String> = [
        "iframe", "noembed", "noframes", "style", "textarea", "title", "xmp",
    ]

    private static let formatting: Set<String> = [
        "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
    ]

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// Copies a tag from `<` through `>`, without attributes beyond the limit. An attribute ends as HTML defines it,
    /// https://html.spec.whatwg.org/multipage/parsing.html#before-attribute-name-state.
    private static func copyTag(_ bytes: [UInt8], _ index: inout Int, into result: inout [UInt8]) {
        var attributes = 0
        var quote: UInt8?
        // Whether the next byte begins a new attribute.
        var isBetween = false
        var followsEqualsSign = false
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            let isEnd = quote == nil && byte == 0x3E
            if let open = quote {
                if byte == open {
                    quote = nil
                    isBetween = true
                }
            } else if followsEqualsSign, byte == 0x22 || byte == 0x27 {
                quote = byte
                followsEqualsSign = false
            } else if isSpace(byte) || byte == 0x2F && !followsEqualsSign {
                // White space around the equals sign belongs to the same attribute.
                if !followsEqualsSign { isBetween = true }
            } else if byte == 0x3D, !isBetween || attributes > 0 {
                followsEqualsSign = true
                isBetween = false
            } else if !isEnd {
                if isBetween { attributes += 1 }
                isBetween = false
                followsEqualsSign = false
            }
            if isEnd || attributes <= attributeLimit { result.append(byte) }
            if isEnd { return }
        }
    }
}
