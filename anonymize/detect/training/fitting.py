"""The training itself: seeded, on a fixed number of threads, so that it can be repeated."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import torch  # noqa: TID253 - this module is imported by the training command alone
from torch import Tensor  # noqa: TID253 - likewise

from anonymize.detect.pieces import Vocabulary
from anonymize.detect.training.batches import ANY, Example, batches, examples, passages
from anonymize.detect.training.corruption import spoiled
from anonymize.detect.training.gold import Gold
from anonymize.detect.training.network import Tagger
from anonymize.detect.training.substitution import Names, substituted

OPEN = 0.05
"""Weight of a label about which a source is silent."""


@dataclass(frozen=True, slots=True)
class Source:
    """Gold texts and how they are used.

    Attributes:
        texts: The texts.
        share: How often each is used in an epoch; between whole numbers by chance.
        spoken: Whether they are cut into passages.
    """

    texts: Sequence[Gold] = field(repr=False)
    share: float = 1.0
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """Numbers of a training.

    Attributes:
        seed: Of everything drawn.
        epochs: Passes over the corpora.
        layers: Of the network.
        rate: Highest learning rate.
        head_rate: Of the head and the table of shapes.
        smoothing: Probability mass spread over all classes.
        templates: Sentences from templates in an epoch.
        average: How much of the running average of the weights a step keeps.
        threads: Of the processor.
    """

    seed: int = 20261122
    epochs: int = 4
    layers: int = 6
    rate: float = 2e-4
    head_rate: float = 1e-3
    smoothing: float = 0.03
    templates: int = 2500
    average: float = 0.998
    threads: int = 2


def epoch(
    sources: Sequence[Source],
    templates: Callable[[random.Random], Gold] | None,
    recipe: Recipe,
    vocabulary: Vocabulary,
    names: Names,
    rng: random.Random,
) -> list[Example]:
    """Return the examples of one epoch: drawn, with other names, spoiled."""
    out: list[Example] = []
    for source in sources:
        for gold in source.texts:
            times = int(source.share) + (rng.random() < source.share % 1)
            for _ in range(times):
                for one in passages(gold, rng) if source.spoken else (gold,):
                    out += examples(spoiled(substituted(one, names, rng), rng), vocabulary, rng)
    if templates is not None:
        for _ in range(recipe.templates):
            out += examples(spoiled(templates(rng), rng), vocabulary, rng)
    return out


def tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Return ids, shapes, mask of a batch, positions of its heads, and what is allowed there.

    The last has the shape (heads, classes): right is the class of the gold, and where the
    gold has none, also every class its source is silent about.
    """
    longest = max(len(one.window.ids) for one in batch)
    ids = torch.zeros(len(batch), longest, dtype=torch.long)
    shapes = torch.zeros_like(ids)
    mask = torch.zeros_like(ids)
    places: list[int] = []
    allowed: list[Tensor] = []
    for row, one in enumerate(batch):
        size = len(one.window.ids)
        ids[row, :size] = torch.tensor(one.window.ids)
        shapes[row, :size] = torch.tensor(one.window.shapes)
        mask[row, :size] = 1
        places += [row * longest + head for head in one.window.heads]
        right = torch.zeros(len(one.targets), len(one.silent), dtype=torch.bool)
        found = torch.tensor(one.targets, dtype=torch.long)
        right[torch.arange(len(found)), found.clamp(min=0)] = True
        right[found == ANY] = True
        right |= (found == 0)[:, None] & torch.tensor(one.silent)[None, :]
        allowed.append(right)
    return ids, shapes, mask, torch.tensor(places), torch.cat(allowed)


def loss(logits: Tensor, allowed: Tensor, smoothing: float) -> Tensor:
    """Return the mean negative log-likelihood of the allowed classes together.

    Marginal likelihood over what a partly annotated source leaves open: Tsuboi et al. 2008,
    "Training conditional random fields using incomplete annotations", here word by word.  Where
    "no entity" is among several allowed classes the others count `OPEN` times as much, or
    labels that few sources have would take in every word of the rest.
    """
    chances = torch.log_softmax(logits, dim=-1)
    weights = torch.where(allowed, 0.0, -torch.inf)
    several = allowed[:, :1].expand_as(allowed).clone()
    several[:, 0] = False
    weights = weights + torch.where(several, math.log(OPEN), 0.0)
    right = torch.logsumexp(chances + weights, dim=-1)
    return -((1 - smoothing) * right + smoothing * chances.mean(dim=-1)).mean()


def fit(
    recipe: Recipe,
    sources: Sequence[Source],
    templates: Callable[[random.Random], Gold] | None,
    vocabulary: Vocabulary,
    names: Names,
    tell: Callable[[str], None],
) -> Tagger:
    """Return a trained network: the running average of its weights."""
    torch.manual_seed(recipe.seed)
    torch.set_num_threads(recipe.threads)
    torch.use_deterministic_algorithms(True)  # noqa: FBT003 - torch's signature
    model = Tagger(recipe.layers)
    rng = random.Random(recipe.seed)  # noqa: S311 - nothing secret is drawn
    fresh = [*model.head.parameters(), model.bert.embeddings.token_type_embeddings.weight]
    known = {id(one) for one in fresh}
    base = [one for one in model.parameters() if id(one) not in known]
    groups = [{"params": base, "lr": recipe.rate}, {"params": fresh, "lr": recipe.head_rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    first = epoch(sources, templates, recipe, vocabulary, names, rng)
    steps = recipe.epochs * (len(first) // 32 + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda at: _rate(at, steps))
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}
    began, step = time.monotonic(), 0
    for number in range(recipe.epochs):
        found = first if number == 0 else epoch(sources, templates, recipe, vocabulary, names, rng)
        total = 0.0
        model.train()
        for at, batch in enumerate(batches(found, rng), 1):
            ids, shapes, mask, places, allowed = tensors(batch)
            logits = model(ids, shapes, mask).flatten(0, 1)[places]
            value = loss(logits, allowed, recipe.smoothing)
            value.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            step += 1
            total += float(value.detach())
            keep = min(recipe.average, step / (step + 10))
            for name, value_now in model.state_dict().items():
                average[name].lerp_(value_now, 1 - keep)
            if step % 100 == 0:
                tell(f"step {step}/{steps} loss {total / at:.4f}")
        tell(f"epoch {number + 1}: {len(found)} windows, {time.monotonic() - began:.0f} s")
    model.load_state_dict(average)
    model.eval()
    return model


def _rate(at: int, steps: int) -> float:
    """Return the part of the highest rate: up over a tenth of the steps, then down to nothing."""
    rise = max(steps // 10, 1)
    return min(at / rise, max(steps - at, 0) / max(steps - rise, 1))
