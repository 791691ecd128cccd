"""How tags are made, as examples: a passage, and what the default tier must say of it.

All passages are invented. They are plain cases; how often the tagger is wrong on others stands in the table of errors.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Example:
    """A passage with the objective that must come first, others among the first three, and words among the reasons.

    `first` "" means that none of them must be the answer. `targets` and `principles` must be among those given.
    """

    says: str
    language: str
    text: str
    first: str
    also: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    measured: bool = True


EXAMPLES = (
    Example(
        "The words that decide are the reasons.",
        "en",
        "Each month the central bank compares what migrant workers pay to send remittances home. Post "
        "offices and mobile money services compete on the fee and on the exchange rate, and families open"
        " savings accounts.",
        "20",
        reasons=("remittances",),
        targets=("10.c",),
    ),
    Example(
        "A longer term wins over the words in it: smuggling of migrants is not trafficking in persons.",
        "en",
        "The new law makes the smuggling of migrants by land and sea a crime. Smugglers who put lives at "
        "risk face longer sentences, while migrants who were smuggled are not punished for it.",
        "9",
        reasons=("smuggling of migrants",),
    ),
    Example(
        "Trafficking in persons is told by its victims and their exploitation.",
        "en",
        "Victims of trafficking in persons receive a recovery period, legal aid and shelter. Inspectors "
        "look for forced labour and sexual exploitation, and traffickers are prosecuted.",
        "10",
        reasons=("trafficking",),
    ),
    Example(
        "A passage may speak to several objectives; they stand in the order of their scores.",
        "en",
        "Consulates register births of children born abroad and issue passports, so that nobody stays "
        "without proof of legal identity. Consular officers also visit nationals in detention and help "
        "those who want to return.",
        "4",
        also=("14",),
        reasons=("legal identity",),
    ),
    Example(
        "Other policies are none of them.",
        "en",
        "The district repaired forty kilometres of roads after the winter. New rules of procurement ask "
        "for three offers, and the council buys asphalt together with its neighbours to lower the price.",
        "",
    ),
    Example(
        "Words of procedure are none of them.",
        "en",
        "The workshop took two days. On the first morning participants introduced themselves and agreed "
        "on the agenda; in the afternoon they worked in small groups and reported back in plenary. "
        "Minutes are attached.",
        "",
    ),
    Example(
        "French is measured.",
        "fr",
        "Les travailleurs migrants ne paient plus de frais de recrutement. Les agences sont agréées, le "
        "contrat est remis dans une langue comprise, et l'inspection du travail contrôle les salaires et "
        "le logement.",
        "6",
        reasons=("recrutement",),
    ),
    Example(
        "Spanish is measured.",
        "es",
        "Las personas detenidas por motivos migratorios tienen acceso a un abogado. Los jueces aplican "
        "alternativas a la detención, como la presentación periódica, y ningún niño permanece en un "
        "centro cerrado.",
        "13",
        reasons=("alternativas a la detención",),
    ),
    Example(
        "Russian has words and was not measured.",
        "ru",
        "Жертвы торговли людьми получают убежище и юридическую помощь, "
        "а торговцы людьми привлекаются к ответственности.",
        "10",
        reasons=("торговли людьми",),
        measured=False,
    ),
    Example(
        "Arabic has words and was not measured.",
        "ar",
        "تعمل البلدان على خفض تكلفة التحويلات المالية التي يرسلها المهاجرون إلى أسرهم.",
        "20",
        measured=False,
    ),
    Example(
        "Chinese has words and was not measured.",
        "zh",
        "各国应打击人口贩运，保护贩运受害者，并起诉贩运者。",
        "10",
        measured=False,
    ),
    Example(
        "Georgian has words and was not measured.",
        "ka",
        "ადამიანით ვაჭრობის (ტრეფიკინგის) მსხვერპლნი იღებენ თავშესაფარს და იურიდიულ დახმარებას.",
        "10",
        measured=False,
    ),
)
