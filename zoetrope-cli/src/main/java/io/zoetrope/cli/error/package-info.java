/** What the user can put right. */
package io.zoetrope.cli.error;
