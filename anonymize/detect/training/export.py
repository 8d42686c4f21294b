"""The trained network as the file that is shipped: ONNX, attention fused, eight-bit integers."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import torch  # noqa: TID253 - this module is imported by the training command alone
from torch import nn  # noqa: TID253 - likewise

from anonymize.detect.minilm import runtime
from anonymize.detect.training.network import Tagger

OPSET = 17


def weights_digest(model: nn.Module) -> str:
    """Return the SHA-256 over names and values of all weights, hex."""
    whole = hashlib.sha256()
    for name, value in sorted(model.state_dict().items()):
        whole.update(name.encode() + b"\0" + value.detach().contiguous().numpy().tobytes())
    return whole.hexdigest()


def export(model: Tagger, target: Path) -> None:
    """Write a network as ONNX with eight-bit weights.

    Weights are quantised by channel to seven bits (`reduce_range`), since processors without
    VNNI add pairs of products in sixteen bits, which eight bits by eight overflow: ONNX Runtime
    documentation, "Quantize ONNX models", section on U8S8.
    """
    runtime()
    from onnx import TensorProto
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.transformers.optimizer import optimize_model

    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        example = torch.ones(2, 9, dtype=torch.long)
        torch.onnx.export(
            model.eval(),
            (example, torch.zeros_like(example), example),
            str(plain),
            input_names=["ids", "shapes", "mask"],
            output_names=["logits"],
            dynamic_axes={
                name: {0: "texts", 1: "pieces"} for name in ("ids", "shapes", "mask", "logits")
            },
            opset_version=OPSET,
            dynamo=False,
        )
        config = model.bert.config
        optimized = optimize_model(
            str(plain),
            model_type="bert",
            num_heads=config.num_attention_heads,
            hidden_size=config.hidden_size,
            opt_level=0,
        )
        optimized.save_model_to_file(str(fused))
        quantize_dynamic(
            fused,
            target,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options={"DefaultTensorType": TensorProto.FLOAT, "MatMulConstBOnly": True},
        )
