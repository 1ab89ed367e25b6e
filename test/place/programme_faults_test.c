/* What is wrong with the tables of a programme is told with file, row, column, value, rule and advice. */
#include "programme_back.h"

#define HOUSEHOLDS "id,need_beds\nanna,2\nbela,3\n"
#define LOCALITIES "id,capacity_beds,place,state\nnorth,4,town,Land\nsouth,5,,\n"
#define CRITERIA   "criterion,weight_micro\nplaced,1\n"

#define AMOUNT        " | Write a whole number from 0 to 1000000000; 0 for none."
#define FROM_ONE      " | Write a whole number from 1 to 1000000000."
#define ADD_HOUSEHOLD " | Correct the id, or add the household to its table."
#define ADD_LOCALITY  " | Correct the id, or add the locality to its table."
#define TRAIT                                                                                      \
    " this column speaks of nationality, sex, religion, ethnicity or race: such a trait is never " \
    "part of a need or a score | Remove the column. Where the law asks for such a trait it may "   \
    "be a condition of an offer, with its legal basis."

struct wrong {
    enum programme_table table;
    const char *text; /* of that table; the others are good */
    const char *said;
};

static const struct wrong wrong_list[] = {
    /* households */
    {PROGRAMME_HOUSEHOLDS, "id,need_beds,peopel\nanna,2,1\nbela,3,1\n",
     "households:1 peopel '' this is no column of this table | Did you mean 'people'?\n"},
    {PROGRAMME_HOUSEHOLDS, "id,need_beds,people\nanna,2,0\nbela,3,\n",
     "households:2 people '0' this number is out of range" FROM_ONE "\n"
     "households:3 people '' this cell is empty" FROM_ONE "\n"},
    {PROGRAMME_HOUSEHOLDS, "id,need_beds,ready\nanna,2,31.12.2023\nbela,3,soon\n",
     "households:2 ready '31.12.2023' this is not a date | Did you mean 2023-12-31?\n"
     "households:3 ready 'soon' this is not a date | \n"},
    {PROGRAMME_HOUSEHOLDS, "id,need_beds,group,group\nanna,2,,\nbela,3,,\n",
     "households:1 group '' this column stands here a second time | \n"},
    {PROGRAMME_HOUSEHOLDS, "id,need_beds,nationality\nanna,2,x\nbela,3,y\n",
     "households:1 nationality ''" TRAIT "\n"},
    {PROGRAMME_HOUSEHOLDS, "id,need_beds,group\nanna,2,\"a\nb\"\nbela,3,c\n",
     "households:2 group 'a\\x0Ab' a control character stands in this id | \n"},
    /* localities */
    {PROGRAMME_LOCALITIES, "id,capacity_beds,lat\nnorth,4,1\nsouth,5,1\n",
     "localities:1 lon '' this column is missing beside 'lat' | \n"},
    {PROGRAMME_LOCALITIES, "id,capacity_beds,lat,lon\nnorth,4,91,181\nsouth,5,1,\n",
     "localities:2 lat '91' this is not between -90 and 90 degrees | \n"
     "localities:2 lon '181' this is not between -180 and 180 degrees | \n"
     "localities:3 lon '' this cell is empty | \n"},
    {PROGRAMME_LOCALITIES, "id;capacity_beds;lat;lon\nnorth;4;5,5;1\nsouth;5;;\n",
     "localities:2 lat '5,5' this is not a number | \n"},
    {PROGRAMME_LOCALITIES, "id,capacity_beds,until\nnorth,4,2024-02-30\nsouth,5,\n",
     "localities:2 until '2024-02-30' this is not a date | Did you mean 2024-02-29?\n"},
    {PROGRAMME_LOCALITIES, "id,capacity_beds,least_beds\nnorth,4,5\nsouth,5,-1\nwest,x,9\n",
     "localities:2 least_beds '5' this minimum is above the capacity of 4 | \n"
     "localities:3 least_beds '-1' this number is negative" AMOUNT "\n"
     "localities:4 capacity_beds 'x' this is not a number" AMOUNT "\n"},
    {PROGRAMME_LOCALITIES, "id,capacity_beds,least_bed\nnorth,4,5\nsouth,5,1\n",
     "localities:1 least_bed '' this minimum has no capacity beside it | Did you mean "
     "'least_beds'?\n"},
    {PROGRAMME_LOCALITIES, "id,capacity_beds,least_beds,least_beds\nnorth,4,1,1\nsouth,5,1,1\n",
     "localities:1 least_beds '' this column stands here a second time | \n"},
    {PROGRAMME_LOCALITIES, "id,capacity_beds,plac,religion\nnorth,4,a,b\nsouth,5,,\n",
     "localities:1 religion ''" TRAIT "\n"
     "localities:1 plac '' this is no column of this table | Did you mean 'place'?\n"},
    /* criteria */
    {PROGRAMME_CRITERIA, "criterion,weight_micro\nsex,1\nkinn,1\nwealth,1\n",
     "criteria:2 criterion 'sex' nationality, sex, religion, ethnicity and race are no criteria | "
     "Remove the row. Where the law asks for such a trait it may be a condition of an offer, with "
     "its legal basis.\n"
     "criteria:3 criterion 'kinn' this is no criterion that is known | Did you mean 'kin'?\n"
     "criteria:4 criterion 'wealth' this is no criterion that is known | Use kin, language, skill, "
     "wish or placed.\n"},
    {PROGRAMME_CRITERIA, "criterion,weight_micro\nkin,1\nlanguage,2\nplaced,x\n",
     "criteria:2 criterion 'kin' this criterion needs the table 'kin' | \n"
     "criteria:2 criterion 'kin' this criterion needs lat and lon of every locality; 2 have none: "
     "'north', 'south' | \n"
     "criteria:3 criterion 'language' this criterion needs the table 'speaks' | \n"
     "criteria:3 criterion 'language' this criterion needs the table 'spoken' | \n"
     "criteria:4 weight_micro 'x' this is not a number | Write a whole number of micro-units from "
     "-1000000000 to 1000000000; 0.5 is written 500000.\n"},
    {PROGRAMME_CRITERIA, "criterion,weight_micro\nplaced,1\nplaced,2\n",
     "criteria:3 criterion 'placed' this criterion stands already in row 2 | \n"},
    {PROGRAMME_CRITERIA, "criterion,weight_micro\nplaced,600000000\nwish,400000001\n",
     "criteria:3 criterion 'wish' this criterion needs the table 'wishes' | \n"
     "criteria:3 weight_micro '400000001' with this weight a score could pass 1000000000 "
     "micro-units | \n"},
    {PROGRAMME_CRITERIA, "criterion,weight_micro\nplaced,-600000000\nwish,-400000001\n",
     "criteria:3 criterion 'wish' this criterion needs the table 'wishes' | \n"
     "criteria:3 weight_micro '-400000001' with this weight a score could pass 1000000000 "
     "micro-units | \n"},
    {PROGRAMME_CRITERIA, "criterion,weight_micro\n",
     "criteria:0  '' this table has no criterion | \n"},
    {PROGRAMME_CRITERIA, "criterion,weight\nplaced,1\n",
     "criteria:1 weight_micro '' this column is missing | \n"
     "criteria:1 weight '' this is no column of this table | \n"},
    {PROGRAMME_SCORES, "household,locality,score_micro\nanna,north,1\n",
     "scores:0  '' both scores and criteria are given | \n"},
    {PROGRAMME_CRITERIA, NULL, "scores:0  '' neither scores nor criteria are given | \n"},
    /* what criteria look at */
    {PROGRAMME_KIN, "household,lat,lon\nana,1,1\nbela,,x\nbela,90.1,-180\n",
     "kin:2 household 'ana' no household has this id in households | Did you mean 'anna'?\n"
     "kin:3 lat '' this cell is empty | \n"
     "kin:3 lon 'x' this is not a number | \n"
     "kin:4 lat '90.1' this is not between -90 and 90 degrees | \n"},
    {PROGRAMME_SPEAKS, "household,language\nanna,de\nanna,\nanna,de\n",
     "speaks:3 language '' this row names no language | \n"
     "speaks:4 household 'anna' this household with this language stands already in row 2 | \n"},
    {PROGRAMME_SPOKEN, "place,language\ntown,de\nnorth,de\ntown,de\n",
     "spoken:3 place 'north' no place has this id in localities | Did you mean 'south'?\n"
     "spoken:4 place 'town' this place with this language stands already in row 2 | \n"},
    {PROGRAMME_SKILLS, "household,ocupation\nanna,cook\n",
     "skills:1 occupation '' this column is missing | \n"
     "skills:1 ocupation '' this is no column of this table | Did you mean 'occupation'?\n"},
    {PROGRAMME_SHORTAGES, "place,occupation,sex\ntown,cook,f\n", "shortages:1 sex ''" TRAIT "\n"},
    {PROGRAMME_WISHES, "household,place,rank\nanna,town,0\nanna,south,1\nanna,south,2\n",
     "wishes:2 rank '0' this number is out of range" FROM_ONE "\n"
     "wishes:4 household 'anna' this household with this place stands already in row 3 | \n"},
    /* conditions */
    {PROGRAMME_FEATURES, "locality,feature\nnorth,lift\nnorth,lift\nwest,lift\n",
     "features:4 locality 'west' no locality has this id in localities" ADD_LOCALITY "\n"
     "features:3 locality 'north' this locality with this feature stands already in row 2 | \n"},
    {PROGRAMME_REQUIRES, "household,feature\nanna,lift\nanna,lift\ncarl,\n",
     "requires:4 household 'carl' no household has this id in households" ADD_HOUSEHOLD "\n"
     "requires:4 feature '' this row names no feature | \n"
     "requires:3 household 'anna' this household with this feature stands already in row 2 | \n"},
    {PROGRAMME_TRAITS, "household,trait,value\nanna,language,de\ncarl,language,de\nbela,,\n",
     "traits:3 household 'carl' no household has this id in households" ADD_HOUSEHOLD "\n"
     "traits:4 trait '' this row names no trait | \n"
     "traits:4 value '' this row names no value | \n"},
    {PROGRAMME_CONDITIONS,
     "locality,trait,value,basis\nnorth,sex,f,\nsouth,Staatsangehörigkeit,x,Law 2\n"
     "north,language,de,\nnorth,language,de,\n",
     "conditions:2 basis '' this trait is protected: a condition on it needs its legal basis | \n"
     "conditions:5 locality 'north' this locality with this trait and value stands already in row "
     "4 | \n"},
    {PROGRAMME_CONDITIONS, "locality,trait,value\nnorth,religion,x\n",
     "conditions:2 trait 'religion' this trait is protected: a condition on it needs its legal "
     "basis | \n"},
    {PROGRAMME_ELIGIBLE, "household,state,door\ncarl,Land,a\nanna,,a\nanna,Land,a\nanna,Land,a\n",
     "eligible:2 household 'carl' no household has this id in households" ADD_HOUSEHOLD "\n"
     "eligible:3 state '' this row names no state | \n"
     "eligible:5 household 'anna' this household with this state and door stands already in row 4 "
     "| \n"},
    {PROGRAMME_ELIGIBLE, "household,state,door\nanna,Land,a\nanna,Land,b\nanna,Far,a\n", ""},
    /* orders */
    {PROGRAMME_VETOES,
     "household,place,by,reason\nanna,town,person,\nanna,tow,place,\nbela,town,place,a\n"
     "bela,town,household,b\nbela,town,place,c\n",
     "vetoes:2 by 'person' this is neither 'household' nor 'place' | \n"
     "vetoes:3 place 'tow' no place has this id in localities | Did you mean 'town'?\n"
     "vetoes:6 household 'bela' this veto of the same side stands already in row 4 | \n"},
    {PROGRAMME_LOCKS,
     "household,locality,kind,reason\nanna,north,lok,\nanna,west,lock,\nbela,north,forbid,\n"
     "bela,north,forbid,\nbela,south,lock,\nbela,south,lock,\n",
     "locks:2 kind 'lok' this is neither 'lock' nor 'forbid' | Did you mean 'lock'?\n"
     "locks:3 locality 'west' no locality has this id in localities" ADD_LOCALITY "\n"
     "locks:7 household 'bela' a lock of this household stands already in row 6 | \n"
     "locks:5 household 'bela' this forbidden pair stands already in row 4 | \n"},
    {PROGRAMME_LOCKS,
     "household,locality,kind,reason\nbela,north,lock,x\nanna,south,lock,\nbela,north,forbid,no\n",
     "locks:2 household 'bela' this household is locked to 'north', where it is not allowed: the "
     "pair is forbidden (no) | \n"},
    /* links and quotas */
    {PROGRAMME_LINKS, "a,b,km\nanna,carl,\nanna,anna,\nanna,bela,-1\nanna,bela,\"1,5\"\n",
     "links:2 b 'carl' no household has this id in households" ADD_HOUSEHOLD "\n"
     "links:3 b 'anna' this household is linked with itself | \n"
     "links:4 km '-1' this distance is negative | \n"
     "links:5 km '1,5' this is not a number | \n"},
    {PROGRAMME_LINKS, "a,b,km\nanna,bela,\nbela,anna,\n",
     "links:3 a 'anna' this link stands already in row 2 | \n"},
    {PROGRAMME_LINKS, "a,b,km\nanna,bela,2.5\n",
     "links:2 km '2.5' a link by distance needs lat and lon of every locality; 2 have none: "
     "'north', 'south' | \n"},
    {PROGRAMME_QUOTAS,
     "state,resource,most\nLad,beds,1\nLand,bed,1\nLand,people,1\nLand,beds,-1\nLand,beds,1.5\n",
     "quotas:2 state 'Lad' no state has this id in localities | Did you mean 'Land'?\n"
     "quotas:3 resource 'bed' no resource has this name in households | Did you mean 'beds'?\n"
     "quotas:4 resource 'people' no resource has this name in households | Correct the name, or "
     "add its columns to the two tables.\n"
     "quotas:5 most '-1' this number is negative" AMOUNT "\n"
     "quotas:6 most '1.5' this is not a whole number" AMOUNT "\n"},
    {PROGRAMME_QUOTAS, "state,resource,most\nLand,beds,1\nLand,beds,2\n,beds,1\n",
     "quotas:4 state '' this row names no state | \n"
     "quotas:3 state 'Land' this state with this resource stands already in row 2 | \n"},
};

static void told(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrong_list / sizeof *wrong_list; i++) {
        const struct wrong *wrong = &wrong_list[i];
        struct programme_texts texts = {.at = {[PROGRAMME_HOUSEHOLDS] = HOUSEHOLDS,
                                               [PROGRAMME_LOCALITIES] = LOCALITIES,
                                               [PROGRAMME_CRITERIA] = CRITERIA}};
        struct programme_back back;
        texts.at[wrong->table] = wrong->text;
        programme_texts(&back, &texts);
        assert_string_equal(back.said, wrong->said);
        arena_free(&back.arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
