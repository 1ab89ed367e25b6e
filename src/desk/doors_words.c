#include "doors_words.h"

static const char *const words[DOORS_WORDS][LANG_COUNT] = {
    [WORD_ADVICE] = {"Not legal advice. The border guard decides.",
                     "Это не юридическая консультация. Решает пограничник.",
                     "Keine Rechtsberatung. Es entscheidet die Grenzbehörde."},
    [WORD_ON] = {"On %s, by the law as known on %s.", "На %s, по праву, известному на %s.",
                 "Am %s, nach dem Recht, das am %s bekannt war."},
    [WORD_OPENS_WITH] = {"Opens with", "Откроется, если", "Öffnet sich mit"},
    [WORD_NEEDED] = {"What would open it:", "Что поможет:", "Was helfen würde:"},
    [WORD_OR] = {"or", "или", "oder"},
    [WORD_MISSING] = {"Still to be asked:", "Ещё нужно узнать:", "Noch zu klären:"},
    [WORD_PRACTICE] = {"In practice", "На практике", "In der Praxis"},
    [WORD_UNTIL] = {"This can change on %s.", "Это может измениться %s.",
                    "Das kann sich am %s ändern."},
    [WORD_STALE] =
        {"STALE: past its review date. Check the law before you rely on this.",
         "УСТАРЕЛО: срок проверки прошёл. Проверьте закон, прежде чем полагаться на это.",
         "VERALTET: der Prüftermin ist vorbei. Prüfen Sie das Recht, bevor Sie sich darauf "
         "verlassen."},
    [WORD_PARTIAL] = {"Only a part of the act was read", "Прочитана только часть акта",
                      "Nur ein Teil des Rechtsakts wurde gelesen"},
    [WORD_UNREAD] = {"The wording of this rule was not read", "Текст этого правила не прочитан",
                     "Der Wortlaut dieser Regel wurde nicht gelesen"},
    [WORD_UNVERIFIED] = {"General knowledge, not verified in a source",
                         "Общеизвестно, но по источнику не проверено",
                         "Allgemeinwissen, an keiner Quelle geprüft"},
    [WORD_CONTESTED] = {"Contested", "Спорно", "Umstritten"},
    [WORD_COUNTERFACTUAL] = {"COUNTERFACTUAL: no state made this a rule.",
                             "ПРЕДПОЛОЖЕНИЕ: ни одно государство не ввело такого правила.",
                             "KONTRAFAKTISCH: kein Staat hat diese Regel erlassen."},
    [WORD_DANGER] = {"means contact with the state that you flee",
                     "требует контакта с государством, от которого вы бежите",
                     "bedeutet Kontakt mit dem Staat, vor dem Sie fliehen"},
    [WORD_AT_ONCE] = {"at once", "сразу", "sofort"},
    [WORD_DAYS] = {"days: about %d", "дней: около %d", "Tage: etwa %d"},
    [WORD_PROTECTION] = {"Protection", "Защита", "Schutz"},
    [WORD_ASYLUM_CLOSES] =
        {"Before you ask for asylum: an application that is running closes these doors.",
         "Прежде чем просить убежища: пока заявление рассматривается, эти двери закрыты.",
         "Bevor Sie Asyl beantragen: solange der Antrag läuft, sind diese Türen zu."},
    [WORD_NOTHING] = {"No door of this choice concerns the person on this day.",
                      "Ни одна из этих дверей не касается человека в этот день.",
                      "Keine dieser Türen betrifft die Person an diesem Tag."},
    [WORD_UNCERTAIN] = {"cannot be said", "сказать нельзя", "nicht zu sagen"},
    [WORD_DRAFT] = {"Law %s; practice %s", "По закону: %s; на практике: %s",
                    "Gesetz: %s; Praxis: %s"},
    [WORD_MORE] = {"and %zu more ways", "и ещё %zu", "und %zu weitere Wege"},
};

static const char *const status_short[STATUS_COUNT][LANG_COUNT] = {
    [STATUS_OPEN] = {"open", "открыто", "offen"},
    [STATUS_DISCRETION] = {"an official decides", "решает чиновник", "Ermessen"},
    [STATUS_NEEDS_FACTS] = {"depends on facts", "зависит от фактов", "hängt von Angaben ab"},
    [STATUS_CLOSED_ACTIONABLE] = {"closed, can be opened", "закрыто, но можно открыть",
                                  "zu, kann sich öffnen"},
    [STATUS_CLOSED] = {"closed", "закрыто", "geschlossen"},
    [STATUS_BARRED] = {"barred", "запрещено", "gesperrt"},
    [STATUS_NOT_APPLICABLE] = {"does not apply", "не относится", "nicht anwendbar"},
    [STATUS_NO_RULE] = {"no rule known", "правило неизвестно", "keine Regel bekannt"},
    [STATUS_CONFLICT] = {"laws conflict", "законы противоречат", "Gesetze widersprechen sich"},
};

static const char *const status_plain[STATUS_COUNT][LANG_COUNT] = {
    [STATUS_OPEN] = {"The law lets you pass.", "По закону вы можете пройти.",
                     "Das Gesetz lässt Sie durch."},
    [STATUS_DISCRETION] = {"An official decides. There is no right to it.",
                           "Решает чиновник. Права требовать этого нет.",
                           "Eine Behörde entscheidet. Es gibt keinen Anspruch."},
    [STATUS_NEEDS_FACTS] = {"It depends on something that we do not know yet.",
                            "Это зависит от того, чего мы ещё не знаем.",
                            "Es hängt von etwas ab, das wir noch nicht wissen."},
    [STATUS_CLOSED_ACTIONABLE] = {"Closed now. You can change that.",
                                  "Сейчас закрыто. Это можно изменить.",
                                  "Jetzt geschlossen. Sie können das ändern."},
    [STATUS_CLOSED] = {"Closed.", "Закрыто.", "Geschlossen."},
    [STATUS_BARRED] = {"Not possible: the law forbids it.", "Нельзя: закон запрещает.",
                       "Nicht möglich: das Gesetz verbietet es."},
    [STATUS_NOT_APPLICABLE] = {"This rule is not about you.", "Это правило не о вас.",
                               "Diese Regel betrifft Sie nicht."},
    [STATUS_NO_RULE] = {"We know no rule for this day.", "Правило на этот день нам неизвестно.",
                        "Wir kennen keine Regel für diesen Tag."},
    [STATUS_CONFLICT] = {"Two laws say different things. Get advice first.",
                         "Два закона говорят разное. Сначала посоветуйтесь с юристом.",
                         "Zwei Gesetze sagen Verschiedenes. Holen Sie erst Rat ein."},
};

static const char *const kind_words[][LANG_COUNT] = {
    [DOOR_ENTRY] = {"Entry", "Въезд", "Einreise"},
    [DOOR_EXIT] = {"Leaving Russia", "Выезд из России", "Ausreise aus Russland"},
    [DOOR_STAY] = {"Staying without a visa", "Пребывание без визы", "Aufenthalt ohne Visum"},
    [DOOR_PATHWAY] = {"Permits and long visas", "Виды на жительство и долгие визы",
                      "Titel und lange Visa"},
    [DOOR_VISA] = {"Getting a visa", "Получение визы", "Ein Visum bekommen"},
    [DOOR_PROTECTION] = {"Protection", "Защита", "Schutz"},
};

const char *doors_word(enum doors_word word, enum lang lang)
{
    return words[word][lang];
}

const char *doors_status_short(enum status status, enum lang lang)
{
    return status_short[status][lang];
}

const char *doors_status_plain(enum status status, enum lang lang)
{
    return status_plain[status][lang];
}

const char *doors_kind_word(enum door_kind kind, enum lang lang)
{
    return kind_words[kind][lang];
}

bool doors_lang(struct text word, enum lang *out)
{
    static const char *const langs[LANG_COUNT] = {"en", "ru", "de"};
    for (int i = 0; i < LANG_COUNT; i++) {
        if (text_is(word, langs[i])) {
            *out = (enum lang)i;
            return true;
        }
    }
    return false;
}
