/** The models that the detectors of an installation announce, and who follows what they say. */
package io.zoetrope.schemas.models;
