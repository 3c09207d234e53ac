/** Single steps of a detector, measured by JMH. */
package io.zoetrope.benchmarks.micro;
