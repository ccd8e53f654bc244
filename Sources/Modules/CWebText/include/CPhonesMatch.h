// A telephone number in a text, as the library that finds it (CPhones) hands it to the program that has loaded it.
#ifndef CPHONESMATCH_H
#define CPHONESMATCH_H

enum cphones_kind { cphones_fixed, cphones_mobile, cphones_fixed_or_mobile, cphones_toll_free, cphones_other };

// What was written, its E.164 form, its extension, and its kind, one of `enum cphones_kind`.
struct cphones_match {
    char written[64], number[24], extension[16];
    int kind;
};

#endif
