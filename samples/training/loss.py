"""Task-aligned assignment (Feng et al., "TOOD", 2021) with complete IoU (Zheng et al., 2020) and cross entropy."""

import math

import torch
from torch.nn import functional

TOP_K, ALPHA, BETA = 10, 0.5, 6.0
BOX_WEIGHT, CLASS_WEIGHT = 5.0, 1.0


def iou(a, b, complete=False):
    """Intersection over union of boxes [..., 4] (left, top, right, bottom), which broadcast."""
    common = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(0).prod(-1)
    size_a, size_b = a[..., 2:] - a[..., :2], b[..., 2:] - b[..., :2]
    plain = common / (size_a.prod(-1) + size_b.prod(-1) - common + 1e-7)
    if not complete:
        return plain
    hull = torch.maximum(a[..., 2:], b[..., 2:]) - torch.minimum(a[..., :2], b[..., :2])
    apart = ((a[..., :2] + a[..., 2:] - b[..., :2] - b[..., 2:]) ** 2).sum(-1) / 4
    lean = 4 / math.pi**2 * (
        torch.atan(size_b[..., 0] / (size_b[..., 1] + 1e-7)) - torch.atan(size_a[..., 0] / (size_a[..., 1] + 1e-7))) ** 2
    with torch.no_grad():
        weight = lean / (1 - plain + lean + 1e-7)
    return plain - apart / ((hull**2).sum(-1) + 1e-7) - weight * lean


@torch.no_grad()
def assign(scores, boxes, points, truth_boxes, truth_classes, wanted):
    """Gives every anchor the truth that it should predict.

    scores [B, A, C] in 0..1, boxes [B, A, 4], points [A, 2]; truth_boxes [B, T, 4], truth_classes [B, T], wanted [B, T].
    Returns the index of the truth [B, A], whether there is one [B, A], and the target score [B, A].
    """
    batch, count = truth_classes.shape
    inside = torch.cat([points - truth_boxes[:, :, None, :2], truth_boxes[:, :, None, 2:] - points], -1).amin(-1) > 0
    overlap = iou(truth_boxes[:, :, None], boxes[:, None]).clamp(0)
    rows = torch.arange(batch)[:, None].expand(-1, count)
    fitting = scores.transpose(1, 2)[rows, truth_classes]
    metric = fitting**ALPHA * overlap**BETA * inside * wanted[..., None]
    best = metric.topk(TOP_K, -1)
    chosen = torch.zeros_like(metric).scatter_(-1, best.indices, (best.values > 1e-9).float()) > 0
    rival = torch.where(chosen, overlap, torch.full_like(overlap, -1.0))
    most, truth = rival.max(1)
    taken = most >= 0
    owner = functional.one_hot(truth, count).transpose(1, 2).bool() & taken[:, None]
    metric = metric * owner
    overlap = overlap * owner
    target = metric / (metric.amax(-1, keepdim=True) + 1e-9) * overlap.amax(-1, keepdim=True)
    return truth, taken, target.amax(1)


def loss(logits, sides, points, truth_boxes, truth_classes, state):
    """state [B, T]: 1 for an object, 0 for an object to ignore, -1 for padding. Returns the two terms."""
    boxes = torch.cat([points - sides[..., :2], points + sides[..., 2:]], -1)
    truth, taken, score = assign(
        logits.detach().sigmoid(), boxes.detach(), points, truth_boxes, truth_classes, (state == 1).float())
    rows = torch.arange(truth.shape[0])[:, None]
    classes = functional.one_hot(truth_classes[rows, truth], logits.shape[-1])
    target = classes * (score * taken)[..., None]
    ignored = torch.cat([points - truth_boxes[:, :, None, :2], truth_boxes[:, :, None, 2:] - points], -1).amin(-1) > 0
    ignored = (ignored & (state == 0)[..., None]).any(1) & ~taken
    total = target.sum().clamp(min=1)
    cross = functional.binary_cross_entropy_with_logits(logits, target, reduction="none").sum(-1)
    class_loss = (cross * ~ignored).sum() / total
    wanted = truth_boxes[rows, truth][taken]
    box_loss = ((1 - iou(boxes[taken], wanted, complete=True)) * score[taken]).sum() / total
    return BOX_WEIGHT * box_loss, CLASS_WEIGHT * class_loss
