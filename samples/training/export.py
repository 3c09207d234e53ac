"""Exports a checkpoint's averaged weights as an ONNX model that reads like one of Ultralytics' v8 exports."""

import argparse

import onnx
import torch

from network import CLASSES, HEIGHT, STRIDES, WIDTH, Detector, Exported, anchors

OPSET = 16


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--checkpoint", required=True)
    options.add_argument("--output", required=True)
    o = options.parse_args()

    detector = Detector()
    detector.load_state_dict(torch.load(o.checkpoint, map_location="cpu")["average"])
    torch.onnx.export(
        Exported(detector).eval(), torch.zeros(1, 3, HEIGHT, WIDTH), o.output, opset_version=OPSET,
        input_names=["images"], output_names=["output0"],
        dynamic_axes={"images": {0: "batch"}, "output0": {0: "batch"}})

    model = onnx.load(o.output)
    onnx.helper.set_model_props(model, {
        "description": "Shapes of Zoetrope's sample videos",
        "task": "detect",
        "stride": str(max(STRIDES)),
        "imgsz": str([HEIGHT, WIDTH]),
        "names": str(dict(enumerate(CLASSES))),
    })
    rows, columns = model.graph.output[0].type.tensor_type.shape.dim[1:]
    rows.dim_value, columns.dim_value = 4 + len(CLASSES), len(anchors()[0])
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, o.output)


if __name__ == "__main__":
    main()
