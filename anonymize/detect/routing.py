"""Which models read a text, by its language.

The own model reads English and is asked about every text.  A text in a language for which
another model is installed is read by both, and has what either finds: a name the one misses
costs a person, one too many a word.  What both see is called what the language's own model calls
it: a model of English takes many a French name for an organisation.  A text in any other
language is *unaided*: the own model is asked for more, one step of the dial, and whoever runs
it must be told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from anonymize.detect.ner import Entity, EntityModel
from anonymize.model.policies import Recall

OWN = frozenset(("en",))
"""Languages the own model is trusted to read alone; of others it saw but court and clinic."""


class Router:
    """Asks the models a text's language calls for.

    Args:
        own: Asked about every text.
        others: Further models by the language they read, ISO 639-1.
    """

    __slots__ = ("_others", "_own")

    def __init__(self, own: EntityModel, others: Mapping[str, EntityModel]) -> None:
        self._own = own
        self._others = {code: others[code] for code in sorted(others)}

    @property
    def models(self) -> dict[str, EntityModel]:
        """All models by name, the own one first."""
        return {model.name: model for model in (self._own, *self._others.values())}

    def unaided(self, language: str) -> bool:
        """Whether no model reads this language."""
        return language not in OWN and language not in self._others

    def entities(
        self,
        texts: Sequence[str],
        languages: Sequence[str],
        recall: Recall,
    ) -> list[dict[str, list[Entity]]]:
        """Return the entities of each text by the name of the model that found them.

        Args:
            texts: As they are written.
            languages: Of each text, ISO 639-1.
            recall: How much to find in texts that are not unaided.
        """
        found: list[dict[str, list[Entity]]] = [{} for _ in texts]

        def ask(model: EntityModel, chosen: Sequence[int], dial: Recall) -> None:
            if chosen:
                answers = model.entities([texts[at] for at in chosen], dial)
                for at, answer in zip(chosen, answers, strict=True):
                    found[at][model.name] = answer

        raised = [self.unaided(language) for language in languages]
        ask(self._own, [at for at, alone in enumerate(raised) if not alone], recall)
        ask(self._own, [at for at, alone in enumerate(raised) if alone], recall.raised)
        for code, model in self._others.items():
            chosen = [at for at, one in enumerate(languages) if one == code]
            ask(model, chosen, recall)
            for at in chosen:
                by = found[at]
                by[self._own.name] = [_called(one, by[model.name]) for one in by[self._own.name]]
        return found


def _called(entity: Entity, by: Sequence[Entity]) -> Entity:
    """Return an entity under the type of what most of it is for a better model."""
    start, end, _, score = entity
    shared = [(min(end, one[1]) - max(start, one[0]), one[2]) for one in by]
    length, label = max(shared, key=lambda one: one[0], default=(0, ""))
    return (start, end, label, score) if length > 0 else entity
