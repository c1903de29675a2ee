"""What differs between readings as they are kept and as they should be, and carrying it out."""

from spaces.models import Space

BATCH = 1000


class ReadingsChange:
    """What differs between the rows kept and those wanted, each by its key."""

    def __init__(self, kept: dict, wanted: dict):
        self.wanted = wanted
        self.gone = {key: row for key, row in kept.items() if key not in wanted}
        self.new = [key for key in wanted if key not in kept]
        self.other = {
            key: kept[key]
            for key, facts in wanted.items()
            if key in kept and any(getattr(kept[key], name) != facts[name] for name in facts)
        }

    @property
    def keys(self) -> list:
        return [*self.gone, *self.new, *self.other]

    def __bool__(self):
        return bool(self.gone or self.new or self.other)

    def write(self, model, names: tuple[str, str], space: Space) -> None:
        """Carry the difference out."""
        pks = [row.pk for row in self.gone.values()]
        for start in range(0, len(pks), BATCH):
            model.objects.filter(pk__in=pks[start : start + BATCH]).delete()
        rows = [
            model(space=space, **dict(zip(names, key, strict=True)), **self.wanted[key])
            for key in self.new
        ]
        model.objects.bulk_create(rows, batch_size=BATCH)
        for key, row in self.other.items():
            for name, value in self.wanted[key].items():
                setattr(row, name, value)
        if self.other:
            facts = list(next(iter(self.wanted.values())))
            model.objects.bulk_update(self.other.values(), facts, batch_size=BATCH)
