"""mAP at IoU 0.5, all-point interpolation, of raw model outputs against the truth of a dataset."""

import numpy as np


def overlaps(box, others):
    common = np.clip(np.minimum(box[2:], others[:, 2:]) - np.maximum(box[:2], others[:, :2]), 0, None).prod(1)
    return common / ((box[2:] - box[:2]).prod() + (others[:, 2:] - others[:, :2]).prod(1) - common + 1e-9)


def suppress(boxes, scores, limit, most=300):
    order = np.argsort(-scores, kind="stable")
    kept = []
    while len(order) and len(kept) < most:
        kept.append(order[0])
        order = order[1:][overlaps(boxes[order[0]], boxes[order[1:]]) <= limit]
    return np.array(kept, int)


def detections(output, confidence=0.001, limit=0.45):
    """output [4 + classes, anchors] to rows of class, score, left, top, right, bottom."""
    scores = output[4:].max(0)
    sure = scores >= confidence
    classes, scores, columns = output[4:].argmax(0)[sure], scores[sure], output[:4, sure].T
    boxes = np.concatenate([columns[:, :2] - columns[:, 2:] / 2, columns[:, :2] + columns[:, 2:] / 2], 1)
    rows = []
    for c in np.unique(classes):
        mine = classes == c
        for i in suppress(boxes[mine], scores[mine], limit):
            rows.append(np.concatenate([[c, scores[mine][i]], boxes[mine][i]]))
    return np.array(rows).reshape(-1, 6)


def average_precision(found, truths, threshold=0.5):
    """found: (frame, score, box) of one class; truths: frame to (boxes [n, 4], ignored [n])."""
    total = sum(int((~ignored).sum()) for _, ignored in truths.values())
    used = {frame: np.zeros(len(boxes), bool) for frame, (boxes, _) in truths.items()}
    hits = []
    for frame, _, box in sorted(found, key=lambda f: -f[1]):
        boxes, ignored = truths.get(frame, (np.zeros((0, 4)), np.zeros(0, bool)))
        fit = overlaps(box, boxes)
        real = np.where(~ignored & ~used.get(frame, ignored), fit, 0)
        if real.size and real.max() >= threshold:
            used[frame][real.argmax()] = True
            hits.append(1)
        elif not (fit[ignored] >= threshold).any():
            hits.append(0)
    hits = np.array(hits)
    right = hits.cumsum()
    precision = np.maximum.accumulate((right / np.arange(1, len(hits) + 1))[::-1])[::-1]
    return (precision * hits).sum() / total


def mean_average_precision(outputs, dataset, limit=0.45, threshold=0.5):
    """outputs: per frame [4 + classes, anchors]. Returns the average precision of every class."""
    classes = outputs[0].shape[0] - 4
    margin = np.array([0, dataset.margin, 0, dataset.margin])
    picture = np.array([dataset.frames.shape[2], dataset.frames.shape[1]] * 2)
    found = [[] for _ in range(classes)]
    truths = [{} for _ in range(classes)]
    for frame, output in enumerate(outputs):
        for row in detections(output, limit=limit):
            found[int(row[0])].append((frame, row[1], np.clip(row[2:] - margin, 0, picture)))
        for c in range(classes):
            mine = (dataset.classes[frame] == c) & (dataset.state[frame] >= 0)
            truths[c][frame] = (dataset.boxes[frame, mine], dataset.state[frame, mine] == 0)
    return np.array([average_precision(found[c], truths[c], threshold) for c in range(classes)])
