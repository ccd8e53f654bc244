import Leads

extension CompanyFacts {
    init(_ document: PageDocument, _ lines: [PageLine], _ data: StructuredData, mainText: String, host: String) {
        self.init()
        let names = CompanyNames(document, lines, data, host: host)
        name = names.best
        otherNames = names.others
        let known = ([names.best?.value].compactMap(\.self) + names.others)
        let sentences = PageSentences.own(lines)
        description = CompanyDescription.find(document, data, sentences, names: known)
        size = CompanySize.find(data, sentences, names: known)
        services = CompanyServices.find(document, lines)
        serves =
            description.flatMap { CompanyServices.served($0.value) }
            ?? sentences.lazy.compactMap { CompanyServices.served($0) }.first
        social = SocialLinks.find(document, data)
        address = PostalAddress.find(document, lines, data)
        industry = Industry.find(document, lines, description: description?.value, services: services)
        news = PageNews.find(document, lines)
        language = PageLanguage.of(document, mainText)
    }
}
