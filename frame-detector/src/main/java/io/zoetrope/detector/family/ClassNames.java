package io.zoetrope.detector.family;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The labels of a model's classes, by class id. */
final class ClassNames {
  private static final List<String> COCO =
      List.of(
          ("person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,"
                  + "stop sign,parking meter,bench,bird,cat,dog,horse,sheep,cow,elephant,bear,zebra,"
                  + "giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,"
                  + "sports ball,kite,baseball bat,baseball glove,skateboard,surfboard,"
                  + "tennis racket,bottle,wine glass,cup,fork,knife,spoon,bowl,banana,apple,"
                  + "sandwich,orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,"
                  + "potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard,"
                  + "cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,"
                  + "teddy bear,hair drier,toothbrush")
              .split(",", -1));

  private ClassNames() {}

  /**
   * The names in a text of one of the forms that {@link NamesParser} reads.
   *
   * @throws IllegalArgumentException where they can't be read, or some class has none
   */
  static List<String> parse(String text) {
    Map<Integer, String> names = new NamesParser(text).parse();
    return IntStream.range(0, names.size()).mapToObj(id -> name(names, id)).toList();
  }

  /** Whether so many classes are taken for COCO's where nothing names them. */
  static boolean areCoco(int classes) {
    return classes == COCO.size();
  }

  /** COCO's names for 80 classes, numbers for any other count. */
  static List<String> unnamed(int classes) {
    return areCoco(classes)
        ? COCO
        : IntStream.range(0, classes).mapToObj(id -> "class " + id).toList();
  }

  private static String name(Map<Integer, String> names, int id) {
    String name = names.get(id);
    if (name == null) {
      throw new IllegalArgumentException("class " + id + " has no name");
    }
    return name;
  }
}
