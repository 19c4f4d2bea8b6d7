/** What a person or a program sees of a run: a live picture, plain lines, JSON lines, or only what went wrong. */
package io.signalbox.cli.view;
