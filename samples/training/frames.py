"""Draws training frames with the project's own generator and stores them the way the pipeline will see them.

The pipeline scales a 640x360 picture to 320x180 with swscale's bilinear filter, whose kernel is (1, 3, 3, 1) / 8 at this
ratio. The grey bars of the letterbox are added when a batch is put together.
"""

import argparse
import json
import subprocess

import numpy as np

WIDTH, HEIGHT = 640, 360


def halve(picture):
    """uint8 [2h, 2w, 3] to uint8 [h, w, 3]."""
    p = np.pad(picture.astype(np.uint16), ((1, 1), (1, 1), (0, 0)), mode="edge")
    p = p[0:-2:2] + 3 * p[1:-1:2] + 3 * p[2::2] + np.pad(p, ((0, 1), (0, 0), (0, 0)), mode="edge")[3::2]
    p = p[:, 0:-2:2] + 3 * p[:, 1:-1:2] + 3 * p[:, 2::2] + np.pad(p, ((0, 0), (0, 1), (0, 0)), mode="edge")[:, 3::2]
    return ((p + 32) >> 6).astype(np.uint8)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--classes", required=True, help="class path of the samples module")
    options.add_argument("--first-seed", type=int, default=1_000_000)
    options.add_argument("--seeds", type=int, default=700)
    options.add_argument("--frames-per-seed", type=int, default=12)
    options.add_argument("--step", type=int, default=13, help="frames of the scene between two that are kept")
    options.add_argument("--output", required=True, help="PREFIX of PREFIX.npy and PREFIX.jsonl")
    o = options.parse_args()

    count = o.seeds * o.frames_per_seed
    frames = np.lib.format.open_memmap(
        o.output + ".npy", mode="w+", dtype=np.uint8, shape=(count, HEIGHT // 2, WIDTH // 2, 3))
    command = ["java", "-cp", o.classes, "io.zoetrope.samples.SampleFrames", str(o.first_seed), str(o.seeds),
               str(o.frames_per_seed), str(o.step), o.output + ".jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as generator:
        for i in range(count):
            picture = np.frombuffer(generator.stdout.read(WIDTH * HEIGHT * 3), np.uint8)
            frames[i] = halve(picture.reshape(HEIGHT, WIDTH, 3))
    if generator.returncode:
        raise SystemExit(f"the generator failed with status {generator.returncode}")
    with open(o.output + ".jsonl", encoding="utf-8") as truth:
        objects = sum(len(json.loads(line)["objects"]) for line in truth)
    print(f"{count} frames with {objects} objects in {o.output}.npy")


if __name__ == "__main__":
    main()
