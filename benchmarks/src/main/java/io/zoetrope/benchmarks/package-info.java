/** What Zoetrope costs, each time beside the bare libraries and in the same run. */
package io.zoetrope.benchmarks;
