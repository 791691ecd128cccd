"""Questions in seven languages and what they must find: inflected forms, accents, particles, compounds, names.

The sentences are ours. All lie in one index, as in a country that works in several languages.
"""

import csv
from pathlib import Path

import pytest

from waymark.engines.documents.search.index import Entry, Index, Query, Said, build

SENTENCES = {
    "en-fees": ("en", "Employers, not workers, pay the recruitment fees and related costs."),
    "en-organise": ("en", "The organisation of pre-departure courses lies with the labour ministry."),
    "en-remit": ("en", "Sending remittances home cost less after two banks lowered their prices."),
    "en-child": ("en", "Unaccompanied children are never placed in detention centres."),
    "en-tbilisi": ("en", "A help desk opened in Tbilisi, another in Kutaisi."),
    "en-data": ("en", "Sex-disaggregated data on migrant workers' earnings are published every year."),
    "en-consul": ("en", "Consular staff visited detained nationals within two days."),
    "en-symbol": ("en", "See paragraph 7 of A/RES/73/195 and the pledge dashboard."),
    "en-skills": ("en", "Qualifications of nurses trained abroad are now recognised."),
    "en-smuggle": ("en", "Smugglers were prosecuted; the smuggled migrants were not."),
    "fr-deplace": ("fr", "Les personnes déplacées ont reçu des abris avant l'hiver."),
    "fr-acces": ("fr", "L’accès aux soins est gratuit pour les travailleuses en situation irrégulière."),
    "fr-oeuvre": ("fr", "La mise en œuvre du plan d'action sera évaluée chaque année."),
    "fr-envoi": ("fr", "Le coût des envois de fonds a diminué de moitié."),
    "fr-enfant": ("fr", "Aucun enfant n'est placé en rétention lorsqu'il voyage seul."),
    "fr-diplome": ("fr", "Les diplômes étrangers sont reconnus par l'université."),
    "fr-cote": ("fr", "La Côte d'Ivoire et la Guinée-Bissau partagent leurs données."),
    "fr-retour": ("fr", "Le retour volontaire est préféré aux expulsions."),
    "es-ninas": ("es", "Las niñas y los niños asisten a la escuela sin discriminación."),
    "es-remesa": ("es", "El costo de enviar remesas bajó después del acuerdo."),
    "es-trata": ("es", "Se identificó a las víctimas de trata y se les brindó protección."),
    "es-trabajo": ("es", "Las trabajadoras domésticas firmaron contratos en su idioma."),
    "es-regreso": ("es", "Quienes regresaron recibieron asesoramiento jurídico gratuito."),
    "es-cedula": ("es", "El registro civil expidió cédulas de identidad en los consulados."),
    "es-opinion": ("es", "La opinión pública está mejor informada sobre la migración."),
    "es-frontera": ("es", "Los guardias fronterizos se capacitaron en derechos humanos."),
    "ru-rebenok": ("ru", "Ни один ребёнок не остался без документов."),
    "ru-perevod": ("ru", "Стоимость денежных переводов снизилась вдвое."),
    "ru-trud": ("ru", "Трудящихся-мигрантов информируют об их правах до отъезда."),
    "ru-tbilisi": ("ru", "Центр открылся в Тбилиси и работает без выходных."),
    "ru-konsul": ("ru", "Консульские учреждения помогают задержанным гражданам."),
    "ru-strategia": ("ru", "Новой стратегией занимаются три министерства."),
    "ru-torgovlya": ("ru", "Жертвам торговли людьми предоставляют убежище."),
    "ru-opros": ("ru", "Опрошенные семьи получили ответы на свои вопросы."),
    "ar-fees": ("ar", "يدفع أصحاب العمل رسوم الاستقدام ولا يدفعها العمال المهاجرون."),
    "ar-child": ("ar", "لا يُحتجز الأطفال المسافرون وحدهم."),
    "ar-remit": ("ar", "انخفضت تكلفة التحويلات المالية إلى النصف."),
    "ar-rights": ("ar", "تعرّف المهاجرات على حقوقهن قبل المغادرة."),
    "ar-ministry": ("ar", "نشرت الوزارة إحصاءات جديدة والمعلومات متاحة للجمهور."),
    "ar-consul": ("ar", "زارت القنصلية المحتجزين خلال يومين."),
    "ar-traffick": ("ar", "تحصل ضحايا الاتجار على المأوى وبمساعدة قانونية."),
    "ar-border": ("ar", "تدرّب حرس الحدود على احترام الكرامة الإنسانية."),
    "zh-fees": ("zh", "招聘费用由雇主支付，移徙工人不付费。"),
    "zh-child": ("zh", "儿童永远不会被拘留。"),
    "zh-remit": ("zh", "汇款成本降低了一半。"),
    "zh-data": ("zh", "统计局每年公布按性别分列的数据。"),
    "zh-consul": ("zh", "领事官员在两天内探视了被拘留的国民。"),
    "zh-skills": ("zh", "外国学历现在得到承认。"),
    "zh-traffick": ("zh", "人口贩运受害者获得住所。"),
    "zh-border": ("zh", "边境人员接受了人权培训。"),
    "ka-fees": ("ka", "დასაქმების საფასურს დამსაქმებელი იხდის და არა მუშაკი."),
    "ka-child": ("ka", "ბავშვების დაკავება აკრძალულია."),
    "ka-remit": ("ka", "ფულადი გზავნილების ღირებულება განახევრდა."),
    "ka-tbilisi": ("ka", "დახმარების ცენტრი თბილისში გაიხსნა, მეორე კი ქუთაისში."),
    "ka-right": ("ka", "მიგრანტებმა თავიანთი უფლებების შესახებ გამგზავრებამდე შეიტყვეს."),
    "ka-ministry": ("ka", "სამინისტრომ ახალი სტატისტიკა გამოაქვეყნა."),
    "ka-return": ("ka", "დაბრუნებულ მოქალაქეებს იურიდიული კონსულტაცია გაეწიათ."),
    "ka-border": ("ka", "საზღვრის დაცვის თანამშრომლები ადამიანის უფლებებში გადამზადდნენ."),
}

PROBES = list(csv.DictReader((Path(__file__).parent / "probes.csv").read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    build((Entry(name, "passage", texts=(Said(*said),)) for name, said in SENTENCES.items()), folder)
    return Index.open(folder)


@pytest.mark.parametrize("probe", PROBES, ids=[f"{row['language']} {row['question']}" for row in PROBES])
def test_a_question_finds_what_it_should(index, probe):
    answer = index.search(Query(probe["question"]))
    found = {hit.entry.urn for hit in answer.hits}
    assert set(probe["found"].split()) == found, answer.notes
    assert answer.every
    for hit in answer.hits:  # what was found can be shown
        marks = [hit.snippet.text[start:end] for start, end in hit.snippet.marks]
        assert marks, hit.snippet
        assert all(mark.strip() == mark != "" for mark in marks)


def test_every_language_has_its_probes():
    for language in ("en", "fr", "es", "ru", "ar", "zh", "ka"):
        assert 8 <= sum(1 for said in SENTENCES.values() if said[0] == language) <= 12
        assert sum(1 for row in PROBES if row["language"] == language) >= 8
