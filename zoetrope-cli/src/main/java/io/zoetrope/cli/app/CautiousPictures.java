package io.zoetrope.cli.app;

import io.zoetrope.gateway.pictures.PictureException;
import io.zoetrope.gateway.pictures.PictureQuery;
import io.zoetrope.gateway.pictures.Pictures;
import io.zoetrope.gateway.pictures.Rendered;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Makes pictures such that a video that kills whoever decodes it does so twice at most: one that
 * was in hand when the process before this one ended has its next picture made while no other is,
 * and if it was in hand at such a moment twice, none is made of it any more. Any thread.
 */
final class CautiousPictures implements Pictures {
  private static final int MAX_DEATHS = 2;

  private final Pictures pictures;
  private final PictureDeaths deaths;
  private final ReadWriteLock company = new ReentrantReadWriteLock(true);

  CautiousPictures(Pictures pictures, PictureDeaths deaths) {
    this.pictures = pictures;
    this.deaths = deaths;
  }

  @Override
  public Rendered make(PictureQuery query) {
    String videoId = query.view().videoId();
    int before = deaths.of(videoId);
    if (before >= MAX_DEATHS) {
      throw new PictureException(
          "MEDIA_CRASHED",
          "Two processes ended while they made a picture of this video, the second one of no other; convert it.");
    }
    Lock lock = before > 0 ? company.writeLock() : company.readLock();
    lock.lock();
    PictureDeaths.Attempt attempt = deaths.begin(videoId);
    try {
      return pictures.make(query);
    } finally {
      attempt.end();
      lock.unlock();
    }
  }
}
