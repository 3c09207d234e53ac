"""Makes the tiny models next to this file: colour finders without weights, laid out like real detectors.

Every cell of the strides 8, 16 and 32 is a box; its class scores say how purely red, green or blue its
mean colour is: red - (green + blue) / 2 and so on, cut off below 0. Needs numpy and onnx 1.12.
"""

import pathlib

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent
PURITY = np.array([[1, -0.5, -0.5], [-0.5, 1, -0.5], [-0.5, -0.5, 1]], dtype=np.float32)
NAMES = "{0: 'red', 1: 'green', 2: 'blue'}"


def constant(name, values, dtype=np.float32):
    return numpy_helper.from_array(np.array(values, dtype=dtype), name)


def cells(width, height):
    """Rows of (column, row, stride), in the order of the heads."""
    return np.array(
        [
            (x, y, stride)
            for stride in (8, 16, 32)
            for y in range(height // stride)
            for x in range(width // stride)
        ],
        dtype=np.float32,
    )


def scores(weights):
    """Nodes from "images" to "scores", [b, 3, n]."""
    nodes, parts = [], []
    for stride in (8, 16, 32):
        pooled, pure, cut, flat = (f"{n}{stride}" for n in ("pooled", "pure", "cut", "flat"))
        nodes += [
            helper.make_node("AveragePool", ["images"], [pooled], kernel_shape=[stride] * 2, strides=[stride] * 2),
            helper.make_node("Conv", [pooled, "weights"], [pure]),
            helper.make_node("Relu", [pure], [cut]),
            helper.make_node("Reshape", [cut, "flat_shape"], [flat]),
        ]
        parts.append(flat)
    nodes.append(helper.make_node("Concat", parts, ["scores"], axis=2))
    return nodes, [constant("weights", weights[:, :, None, None]), constant("flat_shape", [0, 3, -1], np.int64)]


def save(name, nodes, constants, image, outputs, metadata):
    graph = helper.make_graph(
        nodes,
        "colours",
        [helper.make_tensor_value_info("images", TensorProto.FLOAT, image)],
        [helper.make_tensor_value_info(n, TensorProto.FLOAT, shape) for n, shape in outputs],
        constants,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="zoetrope")
    model.ir_version = 7
    helper.set_model_props(model, metadata)
    onnx.checker.check_model(model)
    onnx.save(model, str(HERE / name))


def ultralytics(name, image, width, height, task="detect", weights=PURITY, **more):
    nodes, constants = scores(weights)
    grid = cells(width, height)
    boxes = np.stack(
        [(grid[:, 0] + 0.5) * grid[:, 2], (grid[:, 1] + 0.5) * grid[:, 2], grid[:, 2], grid[:, 2]]
    )
    nodes += [
        helper.make_node("Slice", ["scores", "zero", "one", "one"], ["first"]),
        helper.make_node("Mul", ["first", "nothing"], ["blank"]),
        helper.make_node("Add", ["blank", "cells"], ["boxes"]),
        helper.make_node("Concat", ["boxes", "scores"], ["output0"], axis=1),
    ]
    constants += [
        constant("zero", [0], np.int64),
        constant("one", [1], np.int64),
        constant("nothing", [0]),
        constant("cells", boxes[None]),
    ]
    metadata = {"task": task, "names": NAMES, "stride": "32", "imgsz": f"[{height}, {width}]", **more}
    save(name, nodes, constants, image, [("output0", [image[0], 7, len(grid)])], metadata)


def yolox(name):
    nodes, constants = scores(PURITY[:, ::-1] / 255)  # pictures are BGR, 0..255
    count = len(cells(64, 64))
    nodes += [
        helper.make_node("Transpose", ["scores"], ["rows"], perm=[0, 2, 1]),
        helper.make_node("Concat", ["boxes", "rows"], ["output"], axis=2),
    ]
    # Centred in the cell and as large as it is, with an objectness of 0.9.
    constants.append(constant("boxes", [[[0.5, 0.5, 0, 0, 0.9]] * count]))
    save(name, nodes, constants, [1, 3, 64, 64], [("output", [1, count, 8])], {})


def classifier(name):
    nodes = [
        helper.make_node("GlobalAveragePool", ["images"], ["pooled"]),
        helper.make_node("Flatten", ["pooled"], ["output"]),
    ]
    save(name, nodes, [], [1, 3, 64, 64], [("output", [1, 3])], {})


if __name__ == "__main__":
    ultralytics("colours-v8.onnx", ["batch", 3, 64, 64], 64, 64)
    ultralytics("colours-v8-wide.onnx", ["batch", 3, "height", "width"], 96, 64)
    ultralytics("colours-v8-batch4.onnx", [4, 3, 64, 64], 64, 64)
    ultralytics("colours-v8-nan.onnx", ["batch", 3, 64, 64], 64, 64, weights=PURITY * np.nan)
    ultralytics("segment.onnx", ["batch", 3, 64, 64], 64, 64, task="segment")
    yolox("colours-yolox.onnx")
    classifier("classifier.onnx")
