package io.zoetrope.cli.app;

import io.zoetrope.assembler.annotation.RunFrame;
import io.zoetrope.assembler.annotation.RunObject;
import io.zoetrope.topology.query.DetectionPage;
import java.util.Optional;
import java.util.OptionalLong;

/** From what the stores answer to the assembler's words. */
final class RunFrames {
  private RunFrames() {}

  static RunFrame of(DetectionPage.Frame frame) {
    return new RunFrame(
        frame.frame(),
        frame.ptsMicros() == null ? OptionalLong.empty() : OptionalLong.of(frame.ptsMicros()),
        frame.status(),
        Optional.ofNullable(frame.failure()),
        frame.width(),
        frame.height(),
        frame.detections().stream().map(RunFrames::object).toList());
  }

  private static RunObject object(DetectionPage.Found found) {
    return new RunObject(
        found.label(),
        found.classId(),
        found.confidence(),
        found.box().x(),
        found.box().y(),
        found.box().width(),
        found.box().height());
  }
}
