/** See the README. */
package io.signalbox.yaml;
