/// Names, places and short forms the generator draws from. An underscore in a list stands for a space.
extension PeopleGenerator {
    /// One culture: how its people, companies and phone numbers look.
    struct Culture {
        let code: String, country: String, trunk: String, mobile: String, digits: Int
        let cities: [(name: String, area: String)]
        let legal: [String], mail: [String], male: [String], female: [String], surnames: [String], relatives: [String]

        /// `phone` holds country code, trunk prefix ("-" for none), a mobile prefix and the count of national digits;
        /// `built` holds lists of beginnings and endings of further surnames.
        init(
            _ code: String, phone: String, cities: String, legal: String, mail: String, male: String, female: String,
            surnames: String, built: (String, String), relatives: String
        ) {
            let parts = list(phone)
            self.code = code
            country = parts[0]
            trunk = parts[1] == "-" ? "" : parts[1]
            mobile = parts[2]
            digits = Int(parts[3]) ?? 10
            self.cities = list(cities).map { city in
                (String(city.prefix { $0 != ":" }), String(city.drop { $0 != ":" }.dropFirst()))
            }
            self.legal = list(legal)
            self.mail = list("gmail.com " + mail)
            self.male = list(male)
            self.female = list(female)
            self.surnames = list(surnames) + list(built.0).flatMap { start in list(built.1).map { start + $0 } }
            self.relatives = list(relatives)
        }
    }

    static func list(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map { String($0.map { $0 == "_" ? " " : $0 }) }
    }

    /// Beginnings and endings joined by hyphens, as in Ji-woo.
    private static func joined(_ starts: String, _ endings: String) -> String {
        list(starts).flatMap { start in list(endings).map { start + "-" + $0 } }.joined(separator: " ")
    }

    /// The East Asian culture stays the last but one: the largest company belongs to it.
    static let cultures: [Culture] = [
        Culture(
            "uk", phone: "44 0 77 10", cities: "London:20 Leeds:113 Bristol:117 Manchester:161 Cardiff:29",
            legal: "Ltd Limited Inc. LLC plc", mail: "outlook.com hotmail.co.uk yahoo.com icloud.com",
            male: """
                Robert William Theodore Rupert Benjamin Nathaniel Alistair Christopher Gareth Desmond Edward Gregory
                Lawrence Montgomery Nicholas Patrick Samuel Zachary Wilfred Martin Paul Albert Raymond Leonard
                """,
            female: """
                Elizabeth Margaret Philippa Imogen Rosalind Beatrice Winifred Josephine Katherine Harriet Siobhan
                Gwendolyn Deborah Jacqueline Victoria Rebecca Susannah Abigail Theresa Penelope Martina Paula Georgina
                """,
            surnames: """
                Okafor Pemberton Whitlock Hargreaves Llewellyn O'Donnell McAllister Featherstone Cartwright Osborne
                Trevelyan Abernathy Quigley Braithwaite Fitzgerald Kowalczyk-Reed Adeyemi Sinclair Underhill
                Wolstenholme
                """,
            built: (
                "Ash Brad Thorn Hart Kings Lang Mor Wether Stan Hol Red Whit Clay El Mill Wind",
                "ford well ton ley worth by more field ham wood bury"
            ),
            relatives: "Martin/Martina Paul/Paula George/Georgina Patrick/Patricia Robert/Roberta Henry/Henrietta"),
        Culture(
            "de", phone: "49 0 170 10", cities: "München:89 Hamburg:40 Köln:221 Nürnberg:911 Düsseldorf:211",
            legal: "GmbH AG GmbH_&_Co._KG SE KG", mail: "gmx.de web.de t-online.de",
            male: """
                Jürgen Sebastian Georg Günther Wolfgang Matthias Johannes Maximilian Friedrich Götz Rüdiger Jörg
                Alexander Bernhard Christian Eberhard Hans-Peter Karl-Heinz Ludwig Andreas Martin Siegfried Torsten
                Volker
                """,
            female: """
                Cornelia Käthe Annegret Brigitte Elisabeth Franziska Gudrun Hannelore Ingeborg Jutta Kerstin Liselotte
                Magdalena Ursula Sieglinde Katharina Bärbel Sabine Waltraud Jördis Martina Christiane Andrea Friederike
                """,
            surnames: """
                Müller Schröder Köhler Strauß Böhm Jäger Weiß Krüger Lüdtke Vogelsang Öttinger Größler Pfannkuch
                von_Arnim Zirngiebl Achterberg Dörfler Hübschmann Kälin Oberhofer Rautenstrauch Süßmilch Tiedemann Wäger
                """,
            built: (
                "Brand Stein Hof Kirch Linden Roth Schön Weid Grün Bach Feld Rosen Eich Höll Mühl Wald",
                "ner mann meier bauer huber inger hauser berger müller eder ler"
            ),
            relatives: "Martin/Martina Christian/Christiane Daniel/Daniela Stefan/Stefanie Andreas/Andrea"),
        Culture(
            "fr", phone: "33 0 6 9", cities: "Paris:1 Lyon:4 Nantes:2 Bordeaux:5 Nîmes:4",
            legal: "SARL SAS S.A. EURL", mail: "orange.fr free.fr laposte.net",
            male: """
                François Jérôme Étienne Benoît Thibault Jean-Pierre Guillaume Frédéric Grégoire Théophile Rémi Loïc
                Augustin Clément Édouard Gérard Hervé Maxime Olivier Sylvain Valentin Yannick Christophe Pascal
                """,
            female: """
                Hélène Geneviève Joséphine Élodie Aurélie Bénédicte Céline Dominique Françoise Gaëlle Honorine Isabelle
                Jacqueline Laetitia Mélanie Noémie Ophélie Solène Véronique Zoé Stéphanie Pascale Valentine Clémence
                """,
            surnames: """
                Lefèvre Béranger Delacroix Chevalier Gauthier Hébert Lemaître Péchoux Rousselot Thévenet Vaillancourt
                Quéméneur Le_Goff de_la_Tour Dubuisson Étchegaray Froissart Jacquemin Kerbrat Marchand Noël Poincheval
                """,
            built: (
                "Beau Mont Clair Font Char Roche Ville Grand Val Haute Bel Saint- Lam Des Tour Bour",
                "champ val pont fort mont lieu bois rive geon fleur court"
            ),
            relatives: "Pascal/Pascale Valentin/Valentine Joseph/Joséphine Simon/Simone Michel/Michèle Jules/Julie"),
        Culture(
            "es", phone: "34 - 61 9", cities: "Madrid:91 Barcelona:93 Valencia:96 Sevilla:95 Málaga:95",
            legal: "S.L. S.A. S.L.U.", mail: "hotmail.es yahoo.es telefonica.net",
            male: """
                José Fernando Francisco Ignacio Jesús Joaquín Rafael Hernán Íñigo Leandro Máximo Óscar Rodrigo
                Salvador Tomás Álvaro Enrique Gonzalo Mario Alejandro Eduardo Antonio Alberto Guillermo Andrés
                """,
            female: """
                Guadalupe María Concepción Dolores Mercedes Pilar Rosario Inés Beatriz Consuelo Esperanza Graciela
                Inmaculada Lucía Milagros Nuria Remedios Soledad Teresa Ximena Ángeles Josefa Francisca Begoña
                """,
            surnames: """
                Ibáñez Núñez Villalobos Echeverría Zúñiga Castañeda Quiñones Galdós Benítez Carrasco Domínguez Escudero
                Fuentes Gutiérrez Herrero Izquierdo Jurado Luján Manzanares Nogales Ordóñez Peñalver Redondo Sepúlveda
                """,
            built: (
                "Ortega_ Vidal_ Pérez_ Marín_ Rivas_ Soto_ Cano_ Peña_ Gil_ León_ Vega_ Mora_",
                "Arroyo Barrios Cortés Delgado Espinosa Fajardo Granados Lozano Medina Olmedo Palacios Trujillo"
            ),
            relatives: "Mario/María Francisco/Francisca José/Josefa Fernando/Fernanda Alejandro/Alejandra"),
        Culture(
            "it", phone: "39 - 347 10", cities: "Milano:02 Roma:06 Torino:011 Bologna:051 Forlì:0543",
            legal: "S.p.A. S.r.l. S.n.c.", mail: "libero.it virgilio.it tiscali.it",
            male: """
                Giuseppe Niccolò Ferdinando Alessandro Domenico Salvatore Vincenzo Gianluca Lorenzo Pierluigi Raffaele
                Tommaso Umberto Ettore Cesare Mario Carlo Simone Luigi Francesco Antonio Leonardo Filippo Emanuele
                """,
            female: """
                Giuseppina Alessandra Benedetta Caterina Donatella Elisabetta Fiammetta Giovanna Ilaria Letizia
                Maddalena Nicoletta Ortensia Raffaella Serena Tiziana Vittoria Francesca Maria Carla Antonella Costanza
                Emanuela
                """,
            surnames: """
                Cantù Bevilacqua Mastroianni Quattrocchi D'Amico De_Luca Scognamiglio Tagliaferri Zanetti Barbagallo
                Colombini Esposito Fumagalli Guicciardi Lo_Presti Marchetti Nicolosi Pellegrino Rosetti Sciarra Vaccaro
                """,
            built: (
                "Bell Cast Mont Ferr Mart Gall Pagan Pass Sant Trev Vall Grim Mazz Loren",
                "ini etti elli azzi one ucci eri aldi ato igoni"
            ),
            relatives: "Mario/Maria Carlo/Carla Francesco/Francesca Paolo/Paola Antonio/Antonella Emanuele/Emanuela"),
        Culture(
            "nl", phone: "31 0 6 9", cities: "Amsterdam:20 Rotterdam:10 Utrecht:30 Den_Haag:70 Eindhoven:40",
            legal: "B.V. N.V. VOF", mail: "ziggo.nl kpnmail.nl hotmail.nl",
            male: """
                Willem Johannes Hendrik Cornelis Maarten Joost Pieter Gerrit Sjoerd Thijs Wouter Ruben Bastiaan
                Adriaan Diederik Floris Jeroen Koenraad Lodewijk Matthijs Rembrandt Jan Jacobus Antonius
                """,
            female: """
                Wilhelmina Johanna Hendrika Marijke Annelies Femke Saskia Liesbeth Jacoba Geertruida Anouk Britt
                Carolijn Dieuwke Elsbeth Floortje Hanneke Irene Josien Katrijn Mirjam Renske Jana Antonia
                """,
            surnames: """
                de_Vries Bakker Visser Smit-Dekker Hoekstra Koopman Zijlstra Postma Kuipers Wiersma Rietveld Boersma
                Brouwer Dijkgraaf Elzinga Groeneveld IJsselstein Jonker Nieuwenhuis Oosterhuis Schoonhoven Terpstra
                """,
            built: (
                "van_der_ van_den_ ter_ van_ op_den_ in_'t_",
                "Berg Meer Heuvel Linden Velde Broek Horst Brink Kamp Poel Steen Woude Akker Veen Laan Haar"
            ),
            relatives: "Jan/Jana Willem/Wilhelmina Hendrik/Hendrika Johannes/Johanna Antonius/Antonia Jacobus/Jacoba"),
        Culture(
            "pl", phone: "48 - 601 9", cities: "Warszawa:22 Kraków:12 Łódź:42 Wrocław:71 Gdańsk:58",
            legal: "Sp._z_o.o. S.A. Sp._k.", mail: "wp.pl onet.pl interia.pl",
            male: """
                Grzegorz Krzysztof Stanisław Zbigniew Wojciech Sławomir Bartłomiej Jakub Kazimierz Łukasz Mieczysław
                Paweł Przemysław Radosław Tadeusz Władysław Jarosław Mariusz Józef Tomasz Aleksander Mirosław
                """,
            female: """
                Katarzyna Małgorzata Agnieszka Aleksandra Joanna Barbara Stanisława Bożena Elżbieta Grażyna Halina
                Jadwiga Krystyna Łucja Magdalena Paulina Róża Wiesława Zofia Żaneta Mirosława Józefa Anna
                """,
            surnames: """
                Wójcik Wróbel Dąbrowski Szczepaniak Gołąb Jabłoński Kaźmierczak Łuczak Mąka Nędza Ołdak Pietrzyk Rybak
                Ścibor Śliwa Tkaczyk Walczak Ziółko Żak Błaszczyk Chmiel Dziedzic Gąsior Krawiec
                """,
            built: (
                "Kowal Wiśniow Zieleni Majew Kamin Lewandow Jankow Malinow Sosnow Borow Olszew Grabow Pawłow Sadow",
                "ski cki czyk iak ewicz owicz"
            ),
            relatives: "Stanisław/Stanisława Mirosław/Mirosława Józef/Józefa Paweł/Paulina Aleksander/Aleksandra"),
        Culture(
            "se", phone: "46 0 70 9", cities: "Stockholm:8 Göteborg:31 Malmö:40 Västerås:21 Uppsala:18",
            legal: "AB A/S ApS Aktiebolag", mail: "telia.com hotmail.se yahoo.se",
            male: """
                Anders Göran Björn Håkan Lars-Erik Søren Østen Åke Torbjørn Christoffer Fredrik Gustav Henrik Jesper
                Kristoffer Mikkel Niklas Rasmus Sigurd Tobias Ulrik Vilhelm Alexander Karl
                """,
            female: """
                Åsa Birgitta Märta Solveig Ingrid Kristina Margareta Elisabet Gunilla Annika Bodil Cecilia Désirée
                Frederikke Gudbjørg Helene Johanne Karoline Linnéa Malin Ragnhild Sigrid Torunn Vilhelmina
                """,
            surnames: """
                Sjöberg Åkesson Ørsted Nørgaard Bjørnstad Håkansson Öhman Kjærgaard Lindqvist Mårtensson Nygård
                Pålsson Rasmussen Söderström Thorvaldsen Wåhlin Æbelø Brødsgaard Dahlgren Enevoldsen Fjellheim
                Gyllensten
                """,
            built: (
                "Lind Ek Sand Nord Holm Sol Hög Back Alm Dal Hed Ros Ström Väster Ahl",
                "gren ström lund berg dahl man vall strand bom mark"
            ),
            relatives: "Karl/Karoline Henrik/Henriette Kristoffer/Kristina Vilhelm/Vilhelmina Fredrik/Frederikke"),
        Culture(
            "pt", phone: "351 - 91 9", cities: "Lisboa:21 Porto:22 Braga:253 Évora:266",
            legal: "Lda. S.A. Unipessoal_Lda.", mail: "sapo.pt hotmail.com uol.com.br",
            male: """
                João Gonçalo Henrique Joaquim Luís António Sebastião Tomé Vasco Zeferino Fernão Duarte Caetano Baltazar
                Afonso Álvaro Cristóvão Estêvão Frederico Guilherme Inácio Leonel Mário Paulo
                """,
            female: """
                Conceição Inês Graça Leonor Madalena Benedita Catarina Filipa Henriqueta Isaura Joaquina Lurdes Matilde
                Natércia Palmira Quitéria Rosália Sofia Teresa Umbelina Antónia Maria Paula Vitória
                """,
            surnames: """
                Gonçalves Magalhães Simões Guimarães Bragança Assunção Falcão Leitão Brandão Camões Damião Estêvão
                Figueiredo Galvão Lourenço Mendonça Negrão Patrício Quintão Sequeira Távora Viçoso
                """,
            built: (
                "Alves_ Costa_ Pinto_ Rocha_ Nunes_ Melo_ Sousa_ Lima_ Dias_ Faria_ Moura_ Serra_",
                "Azevedo Barros Cardoso Esteves Fonseca Gaspar Macedo Nogueira Pacheco Queirós Tavares Vieira"
            ),
            relatives: "Mário/Maria Paulo/Paula António/Antónia Joaquim/Joaquina Henrique/Henriqueta João/Joana"),
        Culture(
            "tr", phone: "90 0 532 10", cities: "İstanbul:212 Ankara:312 İzmir:232 Eskişehir:222",
            legal: "A.Ş. Ltd._Şti.", mail: "hotmail.com.tr mynet.com yandex.com",
            male: """
                İbrahim Mehmet Süleyman Çağatay Özgür Şahin Oğuzhan Tuğrul Bülent Cemal Emin Ferhat Gökhan Halim İlker
                Kamil Muzaffer Nurettin Ramazan Selçuk Turgut Ümit Yiğit Zülfikar
                """,
            female: """
                Ayşegül Fatmagül Gülşen Şebnem Özlem Çiğdem Zübeyde İpek Tuğçe Bahar Cemile Dilara Emine Feride Halime
                Hülya Kamile Müjgan Nurgül Pınar Sevgi Tülay Ümran Yıldız
                """,
            surnames: """
                Yıldırım Öztürk Çelik Şimşek Kılıç Güneş Aydoğan Doğruöz Erdoğmuş Gümüş Işık Karagöz Köprülü Özçelik
                Sarıkaya Tüzün Uğurlu Ünal Yağcı Zengin Bıçakçı Çetinkaya Düzgün Elmas
                """,
            built: ("Demir Kara Ak Yıl Öz Taş Gün Kurt Bal Er Koç Alp", "oğlu can kaya soy türk han demir göz bey maz"),
            relatives: "Cemal/Cemile Emin/Emine Halim/Halime Kamil/Kamile Ferit/Feride Nur/Nuray"),
        Culture(
            "in", phone: "91 0 98 10", cities: "Mumbai:22 Bengaluru:80 New_Delhi:11 Chennai:44 Pune:20",
            legal: "Pvt._Ltd. Private_Limited LLP", mail: "rediffmail.com yahoo.co.in outlook.com",
            male: """
                Rajendra Venkatesh Siddharth Krishnan Abhishek Bhaskar Chandrashekhar Devendra Ganesh Harish Jagdish
                Kartik Lakshman Mahesh Narendra Omkar Pradeep Raghunath Sanjay Tarun Arun Sunil Manish Vikram
                """,
            female: """
                Lakshmi Aishwarya Bhavana Chitra Deepika Gayatri Hemalatha Indira Jayashree Kavitha Madhuri Nandini
                Padmavathi Rajeshwari Saraswati Tanvi Urmila Vaishnavi Yamini Aruna Sunila Manisha Priyanka Shanthi
                """,
            surnames: """
                Patel Subramanian Chatterjee Bhattacharya Deshpande Mukherjee Iyer Kulkarni Nambiar Pillai Rao Shenoy
                Tendulkar Upadhyay Venkataraman Banerjee Chaudhary Dhillon Gaikwad Hegde Joshi Khandelwal Malhotra Sodhi
                """,
            built: (
                "Ram Chandra Venkat Krishna Shiv Hari Gopal Jaya Surya Nara Raja Bala",
                "murthy nathan swamy raj krishnan kumar prasad moorthi mohan lingam"
            ),
            relatives: "Arun/Aruna Sunil/Sunila Manish/Manisha Harsh/Harsha Sanjay/Sanjana Kamal/Kamala"),
        Culture(
            "kr", phone: "82 0 10 10", cities: "Seoul:2 Busan:51 Incheon:32 Daegu:53",
            legal: "Co.,_Ltd. K.K. Corp.", mail: "naver.com yahoo.co.jp qq.com",
            male: "Hiroshi Takeshi Kenji Xiaoming Zhiwei Guoqiang Jianhua Daisuke Haruto Minh "
                + joined("Min Ji Seo Hyun Dong Sang Tae Young Kyung Jae Woo Sung Chul", "ho jun woo sik hwan seok"),
            female: "Yukiko Sakura Haruka Xiuying Meiling Yanfang Lihua Keiko Ayumi Linh "
                + joined("Min Ji Seo Hye Soo Eun Mi Yoon Kyung Na Da Ha So", "hee yeon ah young jin ra"),
            surnames: """
                Kim Park Nguyen Zhang Takahashi Lee Wang Choi Watanabe Chen Jung Huang Kobayashi Liu Yamaguchi Zhao
                Hwang Ōnishi Tran Ouyang Shimizu Xu Kwon Matsumoto Zhou Bae Nakagawa Sun Noh Fujiwara Guo Seong Hayashi
                """,
            built: (
                "Yama Kawa Matsu Naka Taka Hoshi Oka Ishi Kita Mori Aoi Fuku",
                "moto shita mura saki hara naga shima gawa bayashi zaki"
            ),
            relatives: "Jin-ho/Jin-hee Min-jun/Min-ji Hiro/Hiroko Kazu/Kazuko Yuki/Yukiko Wei/Weiling"),
        Culture(
            "sa", phone: "966 0 50 9", cities: "Riyadh:11 Jeddah:12 Dammam:13 Madinah:14",
            legal: "LLC Est. FZE Trading_Co.", mail: "hotmail.com yahoo.com outlook.com",
            male: """
                Mohammed Abdulrahman Abdullah Ibrahim Khalid Mustafa Yousef Tariq Hussein Faisal Ghassan Hamza Idris
                Jamil Karim Laith Mahmoud Nabil Omar Qasim Rashid Samir Walid Ziad
                """,
            female: """
                Fatima Khadija Zaynab Mariam Noura Layla Hanan Rania Salma Yasmin Amal Basma Dalal Farida Ghada Huda
                Jamila Karima Lubna Maysoon Nabila Reem Samira Widad
                """,
            surnames: """
                Haddad Khoury Mansour Darwish Farouk Ghanem Hamdan Issa Jabbour Kanaan Labib Makhlouf Najjar Othman
                Qureshi Rahbani Saadeh Tamimi Wehbe Younes Zoghbi Barakat Chahine Daher
                """,
            built: (
                "Al- Abu_ El- Bin_",
                """
                Masri Rashidi Sayegh Nasser Zahrani Ghamdi Harbi Otaibi Shammari Dosari Qahtani Mutairi Bishara Hakim
                Faraj Jabri Kurdi Lawati Maktoum Nuaimi Omari Rifai Suwaidi Tayeb Yamani
                """
            ),
            relatives: "Jamil/Jamila Karim/Karima Nabil/Nabila Samir/Samira Amir/Amira Farid/Farida"),
    ]

    /// Short forms of given names.
    static let shortForms: [String: [String]] = Dictionary(
        list(
            """
            Robert=Bob,Rob,Bobby William=Bill,Will,Liam Theodore=Ted,Theo Benjamin=Ben,Benny Nathaniel=Nate,Nat
            Edward=Ed,Ned Alistair=Ali,Al Christopher=Chris,Kit Gregory=Greg Lawrence=Larry,Laurie Montgomery=Monty
            Nicholas=Nick,Nicky Patrick=Pat,Paddy Samuel=Sam,Sammy Zachary=Zach,Zack Wilfred=Wilf,Fred Martin=Marty
            Albert=Al,Bert Raymond=Ray Leonard=Len,Lenny Elizabeth=Liz,Beth,Betty,Libby Margaret=Peggy,Maggie,Meg
            Philippa=Pippa Rosalind=Roz Beatrice=Bea Winifred=Winnie Josephine=Jo,Josie Katherine=Kate,Kathy,Kit
            Harriet=Hattie Gwendolyn=Gwen Deborah=Deb,Debbie Jacqueline=Jackie Victoria=Vicky,Tori Rebecca=Becky,Becca
            Susannah=Sue,Susie Abigail=Abby,Gail Theresa=Terry,Tess Penelope=Penny Georgina=Georgie,Gina Rupert=Rupe
            Sebastian=Basti,Seb,Wastl Georg=Jürg,Schorsch Wolfgang=Wolf,Wolfi Matthias=Matze,Hias Johannes=Hannes,Hans,Jo
            Maximilian=Max,Maxi Friedrich=Fritz,Fiete Alexander=Alex,Sascha Bernhard=Bernd,Hardy Christian=Chris
            Hans-Peter=Hape Karl-Heinz=Kalle Ludwig=Lutz,Wiggerl Andreas=Andi,Anderl Siegfried=Siggi Jürgen=Jürg
            Cornelia=Conny,Nele Brigitte=Gitte,Gitti Elisabeth=Lisa,Sissi,Elli Franziska=Franzi Hannelore=Hanne,Lore
            Ingeborg=Inge Liselotte=Lilo,Lotte Magdalena=Lena,Magda Ursula=Uschi,Ulla Katharina=Kathi,Käthe Waltraud=Traudl
            Friederike=Rike,Fritzi Annegret=Anne Jean-Pierre=JP Guillaume=Guy Frédéric=Fred Grégoire=Greg Théophile=Théo
            Augustin=Gus Maxime=Max Dominique=Dom Geneviève=Ginette Joséphine=Jo Isabelle=Isa Véronique=Véro Stéphanie=Steph
            Valentine=Val Christophe=Chris Édouard=Ed José=Pepe,Chepe Fernando=Nando,Fer Francisco=Paco,Pancho Ignacio=Nacho
            Jesús=Chus,Chuy Joaquín=Quino Rafael=Rafa Salvador=Salva Enrique=Quique Alejandro=Álex,Jandro Eduardo=Lalo,Edu
            Antonio=Toño,Toni Alberto=Beto Guillermo=Memo,Guille Gonzalo=Gonzo Guadalupe=Lupe,Lupita
            Concepción=Concha,Conchita Dolores=Lola Mercedes=Merche Rosario=Charo Consuelo=Chelo Graciela=Chela
            Inmaculada=Inma Milagros=Mila Teresa=Tere Josefa=Pepa Francisca=Paca Beatriz=Bea Soledad=Sole
            Giuseppe=Beppe,Peppe Niccolò=Nico Ferdinando=Nando Alessandro=Sandro,Ale Domenico=Mimmo Salvatore=Totò,Turi
            Vincenzo=Enzo Gianluca=Luca Lorenzo=Renzo Pierluigi=Gigi Raffaele=Lele Tommaso=Maso Luigi=Gigi
            Francesco=Franco,Checco Leonardo=Leo Filippo=Pippo Giuseppina=Pina Alessandra=Sandra Caterina=Rina
            Elisabetta=Betta Giovanna=Vanna Maddalena=Lena Nicoletta=Nico Willem=Wim,Pim Hendrik=Henk,Rik Cornelis=Kees,Cor
            Maarten=Mart Pieter=Piet Bastiaan=Bas Adriaan=Arjan Diederik=Dirk Koenraad=Koen Matthijs=Thijs Jacobus=Jaap,Ko
            Antonius=Ton,Toon Wilhelmina=Mina,Willy Johanna=Jo,Hanna Hendrika=Riek Geertruida=Truus Liesbeth=Lies
            Annelies=Lies Grzegorz=Grzesiek Krzysztof=Krzysiek Stanisław=Staszek Zbigniew=Zbyszek Wojciech=Wojtek
            Sławomir=Sławek Bartłomiej=Bartek Jakub=Kuba Kazimierz=Kazik Paweł=Pawełek Przemysław=Przemek Radosław=Radek
            Tadeusz=Tadek Władysław=Władek Jarosław=Jarek Józef=Józek Tomasz=Tomek Aleksander=Olek Mirosław=Mirek
            Katarzyna=Kasia,Kaśka Małgorzata=Gosia,Małgosia Agnieszka=Aga Aleksandra=Ola Joanna=Asia Barbara=Basia
            Elżbieta=Ela Jadwiga=Jadzia Krystyna=Krysia Zofia=Zosia Anna=Ania Anders=Andy Christoffer=Stoffer
            Fredrik=Fred,Fredde Gustav=Gurra Kristoffer=Kris Niklas=Nicke Tobias=Tobbe Karl=Kalle Birgitta=Gitta
            Kristina=Stina Margareta=Greta Gunilla=Nilla Cecilia=Cissi Karoline=Line João=Joca Gonçalo=Gonça Joaquim=Quim
            Henrique=Rique António=Tó,Toni Sebastião=Tião Frederico=Fred Guilherme=Gui Conceição=São Madalena=Lena
            Catarina=Cata Filipa=Pipa Lurdes=Lu İbrahim=İbo Mehmet=Memo Süleyman=Sülo Ayşegül=Ayşe Fatmagül=Fatoş
            Oğuzhan=Oğuz Rajendra=Raj Venkatesh=Venky Siddharth=Sid Abhishek=Abhi Chandrashekhar=Shekhar Krishnan=Kris
            Lakshmi=Lachu Aishwarya=Aishu Deepika=Deepu Priyanka=Priya Mohammed=Mo,Mohd Abdulrahman=Abdul Abdullah=Abood
            Ibrahim=Ibo Mustafa=Mus Yousef=Joe Mariam=Mimi
            """
        ).map { entry in
            let parts = entry.split(separator: "=")
            return (String(parts[0]), parts[1].split(separator: ",").map(String.init))
        }
    ) { first, _ in first }

    static let heads = list(
        """
        Vel Nor Tal Bri Cor Dex Fen Gal Hel Jar Kes Lum Mer Nex Pra Quin Ras Sol Tri Ul Ven Wes Xan Yor Zel Alb Dra Fjo
        Gri
        """)
    static let tails = list("atra ador ivik olon emar anis epex oron usta itek ovar owen azor elli undo iska ober")
    static let trades = list(
        """
        Logistics Technologies Engineering Consulting Manufacturing Services Systems International Foods Textiles
        Shipping Software Energy Medical Analytics Capital Packaging Chemicals Robotics Printing Data_Systems
        Food_Services
        """)
    static let titles = list(
        """
        CEO CFO CTO Head_of_Sales Sales_Manager Account_Manager Marketing_Director Buyer Purchasing_Manager
        Plant_Manager Software_Engineer Product_Manager Controller HR_Manager Geschäftsführer Directeur_commercial
        Managing_Director Project_Lead VP_Operations Responsabile_acquisti Data_Analyst Office_Manager Consultant Owner
        """)
    static let initials = "ABCDEFGHJKLMNPRSTVW".map(String.init)
    /// Usual abbreviations of words in company names.
    static let abbreviations = [
        "Technologies": "Tech", "Manufacturing": "Mfg", "International": "Intl",
        "Engineering": "Eng.", "Services": "Svcs", "Systems": "Sys", "Logistics": "Log.",
    ]
    static let keyboard = ["qwertyuiop", "asdfghjkl", "zxcvbnm"].map(Array.init)
    static let plain: [String: String] = Dictionary(
        [
            ("a", "àáâãäåāą"), ("c", "çćč"), ("d", "đ"), ("e", "èéêëęē"), ("g", "ğ"), ("i", "ìíîïıİī"), ("l", "ł"),
            ("n", "ñńň"), ("o", "òóôõöøōő"), ("r", "ř"), ("s", "şśš"), ("t", "ţ"), ("u", "ùúûüūů"), ("y", "ýÿ"),
            ("z", "źżž"), ("ss", "ß"), ("ae", "æ"),
        ].flatMap { base, marked in marked.map { ($0.lowercased(), base) } }
    ) { first, _ in first }
    static let spelledOut = ["ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "ß": "ss", "æ": "ae"]

    /// The text without diacritics, or with them spelled out (ü as ue) where that is usual.
    static func fold(_ text: String, spelled: Bool = false) -> String {
        text.map { letter in
            let lower = letter.lowercased()
            guard let base = (spelled ? spelledOut[lower] : nil) ?? plain[lower] else { return String(letter) }
            return letter.isUppercase ? base.prefix(1).uppercased() + base.dropFirst() : base
        }.joined()
    }
}
