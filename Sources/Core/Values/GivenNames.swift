/// Given names of many countries, to tell a given name from a place or a degree behind a comma. A name that is missing
/// here may still be one.
public enum GivenNames {
    public static func isKnown(_ name: String) -> Bool {
        let plain = name.folded.split(whereSeparator: { $0 == " " || $0 == "-" }).first.map(String.init) ?? ""
        return names.contains(plain) || Nicknames.isKnown(plain)
    }

    private static let names = Set(
        """
        aaron abdul abdullah achim ada adam adele adrian adriana agata agnes ahmad ahmed aidan aiko aisha akira alain alan
        alana alba alberto aldo alec aleksander alena alessandro alessandra alessia alexandre alexey alexis alfonso alfredo
        ali alice alicia alina aline alison alvaro alyssa amal amalia amanda amber amelia amina amir amit amy ana anders
        andre andrea andreas andreea andrei andres andrzej aneta angel angelica angelo anil anita anja anjali anke anneke
        annette annika anouk anselm antoine anton antonia antonella april arash ariana ariel arjun arlene arne arnaud arnold
        artem arturo arun asha ashley ashok astrid atul audrey august augusto aurelie aurora axel ayesha ayse aziz bao
        barry bart bartosz bastian beata beatrice beatriz ben bernadette bernard bernd bernhard bettina bianca birgit
        bjorn blanca bo bogdan boris brandon brenda brendan brent brett brian brianna bridget brigitte britta brooke bruce
        bruno bryan burak camila camilla camille candice carina carl carla carlo carlos carmen carol carola carole carsten cas
        cathrin cecile cecilia cedric celia celine cesar chad chantal chen chiara chloe christa christian christiane
        christophe cindy claire clara clarissa claude claudia claudio claus clemens clement cody colin colleen connor
        conrad constance cora corinna corinne courtney craig cristian cristina curtis dagmar dale damian damien dana dario
        darius darren daria dean debra deepak delphine denis denise derek devin diane diego dieter dimitri dina dirk
        dmitry dominic dominik dominique donna doris dorota dorothea duncan dustin dylan earl edith edgar edna eduard
        eileen ekaterina elaine elena eleonora eli elias elif elin elisa elise elke ella ellen elliot elodie elsa elvira
        emanuel emanuele emil emilia emilie emily emma emmanuel enzo erica erik erika erin ernst erwin esteban esther
        ethan etienne eva evan evelyn ewa fabian fabien fabio fabrice fadi farah fatima faith felicia felipe felix ferdinand
        fernanda fernando filip fiona flavia flora florence florian franca france francesca francesco francine francois
        francoise franz fred freya frida frieda fumiko gaelle gail galina gary gaston gavin gemma genevieve george georges
        georgia georgina gerard gerd gerda gerhard gianluca gina gino giorgio giulia giuliana glen glenn gloria gonzalo
        gordon grace graham grant greta grzegorz guido guilherme guillaume gunnar gunther gustav gustavo guy gwen hakan hana
        hanne hanno harald haruto hasan hassan hector hedwig heather hedda heidi heike helga helge helmut hendrik henri
        henrik henrike herbert herman hermann hideo hilary hilda hiroshi holger holly horst hubert hugo huong ian ibrahim
        ida igor ilona ilse imran ines inga inge ingo ingrid irena irene irina iris isaac isabel isabelle ismail istvan
        ivana ivo ivy jaap jaime jakob jakub jana jane janet janina janine jared jaroslav jasmin jasmine jason javier jean
        jeanette jeanne jelena jens jesper jett jill jimena jin joachim joan joana joanna joaquin jochen joel joelle joerg
        johan johann johanna john jolanda jonas jordan jordi jorg jorge joris joseph josefine josephine joyce juan juana
        juha jules julian juliana julie julien juliette julio julius jun justin justine justyna jutta kai kaitlyn kamal
        kamil kara karel karen karim karina karl karla karolina kasper katarina kate kathrin katja kay keiko keith kelly
        kelsey kemal kenji kerry kerstin kevin khalid kim kirk kirsten klaas klara klaus knut konrad konstantin kourtney
        krishna krystyna kumar kurt kyle lara lars laura laure laurent lauren lea leah leandro leena leif leila lena lennart
        leon leona leonardo leopold leticia levi lidia liam lien liesbeth lilian liliana lin linda lindsay linus lisa lise
        livia lorena lorenzo loretta lori louisa louise luc luca lucas lucia lucie lucien lucy ludwig luisa lukas lukasz
        luke lutz lydia lynn maarten madison magda magdalena magnus mai maja malcolm malin malte manfred manon manuela mara
        marc marcel marcela marcelo marcia marcin marco marcos marcus marek margarita margot mari maria mariam mariana
        marianne marie mariela marina mario marion marisa marit marius marjorie markus marlene marta martha martin martina
        mary marzena masako mateo mateusz mathias mathieu mathilde mats matteo matthias matthieu maud maura maureen
        maurice mauricio mauro max maya megan mehmet mei melanie melina melinda mercedes merle mette micha michal michel
        michela michele michiel miguel mihai mika mila milan milena mila mina ming mirco mireille miriam mirjam mitra
        mohamed mohammad mohammed moira mona monica monika monique morgan moritz muhammad murat mustafa myriam nadia nadine
        naomi naoko narendra natalia natalie natasha neha neil nelson nicola nicolai niels niklas nils nina nino noah noel
        noemi noor nora norbert nuno odile olaf ole oleg olga olivia olivier omar oriol orlando oscar oskar osman otto owen
        pablo paige paloma paola paolo pascal pascale patrice patricia patrizia paul paula paulina pauline paulo pavel
        pawel pedro peggy penelope per petra phoebe pia pierre pietro pilar piotr pooja prakash priya quentin quinn rachel
        radek rafal rahul raimund rainer raj rajesh ralf ralph ramon raoul raphael raquel rashid raul ravi regina reiner
        reinhard remi rena renata renate rene renee reto rhonda ricardo riccardo rita roberta robin rocio roger roland rolf
        roman romain ronja rosa rosalie rose rosemary roxana roy ruben rudi rudolf rufus rui rupert ruth ryan sabina sabine
        sabrina said salim salma salvatore samira samir sander sandeep sandrine sanjay santiago sara sarah sascha satoshi
        saskia sean sebastian sebastien selim selina selma serena serge sergei sergey sergio seth severine shane shannon
        sharon shaun sheila shirley sierra sigrid silke silvia silvio simon simona simone sina slawomir sofia sofie sonia
        sonja sophia sophie soren stacy stefan stefania stefanie stefano stella sten stephan stephane stephanie sunil
        susana susann sven sverre svetlana swen sybille sylvain sylvia sylvie takashi tamara tania tanja tara tariq tatiana
        taylor ted thea theo therese thibault thierry thilo thomas thorsten till tilo tim timo tina tiziana tobias todd
        tomas torben torsten tracy travis trevor tristan tyler udo ugo ulla ulrich ulrike ulf umberto urs ursula uta ute
        uwe vaclav valentin valentina valeria valerio vanessa vera verena vicente vijay vikram viktor viktoria vincenzo
        viola violeta virginie vittorio viviana vivian vivien volker wanda wei wendy werner wenzel wiebke wieslaw wilhelm
        wilma wim winfried wolf wolfgang xavier ximena yan yann yannick yara yasmin yolanda yosef youssef yuki yuko yusuf
        yvan yves yvette yvonne zahra zbigniew zeynep zhang zoe zofia zoltan zuzana
        """.split(whereSeparator: \.isWhitespace).map(String.init))
}
