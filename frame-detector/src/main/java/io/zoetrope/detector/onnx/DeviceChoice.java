package io.zoetrope.detector.onnx;

import ai.onnxruntime.OrtException;
import io.zoetrope.detector.family.ModelException;
import io.zoetrope.detector.family.ModelException.Code;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the device that a model runs on. */
final class DeviceChoice {
  private static final Logger LOG = LoggerFactory.getLogger(DeviceChoice.class);

  private DeviceChoice() {}

  /** Loads a model on one device, and proves with a run that it works there. */
  interface Loader {
    /**
     * Loads it.
     *
     * @param passedOver why not on one of the devices before this one, in sentences
     * @throws ModelException with an {@link OrtException} as its cause where ONNX Runtime fails
     */
    Model load(Device device, List<String> passedOver);
  }

  /**
   * Loads a model on the device that is wanted, or on the first that works where any will do.
   *
   * @throws ModelException {@code DEVICE_UNAVAILABLE} where it doesn't work there; else as {@code
   *     loader}
   */
  static Model load(String file, Device wanted, Loader loader) {
    List<Device> candidates =
        wanted.kind() == Device.Kind.AUTO
            ? Device.Kind.BEST_FIRST.stream().map(wanted::as).toList()
            : List.of(wanted);
    Device last = candidates.get(candidates.size() - 1);
    List<String> passedOver = new ArrayList<>();
    for (Device device : candidates.subList(0, candidates.size() - 1)) {
      try {
        return load(file, device, loader, passedOver);
      } catch (ModelException e) {
        if (e.code() != Code.DEVICE_UNAVAILABLE) {
          throw e;
        }
        LOG.info("{}", e.getMessage());
        passedOver.add(e.getMessage());
      }
    }
    return load(file, last, loader, passedOver);
  }

  private static Model load(String file, Device device, Loader loader, List<String> passedOver) {
    try {
      Model model = loader.load(device, List.copyOf(passedOver));
      LOG.info("Runs {} on {}", file, device);
      return model;
    } catch (ModelException e) {
      // On the CPU it is the model that ONNX Runtime refuses; elsewhere that isn't known.
      if (device.kind() != Device.Kind.CPU && e.getCause() instanceof OrtException cause) {
        throw new ModelException(
            Code.DEVICE_UNAVAILABLE,
            "The model %s doesn't run on %s (%s); %s, or take --device cpu."
                .formatted(file, device, OrtRefusal.essence(cause), Providers.needs(device.kind())),
            cause);
      }
      throw e;
    }
  }
}
