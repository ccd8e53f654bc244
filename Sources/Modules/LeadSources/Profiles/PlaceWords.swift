import Values

/// Names of places, folded, as profiles spell them: countries, regions and large cities.
enum PlaceWords {
    /// Whether a phrase is the name of a place: a known one, or `City, Region, Country` whose last part is known, or
    /// `Greater Munich Metropolitan Area`.
    static func isPlace(_ phrase: String) -> Bool {
        let parts = phrase.split(separator: ",").map { String($0).folded }.filter { !$0.isEmpty }
        guard let last = parts.last, parts.count <= 5, !phrase.contains(where: { $0.isNumber || "!?|:;@".contains($0) })
        else { return false }
        guard parts.allSatisfy({ $0.split(separator: " ").count <= 6 }) else { return false }
        if parts.count > 1 {
            if isKnown(last) || isRegion(last) { return true }
            // `Toronto, ON`
            let code = phrase.split(separator: ",").last.map { String($0).tidied() } ?? ""
            return codes.contains(code)
        }
        return isKnown(last) || isArea(last)
    }

    /// Whether the phrase can be nothing but a place: it has several parts, or says that it is an area.
    static func isPlainlyPlace(_ phrase: String) -> Bool {
        isPlace(phrase) && (phrase.contains(",") || isArea(phrase.folded) || phrase.folded.hasSuffix(" sar"))
    }

    /// Whether folded words are the name of a country, a region or a large city.
    static func isKnown(_ folded: String) -> Bool { names.contains(folded) }

    /// `Greater Toronto Area`, `Großraum München`, `Région de Paris`: what the networks call a city with its surroundings.
    private static func isArea(_ folded: String) -> Bool {
        let words = folded.split(separator: " ").map(String.init)
        guard words.count > 1, let first = words.first, let last = words.last else { return false }
        if first == "greater" || first == "grossraum" || first == "metropolregion" || first == "storstockholm" {
            return true
        }
        if folded.contains("metropolitan area") || folded.hasSuffix(" bay area") || folded.hasSuffix(" metroplex") {
            return true
        }
        if last == "area", words.count <= 4, names.contains(words.dropLast().joined(separator: " ")) { return true }
        for prefix in areas where folded.hasPrefix(prefix) { return true }
        // `Grand Paris`, but not `Grand Hyatt`.
        if words.count <= 4, vagueAreas.contains(first), names.contains(words.dropFirst().joined(separator: " ")) {
            return true
        }
        for suffix in areaEnds where folded.hasSuffix(suffix) { return true }
        return false
    }

    private static let areas = [
        "region de ", "area metropolitana de ", "area metropolitana ", "grande area ", "region metropolitana",
        "region metropolitaine", "metropoli ", "citta metropolitana", "provincia de ", "provincia di ",
        "comunidad de ", "area de ", "agglomeration ", "powiat ", "wojewodztwo ", "landkreis ", "province of ",
        "comte de ", "omgeving ",
    ]
    private static let vagueAreas: Set<String> = ["gran", "grand", "grande", "regio", "raum", "kreis", "stadt"]
    private static let areaEnds = [
        " et peripherie", " e dintorni", " en omgeving", " und umgebung", " y alrededores", " e regiao", " i okolice",
        " med omnejd", " metropolitan region", " county", " lan", " kommun", " und umland",
    ]

    private static func isRegion(_ folded: String) -> Bool {
        isArea(folded) || folded.hasSuffix(" region")
            || folded.hasPrefix("wojewodztwo") || folded.hasPrefix("provincia") || folded.hasPrefix("gmina ")
            || folded.hasPrefix("woj ") || folded.hasSuffix("skie") || folded.hasSuffix(" province")
            || folded.hasSuffix(" state")
    }

    private static let codes: Set<String> = [
        "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA",
        "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK",
        "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "ON", "QC", "BC",
        "AB", "MB", "SK", "NS", "NB", "NL", "PE", "NSW", "VIC", "QLD", "UK", "USA", "SP", "RJ", "MG", "PR", "RS", "TO",
        "MI", "RM", "BO", "FI", "NA", "UAE", "BW", "NRW",
    ]

    private static let names: Set<String> = {
        var set: Set<String> = []
        for line in lines.split(separator: "\n") {
            for name in line.split(separator: ",") { set.insert(String(name).folded) }
        }
        return set
    }()

    /// Countries in English and as their people and neighbours write them; regions; cities.
    private static let lines = """
        United States,United States of America,USA,US,U.S.,Canada,Mexico,United Kingdom,UK,Great Britain,England,Scotland
        Wales,Northern Ireland,Ireland,Germany,Austria,Switzerland,Liechtenstein,France,Belgium,Netherlands,The Netherlands
        Luxembourg,Spain,Portugal,Italy,Malta,Greece,Cyprus,Sweden,Norway,Denmark,Finland,Iceland,Poland,Czechia
        Czech Republic,Slovakia,Hungary,Romania,Bulgaria,Slovenia,Croatia,Serbia,Bosnia and Herzegovina,Montenegro
        North Macedonia,Albania,Kosovo,Moldova,Ukraine,Belarus,Russia,Estonia,Latvia,Lithuania,Turkey,Türkiye,Georgia
        Armenia,Azerbaijan,Kazakhstan,Uzbekistan,Israel,Palestine,Jordan,Lebanon,Egypt,Morocco,Algeria,Tunisia,Libya
        Saudi Arabia,United Arab Emirates,UAE,Qatar,Kuwait,Bahrain,Oman,Iraq,Iran,Pakistan,India,Bangladesh,Sri Lanka
        Nepal,China,Hong Kong,Hong Kong SAR,Macau,Taiwan,Japan,South Korea,Korea,Mongolia,Vietnam,Thailand,Malaysia
        Singapore,Indonesia,Philippines,Cambodia,Laos,Myanmar,Australia,New Zealand,South Africa,Nigeria,Kenya,Ghana
        Ethiopia,Uganda,Tanzania,Rwanda,Zambia,Zimbabwe,Botswana,Namibia,Mozambique,Angola,Senegal,Ivory Coast
        Côte d’Ivoire,Cameroon,Mauritius,Madagascar,Brazil,Argentina,Chile,Peru,Colombia,Ecuador,Bolivia,Paraguay,Uruguay
        Venezuela,Guatemala,Costa Rica,Panama,El Salvador,Honduras,Nicaragua,Dominican Republic,Cuba,Jamaica,Puerto Rico
        Trinidad and Tobago,Greenland,Afghanistan,Syria,Yemen,Sudan,Somalia
        Deutschland,Österreich,Schweiz,Frankreich,Belgien,Niederlande,Luxemburg,Spanien,Italien,Vereinigte Staaten
        Vereinigtes Königreich,Großbritannien,Irland,Schweden,Norwegen,Dänemark,Finnland,Polen,Tschechien,Slowakei,Ungarn
        Rumänien,Bulgarien,Slowenien,Kroatien,Serbien,Griechenland,Türkei,Russland,Indien,Brasilien,Kanada,Mexiko
        Australien,Neuseeland,Südafrika,Ägypten,Marokko,Vereinigte Arabische Emirate,Japan
        Allemagne,Autriche,Suisse,Belgique,Pays-Bas,Espagne,Italie,États-Unis,Royaume-Uni,Irlande,Suède,Norvège,Danemark
        Finlande,Pologne,République tchèque,Hongrie,Roumanie,Grèce,Turquie,Russie,Inde,Brésil,Maroc,Algérie,Tunisie
        Sénégal,Cameroun,Égypte,Liban,Émirats arabes unis,Chine,Japon,Australie,Afrique du Sud,Mexique,Canada
        Alemania,Suiza,Francia,Bélgica,Países Bajos,España,Italia,Estados Unidos,Reino Unido,Irlanda,Suecia,Noruega
        Dinamarca,Finlandia,Polonia,Rumanía,Grecia,Turquía,Rusia,Brasil,Perú,México,Panamá,República Dominicana
        Alemanha,Áustria,Suíça,França,Holanda,Países Baixos,Espanha,Itália,Suécia,Polônia,Polónia,Romênia,Grécia
        Turquia,Rússia,Índia,Colômbia,Equador,Moçambique,Cabo Verde,África do Sul
        Germania,Svizzera,Belgio,Paesi Bassi,Spagna,Portogallo,Stati Uniti,Regno Unito,Svezia,Norvegia,Danimarca
        Polonia,Romania,Turchia,Brasile,Messico
        Duitsland,Oostenrijk,Zwitserland,Frankrijk,België,Belgie,Nederland,Spanje,Italië,Verenigde Staten
        Verenigd Koninkrijk,Ierland,Zweden,Noorwegen,Denemarken
        Tyskland,Österrike,Frankrike,Nederländerna,Spanien,Storbritannien,USA,Sverige,Norge,Danmark,Suomi,Island,Polen
        Niemcy,Szwajcaria,Francja,Holandia,Hiszpania,Włochy,Wielka Brytania,Stany Zjednoczone,Szwecja,Norwegia,Dania
        Polska,Czechy,Słowacja,Węgry,Rumunia,Ukraina,Irlandia
        Česko,Česká republika,Slovensko,Magyarország,România,България,Ελλάδα,Россия,Україна,Россия,日本,中国,대한민국
        Alabama,Alaska,Arizona,Arkansas,California,Colorado,Connecticut,Delaware,Florida,Hawaii,Idaho,Illinois
        Indiana,Iowa,Kansas,Kentucky,Louisiana,Maine,Maryland,Massachusetts,Michigan,Minnesota,Mississippi,Missouri
        Montana,Nebraska,Nevada,New Hampshire,New Jersey,New Mexico,New York,North Carolina,North Dakota,Ohio,Oklahoma
        Oregon,Pennsylvania,Rhode Island,South Carolina,South Dakota,Tennessee,Texas,Utah,Vermont,Virginia,Washington
        West Virginia,Wisconsin,Wyoming,District of Columbia,Ontario,Quebec,Québec,British Columbia,Alberta,Manitoba
        Saskatchewan,Nova Scotia,New Brunswick,Newfoundland and Labrador,Prince Edward Island,New South Wales,Victoria
        Queensland,Western Australia,South Australia,Tasmania,Auckland,Canterbury
        Baden-Württemberg,Bayern,Bavaria,Berlin,Brandenburg,Bremen,Hamburg,Hessen,Hesse,Mecklenburg-Vorpommern
        Niedersachsen,Lower Saxony,Nordrhein-Westfalen,North Rhine-Westphalia,Rheinland-Pfalz,Saarland,Sachsen,Saxony
        Sachsen-Anhalt,Schleswig-Holstein,Thüringen,Wien,Vienna,Tirol,Salzburg,Steiermark,Kärnten,Oberösterreich
        Niederösterreich,Vorarlberg,Burgenland,Zürich,Zurich,Bern,Basel,Aargau,Luzern,Sankt Gallen,Zug,Genf,Genève,Geneva
        Vaud,Waadt,Ticino,Tessin,Lausanne,Winterthur,Lugano
        Île-de-France,Auvergne-Rhône-Alpes,Nouvelle-Aquitaine,Occitanie,Hauts-de-France,Grand Est,Provence-Alpes-Côte d'Azur
        Pays de la Loire,Bretagne,Brittany,Normandie,Bourgogne-Franche-Comté,Centre-Val de Loire,Corse,Wallonie,Wallonia
        Vlaanderen,Flanders,Bruxelles,Brussel,Brussels,Bruxelles-Capitale
        Comunidad de Madrid,Cataluña,Catalunya,Catalonia,Andalucía,Comunidad Valenciana,Comunitat Valenciana,Galicia
        País Vasco,Castilla y León,Castilla-La Mancha,Aragón,Asturias,Cantabria,Navarra,La Rioja,Extremadura,Murcia
        Islas Baleares,Canarias,Ciudad de México,Jalisco,Nuevo León,Antioquia,Cundinamarca,Lima,Bogotá,Santiago
        Lombardia,Lombardy,Lazio,Piemonte,Veneto,Toscana,Tuscany,Emilia-Romagna,Campania,Sicilia,Puglia,Liguria,Marche
        Umbria,Abruzzo,Calabria,Sardegna,Friuli-Venezia Giulia,Trentino-Alto Adige
        Noord-Holland,Zuid-Holland,Utrecht,Gelderland,Noord-Brabant,Limburg,Overijssel,Groningen,Friesland,Drenthe
        Flevoland,Zeeland,North Holland,South Holland,North Brabant
        Lisboa,Lisbon,Porto,Braga,Coimbra,Aveiro,Faro,Setúbal,Leiria,São Paulo,Rio de Janeiro,Minas Gerais,Paraná
        Santa Catarina,Rio Grande do Sul,Bahia,Pernambuco,Ceará,Distrito Federal,Goiás,Espírito Santo
        Mazowieckie,Małopolskie,Dolnośląskie,Wielkopolskie,Pomorskie,Śląskie,Łódzkie,Lubelskie,Podkarpackie
        Kujawsko-Pomorskie,Zachodniopomorskie,Podlaskie,Mazovia,Silesia
        Stockholm,Västra Götaland,Skåne,Uppsala,Göteborg,Gothenburg,Malmö,Västerås,Örebro,Linköping,Helsingborg
        Norrköping,Jönköping,Umeå,Lund,Borås,Stockholms län,Skåne län,Oslo,Bergen,Trondheim,Stavanger,København
        Copenhagen,Aarhus,Odense,Aalborg,Helsinki,Espoo,Tampere,Turku,Reykjavík
        London,Manchester,Birmingham,Leeds,Glasgow,Edinburgh,Liverpool,Bristol,Sheffield,Cardiff,Belfast,Nottingham
        Newcastle upon Tyne,Leicester,Southampton,Brighton,Cambridge,Oxford,Reading,York,Bath,Aberdeen,Dublin,Cork,Galway
        Limerick,New York City,Los Angeles,Chicago,Houston,Phoenix,Philadelphia,San Antonio,San Diego,Dallas,San Jose
        Austin,Jacksonville,San Francisco,Columbus,Charlotte,Indianapolis,Seattle,Denver,Boston,Nashville,Detroit
        Portland,Las Vegas,Memphis,Louisville,Baltimore,Milwaukee,Albuquerque,Tucson,Sacramento,Atlanta,Miami,Raleigh
        Omaha,Minneapolis,Tulsa,Cleveland,Tampa,Orlando,St. Louis,Pittsburgh,Cincinnati,Kansas City,Salt Lake City
        Washington DC,Brooklyn,Silicon Valley,Toronto,Montreal,Montréal,Vancouver,Calgary,Edmonton,Ottawa,Winnipeg
        Quebec City,Québec City,Halifax,Mississauga,Waterloo,London Ontario,Sydney,Melbourne,Brisbane,Perth,Adelaide
        Wellington,Christchurch,München,Munich,Köln,Cologne,Frankfurt,Frankfurt am Main,Stuttgart,Düsseldorf,Dortmund
        Essen,Leipzig,Dresden,Hannover,Nürnberg,Nuremberg,Duisburg,Bochum,Wuppertal,Bielefeld,Bonn,Münster,Karlsruhe
        Mannheim,Augsburg,Wiesbaden,Mainz,Freiburg,Freiburg im Breisgau,Kiel,Lübeck,Rostock,Erfurt,Kassel,Aachen
        Braunschweig,Magdeburg,Potsdam,Heidelberg,Darmstadt,Regensburg,Ulm,Würzburg,Ingolstadt,Graz,Linz,Innsbruck
        Paris,Lyon,Marseille,Toulouse,Nice,Nantes,Strasbourg,Montpellier,Bordeaux,Lille,Rennes,Reims,Grenoble,Dijon
        Angers,Annecy,Aix-en-Provence,Tours,Brest,Metz,Nancy,Rouen,Caen,Le Havre,Sophia Antipolis,Antwerpen,Anvers
        Gent,Gand,Liège,Leuven,Brugge,Charleroi,Namur,Madrid,Barcelona,Valencia,Sevilla,Seville,Zaragoza,Málaga,Bilbao
        Alicante,Valladolid,Vigo,Gijón,La Coruña,A Coruña,Granada,Palma,Palma de Mallorca,Pamplona,San Sebastián
        Santander,Las Palmas,Monterrey,Guadalajara,Querétaro,Puebla,Tijuana,Medellín,Cali,Barranquilla,Buenos Aires
        Córdoba,Rosario,Mendoza,Santiago de Chile,Montevideo,Quito,Guayaquil,Caracas,La Paz,Asunción,San José
        Milano,Milan,Roma,Rome,Torino,Turin,Napoli,Naples,Palermo,Genova,Genoa,Bologna,Firenze,Florence,Bari,Catania
        Venezia,Venice,Verona,Padova,Trieste,Brescia,Parma,Modena,Bergamo,Monza,Pisa,Perugia,Rimini,Trento,Bolzano
        Amsterdam,Rotterdam,Den Haag,The Hague,Eindhoven,Tilburg,Almere,Breda,Nijmegen,Arnhem,Enschede,Haarlem,Zwolle
        Amersfoort,Apeldoorn,Maastricht,Leiden,Delft,'s-Hertogenbosch,Den Bosch,Vila Nova de Gaia,Funchal,Belo Horizonte
        Brasília,Salvador,Curitiba,Fortaleza,Recife,Porto Alegre,Campinas,Florianópolis,Goiânia,Vitória,Joinville
        Warszawa,Warsaw,Kraków,Krakow,Wrocław,Poznań,Gdańsk,Łódź,Katowice,Lublin,Szczecin,Bydgoszcz,Gdynia,Rzeszów
        Białystok,Toruń,Gliwice,Praha,Prague,Brno,Ostrava,Bratislava,Budapest,București,Bucharest,Cluj-Napoca,Sofia
        Zagreb,Ljubljana,Belgrade,Beograd,Athens,Thessaloniki,Kyiv,Kiev,Lviv,Moscow,Saint Petersburg,Москва,Istanbul
        İstanbul,Ankara,İzmir,Tel Aviv,Jerusalem,Haifa,Cairo,Casablanca,Rabat,Tunis,Alger,Dakar,Abidjan,Lagos,Abuja
        Nairobi,Accra,Johannesburg,Cape Town,Durban,Pretoria,Dubai,Abu Dhabi,Doha,Riyadh,Jeddah,Beirut,Amman,Tehran
        Karachi,Lahore,Islamabad,Mumbai,Delhi,New Delhi,Bengaluru,Bangalore,Hyderabad,Chennai,Pune,Kolkata,Ahmedabad
        Gurugram,Gurgaon,Noida,Maharashtra,Karnataka,Tamil Nadu,Telangana,Gujarat,Haryana,Uttar Pradesh,West Bengal,Kerala
        Dhaka,Colombo,Kathmandu,Beijing,Shanghai,Shenzhen,Guangzhou,Taipei,Tokyo,Osaka,Kyoto,Nagoya,Yokohama,Fukuoka
        東京,東京都,大阪,大阪府,Seoul,Busan,서울,Hanoi,Ho Chi Minh City,Bangkok,Kuala Lumpur,Selangor,Penang,Jakarta,Manila
        Riga,Tallinn,Vilnius,Minsk,Tbilisi,Yerevan,Baku,Almaty,Tashkent,Vaduz,Monaco,Andorra,Gibraltar,Jersey,Guernsey
        Isle of Man,Surrey,Kent,Essex,Sussex,Hampshire,Berkshire,Buckinghamshire,Oxfordshire,Cambridgeshire,Yorkshire
        Lancashire,Cheshire,Greater London,Greater Manchester,West Midlands,Leinster,Munster
        """
}
