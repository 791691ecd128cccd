from waymark.actions.frameworks import FrameworkFacts, ProvisionFacts, enter_framework, enter_provision
from waymark.records.actors import Actor
from waymark.records.frameworks import Framework, Provision


def framework(code: str = "gcm") -> Framework:
    row = Framework.objects.filter(code=code).first()
    return row or enter_framework(by=Actor.operator(), code=code, facts=FrameworkFacts(title=f"Framework {code}"))


def provision(code: str = "1", within: str = "gcm", kind: str = "objective", label: str = "") -> Provision:
    row = Provision.objects.filter(code=code, framework__code=within).first()
    return row or enter_provision(
        by=Actor.operator(),
        framework=framework(within),
        code=code,
        facts=ProvisionFacts(kind=kind, label=label or f"Provision {code}"),
    )
