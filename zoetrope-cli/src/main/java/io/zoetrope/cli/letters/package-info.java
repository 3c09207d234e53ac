/** What was set aside in the dead-letter topics: to be looked at, and to be tried again. */
package io.zoetrope.cli.letters;
