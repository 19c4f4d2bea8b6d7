/** Keeps README.md and docs/ true: programs are compiled and run, commands, options, paths, names and numbers are looked up. */
package io.signalbox.docs;
