"""The detector: a small anchor-free YOLO with strides 8, 16 and 32 and one head for the three scales."""

import torch
from torch import nn
from torch.nn import functional

CLASSES = ["circle", "ring", "triangle", "square", "star", "cross"]
HEIGHT, WIDTH = 192, 320
STRIDES = (8, 16, 32)


class Conv(nn.Sequential):
    def __init__(self, inputs, outputs, kernel=3, stride=1):
        super().__init__(
            nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
            nn.BatchNorm2d(outputs),
            nn.SiLU(inplace=True),
        )


class Bottleneck(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = Conv(channels, channels)
        self.second = Conv(channels, channels)

    def forward(self, x):
        return x + self.second(self.first(x))


class Split(nn.Module):
    """A cross-stage block: half of the channels go through the bottlenecks, and every stage is kept."""

    def __init__(self, inputs, outputs, depth=1):
        super().__init__()
        self.half = outputs // 2
        self.enter = Conv(inputs, outputs, 1)
        self.stages = nn.ModuleList(Bottleneck(self.half) for _ in range(depth))
        self.leave = Conv(self.half * (2 + depth), outputs, 1)

    def forward(self, x):
        parts = list(self.enter(x).split(self.half, 1))
        for stage in self.stages:
            parts.append(stage(parts[-1]))
        return self.leave(torch.cat(parts, 1))


class Pool(nn.Module):
    """Spatial pyramid pooling, as three 5x5 pools in a row."""

    def __init__(self, channels):
        super().__init__()
        self.enter = Conv(channels, channels // 2, 1)
        self.pool = nn.MaxPool2d(5, 1, 2)
        self.leave = Conv(channels * 2, channels, 1)

    def forward(self, x):
        parts = [self.enter(x)]
        for _ in range(3):
            parts.append(self.pool(parts[-1]))
        return self.leave(torch.cat(parts, 1))


class Branch(nn.Module):
    """One output of the head. The scales share the weights but not the statistics: those differ, and statistics of all
    scales together would fit none of them once training is over."""

    def __init__(self, channels, outputs, bias):
        super().__init__()
        self.mix = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.norms = nn.ModuleList(nn.BatchNorm2d(channels) for _ in STRIDES)
        self.predict = nn.Conv2d(channels, outputs, 1)
        nn.init.constant_(self.predict.bias, bias)

    def forward(self, x, scale):
        return self.predict(functional.silu(self.norms[scale](self.mix(x)))).flatten(2)


class Head(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.scores = Branch(channels, len(CLASSES), -4.6)
        self.sides = Branch(channels, 4, 1.5)

    def forward(self, x, scale):
        return self.scores(x, scale), functional.softplus(self.sides(x, scale))


class Detector(nn.Module):
    def __init__(self, neck=48):
        super().__init__()
        self.stem = nn.Sequential(Conv(3, 16, 3, 2), Conv(16, 32, 3, 2), Split(32, 32))
        self.stage8 = nn.Sequential(Conv(32, 64, 3, 2), Split(64, 64))
        self.stage16 = nn.Sequential(Conv(64, 80, 3, 2), Split(80, 80))
        self.stage32 = nn.Sequential(Conv(80, 112, 3, 2), Split(112, 112), Pool(112))
        self.lateral = nn.ModuleList(Conv(channels, neck, 1) for channels in (64, 80, 112))
        self.up = nn.ModuleList(Split(2 * neck, neck) for _ in range(2))
        self.down = nn.ModuleList(Conv(neck, neck, 3, 2) for _ in range(2))
        self.merge = nn.ModuleList(Split(2 * neck, neck) for _ in range(2))
        self.head = Head(neck)

    def features(self, images):
        p8 = self.stage8(self.stem(images))
        p16 = self.stage16(p8)
        p32 = self.stage32(p16)
        l8, l16, l32 = (lateral(p) for lateral, p in zip(self.lateral, (p8, p16, p32)))
        u16 = self.up[0](torch.cat([l16, functional.interpolate(l32, scale_factor=2.0)], 1))
        u8 = self.up[1](torch.cat([l8, functional.interpolate(u16, scale_factor=2.0)], 1))
        d16 = self.merge[0](torch.cat([u16, self.down[0](u8)], 1))
        d32 = self.merge[1](torch.cat([l32, self.down[1](d16)], 1))
        return u8, d16, d32

    def forward(self, images):
        """float32 [batch, 3, HEIGHT, WIDTH], RGB 0..1, to logits [batch, anchors, classes] and left, top, right, bottom
        distances from the anchor [batch, anchors, 4] in pixels."""
        outputs = [self.head(feature, scale) for scale, feature in enumerate(self.features(images))]
        scores = torch.cat([s for s, _ in outputs], 2)
        sides = torch.cat([d * stride for (_, d), stride in zip(outputs, STRIDES)], 2)
        return scores.transpose(1, 2), sides.transpose(1, 2)


def anchors():
    """The centres of the cells of all scales, [anchors, 2] (x, y) in pixels, and their strides [anchors]."""
    points, strides = [], []
    for stride in STRIDES:
        y, x = torch.meshgrid(
            torch.arange(HEIGHT // stride), torch.arange(WIDTH // stride), indexing="ij")
        points.append((torch.stack([x, y], -1).reshape(-1, 2) + 0.5) * stride)
        strides.append(torch.full((points[-1].shape[0],), float(stride)))
    return torch.cat(points), torch.cat(strides)


class Exported(nn.Module):
    """The detector with the output layout of Ultralytics v8: [batch, 4 + classes, anchors], each column centre x, centre y,
    width and height in pixels of the input, then the classes' scores in 0..1."""

    def __init__(self, detector):
        super().__init__()
        self.detector = detector
        self.register_buffer("points", anchors()[0].T.unsqueeze(0))

    def forward(self, images):
        scores, sides = self.detector(images)
        sides = sides.transpose(1, 2)
        top_left = self.points - sides[:, :2]
        bottom_right = self.points + sides[:, 2:]
        boxes = torch.cat([(top_left + bottom_right) / 2, bottom_right - top_left], 1)
        return torch.cat([boxes, scores.transpose(1, 2).sigmoid()], 1)
