"""Frames and truth as batches of letterboxed pictures, with the disturbances that a camera and a codec add."""

import json

import numpy as np
import torch
from torch.nn import functional

from network import HEIGHT, WIDTH

GREY = 114 / 255
SCALE = 0.5
MOST_OBJECTS = 12


class Dataset:
    def __init__(self, prefix):
        self.frames = np.load(prefix + ".npy", mmap_mode="r")
        self.margin = (HEIGHT - self.frames.shape[1]) // 2
        count = len(self.frames)
        self.boxes = np.zeros((count, MOST_OBJECTS, 4), np.float32)
        self.classes = np.zeros((count, MOST_OBJECTS), np.int64)
        self.state = np.full((count, MOST_OBJECTS), -1, np.int64)
        with open(prefix + ".jsonl", encoding="utf-8") as lines:
            for i, line in enumerate(lines):
                for k, thing in enumerate(json.loads(line)["objects"]):
                    x, y, w, h = (SCALE * v for v in thing["box"])
                    self.boxes[i, k] = x, y, x + w, y + h
                    self.classes[i, k] = thing["classId"]
                    self.state[i, k] = 0 if thing["ignored"] else 1

    def __len__(self):
        return len(self.frames)

    def batch(self, indices):
        """Pictures float32 [B, 3, 180, 320] in 0..1 without bars, and their boxes, classes and states."""
        pictures = torch.from_numpy(self.frames[indices]).permute(0, 3, 1, 2).float() / 255
        return (pictures, torch.from_numpy(self.boxes[indices]), torch.from_numpy(self.classes[indices]),
                torch.from_numpy(self.state[indices]))

    def letterbox(self, pictures, boxes):
        pictures = functional.pad(pictures, (0, 0, self.margin, self.margin), value=GREY)
        shift = torch.tensor([0.0, self.margin, 0.0, self.margin])
        return pictures, boxes + shift


def disturb(pictures, boxes, random):
    """Mirrors, recolours, softens and roughens a batch; every picture on its own, the mirroring together."""
    count = len(pictures)
    height, width = pictures.shape[2:]
    if random.random() < 0.5:
        pictures, boxes = pictures.flip(3), boxes[..., [2, 1, 0, 3]] * torch.tensor([-1, 1, -1, 1])
        boxes = boxes + torch.tensor([width, 0, width, 0])
    if random.random() < 0.5:
        pictures, boxes = pictures.flip(2), boxes[..., [0, 3, 2, 1]] * torch.tensor([1, -1, 1, -1])
        boxes = boxes + torch.tensor([0, height, 0, height])
    if random.random() < 0.3:
        pictures = pictures[:, random.permutation(3).tolist()]
    if random.random() < 0.4:
        soft = functional.avg_pool2d(functional.pad(pictures, (1, 1, 1, 1), mode="replicate"), 3, 1)
        pictures = torch.lerp(pictures, soft, float(random.uniform(0.2, 0.9)))
    gain = torch.from_numpy(random.uniform(0.8, 1.2, (count, 3, 1, 1)).astype(np.float32))
    lift = torch.from_numpy(random.uniform(-0.06, 0.06, (count, 1, 1, 1)).astype(np.float32))
    grain = torch.from_numpy(random.uniform(0, 0.025, (count, 1, 1, 1)).astype(np.float32))
    pictures = pictures * gain + lift + torch.randn(pictures.shape) * grain
    return pictures.clamp(0, 1), boxes
