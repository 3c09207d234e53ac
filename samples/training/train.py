"""Trains the detector on frames.py's output and keeps a checkpoint every few minutes."""

import argparse
import copy
import math
import os
import time

import numpy as np
import torch

from dataset import Dataset, disturb
from evaluate import mean_average_precision
from loss import loss
from network import CLASSES, Detector, Exported, anchors

WARM_UP = 150


def predict(detector, dataset, size=16):
    model = Exported(copy.deepcopy(detector)).eval()
    outputs = []
    with torch.inference_mode():
        for start in range(0, len(dataset), size):
            indices = np.arange(start, min(start + size, len(dataset)))
            pictures, boxes, _, _ = dataset.batch(indices)
            outputs.extend(model(dataset.letterbox(pictures, boxes)[0]).numpy())
    return outputs


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--data", required=True, help="prefix of the training frames")
    options.add_argument("--validation", required=True, help="prefix of frames of other seeds")
    options.add_argument("--output", required=True, help="folder of the checkpoints")
    options.add_argument("--steps", type=int, default=2000)
    options.add_argument("--batch", type=int, default=16)
    options.add_argument("--rate", type=float, default=2e-3)
    options.add_argument("--every", type=int, default=250, help="steps between two checkpoints")
    options.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    o = options.parse_args()

    torch.set_num_threads(2)
    torch.manual_seed(1)
    random = np.random.default_rng(1)
    training, validation = Dataset(o.data), Dataset(o.validation)
    points = anchors()[0]
    detector = Detector().to(memory_format=torch.channels_last)
    average = copy.deepcopy(detector).eval()
    decayed = [p for p in detector.parameters() if p.ndim > 1]
    others = [p for p in detector.parameters() if p.ndim <= 1]
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.02}, {"params": others, "weight_decay": 0}])
    os.makedirs(o.output, exist_ok=True)
    checkpoint = os.path.join(o.output, "checkpoint.pt")
    first = 0
    if o.resume:
        saved = torch.load(checkpoint)
        first = saved["step"]
        detector.load_state_dict(saved["detector"])
        average.load_state_dict(saved["average"])
        optimizer.load_state_dict(saved["optimizer"])
        random = np.random.default_rng(first)
        torch.manual_seed(first)
    print(f"{sum(p.numel() for p in detector.parameters())} parameters", flush=True)

    started, terms = time.time(), []
    order = np.empty(0, int)
    for step in range(first, o.steps):
        if len(order) < o.batch:
            order = random.permutation(len(training))
        indices, order = np.sort(order[:o.batch]), order[o.batch:]
        pictures, boxes, classes, state = training.batch(indices)
        pictures, boxes = training.letterbox(*disturb(pictures, boxes, random))
        rate = o.rate * min((step + 1) / WARM_UP, 0.01 + 0.99 * (1 + math.cos(math.pi * step / o.steps)) / 2)
        for group in optimizer.param_groups:
            group["lr"] = rate
        pictures = pictures.contiguous(memory_format=torch.channels_last)
        box_loss, class_loss = loss(*detector(pictures), points, boxes, classes, state)
        optimizer.zero_grad(set_to_none=True)
        (box_loss + class_loss).backward()
        torch.nn.utils.clip_grad_norm_(detector.parameters(), 10.0)
        optimizer.step()
        keep = min(0.998, (step + 1) / (step + 10))
        with torch.no_grad():
            for mine, other in zip(average.state_dict().values(), detector.state_dict().values()):
                mine.copy_(other) if mine.dtype == torch.int64 else mine.lerp_(other, 1 - keep)
        terms.append((box_loss.item(), class_loss.item()))
        done = step + 1
        if done % 50 == 0:
            box_mean, class_mean = np.mean(terms[-50:], 0)
            speed = (done - first) * o.batch / (time.time() - started)
            print(f"step {done} box {box_mean:.3f} class {class_mean:.3f} {speed:.1f} frames/s", flush=True)
        if done % o.every == 0 or done == o.steps:
            torch.save({"step": done, "detector": detector.state_dict(), "average": average.state_dict(),
                        "optimizer": optimizer.state_dict()}, checkpoint + ".new")
            os.replace(checkpoint + ".new", checkpoint)
            each = mean_average_precision(predict(average, validation), validation)
            scores = " ".join(f"{name} {ap:.3f}" for name, ap in zip(CLASSES, each))
            print(f"step {done} mAP50 {each.mean():.4f}: {scores}", flush=True)


if __name__ == "__main__":
    main()
