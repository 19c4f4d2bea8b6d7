/** See the README. */
package io.signalbox.stress;
