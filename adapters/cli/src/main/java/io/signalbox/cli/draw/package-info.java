/** The steps of a workflow and their needs as a picture: DOT for Graphviz, SVG for a browser. Pure functions. */
package io.signalbox.cli.draw;
