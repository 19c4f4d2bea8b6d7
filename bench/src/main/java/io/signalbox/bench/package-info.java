/** See the README. */
package io.signalbox.bench;
