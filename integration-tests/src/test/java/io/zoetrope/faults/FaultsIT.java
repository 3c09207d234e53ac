package io.zoetrope.faults;

import org.junit.platform.suite.api.SelectClasses;
import org.junit.platform.suite.api.Suite;

/** All faults on one {@link Stage}, in one process of the build's. */
@Suite
@SelectClasses({
  AssemblerFaults.class,
  CorruptRecords.class,
  FailoverQueries.class,
  ProcessFaults.class
})
class FaultsIT {}
