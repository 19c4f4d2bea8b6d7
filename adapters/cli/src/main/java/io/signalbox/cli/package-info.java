/** See the README. */
package io.signalbox.cli;
