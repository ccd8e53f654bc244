import Foundation
import TestSupport
import Testing
import Values

@testable import Enrichment

struct PageEncodingTests {
    private struct Sample: Decodable {
        let label: String
        let text: String
        let bytes: String
    }

    /// Texts in every encoding of the standard but `replacement` and `x-user-defined`, written by another program's codecs.
    private static let samples: [Sample] = {
        let path = "\(Program.root)/Tests/Fixtures/finding/encodings.json"
        let data = (try? Data(contentsOf: URL(filePath: path))) ?? Data()
        return (try? JSONDecoder().decode([Sample].self, from: data)) ?? []
    }()

    @Test func `a text in any encoding of the web is the same text`() async throws {
        #expect(Self.samples.count == 38)
        for sample in Self.samples {
            let bytes = [UInt8](try #require(Data(base64Encoded: sample.bytes)))
            let encoding = try #require(PageEncoding(label: sample.label))
            #expect(encoding.name == sample.label)
            #expect(encoding.decode(bytes) == sample.text, "\(sample.label)")
            // Declared by the header, and by the page.
            #expect(
                PageEncoding.of(bytes, contentType: "text/html; charset=\"\(sample.label)\"").decode(bytes)
                    == sample.text, "\(sample.label)")
            guard !sample.label.hasPrefix("utf-16") else { continue }
            let page =
                Array("<html><head><meta charset=\(sample.label)><title>".utf8) + bytes + Array("</title><p>".utf8)
            #expect(
                await PageDocument.read(PageEncoding.of(page, contentType: "text/html").decode(page))?.title
                    == sample.text.tidied(limit: 300), "\(sample.label)")
        }
    }

    @Test(
        arguments: [
            ([0xEF, 0xBB, 0xBF, 0xC3, 0xA4], "text/html; charset=windows-1252", "utf-8"),
            ([0xFE, 0xFF, 0, 0x41], "text/html; charset=utf-8", "utf-16be"), ([0xFF, 0xFE, 0x41, 0], nil, "utf-16le"),
            (Array("<meta charset=koi8-r>x".utf8), "text/html; charset=ISO-8859-2", "iso-8859-2"),
            (Array("<meta charset='koi8-r'>x".utf8), "text/html", "koi8-r"),
            (Array("<meta http-equiv=content-type content='text/html; charset=Shift_JIS'>".utf8), nil, "shift_jis"),
            (Array("<!-- <meta charset=koi8-r> --><meta charset=latin1>".utf8), nil, "windows-1252"),
            (Array("<meta charset=utf-16>".utf8), nil, "utf-8"), (Array("plain".utf8), nil, "utf-8"),
            (Array("<meta charset=none>\u{e4}".utf8), "text/html; charset=nonsense", "utf-8"),
            // What the bytes contradict was declared by mistake.
            (
                Array("Wir gr".utf8) + [0xFC, 0xDF] + Array("en die Stra".utf8) + [0xDF] + Array("e und die H".utf8) + [
                    0xE4
                ] + Array("user in der Stadt, und fr".utf8) + [0xF6] + Array("hlich den Herrn M".utf8) + [0xFC]
                    + Array("ller".utf8), "text/html; charset=utf-8", "windows-1252"
            ),
            (Array("Grüße, Straße, Öl".utf8), "text/html; charset=iso-8859-1", "utf-8"),
        ] as [([UInt8], String?, String)])
    func `mark, header, page and bytes are believed in this order`(bytes: [UInt8], type: String?, name: String) {
        #expect(
            PageEncoding.of(bytes, contentType: type).name == name
                || name == "windows-1252" && PageEncoding.of(bytes, contentType: type).name.hasPrefix("iso-8859"))
    }

    @Test func `what nothing declares is told by its bytes`() throws {
        let russian =
            "Добро пожаловать на страницу нашей компании. Мы производим холодильное оборудование для магазинов."
        let sample = try #require(PageEncoding(label: "koi8-r"))
        _ = sample
        for (label, text) in [("windows-1251", russian)] {
            let bytes = text.unicodeScalars.map { scalar -> UInt8 in
                switch scalar.value {
                case 0x410...0x44F: UInt8(scalar.value - 0x410 + 0xC0)
                default: UInt8(scalar.value & 0x7F)
                }
            }
            #expect(PageEncoding.of(bytes, contentType: "text/html").decode(bytes) == text, "\(label)")
        }
        // No bytes at all stop it.
        for length in [0, 1, 2, 3, 7, 1_000] {
            let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 0x80) }
            _ = PageEncoding.of(bytes, contentType: nil).decode(bytes)
        }
    }

    /// Small letters may take more bytes than large ones.
    @Test func `a header of odd letters is read, and breaks nothing`() {
        let header = "text/html; " + String(repeating: "İ", count: 30) + "charset=ISO-8859-7"
        #expect(PageEncoding.charset(of: header) == "iso-8859-7")
        #expect(PageEncoding.charset(of: String(repeating: "İ", count: 30) + "charset") == nil)
    }
}
