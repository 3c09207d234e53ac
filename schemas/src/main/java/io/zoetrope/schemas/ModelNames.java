package io.zoetrope.schemas;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Model ids as people write them: {@code yolox_s-0123456789ab}, or just the name {@code yolox_s}.
 */
public final class ModelNames {
  private static final Pattern ID = Pattern.compile(".+-[0-9a-f]{12}");
  private static final String FILE = ".onnx";
  private static final int LENGTH_AFTER_NAME = "-0123456789ab".length();

  private ModelNames() {}

  /** Whether {@code text} has the form of an id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The one that is this very id, or those whose name it is. */
  public static List<String> meant(String idOrName, Collection<String> ids) {
    if (ids.contains(idOrName)) {
      return List.of(idOrName);
    }
    return ids.stream().filter(id -> nameIn(id).equals(idOrName)).toList();
  }

  /** The name in the id of a model that is given as {@code model}: by its file, or as it is. */
  public static String of(String model) {
    String file = Path.of(model).getFileName().toString();
    String name = file.endsWith(FILE) ? file.substring(0, file.length() - FILE.length()) : file;
    return name.replaceAll("[^A-Za-z0-9._-]", "_");
  }

  /** What stands before the digits of an id; all of what is none. */
  public static String nameIn(String id) {
    return isId(id) ? id.substring(0, id.length() - LENGTH_AFTER_NAME) : id;
  }
}
