import Foundation
import Glibc
import Leads
import Storage
import TestSupport
import Testing
import Values

@testable import Operations

/// What the suites about people share: a folder, and what a person does in it.
protocol PeopleSuite {
    var folder: TemporaryFolder { get }
}

extension PeopleSuite {
    var context: OperationContext { .test(FolderAccess(folder.data, runtime: TestFiles().runtime)) }

    func importing(_ text: String, _ name: String = "people.csv") async throws -> ImportLeads.Response {
        let path = folder.write(name, text)
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        return try await ImportLeads.perform(.init(name), reading: descriptor, in: context)
    }

    func add(_ fields: [LeadField: String]) async throws -> AddLead.Response {
        try await AddLead.perform(.init(LeadFields(fields)), in: context)
    }

    func lead(_ id: Int64) throws -> Lead { try #require(try folder.store().leads.find(id)) }
    func live() async throws -> [Lead] {
        var request = ListLeads.Request()
        request.limit = 1_000
        return try await ListLeads.perform(request, in: context).leads.map(\.lead)
    }

    static var given: [String] {
        [
            "Ada", "Bob", "Chen", "Dora", "Emil", "Faye", "Gus", "Hana", "Ivan", "Jane", "John", "Karl", "Lena", "Mo",
            "Nia",
        ]
    }
}
