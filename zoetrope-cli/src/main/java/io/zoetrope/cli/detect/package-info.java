/** Taking videos through a service, from upload to files. */
package io.zoetrope.cli.detect;
