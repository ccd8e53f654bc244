public import Enrichment
public import Leads
public import Storage
public import Values

/// The companies of a database, as enrichment uses them.
public struct StoredCompanies: CompanyMemory {
    private let store: Store
    private let runtime: Runtime

    public init(store: Store, runtime: Runtime) {
        self.store = store
        self.runtime = runtime
    }

    public func company(at domain: String) async throws -> Company? {
        try await store.read { try $0.companies.find(domain) }
    }

    public func keep(_ company: Company, for lead: Int64) async throws {
        let now = runtime.now
        try await store.write { transaction in
            // Many leads share a company; its pages are written once.
            let known = try transaction.companies.version(of: company.domain)
            let isSame = known != nil && known?.readAt == company.readAt
            let id = try isSame ? known?.id : transaction.companies.save(company, at: now)
            guard let id else { return }
            try transaction.companies.link(lead, to: id)
        }
    }

    public func people(at domain: String) async throws -> [String] {
        try await store.read { try $0.companies.people(at: domain) }
    }

    public func knownAddresses(at domain: String) async throws -> [(name: String, address: String)] {
        try await store.read { try $0.companies.knownAddresses(at: domain) }
    }

    public func sites(named key: String) async throws -> [String] {
        try await store.read { try $0.companies.sites(named: key) }
    }

    public func keep(_ pattern: AddressPattern.Learnt, of domain: String) async throws {
        try await store.write { try $0.companies.save(pattern, of: domain) }
    }
}
