"""The language of a passage: by its letters, its small words, or the model; unknown stays unknown."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waymark.engines.documents.words.language import language_of

SEVEN = [
    ("en", "The network met in the capital and agreed on a plan for the regions."),
    ("en", "Employers paid recruitment fees in the past, but they do not have to pay them now."),
    ("fr", "Le réseau s'est réuni dans la capitale et a adopté un plan pour les régions."),
    ("fr", "Les frais de recrutement sont payés par les employeurs et non par les travailleurs."),
    ("es", "La red se reunió en la capital y acordó un plan para las regiones."),
    ("es", "Los gastos de contratación los pagan los empleadores y no los trabajadores."),
    ("ru", "Сеть собралась в столице и приняла план для регионов."),
    ("ar", "اجتمعت الشبكة في العاصمة واعتمدت خطة للمناطق"),
    ("zh", "网络在首都开会，通过了各地区的计划。"),
    ("ka", "ქსელი დედაქალაქში შეიკრიბა და რეგიონების გეგმა მიიღო."),
    ("ka", "თბილისი"),
]
OTHERS = [
    ("uk", "Мережа зібралася у столиці й ухвалила план для регіонів, її цілі є чіткими."),
    ("fa", "شبکه در پایتخت گرد هم آمد و برنامه‌ای برای مناطق پذیرفت که چند گروه آن را پیگیری می‌کنند"),
    ("ja", "ネットワークは首都で会合を開き、地域の計画を採択した。"),
    ("ko", "네트워크는 수도에서 만나 지역 계획을 채택했다"),
    ("el", "Το δίκτυο συνεδρίασε στην πρωτεύουσα"),
    ("hy", "Ցանցը հավաքվեց մայրաքաղաքում"),
]
BY_MODEL = [
    ("pt", "A rede reuniu-se na capital e não adotou ainda o plano para as regiões, mas uma proposta foi distribuída."),
    (
        "de",
        "Das Netzwerk traf sich in der Hauptstadt und hat einen Plan für die Regionen beschlossen, der nicht neu ist.",
    ),
    ("it", "La rete si è riunita nella capitale e ha adottato un piano per le regioni che non è ancora pubblicato."),
    ("bg", "Мрежата се събра в столицата и прие план за регионите, който още не е публикуван."),
]


@pytest.mark.parametrize(("language", "text"), SEVEN + OTHERS + BY_MODEL, ids=lambda value: value[:20])
def test_language_of_a_sentence(language, text):
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", " ", "12 345, 2018", "A/RES/73/195", "Article 5", "!!!", "GEO", "\ud800", "•"])
def test_what_cannot_be_known_is_not_guessed(text):
    assert language_of(text) == ""


def test_the_language_of_most_of_it_wins():
    assert language_of("The co-chair (თანათავმჯდომარე) opened the meeting of the network in the capital.") == "en"
    assert language_of("ქსელის (UN Network on Migration) შეხვედრა დედაქალაქში გაიმართა და გეგმა მიიღო") == "ka"


def test_the_seven_do_not_load_the_model():
    code = (
        "import sys\n"
        "from waymark.engines.documents.words.language import language_of\n"
        f"texts = {SEVEN!r}\n"
        "assert all(language_of(text) == language for language, text in texts)\n"
        "assert 'py3langid' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@given(st.text(max_size=200))
def test_any_text_has_a_tag_or_none(text):
    found = language_of(text)
    assert found == "" or found.replace("-", "").isalpha()
