/**
 * Split, join, merge, vote, review loop: patterns of work as values, and their pure expansion into the steps of a workflow. Nothing here has a
 * clock, a thread or a store: a pattern and its parameters go in, steps or named problems come out.
 */
package io.signalbox.kernel.pattern;
